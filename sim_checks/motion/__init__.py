"""From a skill call to a timed, collision-free motion: the geometric gate's workshop.

Objects:
    Planning    the planning world: arm, obstacles, what the hand holds (`planning.py`)
    straight    tool paths along lines and arcs, tracked by inverse kinematics (`straight.py`)
    transit     free joint-space paths by OMPL's RRT-Connect (`transit.py`)
    timing      speed profiles within joint and tool limits, by TOPP-RA (`timing.py`)
    picking, placing, mechanisms, pushing   one planner for each family of skills
    spots       where a held thing can rest; `packing.py`, `packed.py`: with room for what the plan brings there later
    stances, driving, roaming   where a robot that drives stands, how it gets there, and what it does from there
    meeting, joining   where each of two arms reaches its share, and their motions on one clock

Imported by `sim_checks.geometric` and `sim_checks.abreast` only.
"""
