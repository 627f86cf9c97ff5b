"""Conveying: the arm is drawn back from the conveyor if it is in the way, and waits until the thing has arrived."""

from collections.abc import Collection, Iterator

import numpy as np

from sim_checks.bullet.belts import GUARD
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.straight import shifted
from sim_checks.motion.waiting import waited
from skills.belt import conveyor_of
from skills.geometry import Pose
from skills.motion import Joints, Segment
from skills.symbols import Literal

CLEAR = GUARD + 0.02
"""Distance that the robot keeps from a conveyor that runs, and from what that carries [m]."""
STEP = 0.03
"""Distance between two places of a thing on its way that are looked at [m]."""
TOUCH = 0.003
"""Overlap that lying on the rollers explains [m]."""
RUN_UP_S = 1.5
"""Time for the rollers to start, to stop, and for things to come to rest [s]."""


def plan_convey(
    planning: Planning, awaits: Literal | None, excluded: Collection[int], trail: Trail
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields the two ways to wait for a conveyor: as the robot stands, and drawn back to its home posture.

    Args:
        planning: The planning world.
        awaits: The thing on the end of a conveyor.
        excluded: Candidates that a rehearsal has shown to fail.
        trail: Collects the reasons of dropped candidates.
    """
    name = conveyor_of(awaits, planning.scene)
    drive = None if name is None else planning.world.asset(name).drive
    if awaits is None or name is None or drive is None:
        trail.add("nothing there conveys")
        return
    places = _way(planning, awaits.args[0], name)
    if (met := _met(planning, awaits.args[0], places)) is not None:
        trail.add(f"contact of {awaits.args[0]} and {met} on the way")
        return
    takes_s = RUN_UP_S + drive.length / drive.speed
    columns, home = planning.robot.limb.columns, planning.joints.copy()
    home[columns] = planning.robot.home[columns]
    for index, joints in enumerate((planning.joints, home)):
        if index in excluded:
            continue
        if _in_the_way(planning, joints, awaits.args[0], name, places):
            trail.add("contact of the arm and what is conveyed" if index else "contact of the arm, as it stands")
            continue
        wait = waited(planning, joints, awaits, takes_s)
        if index == 0:
            yield index, (wait,)
            return  # drawn back it would wait no better
        clear = planning.transit("retreat", planning.joints, home, wait.width, 700, trail, wait.force)
        if clear is not None:
            yield index, (clear, wait)


def _way(planning: Planning, thing: str, name: str) -> list[Pose]:
    """Returns poses of a thing on its way, from where it lies to the light barrier."""
    world, drive = planning.world, planning.world.asset(name).drive
    assert drive is not None
    frame, here = world.pose(name), world.pose(thing)
    front = frame.rotation[:, 0]
    lower, upper = world.bounds(thing)
    corner = [upper[k] if front[k] > 0 else lower[k] for k in range(3)]  # the foremost corner of its bounds
    barrier = frame.transform(drive.barrier[0])
    length = max(0.0, float(np.dot(front, np.subtract(barrier, corner))))
    count = max(1, int(np.ceil(length / STEP)))
    return [shifted(here, front * (length * k / count)) for k in range(count + 1)]


def _met(planning: Planning, thing: str, places: list[Pose]) -> str | None:
    """Returns what a thing would run into on its way, or None; what touches it now rides along, or carries it."""
    world, client = planning.world, planning.robot.client
    body, kept = world.body(thing), world.pose(thing)
    riding = {n for n in world.movable if client.getClosestPoints(body, world.body(n), TOUCH)}
    found = None
    for place in places:
        planning.put(thing, place)
        others = ((n, t.body) for n, t in world.things.items() if n not in riding)
        deep = (n for n, b in others if any(p[8] < -TOUCH for p in client.getClosestPoints(body, b, 0.0)))
        found = next(deep, None)
        if found is not None:
            break
    planning.put(thing, kept)
    return found


def _in_the_way(planning: Planning, joints: Joints, thing: str, name: str, places: list[Pose]) -> bool:
    """Says whether the robot at ``joints``, or what it holds, is near a conveyor or what that carries."""
    world, robot, client = planning.world, planning.robot, planning.robot.client
    kept = world.pose(thing)
    robot.place(joints, planning.width)
    if planning.held is not None:
        planning.put(planning.held, robot.tool() @ planning.tool_from_held)
    own = [robot.body] if planning.held is None else [robot.body, world.body(planning.held)]

    def near(other: int) -> bool:
        points = (p for b in own for p in client.getClosestPoints(b, other, CLEAR))
        return any(p[1] != robot.body or p[3] not in robot.mounted for p in points)

    blocked = near(world.body(name))
    for place in places:
        planning.put(thing, place)
        blocked = blocked or near(world.body(thing))
    planning.put(thing, kept)
    return blocked
