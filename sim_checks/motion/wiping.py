"""Wiping: what the hand holds is laid on an area, swept over it in lanes, and lifted."""

import math
from collections.abc import Collection, Iterator
from itertools import product

import numpy as np

from sim_checks.assets.asset import Grasp
from sim_checks.bullet.collision import Allowance
from sim_checks.bullet.wiped import WIPE
from sim_checks.motion.planning import FROM_BELOW, Planning, Trail
from sim_checks.motion.straight import line, shifted
from sim_checks.motion.timing import hold
from skills.geometry import Box, Pose, yaw_quaternion
from skills.motion import Segment

ASIDE = 0.02
"""How far the fingers open for the thing to lie down flat before it is gripped anew [m]: that keeps it in contact."""
GAP = 0.001
"""Height above the surface at which it is let down [m]."""
ABOVE = 0.06
"""Height from which it comes down [m]."""
SPEED = 0.08
"""Speed over the surface [m/s]."""
OVERLAP = 0.016
"""How far neighbouring lanes overlap, and how far a lane goes beyond the area [m]."""


def plan_wipe(
    planning: Planning, target: str, excluded: Collection[int], trail: Trail
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields (candidate index, segments) that wipe an area with what the hand holds.

    Args:
        planning: The planning world; ``planning.held`` names the thing that wipes.
        target: The area.
        excluded: Candidates that a rehearsal has shown to fail.
        trail: Collects the reasons of dropped candidates.
    """
    region, entity = planning.area(target), planning.held
    if region is None or entity is None:
        trail.add("the target has no area" if entity else "the hand is empty")
        return
    for index, (turn, across, back) in enumerate(product(range(4), (False, True), (False, True))):
        if index in excluded:
            continue
        poses = _poses(planning, entity, region, turn * math.pi / 2, across)
        reason = _hopeless(planning, entity, poses, target, planning.tool_from_held.inverse(), planning.width)
        if reason:
            trail.add(reason)
            continue
        segments = _one(planning, entity, poses[::-1] if back else poses, target, index, trail)
        if segments is not None:
            yield index, segments


def sweeps_over(planning: Planning, entity: str, target: str, grasp: Grasp) -> bool:
    """Says whether the hand, holding ``entity`` by ``grasp``, has room for some way to sweep it over an area."""
    region = planning.area(target)
    return region is not None and any(
        _hopeless(planning, entity, poses, target, grasp.thing_from_tool, grasp.width) is None
        for turn, across in product(range(4), (False, True))
        for poses in (_poses(planning, entity, region, turn * math.pi / 2, across),)
    )


def _hopeless(
    planning: Planning, entity: str, things: list[Pose], target: str, thing_from_tool: Pose, width: float
) -> str | None:
    """Returns why the hand alone cannot sweep along the poses of the thing, or None."""
    kept, body, ground = planning.world.pose(entity), planning.world.body(entity), planning.world.body(target)
    try:
        for thing in things:
            tool = thing @ thing_from_tool
            if tool.rotation[2, 2] > 0.3:
                return FROM_BELOW
            planning.put(entity, thing)
            blocked = planning.hand_blocked(tool, width, {body: 0.02, ground: 0.0}, 0.002)
            if blocked:
                return f"contact of {blocked} on the area"
    finally:
        planning.put(entity, kept)
    return None


def _poses(planning: Planning, entity: str, region: Box, turn: float, across: bool) -> list[Pose]:
    """Returns the thing's poses at both ends of every lane, one lane after the other.

    Args:
        planning: The planning world.
        entity: What wipes.
        region: The area.
        turn: Heading of the thing in the area [rad], a multiple of a right angle.
        across: Lanes run along the area's y, not its x.
    """
    half = planning.world.asset(entity).half
    swapped = round(turn / (math.pi / 2)) % 2 == 1
    size = (half[1], half[0]) if swapped else (half[0], half[1])
    along, aside = (1, 0) if across else (0, 1)
    reach = max(0.0, region.half[along] - size[along] + OVERLAP)
    room = max(0.0, region.half[aside] - size[aside] + OVERLAP)
    count = max(1, math.ceil(2 * room / (2 * size[aside] - OVERLAP)) + 1) if room > 0.0 else 1
    floor = -region.half[2] + GAP
    upright = Pose((0.0, 0.0, 0.0), yaw_quaternion(turn))
    found = []
    for lane in range(count):
        off = 0.0 if count == 1 else room * (2 * lane / (count - 1) - 1)
        for end in (1, -1) if lane % 2 else (-1, 1):
            at = [0.0, 0.0, floor]
            at[along], at[aside] = end * reach, off
            found.append(region.pose @ Pose((at[0], at[1], at[2])) @ upright)
    return found


def _one(
    planning: Planning, entity: str, things: list[Pose], target: str, label: int, trail: Trail
) -> tuple[Segment, ...] | None:
    """Returns carry, lowering, sweep and lift along the poses of the thing, or None."""
    tools = [pose @ planning.tool_from_held.inverse() for pose in things]
    body, ground, grip = planning.world.body(entity), planning.world.body(target), planning.width
    allow = Allowance(clearance=0.003, fingers={body: 0.02, ground: 0.0}, hand={body: 0.02}, held={ground: 0.006})
    planning.attach(entity, planning.tool_from_held)
    up = np.array([0.0, 0.0, ABOVE])
    solutions = planning.solutions(tools[0], 8000 + label, grip, tries=6)[:3]
    if not solutions:
        trail.add("area out of reach")
    for joints in solutions:
        blocked = planning.free(joints, grip, allow)
        if blocked:
            trail.add(f"contact of {blocked} on the area")
            continue
        wide = min(planning.robot.max_width, grip + ASIDE)
        blocked = planning.free(joints, wide, allow)
        if blocked:
            trail.add(f"contact of {blocked} on the area")
            continue
        down = planning.track(line(tools[0], shifted(tools[0], up)), joints, grip, allow, trail)
        if down is None:
            continue
        lanes = [pose for first, last in zip(tools, tools[1:], strict=False) for pose in line(first, last)]
        path = planning.track(lanes, joints, grip, allow, trail)
        if path is None:
            continue
        lifted = planning.track(line(tools[-1], shifted(tools[-1], up)), path[-1], grip, allow, trail)
        if lifted is None:
            continue
        carry = planning.transit("carry", planning.joints, down[-1], 0.0, 8500 + label, trail, planning.force)
        if carry is None:
            continue
        way = sum(
            float(np.linalg.norm(np.subtract(b.position, a.position))) for a, b in zip(tools, tools[1:], strict=False)
        )
        force = planning.force
        slow = max(way / SPEED, planning.speed_bound(path, 0.3))
        return (
            carry,
            planning.timed("lower", down[::-1], 0.0, share=0.3, least_s=1.0, force=force),
            hold("release", joints, 0.4, wide),
            hold("grip", joints, 0.6, 0.0, force),
            planning.timed(WIPE, path, 0.0, share=0.3, least_s=slow, force=force),
            planning.timed("lift", lifted, 0.0, share=0.3, least_s=0.8, force=force),
        )
    return None
