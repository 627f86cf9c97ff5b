"""Sweeping: closed fingers push a door or a drawer along its way, from outside to close it, from inside to open it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from sim_checks.bullet.collision import Allowance
from sim_checks.motion.handle import Handle
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.straight import backed, line, looking, shifted
from skills.geometry import Pose
from skills.motion import Joints, Segment

SHARES = (0.8, 0.55, 1.05)
"""Distance of the pushed point from the hinge, as a share of the handle's [1], best first."""
BESIDE = (0.05, -0.05)
"""Distance of the pushed point from the middle of a drawer's front [m]."""
DEPTH = 0.03
"""How far below the upper edge the fingertips push, where they hang over it [m]."""
LEANS = (0, 30, -25, 50, 70)
"""Lean of the hand from straight down to straight along the push [deg], best first."""
TURNINGS = (0.5, 1.0, 0.0)
"""Share of a hinge's angle by which the hand turns with it, best first."""
BEFORE = 0.02
"""Gap to the face at which the push begins [m]."""
LOOK = 0.12
"""Distance from which a face is looked for [m]."""
SPEED = {"slide": 0.10, "hinge": 0.4}
"""Speed of the joint [m/s or rad/s]."""
STEP = {"slide": 0.01, "hinge": 0.05}
"""Way of the joint between two checked poses [m or rad]."""
SUNK = 0.004
"""Depth to which fingertips may seem to enter the face [m]."""


@dataclass(frozen=True)
class Sweep:
    """One way to push.

    Args:
        tool: world_from_tool with the fingertips on the face.
        along: Direction of the push at the start (unit, world).
        turning: Share of a hinge's angle by which the hand turns with it.
    """

    tool: Pose
    along: np.ndarray
    turning: float


def sweeps(planning: Planning, handle: Handle, goal: float) -> Iterator[Sweep]:
    """Yields the ways to push a mechanism from where it is towards ``goal`` [m or rad], best first."""
    kind = handle.mechanism.kind
    turnings = TURNINGS if kind == "hinge" else (1.0,)
    points = list(_points(planning, handle, math.copysign(1.0, goal - handle.position)))
    for turning, lean, (at, along), across in product(turnings, LEANS, points, (False, True)):
        tilt = math.radians(lean)
        approach = math.cos(tilt) * np.array([0.0, 0.0, -1.0]) + math.sin(tilt) * along
        closing = np.cross(approach, along) if across else along - approach * float(along @ approach)
        if np.linalg.norm(closing) < 0.2:
            continue
        for side in (1.0, -1.0):
            yield Sweep(looking((float(at[0]), float(at[1]), float(at[2])), approach, side * closing), along, turning)


