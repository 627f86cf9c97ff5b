"""Turning: take a thing, turn it about the vertical, and set it down where it stood."""

import math
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sim_checks.motion.picking import Pick, plan_pick
from sim_checks.motion.placing import at_spot, hopeless
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.spots import GAP, Spot
from sim_checks.motion.straight import shifted, turn
from skills.geometry import Pose
from skills.motion import Segment

TURNS = (80.0, 95.0, 70.0, 110.0, 60.0)
"""Turns that are tried [deg]. Source: our own; `turned_left` asks for 45."""
GRASPS = 10
"""Grasps that are tried."""


def plan_turn(
    planning: Planning, entity: str, leftwards: bool, excluded: Collection[int], trail: Trail
) -> Iterator[Pick]:
    """Yields ways to turn ``entity`` where it stands.

    Args:
        planning: The planning world; the hand is empty.
        entity: What to turn.
        leftwards: Counterclockwise, seen from above.
        excluded: Grasps that a rehearsal has shown to fail.
        trail: Collects the reasons of dropped candidates.
    """
    world_from_thing = planning.world.pose(entity)
    for count, pick in enumerate(plan_pick(planning, entity, excluded, trail)):
        with holding(planning, entity, pick):
            for label, angle in enumerate(TURNS):
                spot = _turned(planning, entity, world_from_thing, math.radians(angle if leftwards else -angle))
                reason = hopeless(planning, entity, entity, spot, planning.tool_from_held, planning.width)
                if reason:
                    trail.add(reason)
                    continue
                back = at_spot(planning, entity, spot, entity, 700 + label, trail)
                if back is not None:
                    yield Pick((*pick.segments, *_renamed(back)), pick.grasp, pick.how)
                    break
        if count + 1 >= GRASPS:
            return


@contextmanager
def holding(planning: Planning, entity: str, pick: Pick) -> Iterator[None]:
    """Lets the planning world be as if ``pick`` had been done; afterwards it is as before."""
    world_from_thing = planning.world.pose(entity)
    kept = (planning.joints, planning.width, planning.held, planning.tool_from_held, planning.resting, planning.force)
    grasp = pick.how
    planning.joints = pick.segments[-1].joints[-1]
    planning.width, planning.held, planning.force = grasp.width, entity, grasp.force
    planning.tool_from_held, planning.resting = grasp.thing_from_tool.inverse(), world_from_thing.orientation
    planning.attach(entity, planning.tool_from_held)
    try:
        yield
    finally:
        (
            planning.joints,
            planning.width,
            planning.held,
            planning.tool_from_held,
            planning.resting,
            planning.force,
        ) = kept
        planning.collisions.attach(None)
        planning.put(entity, world_from_thing)


def _turned(planning: Planning, entity: str, world_from_thing: Pose, angle: float) -> Spot:
    """Returns the spot just above where the thing stood, turned by ``angle`` [rad] about its own centre."""
    centre = Pose(world_from_thing.transform(planning.world.asset(entity).centre))
    turned = centre @ turn((0.0, 0.0, 1.0), angle) @ centre.inverse() @ world_from_thing
    raised = shifted(turned, [0.0, 0.0, GAP])
    return Spot(raised, roofed=False)


def _renamed(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Returns the way back, its first segment called what it is."""
    first, *rest = segments
    return (Segment("turn", first.times, first.joints, first.width, first.force), *rest)
