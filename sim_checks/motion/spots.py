"""Where a held thing can rest: poses on a surface, on another thing or inside a container."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim_checks.motion.packed import PackedPlace, packed_places
from sim_checks.motion.planning import Planning
from sim_checks.motion.slot import Slot
from sim_checks.motion.straight import looking, shifted
from skills.geometry import Box, Pose, Quaternion, yaw_quaternion

GAP = 0.003
"""Height above the support at which a thing is let go [m]."""
YAWS = 8
FORWARD = 0.5
"""Where under a roof a thing is put first: this share of the way from the middle to the front."""
LOOK = 0.025
"""How far ahead one look goes while a thing is lowered [m]."""
NEAR = 0.03
"""Bodies further than this beside the thing's way down are left out of the search [m]."""


@dataclass(frozen=True)
class Spot:
    """A place to let go.

    Args:
        world_from_thing: The thing's pose at release.
        roofed: Whether there is no free way down from above.
    """

    world_from_thing: Pose
    roofed: bool

    def raised(self, height: float) -> "Spot":
        """Returns the spot ``height`` [m] higher."""
        return Spot(shifted(self.world_from_thing, np.array([0.0, 0.0, height])), self.roofed)


@dataclass
class _Search:
    """Places still to be looked at, and the spots at those that were: one group for each."""

    places: Iterator[PackedPlace]
    groups: list[tuple[Spot, ...]] = field(default_factory=list)


@dataclass(frozen=True)
class _Ask:
    """What is looked for: ``entity`` on or in ``target`` with its ``region``."""

    entity: str
    target: str
    region: Box | None
    inside: bool


def spots(
    planning: Planning, entity: str, target: str, inside: bool, slot: Slot, most: int = 25
) -> Iterator[tuple[Spot, ...]]:
    """Yields upright release poses of ``entity`` on or in ``target``, one group for each position.

    Positions that leave room for what the plan brings there later come first, then the most central. The poses do not
    depend on the grasp, so they are computed once for each state of the planning world.

    Args:
        planning: The planning world; ``planning.resting`` is the orientation in which the thing stands.
        entity: The thing.
        target: Where it goes.
        inside: True for "in": the centre must come to lie inside the region.
        slot: Where this thing stands among those that the plan brings to ``target``.
        most: Most positions to look at.
    """
    key = (entity, target, inside, slot)
    if key not in planning.found_spots:
        planning.found_spots[key] = _Search(
            _places(planning, _Ask(entity, target, planning.area(target), inside), slot)
        )
    search = planning.found_spots[key]
    for index in range(most):
        if index == len(search.groups):
            place = next(search.places, None)
            if place is None:
                return
            ask = _Ask(entity, target, planning.area(target), inside)
            search.groups.append(_group(planning, ask, place.xy, place.orientations))
        if search.groups[index]:
            yield search.groups[index]


def _places(planning: Planning, ask: _Ask, slot: Slot) -> Iterator[PackedPlace]:
    """Yields where to try: with foresight for what is still to come, then the most central position first."""
    if ask.region is not None:
        yield from packed_places(planning, ask.entity, ask.target, ask.region, slot)
    upright = Pose((0, 0, 0), planning.resting)
    turns = [2 * math.pi * k / YAWS for k in range(YAWS)]
    orientations = tuple((Pose((0, 0, 0), yaw_quaternion(turn)) @ upright).orientation for turn in turns)
    for xy in _positions(planning, ask, slot):
        yield PackedPlace(xy, orientations)


def lying_spots(planning: Planning, entity: str, target: str, inside: bool, slot: Slot) -> Iterator[tuple[Spot, ...]]:
    """Yields release poses of a thing that a level hand holds, laid down by turning the hand to point downwards."""
    if abs(planning.robot_tool().rotation[2, 2]) > 0.6:
        return
    ask = _Ask(entity, target, planning.area(target), inside)
    orientations = []
    for k in range(YAWS):
        angle = 2 * math.pi * k / YAWS
        closing = np.array([math.cos(angle), math.sin(angle), 0.0])
        down = looking((0, 0, 0), np.array([0.0, 0.0, -1.0]), closing)
        orientations.append((down @ planning.tool_from_held).orientation)
    for position in list(_positions(planning, ask, slot))[:9]:
        group = _group(planning, ask, position, orientations)
        if group:
            yield group


def _group(
    planning: Planning, ask: _Ask, position: tuple[float, float], orientations: Sequence[Quaternion]
) -> tuple[Spot, ...]:
    """Returns the spots at one position, one for each orientation in which the thing can rest there."""
    kept = planning.world.pose(ask.entity)
    group: list[Spot] = []
    hint: float | None = None
    for orientation in orientations:
        spot = _drop(planning, ask, position, orientation, hint)
        if spot is not None:
            group.append(spot)
            hint = None if spot.roofed else spot.world_from_thing.position[2]
    planning.put(ask.entity, kept)
    return tuple(group)