def _points(planning: Planning, handle: Handle, sense: float) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yields points on the face that is pushed [m, world], each with the direction of the push (unit)."""
    client, axis = planning.robot.client, np.asarray(handle.axis)
    client.performCollisionDetection()  # rays see the bodies where they were at the last one
    upper = client.getAABB(handle.body, handle.carrier)[1][2] - DEPTH
    middle, pivot = np.asarray(handle.pose.position), np.asarray(handle.pivot)
    outward = handle.pose.rotation[:, 0]
    if handle.mechanism.kind == "slide":
        along, lateral = axis * sense, np.cross(axis, [0.0, 0.0, 1.0])
        places = [middle + lateral * aside for aside in BESIDE]
    else:
        arm = middle - pivot
        arm = arm - axis * float(arm @ axis)
        arm = arm - outward * float(arm @ outward)
        along = np.cross(axis, arm) * sense
        along = along / np.linalg.norm(along)
        places = [pivot + arm * share + axis * float((middle - pivot) @ axis) for share in SHARES]
    for place, height in product(places, (upper, float(middle[2]))):
        start = np.array([place[0], place[1], height]) - along * LOOK
        hit = client.rayTest(start.tolist(), (start + along * 2 * LOOK).tolist())[0]
        if hit[0] == handle.body and hit[1] == handle.carrier:
            yield np.asarray(hit[3]), along


def sweep(
    planning: Planning, handle: Handle, way: Sweep, goal: float, label: int, trail: Trail
) -> tuple[Segment, ...] | None:
    """Returns the segments that push the joint to ``goal`` [m or rad] and draw back, or None."""
    touching = Allowance(clearance=0.004, fingers={handle.body: SUNK}, hand={handle.body: -0.002})
    first = shifted(way.tool, -way.along * BEFORE)
    reason = _hopeless(planning, handle, way, goal)
    if reason:
        trail.add(reason)
        return None
    solutions = planning.solutions(first, 5000 + label, 0.0, tries=6)[:3]
    if not solutions:
        trail.add("face out of reach")
    for joints in solutions:
        blocked = planning.free(joints, 0.0, touching)
        if blocked:
            trail.add(f"contact of {blocked} before the face")
            continue
        outward = planning.track(line(first, backed(first, 0.08)), joints, 0.0, touching, trail)
        if outward is None:
            continue
        try:
            path = _pushed(planning, handle, way, joints, goal, touching, trail)
            away = None if path is None else _away(planning, handle, way, path[-1], goal, touching, trail)
        finally:
            handle.put(planning, handle.position)
        if path is None or away is None:
            continue
        transit = planning.transit("transit", planning.joints, outward[-1], 0.0, 5500 + label, trail)
        if transit is None:
            continue
        slow = abs(goal - handle.position) / SPEED[handle.mechanism.kind]
        return (
            transit,
            planning.timed("approach", outward[::-1], 0.0, share=0.3, least_s=0.6),
            planning.timed("push", path, 0.0, share=0.3, least_s=slow),
            planning.timed("retreat", away, 0.0, share=0.3, least_s=0.8),
        )
    return None


def _hopeless(planning: Planning, handle: Handle, way: Sweep, goal: float) -> str | None:
    """Returns why the hand alone cannot push this way, or None."""
    travel = goal - handle.position
    for done in (0.0, 0.5 * travel, travel):
        handle.put(planning, handle.position + done)
        tool = shifted(handle.moved(way.tool, done, way.turning), -_along(handle, way, done) * 0.012)
        blocked = planning.hand_blocked(tool, 0.0, {handle.body: 0.012}, 0.001)
        if blocked:
            break
    handle.put(planning, handle.position)
    return f"contact of {blocked} at the face" if blocked else None


def _along(handle: Handle, way: Sweep, done: float) -> np.ndarray:
    """Returns the direction of the push (unit, world) after the joint has come by ``done`` [m or rad]."""
    if handle.mechanism.kind == "slide":
        return way.along
    first, last = Pose((0.0, 0.0, 0.0)), Pose(tuple(way.along))
    turned = np.subtract(handle.moved(last, done).position, handle.moved(first, done).position)
    return np.asarray(turned)


def _pushed(
    planning: Planning, handle: Handle, way: Sweep, joints: Joints, goal: float, allow: Allowance, trail: Trail
) -> np.ndarray | None:
    """Returns joint waypoints (n, joints) of the push, the fingertips on the face all the way, or None."""
    travel = goal - handle.position
    count = max(2, math.ceil(abs(travel) / STEP[handle.mechanism.kind]))
    path, gap = [joints], BEFORE
    for k in range(count + 1):
        done = travel * k / count
        handle.put(planning, handle.position + done)
        along, pose = _along(handle, way, done), handle.moved(way.tool, done, way.turning)
        touched = _touched(planning, handle, pose, along, path[-1], gap, trail)
        if touched is None:
            return None
        follow, gap = touched
        blocked = planning.free(follow, 0.0, allow)
        if blocked:
            trail.add(f"contact of {blocked} during the push")
            return None
        path.append(follow)
    return np.array(path)


def _touched(
    planning: Planning, handle: Handle, pose: Pose, along: np.ndarray, last: Joints, gap: float, trail: Trail
) -> tuple[Joints, float] | None:
    """Returns the joints at which the fingertips just touch the face, and their distance from ``pose`` [m], or None."""
    found = last
    for _ in range(3):  # the face turns under the fingertips
        follow = planning.kinematics.near(shifted(pose, -along * gap), last, 0.0)
        if follow is None or np.abs(follow - last).max() > 0.45:
            trail.add("the push is out of reach")
            return None
        found = follow
        planning.robot.place(found, 0.0)
        distance = _distance(planning, handle)
        if distance is None:
            trail.add("the fingers would miss the face")
            return None
        if abs(distance) <= 0.001:
            break
        gap -= distance
    return found, gap


def _distance(planning: Planning, handle: Handle) -> float | None:
    """Returns the distance of the fingers from what they push [m], negative inside, or None if it is far."""
    client, robot = planning.robot.client, planning.robot
    near = [
        p[8]
        for finger in robot.fingers
        for p in client.getClosestPoints(robot.body, handle.body, 0.08, linkIndexA=finger, linkIndexB=handle.carrier)
    ]
    return min(near, default=None)


def _away(
    planning: Planning, handle: Handle, way: Sweep, joints: Joints, goal: float, allow: Allowance, trail: Trail
) -> np.ndarray | None:
    """Returns the joint path (n, joints) off the face and back along the hand's own axis, or None."""
    tool = planning.kinematics.forward(joints, 0.0)
    off = shifted(tool, -_along(handle, way, goal - handle.position) * 0.015)
    for distance in (0.10, 0.06):
        path = planning.track([*line(tool, off), *line(off, backed(off, distance))], joints, 0.0, allow, trail)
        if path is not None:
            return path
    return None
