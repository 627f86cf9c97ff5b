"""What a plan packs, seen in the planning world: things and regions become rectangles, places become positions."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim_checks.motion.packing import Floor, Item, Place, Rectangle, Room, first_places
from sim_checks.motion.planning import Planning
from sim_checks.motion.slot import Slot
from skills.geometry import Box, Pose, Quaternion, Vector3, yaw_quaternion
from skills.robots.parts import BEYOND

CROWDED = 0.2
"""Share of a region that things and the space about them take, from which on it is packed with foresight."""
ABOUT = 0.02
"""Space about a thing that counts for that [m]."""
OPENING = 0.012
"""How far a finger draws aside to let go, and what it keeps from a neighbour [m]."""
ABOVE = 0.022
"""How far a thing reaches up between the fingers, over the tool's origin [m]."""
MOST = 8
"""Places of a thing that are offered."""
DOWNWARD = Pose((0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0))
"""A hand that points down."""


class PackedPlace(NamedTuple):
    """A position for a thing.

    Args:
        xy: Of its decisive centre [m, world].
        orientations: In which it fits there.
    """

    xy: tuple[float, float]
    orientations: tuple[Quaternion, ...]


def packed_places(planning: Planning, entity: str, target: str, region: Box, slot: Slot) -> Iterator[PackedPlace]:
    """Yields places for ``entity`` that leave room for all that the plan brings there later.

    Nothing is yielded where nothing more is to come, or where there is room in plenty.

    Args:
        planning: The planning world.
        entity: The thing at hand; ``planning.resting`` is the orientation in which it stands.
        target: Where it goes.
        region: The target's region.
        slot: What comes later.
    """
    if not slot.later:
        return
    heading = region.pose.yaw
    items = [_item(planning, name, heading, name == entity) for name in (entity, *slot.later)]
    floor = _floor(planning, target, region, entity, items)
    covered = sum(4 * (i.half_x + ABOUT) * (i.half_y + ABOUT) for i in items)
    covered += sum(4 * (r.half_x + ABOUT) * (r.half_y + ABOUT) for r in floor.taken)
    if covered < CROWDED * 4 * region.half[0] * region.half[1]:
        return
    level = _level(planning.resting, heading)
    for place in first_places(floor, items, MOST):
        yield _in_world(place, region, level)


def _in_world(place: Place, region: Box, level: Quaternion) -> PackedPlace:
    """Returns a place of a layout as a position in the world, with the two headings that are the same to a layout."""
    x, y, _ = region.pose.transform((place.x, place.y, 0.0))
    turns = (math.pi / 2, -math.pi / 2) if place.turned else (0.0, math.pi)
    flat = Pose((0, 0, 0), level)
    return PackedPlace((x, y), tuple((Pose((0, 0, 0), yaw_quaternion(t)) @ flat).orientation for t in turns))


def _level(resting: Quaternion, heading: float) -> Quaternion:
    """Returns the orientation of a thing that rests as it does, turned to the region's heading."""
    rest = Pose((0, 0, 0), resting)
    return (Pose((0, 0, 0), yaw_quaternion(heading - rest.yaw)) @ rest).orientation


def _item(planning: Planning, name: str, heading: float, at_hand: bool) -> Item:
    """Returns a thing as an item, measured where it stands along the region's axes."""
    world = planning.world
    kept = world.pose(name)
    planning.put(name, Pose((0, 0, 5), _level(planning.resting if at_hand else kept.orientation, 0.0)))
    bounds = world.bounds(name)
    planning.put(name, kept)
    half = [(bounds.upper[k] - bounds.lower[k]) / 2 for k in (0, 1)]
    return Item(name, half[0], half[1], _closings(planning, name))


def _closings(planning: Planning, name: str) -> frozenset[int]:
    """Returns the axes of a thing along which fingers close on both of its sides; empty where they grip otherwise."""
    asset = planning.world.asset(name)
    axes = set()
    for grasp in asset.grasps:
        closing = grasp.thing_from_tool.rotation[:, 1]
        axis = 0 if abs(closing[0]) > 0.95 else 1 if abs(closing[1]) > 0.95 else None
        if axis is None or abs(grasp.width - 2 * asset.half[axis]) > 0.005:
            return frozenset()
        axes.add(axis)
    return frozenset(axes)


def _floor(planning: Planning, target: str, region: Box, entity: str, items: list[Item]) -> Floor:
    """Returns the region as a floor, with what stands on it now."""
    world = planning.world
    owner = world.owner(target)
    ground = region.pose.transform((0.0, 0.0, -region.half[2]))[2]
    ignored = {owner, *(item.name for item in items)}
    taken = []
    for name in world.things:
        if name in ignored or name in planning.tables:
            continue
        bounds = world.bounds(name)
        if bounds.upper[2] > ground + 0.002:
            rectangle = _seen_from(region, bounds.lower, bounds.upper)
            if rectangle.meets(Rectangle(0.0, 0.0, region.half[0], region.half[1]), 0.0):
                taken.append(rectangle)
    grasps = [g for item in items for g in world.asset(item.name).grasps]
    tips = min((g.thing_from_tool.position[2] - BEYOND for g in grasps), default=0.0)
    walled = world.bounds(target).upper[2] > ground + tips

    def reach(x: float, y: float) -> bool:
        at = region.pose.transform((x, y, 0.0))
        over = Pose((at[0], at[1], ground + max(tips, 0.0) + BEYOND + 0.05))
        angle = math.atan2(at[1] - planning.robot.base.position[1], at[0] - planning.robot.base.position[0])
        tool = over @ Pose((0, 0, 0), yaw_quaternion(angle)) @ DOWNWARD
        return bool(planning.solutions(tool, 900, planning.width, tries=3))

    return Floor(region.half[0], region.half[1], tuple(taken), _room(planning), walled, reach)


def _seen_from(region: Box, lower: Vector3, upper: Vector3) -> Rectangle:
    """Returns the rectangle along the region's axes that covers bounds in the world."""
    back = region.pose.inverse()
    corners = [back.transform((x, y, lower[2])) for x in (lower[0], upper[0]) for y in (lower[1], upper[1])]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return Rectangle((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, (max(xs) - min(xs)) / 2, (max(ys) - min(ys)) / 2)


def _room(planning: Planning) -> Room:
    """Returns what the fingers take beside a thing; measured by rays on a half open hand, the arm at home."""
    robot = planning.robot
    width = robot.max_width / 2
    tool = planning.kinematics.forward(robot.home, width)
    points = [(float(x), float(z)) for z in np.linspace(-ABOVE, BEYOND, 9) for x in np.linspace(-0.04, 0.04, 41)]
    starts = [tool.transform((x, 0.12, z)) for x, z in points]
    hits = robot.client.rayTestBatch(starts, [tool.transform((x, 0.0, z)) for x, z in points])
    back, out, half = tool.inverse(), 0.0, 0.0
    for hit in hits:
        if hit[0] == robot.body and hit[1] in robot.fingers:
            x, y, _ = back.transform(hit[3])
            out, half = max(out, y - width / 2), max(half, abs(x))
    return Room(out + OPENING, half)
