"""Placing: carry what the hand holds to a spot, let go, and draw back."""

import math
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from sim_checks.assets.asset import Grasp
from sim_checks.bullet.collision import Allowance
from sim_checks.motion.picking import APPROACH_SPEED
from sim_checks.motion.planning import FROM_BELOW, Planning, Trail
from sim_checks.motion.slot import Slot
from sim_checks.motion.spots import Spot, lying_spots, spots
from sim_checks.motion.straight import backed, line, shifted
from sim_checks.motion.timing import hold
from skills.geometry import Pose
from skills.motion import Joints, Segment

OPEN_S = 0.5
"""Time for the fingers to open [s]."""
RETREAT = 0.10
MOST_SPOTS = 24
"""Spots that are tried with the whole arm; twice as many where the way in is from the front."""
EACH = 4
"""Spots at one position that are tried with the whole arm."""
POSTURES = {False: (5, 2), True: (24, 6)}
"""Whether a spot is roofed -> starts of inverse kinematics, and answers that are followed up."""
RAISES = (0.0, 0.012, 0.025)
"""Heights above rest to let go from [m]: higher where the fingers would touch the target."""


def plan_place(
    planning: Planning, target: str, inside: bool, slot: Slot, trail: Trail
) -> Iterator[tuple[Segment, ...]]:
    """Yields ways to put what the hand holds on or in ``target``, the most central spot first.

    Args:
        planning: The planning world; ``planning.held`` names the thing.
        target: Entity, region or side area.
        inside: True for "in", False for "on".
        slot: Where it stands among the things that the plan brings there.
        trail: Collects the reasons of dropped candidates.
    """
    entity = planning.held
    if entity is None:
        trail.add("the hand is empty")
        return
    lean = (planning.robot_tool() @ planning.tool_from_held).yaw
    tried = positions = 0
    for roofed, most in ((False, MOST_SPOTS), (True, 2 * MOST_SPOTS)):  # what can come down from above, does
        for group in chain(
            spots(planning, entity, target, inside, slot), lying_spots(planning, entity, target, inside, slot)
        ):
            each, positions = 0, positions + 1
            for lifted in _lifted(group, roofed, lean):
                if each >= EACH or tried >= most:
                    break
                reason = hopeless(planning, entity, target, lifted, planning.tool_from_held, planning.width)
                if reason:
                    trail.add(reason)
                    continue
                tried, each = tried + 1, each + 1
                found = at_spot(planning, entity, lifted, target, 500 + tried, trail)
                if found is not None:
                    yield found
    if positions == 0:
        trail.add("no spot where it would rest")


def _lifted(group: Sequence[Spot], roofed: bool, lean: float) -> Iterator[Spot]:
    """Yields the roofed or the open spots of one position, letting go lower first, then those that turn the hand less.

    Args:
        group: The spots.
        roofed: Which of them.
        lean: Yaw at which the thing is held now [rad].
    """
    wanted = [s for s in group if s.roofed is roofed]
    ranked = sorted(wanted, key=lambda s: abs(math.remainder(s.world_from_thing.yaw - lean, 2 * math.pi)))
    for raised in RAISES:
        yield from (spot.raised(raised) for spot in ranked)


def promising(planning: Planning, entity: str, target: str, inside: bool, slot: Slot, grasp: Grasp) -> bool:
    """Says whether the hand, holding ``entity`` by ``grasp``, fits at one of the most central spots.

    Where nothing can stand upright, a level hand is promising: it can lay the thing down.
    """
    if not any(True for _ in spots(planning, entity, target, inside, slot, most=9)):
        tool = planning.world.pose(entity) @ grasp.thing_from_tool
        return abs(float(tool.rotation[2, 2])) < 0.6
    back = grasp.thing_from_tool.inverse()
    return any(
        hopeless(planning, entity, target, spot.raised(raised), back, grasp.width) is None
        for group in spots(planning, entity, target, inside, slot, most=9)
        for raised in RAISES
        for spot in group
    )


