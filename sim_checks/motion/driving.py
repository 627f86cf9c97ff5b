"""Driving: the arms drawn in, the base brought to a stance by a path on which nothing is touched."""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim_checks.motion.planning import Planning, Trail, embedded
from sim_checks.motion.stances import KEPT, Stance, on_floor
from sim_checks.motion.straight import turn
from sim_checks.motion.transit import connect, dense, direct
from skills.geometry import Pose
from skills.motion import Joints, Segment

SHARE = 0.6
"""Share of the base's limits that a drive uses."""
BACK = (0.45, 0.3, 0.7)
"""How far the robot backs off before it turns [m]."""
CARRIED = (0.40, 0.0, 0.30)
"""Where the hand carries something, seen from the arm's own base [m]."""
STEP = 0.08
"""Distance between the waypoints of a drive [m or rad]."""
AROUND = 1.0
"""Room around all things in which a path is looked for [m]."""


def tucked(planning: Planning, label: int) -> Joints | None:
    """Returns all joints with the arms drawn in, what is held before the chest; None if there is no way to hold it.

    Args:
        planning: The planning world; the base is where it is.
        label: Tells this call's random numbers from those of others.
    """
    robot, joints = planning.robot, planning.joints.copy()
    for limb in robot.limbs:
        joints[limb.columns] = robot.home[limb.columns]
    if planning.held is None:
        return joints
    planning.robot.place(planning.joints, planning.width)
    level = robot.base.inverse() @ robot.tool()
    for height in (0.0, 0.12, 0.24):
        for angle in (0.0, 0.5, -0.5, 1.0, -1.0, 1.6, -1.6, 2.3, -2.3, 3.1):
            turned = turn((0.0, 0.0, 1.0), angle) @ Pose((0.0, 0.0, 0.0), level.orientation)
            x, y, z = CARRIED
            target = robot.base @ Pose((x, y, z + height), turned.orientation)
            for found in planning.kinematics.solutions(target, planning.rng(label, 5), joints, planning.width, 3):
                if planning.free(found, planning.width, KEPT) is None:
                    return found
    return None


def tuck(planning: Planning, goal: Joints, label: int, trail: Trail) -> tuple[Segment, ...] | None:
    """Returns the motions that draw the arms in, one arm after the other, or None when one of them has no way.

    Args:
        planning: The planning world.
        goal: All joints with the arms drawn in.
        label: Tells this call's random numbers from those of others.
        trail: Collects the reasons.
    """
    robot, at, segments = planning.robot, planning.joints, []
    first = robot.active
    force = planning.force if planning.held else 20.0
    try:
        for index in (first, *(i for i in range(len(robot.limbs)) if i != first)):
            columns = robot.limbs[index].columns
            if np.abs(at[columns] - goal[columns]).max() < 0.02:
                continue
            robot.active, after = index, at.copy()
            after[columns] = goal[columns]
            width = 0.0 if planning.held and index == first else robot.max_width
            segment = planning.transit("tuck", at, after, width, label + index, trail, force)
            if segment is None:
                return None
            segments.append(_by(segment, index))
            at = segment.joints[-1]
    finally:
        robot.active = first
    return tuple(segments)


def draw_in(planning: Planning, label: int, trail: Trail) -> tuple[Segment, ...] | None:
    """Returns the motions after which the robot may drive, or None when there is no way to hold or to draw in the arms.

    Args:
        planning: The planning world.
        label: Tells this call's random numbers from those of others.
        trail: Collects the reasons.
    """
    goal = tucked(planning, label)
    found = None if goal is None else tuck(planning, goal, label, trail)
    if found is None:
        trail.add("the arms cannot be drawn in")
    return found


def drive(planning: Planning, start: Joints, stance: Stance, label: int, trail: Trail) -> Segment | None:
    """Returns the timed drive from ``start`` to a stance with the arms as they are, or None when no way is found.

    Args:
        planning: The planning world.
        start: All joints, the arms drawn in.
        stance: Where to.
        label: Tells this call's random numbers from those of others.
        trail: Collects the reasons.
    """
    robot = planning.robot
    base, goal = robot.driving, np.array(stance.base)
    goal[2] = start[2] + math.remainder(goal[2] - start[2], math.tau)
    if not robot.lower[2] + 0.1 < goal[2] < robot.upper[2] - 0.1:
        goal[2] = math.remainder(goal[2], math.tau)
    whole = start.copy()

    def valid(part: Joints) -> bool:
        whole[base] = part
        return on_floor(planning, part) and planning.free(whole, planning.width, KEPT) is None

    path = _path(planning, start[base], goal, valid, label)
    if path is None:
        trail.add("no free way for the base")
        return None
    width, force = (0.0, planning.force) if planning.held else (robot.max_width, 20.0)
    for step in (0.5, 0.2, STEP):
        points = embedded(dense(path, step), base, start)
        segment = planning.timed("drive", points, width, share=SHARE, force=force)
        if all(valid(q[base]) for q in segment.joints[::4]):
            return _by(segment, robot.active)
    trail.add("the timed drive came too close")
    return None


def _path(
    planning: Planning, start: Joints, goal: Joints, valid: Callable[[Joints], bool], label: int
) -> NDArray[np.float64] | None:
    """Returns base waypoints (n, joints): straight, by backing off at both ends, or by a random tree."""
    if not valid(goal) or not valid(start):
        return None
    if direct(start, goal, valid):
        return np.stack([start, goal])
    for back in BACK:
        one, other = _backed(start, back), _backed(goal, back)
        turned = one.copy()
        turned[2] = goal[2]
        for way in ([start, one, other, goal], [start, one, turned, other, goal]):
            if all(direct(a, b, valid) for a, b in pairwise(way)):
                return np.stack(way)
    lower, upper = _room(planning, start, goal)
    return connect(start, goal, valid, planning.seed * 37 + label, lower, upper, seconds=1.0)


def _backed(base: Joints, distance: float) -> Joints:
    """Returns the base drawn straight back [m]."""
    moved = base.copy()
    moved[:2] -= distance * np.array([math.cos(base[2]), math.sin(base[2])])
    return moved


def _room(planning: Planning, start: Joints, goal: Joints) -> tuple[Joints, Joints]:
    """Returns the bounds of the search for a path: around all things, and both ends."""
    robot = planning.robot
    lower, upper = robot.lower[robot.driving].copy(), robot.upper[robot.driving].copy()
    corners = [planning.world.bounds(t) for t in planning.world.things]
    to_base = robot.root.inverse()
    points = np.array([to_base.transform((p[0], p[1], 0.0))[:2] for b in corners for p in (b.lower, b.upper)])
    low, high = points.min(axis=0) - AROUND, points.max(axis=0) + AROUND
    lower[:2], upper[:2] = np.maximum(lower[:2], low), np.minimum(upper[:2], high)
    lower[2], upper[2] = min(start[2], goal[2]) - math.pi, max(start[2], goal[2]) + math.pi
    return lower, upper


def _by(segment: Segment, hand: int) -> Segment:
    """Returns the segment with its gripper commands for another hand."""
    return Segment(segment.name, segment.times, segment.joints, segment.width, segment.force, hand)
