"""Rinsing: what the hand holds is brought under a tap from the front, held there, and taken out again."""

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import product

import numpy as np

from sim_checks.assets.asset import Grasp
from sim_checks.bullet.collision import Allowance
from sim_checks.bullet.processes import TAKES_S, TAP
from sim_checks.motion.planning import FROM_BELOW, Planning, Trail
from sim_checks.motion.straight import line, shifted
from sim_checks.motion.waiting import waited
from skills.body import BodyRequest
from skills.geometry import Box, Pose, yaw_quaternion
from skills.motion import Segment

BELOW = (0.02, 0.04, 0.06)
"""Gap between the tap and what is held under it [m], best first."""
FORWARD = (0.35, 0.0, 0.65)
"""How far the middle of a thing is before the water, as a share of half its size [1]."""
TURNS = 8
"""Headings of the thing that are tried."""
OUT = (0.14, 0.10)
"""Way out from under the tap, towards the front of the sink [m]."""
BOTTOM = 0.012
"""Least height of the thing over the middle of the basin [m]."""


def plan_rinse(
    planning: Planning, request: BodyRequest, excluded: Collection[int], trail: Trail
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields (candidate index, segments) that hold what the hand holds under a tap.

    Args:
        planning: The planning world; ``planning.held`` names the thing.
        request: Which tap, and what is waited for.
        excluded: Candidates that a rehearsal has shown to fail.
        trail: Collects the reasons of dropped candidates.
    """
    entity, sink = planning.held, planning.world.owner(request.target or "")
    regions = planning.world.asset(sink).regions
    if entity is None or TAP not in regions or request.awaits is None:
        trail.add("it has no tap" if entity else "the hand is empty")
        return
    lean = (planning.robot_tool() @ planning.tool_from_held).yaw
    front = planning.world.pose(sink).rotation[:, 0]
    for index, thing in enumerate(_poses(planning, entity, sink, lean)):
        if index not in excluded:
            segments = _one(planning, entity, thing, request, index, front, trail)
            if segments is not None:
                yield index, segments


def fits_under(planning: Planning, entity: str, target: str, grasp: Grasp) -> bool:
    """Says whether the hand, holding ``entity`` by ``grasp``, has room beside the tap of ``target``."""
    sink = planning.world.owner(target)
    if TAP not in planning.world.asset(sink).regions:
        return False
    back = grasp.thing_from_tool
    lean = planning.world.pose(entity).yaw
    return any(
        _blocked(planning, entity, thing, thing @ back, grasp.width) is None
        for thing in _poses(planning, entity, sink, lean, BELOW[:1])
    )


def _poses(planning: Planning, entity: str, sink: str, lean: float, gaps: Sequence[float] = BELOW) -> Iterator[Pose]:
    """Yields poses of a thing under the tap of a sink, turned little from the heading ``lean`` [rad] first."""
    frame, column = planning.world.pose(sink), planning.world.asset(sink).regions[TAP].box
    turns = sorted(range(TURNS), key=lambda k: min(k, TURNS - k))
    for gap, forward, turn in product(gaps, FORWARD, turns):
        heading = Pose((0.0, 0.0, 0.0), yaw_quaternion(lean + turn * math.tau / TURNS)) @ _upright(planning)
        yield _under(planning, entity, frame, column, heading, gap, forward)


def _upright(planning: Planning) -> Pose:
    """Returns the turn from a thing's heading alone to the way it rested when it was taken."""
    resting = Pose((0.0, 0.0, 0.0), planning.resting)
    return Pose((0.0, 0.0, 0.0), yaw_quaternion(-resting.yaw)) @ resting


def _under(
    planning: Planning, entity: str, frame: Pose, column: Box, heading: Pose, gap: float, forward: float
) -> Pose:
    """Returns the pose of a thing under the tap: its top ``gap`` [m] below the mouth, or as low as the basin allows.

    Args:
        planning: The planning world.
        entity: The thing.
        frame: world_from_sink.
        column: Where the water falls, in the sink's frame.
        heading: The thing's orientation.
        gap: Distance [m].
        forward: How far its middle is before the water, as a share of half its size [1].
    """
    kept = planning.world.pose(entity)
    planning.put(entity, heading)
    lower, upper = planning.world.bounds(entity)
    planning.put(entity, kept)
    size = min(upper[k] - lower[k] for k in (0, 1)) / 2
    middle = [(upper[k] + lower[k]) / 2 for k in (0, 1)]
    x, y, z = column.pose.position
    mouth = frame.transform((x + forward * size, y, z + column.half[2]))
    floor = frame.transform((0.0, 0.0, BOTTOM))[2]
    height = max(mouth[2] - gap - upper[2], floor - lower[2])
    return Pose((mouth[0] - middle[0], mouth[1] - middle[1], height), heading.orientation)


def _one(
    planning: Planning, entity: str, thing: Pose, request: BodyRequest, label: int, front: np.ndarray, trail: Trail
) -> tuple[Segment, ...] | None:
    """Returns carry, approach, wait and retreat for one pose of the thing under the tap, or None."""
    assert request.awaits is not None
    tool, body, grip = thing @ planning.tool_from_held.inverse(), planning.world.body(entity), planning.width
    blocked = _blocked(planning, entity, thing, tool, grip)
    if blocked:
        trail.add(blocked)
        return None
    allow = Allowance(clearance=0.006, fingers={body: 0.02}, hand={body: 0.02}, near=0.004)
    planning.attach(entity, planning.tool_from_held)
    solutions = planning.solutions(tool, 9000 + label, grip, tries=6)[:3]
    if not solutions:
        trail.add("tap out of reach")
    for joints, out in product(solutions, OUT):
        blocked = planning.free(joints, grip, allow)
        if blocked:
            trail.add(f"contact of {blocked} under the tap")
            continue
        before = shifted(tool, front * out)
        path = planning.track(line(tool, before), joints, grip, allow, trail)
        if path is None:
            continue
        carry = planning.transit("carry", planning.joints, path[-1], 0.0, 9500 + label, trail, planning.force)
        if carry is None:
            continue
        slow = max(1.0, planning.speed_bound(path, 0.3))
        return (
            carry,
            planning.timed("approach", path[::-1], 0.0, share=0.3, least_s=slow, force=planning.force),
            waited(planning, joints, request.awaits, TAKES_S[request.awaits.predicate]),
            planning.timed("retreat", path, 0.0, share=0.3, least_s=slow, force=planning.force),
        )
    return None


def _blocked(planning: Planning, entity: str, thing: Pose, tool: Pose, width: float) -> str | None:
    """Returns why the hand alone cannot hold the thing there, or None."""
    if tool.rotation[2, 2] > 0.3:
        return FROM_BELOW
    kept = planning.world.pose(entity)
    planning.put(entity, thing)
    blocked = planning.hand_blocked(tool, width, {planning.world.body(entity): 0.02}, 0.004)
    planning.put(entity, kept)
    return f"contact of {blocked} under the tap" if blocked else None