def _positions(planning: Planning, ask: _Ask, slot: Slot) -> Iterator[tuple[float, float]]:
    """Yields horizontal positions [m]: the slot's own point, under a roof one near the front, then a grid around it."""
    region = ask.region
    if region is None or (not ask.inside and ask.target in planning.world.movable):
        centre = planning.world.centre(ask.target)
        yield centre[0], centre[1]
        return
    index, count = slot.index, slot.count
    hx, hy = region.half[0], region.half[1]
    anchor = (0.0, 0.0)
    if count > 1:
        share = (2 * index + 1) / count - 1
        anchor = (share * hx, 0.0) if hx >= hy else (0.0, share * hy)
    elif ask.inside and roofed(planning, ask.target):
        x, y, _ = region.pose.rotation.T @ planning.world.pose(planning.world.owner(ask.target)).rotation[:, 0]
        anchor = (FORWARD * float(x) * hx, FORWARD * float(y) * hy)
    steps = (-0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75)
    grid = [(sx * hx, sy * hy) for sx in steps for sy in steps]
    ranked = sorted(grid, key=lambda p: math.hypot(p[0] - anchor[0], p[1] - anchor[1]))
    for local in [anchor, *ranked[:24]]:
        x, y, _ = region.pose.transform((local[0], local[1], 0.0))
        yield x, y


def roofed(planning: Planning, target: str) -> bool:
    """Says whether a target's own body is above the middle of its region, so that the way in is from the side."""
    region = planning.area(target)
    if region is None:
        return False
    client = planning.robot.client
    client.performCollisionDetection()  # rays see the bodies where they were at the last one
    start, stop = region.pose.transform((0.0, 0.0, 0.0)), region.pose.transform((0.0, 0.0, 0.5))
    body = planning.world.body(target)
    return any(hit[0] == body for hit in client.rayTest(start, stop))


def _drop(
    planning: Planning, ask: _Ask, xy: tuple[float, float], orientation: Quaternion, hint: float | None
) -> Spot | None:
    """Returns the pose just above rest at ``xy``, found by lowering the thing until it nearly touches.

    Args:
        planning: The planning world.
        ask: What is looked for.
        xy: Position of the thing's decisive centre [m].
        orientation: Its orientation.
        hint: Height [m] at which another orientation came to rest here: the search starts just above it.
    """
    world, region = planning.world, ask.region
    floor = world.bounds(ask.target).lower[2]
    if region is not None:
        floor = region.pose.transform((0, 0, -region.half[2]))[2]
    planning.put(ask.entity, Pose((0, 0, 5), orientation))
    bounds, centre = world.bounds(ask.entity), world.centre(ask.entity)
    below, size = 5.0 - bounds.lower[2], bounds.upper[2] - bounds.lower[2]
    x, y = xy[0] - centre[0], xy[1] - centre[1]
    starts = [(max(world.bounds(ask.target).upper[2], floor) + below + 0.02, False)]
    if hint is not None:
        starts = [(hint + 0.02, False), *starts]
    if region is not None and region.half[2] > 0.02:
        starts.append((floor + below + min(0.03, max(0.004, 2 * region.half[2] - size - 0.004)), True))
    for height, roofed in starts:
        pose = _lower(planning, ask.entity, Pose((x, y, height), orientation))
        if pose is not None and _rests(planning, ask, pose, floor):
            return Spot(pose, roofed)
    return None


def _rests(planning: Planning, ask: _Ask, pose: Pose, floor: float) -> bool:
    """Says whether the thing at ``pose`` would count as on or in the target."""
    planning.put(ask.entity, pose)
    if ask.region is None:
        return planning.world.bounds(ask.entity).lower[2] > planning.world.bounds(ask.target).lower[2] + 0.003
    if ask.inside:
        return ask.region.contains(planning.world.centre(ask.entity), -0.002)
    slack = 2 * GAP if "." in ask.target else 0.02  # beside a thing, nothing else may lie beneath
    return floor - 0.01 < planning.world.bounds(ask.entity).lower[2] < floor + slack


def _lower(planning: Planning, entity: str, start: Pose) -> Pose | None:
    """Returns ``start`` lowered by conservative advancement until `GAP` above contact, or None if it starts inside."""
    client, body = planning.robot.client, planning.world.body(entity)
    planning.put(entity, start)
    bounds = planning.world.bounds(entity)
    others = planning.beside(body, bounds, NEAR)
    pose, lowered = start, 0.0
    for _ in range(120):
        planning.put(entity, pose)
        near = min((p[8] for b in others for p in client.getClosestPoints(body, b, LOOK)), default=LOOK)
        if near < 0.0005:
            return None if lowered == 0.0 else shifted(pose, np.array([0, 0, lowered]))
        lowered = max(near - GAP / 2, GAP)
        pose = shifted(pose, np.array([0, 0, -lowered]))
        if pose.position[2] < -1.5:
            return None
    return None
