"""Where a held thing can rest: poses on a surface, on another thing or inside a container."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim_checks.motion.planning import Planning
from sim_checks.motion.straight import looking, shifted
from skills.geometry import Box, Pose, Quaternion, yaw_quaternion

GAP = 0.003
"""Height above the support at which a thing is let go [m]."""
YAWS = 8


@dataclass(frozen=True)
class Spot:
    """A place to let go.

    Args:
        world_from_thing: The thing's pose at release.
        roofed: Whether there is no free way down from above.
    """

    world_from_thing: Pose
    roofed: bool


def spots(planning: Planning, entity: str, target: str, inside: bool, slot: tuple[int, int]) -> Iterator[Spot]:
    """Yields release poses of ``entity`` on or in ``target``, the most central first.

    Args:
        planning: The planning world, with ``entity`` attached to the tool.
        entity: The held thing.
        target: Where it goes.
        inside: True for "in": the centre must come to lie inside the region.
        slot: (index, count) of this thing among those that the plan brings to ``target``.
    """
    region = planning.world.region(target)
    on_thing = not inside and target in planning.world.movable
    for orientation in _orientations(planning):
        for x, y in _positions(planning, target, region if not on_thing else None, slot):
            spot = _drop(planning, entity, target, (x, y), orientation, region, inside)
            if spot is not None:
                yield spot


def _orientations(planning: Planning) -> Iterator[Quaternion]:
    """Yields upright headings, the present one first, then the thing laid down by a hand that points down."""
    present = planning.tool_from_held
    tool = planning.robot_tool()
    held_now = tool @ present
    upright = planning.resting
    lean = (held_now @ Pose((0, 0, 0), upright).inverse()).yaw
    for k in _alternating(YAWS):
        yield (Pose((0, 0, 0), yaw_quaternion(lean + k * 2 * math.pi / YAWS)) @ Pose((0, 0, 0), upright)).orientation
    if abs(tool.rotation[2, 2]) < 0.6:
        for k in range(YAWS):
            angle = k * 2 * math.pi / YAWS
            closing = np.array([math.cos(angle), math.sin(angle), 0.0])
            down = looking((0, 0, 0), np.array([0.0, 0.0, -1.0]), closing)
            yield (down @ present).orientation


def _alternating(count: int) -> list[int]:
    """Returns 0, 1, -1, 2, -2, ... with ``count`` entries."""
    return sorted(range(-(count // 2) + 1, count // 2 + 1), key=lambda k: (abs(k), -k))


def _positions(
    planning: Planning, target: str, region: Box | None, slot: tuple[int, int]
) -> Iterator[tuple[float, float]]:
    """Yields horizontal positions [m]: the slot's own point, then a grid by distance from it."""
    if region is None:
        centre = planning.world.bounds(target).centre
        yield centre[0], centre[1]
        return
    index, count = slot
    hx, hy = region.half[0], region.half[1]
    anchor = (0.0, 0.0)
    if count > 1:
        share = (2 * index + 1) / count - 1
        anchor = (share * hx, 0.0) if hx >= hy else (0.0, share * hy)
    steps = (-0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75)
    grid = [(sx * hx, sy * hy) for sx in steps for sy in steps]
    ranked = sorted(grid, key=lambda p: math.hypot(p[0] - anchor[0], p[1] - anchor[1]))
    for local in [anchor, *ranked[:24]]:
        x, y, _ = region.pose.transform((local[0], local[1], 0.0))
        yield x, y


def _drop(
    planning: Planning,
    entity: str,
    target: str,
    xy: tuple[float, float],
    orientation: Quaternion,
    region: Box | None,
    inside: bool,
) -> Spot | None:
    """Returns the pose just above rest at ``xy``, found by lowering the thing until it nearly touches."""
    half = max(planning.world.asset(entity).half)
    floor = (
        region.pose.transform((0, 0, -region.half[2]))[2]
        if region is not None
        else planning.world.bounds(target).lower[2]
    )
    top = planning.world.bounds(planning.world.owner(target)).upper[2]
    starts = [(max(top, floor) + 2 * half + 0.12, False)]
    if region is not None:
        starts.append((floor + 0.03 + _below(planning, entity, orientation), True))
    for height, roofed in starts:
        pose = _lower(planning, entity, Pose((xy[0], xy[1], height), orientation))
        if pose is None:
            continue
        planning.put(entity, pose)
        bounds = planning.world.bounds(entity)
        if inside and region is not None and region.contains(planning.world.centre(entity), -0.002):
            return Spot(pose, roofed)
        if not inside and region is not None and bounds.lower[2] < floor + 0.015 + 2 * GAP:
            if bounds.lower[2] > floor - 0.01:
                return Spot(pose, roofed)
        if not inside and region is None and bounds.centre[2] > planning.world.bounds(target).centre[2]:
            return Spot(pose, roofed)
    return None


def _below(planning: Planning, entity: str, orientation: Quaternion) -> float:
    """Returns how far the thing reaches below its own origin in this orientation [m]."""
    planning.put(entity, Pose((0, 0, 5), orientation))
    return 5.0 - planning.world.bounds(entity).lower[2]


def _lower(planning: Planning, entity: str, start: Pose) -> Pose | None:
    """Returns ``start`` lowered by conservative advancement until `GAP` above contact, or None if it starts inside."""
    client, body = planning.robot.client, planning.world.body(entity)
    others = [b for b in planning.collisions.bodies if b != body]
    pose, lowered = start, 0.0
    for _ in range(80):
        planning.put(entity, pose)
        near = min((p[8] for b in others for p in client.getClosestPoints(body, b, 0.25)), default=0.25)
        if near < 0.0005:
            if lowered == 0.0:
                return None
            return shifted(pose, np.array([0, 0, lowered]))
        lowered = max(near, GAP)
        pose = shifted(pose, np.array([0, 0, -lowered]))
        if pose.position[2] < -1.5:
            return None
    return None
