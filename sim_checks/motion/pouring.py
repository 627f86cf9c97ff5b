"""Pouring: a held vessel is tilted about its lip over the mouth of another, emptied, and set upright again."""

import math
from collections.abc import Collection, Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim_checks.assets.asset import Grasp
from sim_checks.bullet.collision import Allowance
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.straight import about, line, shifted
from sim_checks.motion.timing import hold
from skills.geometry import Pose, yaw_quaternion
from skills.motion import Segment

TILT = math.radians(125.0)
"""How far the vessel is tilted: its wall then slopes by more than what is in it sticks [rad]."""
STEP = math.radians(5.0)
"""Tilt between two poses of the way [rad]."""
GAPS = (0.035, 0.05)
"""Heights of the tilted lip over the mouth [m], best first."""
LEFT, RIGHT = math.pi / 2, -math.pi / 2
WAYS = ((LEFT, 0.45), (RIGHT, 0.45), (0.0, 0.0))
"""Where it is poured to, seen along the hand [rad], and how far from the middle of the mouth, towards the hand [1]."""
BACK = 0.35
"""How far before the middle of the mouth the lip is, as a share of its radius: what runs out has some speed [1]."""
RISES = (0.0, 0.08, 0.16)
"""How much higher than both ends the way to the mouth is, best first [m]."""
LEVEL_STEP = 0.015
"""Distance between two poses of that way [m]."""
CARRY_SPEED = 0.15
"""Speed of a full vessel [m/s]. Source: our own."""
TURNS = 8
"""Headings in which the vessel is held and poured that are tried."""
POUR_S, DRAIN_S = 6.0, 1.0
"""Time to tilt, and time in which it runs empty [s]."""
LEVEL = 0.75
"""Cosine between a hand and the vertical below which the hand can roll about its own axis to pour."""


class Way(NamedTuple):
    """One way of pouring.

    Args:
        heading: Yaw of the upright vessel [rad, world].
        onward: Direction in which the hand points, in the vessel's own frame [rad].
        side: Direction of pouring, from there [rad].
        aside: How far the vessel is drawn towards the hand, as a share of the mouth's radius [1].
        gap: Height of the tilted lip over the mouth [m].
    """

    heading: float
    onward: float
    side: float
    aside: float
    gap: float


def plan_pour(
    planning: Planning, target: str, excluded: Collection[int], trail: Trail
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields (candidate index, segments) that pour what is in the held vessel into another.

    Args:
        planning: The planning world; ``planning.held`` names the vessel.
        target: What it is poured into.
        excluded: Candidates that a rehearsal has shown to fail.
        trail: Collects the reasons of dropped candidates.
    """
    entity = planning.held
    if entity is None:
        trail.add("the hand is empty")
        return
    lean = (planning.robot_tool() @ planning.tool_from_held).yaw
    hand = planning.tool_from_held.inverse().rotation[:, 2]  # approach of the hand, seen from the vessel
    onward = math.atan2(hand[1], hand[0])
    order = sorted(range(TURNS), key=lambda k: min(k, TURNS - k))
    ways = product(WAYS, GAPS, order)
    for index, ((side, aside), gap, turn) in enumerate(ways):
        if index not in excluded:
            way = Way(lean + turn * math.tau / TURNS, onward, side, aside, gap)
            poses = _poses(planning, entity, target, way)
            segments = _one(planning, entity, poses, index, trail)
            if segments is not None:
                yield index, segments


def pours_well(planning: Planning, entity: str, grasp: Grasp) -> bool:
    """Says whether a hand that holds a vessel by this grasp can tilt it by rolling: it is level, more or less."""
    tool = planning.world.pose(entity) @ grasp.thing_from_tool
    return abs(float(tool.rotation[2, 2])) < LEVEL


def _poses(planning: Planning, entity: str, target: str, way: Way) -> list[Pose]:
    """Returns the vessel's poses from upright to tilted, its lip over the mouth of the target.

    Args:
        planning: The planning world.
        entity: The held vessel.
        target: The other one.
        way: How it is poured.
    """
    half = planning.world.asset(entity).half
    radius, height, mouth = half[1], 2 * half[2], planning.world.pose(target)
    wide, top = planning.world.asset(target).half[1], planning.world.bounds(target).upper[2]
    to, hand = way.heading + way.onward + way.side, way.heading + way.onward
    ahead = np.array([math.cos(to), math.sin(to), 0.0])
    axis = (-float(ahead[1]), float(ahead[0]), 0.0)
    away = np.array([math.cos(hand), math.sin(hand), 0.0]) * way.aside
    over = np.array([mouth.position[0], mouth.position[1], top + way.gap]) - wide * (BACK * ahead + away)
    found = []
    for angle in np.arange(0.0, TILT + STEP / 2, STEP).tolist():
        at: NDArray[np.float64] = over + np.array([0.0, 0.0, height * max(0.0, math.cos(angle))])
        x, y, z = (float(c) for c in at - radius * ahead - np.array([0.0, 0.0, height]))
        upright = Pose((x, y, z), yaw_quaternion(way.heading))
        found.append(about((float(at[0]), float(at[1]), float(at[2])), axis, angle, upright))
    return found


def _one(planning: Planning, entity: str, poses: list[Pose], label: int, trail: Trail) -> tuple[Segment, ...] | None:
    """Returns carry, pour, drain and upright for one way of pouring, or None."""
    body, grip = planning.world.body(entity), planning.width
    back = planning.tool_from_held.inverse()
    tools = [pose @ back for pose in poses]
    allow = Allowance(clearance=0.006, fingers={body: 0.02}, hand={body: 0.02}, near=0.004)
    ghost, here = planning.ghosts[planning.robot.active], planning.robot_tool()
    planning.attach(entity, planning.tool_from_held)
    if not all(ghost.reachable(tool) for tool in (tools[0], tools[-1])):
        trail.add("mouth out of reach")
        return None
    for rise in RISES:
        over = level_way(here, tools[0], rise)
        carried = planning.track(over, planning.joints, grip, allow, trail)
        path = None if carried is None else planning.track(tools[1:], carried[-1], grip, allow, trail)
        if carried is None or path is None:
            continue
        share, force = 0.3, planning.force
        steady = max(len(carried) * LEVEL_STEP / CARRY_SPEED, planning.speed_bound(carried, share))
        slow = max(POUR_S, planning.speed_bound(path, share))
        return (
            planning.timed("carry", carried, 0.0, share=share, least_s=steady, force=force),
            planning.timed("pour", path, 0.0, share=share, least_s=slow, force=force),
            hold("drain", path[-1], DRAIN_S, 0.0, force),
            planning.timed("upright", path[::-1], 0.0, share=share, least_s=slow / 2, force=force),
        )
    return None


def level_way(start: Pose, stop: Pose, rise: float) -> list[Pose]:
    """Returns tool poses up, across and down, along which what is upright stays upright.

    Args:
        start: Tool pose with the thing upright (left out).
        stop: Another one.
        rise: How much higher than both the way across is [m].
    """
    top = max(start.position[2], stop.position[2]) + rise
    raised, above = (shifted(p, np.array([0.0, 0.0, top - p.position[2]])) for p in (start, stop))
    legs = ((start, raised), (raised, above), (above, stop))
    return [pose for a, b in legs if a != b for pose in line(a, b, LEVEL_STEP)]