def hopeless(
    planning: Planning, entity: str, target: str, spot: Spot, tool_from_thing: Pose, width: float
) -> str | None:
    """Returns why the hand cannot be at the spot, or under a roof its wrist, or None; quick, before any kinematics."""
    world_from_tool = spot.world_from_thing @ tool_from_thing.inverse()
    if world_from_tool.rotation[2, 2] > 0.3:
        return FROM_BELOW
    kept = planning.world.pose(entity)
    planning.put(entity, spot.world_from_thing)
    blocked = planning.hand_blocked(world_from_tool, width, {planning.world.body(entity): 0.02}, 0.002)
    planning.put(entity, kept)
    if blocked is None and spot.roofed:
        owner = planning.world.owner(target)
        if planning.ghosts[planning.robot.active].wrist_in(world_from_tool, planning.world.body(owner)):
            blocked = f"wrist and {owner}"
    return f"contact of {blocked} at the spot" if blocked else None


def at_spot(
    planning: Planning, entity: str, spot: Spot, target: str, label: int, trail: Trail
) -> tuple[Segment, ...] | None:
    """Returns carry, lower, release and retreat for one spot, or None."""
    world_from_tool = spot.world_from_thing @ planning.tool_from_held.inverse()
    body = planning.world.body(entity)
    allow = Allowance(clearance=0.003, fingers={body: 0.02}, hand={body: 0.02}, near=0.0005)
    grip = planning.width
    planning.attach(entity, planning.tool_from_held)
    tries, most = POSTURES[spot.roofed]
    solutions = planning.solutions(world_from_tool, label, grip, tries=tries)[:most]
    if not solutions:
        trail.add("spot out of reach")
    for joints in solutions:
        blocked = planning.free(joints, grip, allow)
        if blocked:
            trail.add(f"contact of {blocked} at the spot")
            continue
        for entry in _entries(planning, world_from_tool, spot, target):
            outward = planning.track(entry, joints, grip, allow, trail)
            if outward is None:
                continue
            away = retreat(planning, entity, world_from_tool, joints, spot, trail)
            planning.attach(entity, planning.tool_from_held)
            if away is None:
                continue
            carry = planning.transit("carry", planning.joints, outward[-1], 0.0, label, trail, planning.force)
            if carry is None:
                continue
            inward, width, path = outward[::-1], *away
            slow = max(len(inward) * 0.01 / APPROACH_SPEED, planning.speed_bound(inward, 0.3))
            return (
                carry,
                planning.timed("lower", inward, 0.0, share=0.3, least_s=slow, force=planning.force),
                hold("release", joints, OPEN_S, width),
                planning.timed("retreat", path, width, share=0.3, least_s=RETREAT / APPROACH_SPEED),
            )
    return None


def _entries(planning: Planning, world_from_tool: Pose, spot: Spot, target: str) -> list[list[Pose]]:
    """Returns tool paths that lead from the spot outwards: upwards, or, under a roof, out of the front."""
    if not spot.roofed:
        return [line(world_from_tool, shifted(world_from_tool, np.array([0, 0, h]))) for h in (0.12, 0.07)]
    front = planning.world.pose(planning.world.owner(target)).rotation[:, 0]
    back = -world_from_tool.rotation[:, 2]
    ways = [(0.012, front * 0.30), (0.012, back * 0.25), (0.006, front * 0.20), (0.006, front * 0.15)]
    paths = []
    for height, way in ways:
        raised = shifted(world_from_tool, np.array([0, 0, height]))
        paths.append([*line(world_from_tool, raised), *line(raised, shifted(raised, way))])
    return paths


def retreat(
    planning: Planning, entity: str, world_from_tool: Pose, joints: Joints, spot: Spot, trail: Trail
) -> tuple[float, np.ndarray] | None:
    """Returns the finger opening [m] for the release and the joint path (n, joints) that draws back."""
    body = planning.world.body(entity)
    planning.collisions.attach(None)
    planning.put(entity, spot.world_from_thing)
    allow = Allowance(clearance=0.002, fingers={body: 0.006}, hand={body: 0.003})
    for width in sorted({planning.robot.max_width, min(planning.robot.max_width, planning.width + 0.02)}, reverse=True):
        if planning.free(joints, width, allow):
            continue
        for distance in (RETREAT, 0.06):
            back = line(world_from_tool, backed(world_from_tool, distance))
            path = planning.track(back, joints, width, allow, trail)
            if path is not None:
                return width, path
    trail.add("the hand cannot draw back")
    return None
