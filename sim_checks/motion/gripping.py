"""Gripping a handle: close the fingers on the bar, follow the joint, let go."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim_checks.bullet.collision import Allowance
from sim_checks.motion.handle import Handle
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.straight import backed, line, looking, shifted
from sim_checks.motion.timing import hold
from skills.geometry import Pose
from skills.motion import Joints, Segment

FORCE = 40.0
"""Grip on handles [N]."""
CLOSE_S = 0.7
OPEN_S = 0.5
TILTS = {
    "slide": (45, 35, 55, 25, 65, 15, 80, 5),
    "hinge": (50, 40, 30, 60, 20, 10, 0),
    "knob": (0, 15, -15, 30, -30),
}
"""Lean of the approach from the handle's normal: downwards, for a knob along its bar [deg], best first."""
SWINGS = {"slide": (0, 25, -25, 50, -50), "hinge": (0, 25, -25, 45, -45), "knob": (0, 20, -20, 35, -35)}
"""Lean of the approach to the side: about the vertical, for a knob across its bar [deg], best first."""
TURNINGS = {"slide": (1.0,), "hinge": (0.5, 0.8, 0.2), "knob": (1.0,)}
"""Share of a hinge's angle by which the hand turns with it, best first."""
SPEED = {"slide": 0.12, "hinge": 0.5, "knob": 0.9}
"""Speed of the mechanism's joint [m/s or rad/s]."""
NARROW, NARROWEST = 0.05, 0.032
"""Openings of the fingers where the widest finds no room [m]."""
RAISED = 0.012
"""A hand that leans across a knob holds it higher by this times the sine of the lean, for its lower finger [m]."""


class Effort(NamedTuple):
    """How many postures of the arm are looked at for one way to grip."""

    tries: int
    """Starts of inverse kinematics."""
    solutions: int
    """Answers that are followed up, best first."""
    gap: float
    """Distance that the palm keeps from what it moves [m]: mechanisms are not quite where they are thought to be."""


QUICK, THOROUGH = Effort(6, 3, 0.004), Effort(40, 12, 0.001)


@dataclass(frozen=True)
class Way:
    """One way to grip a handle.

    Args:
        tool: world_from_tool when the fingers close.
        turning: Share of a hinge's angle by which the hand turns with it.
    """

    tool: Pose
    turning: float


def ways(handle: Handle) -> Iterator[Way]:
    """Yields the ways to grip a handle, best first."""
    kind = handle.mechanism.kind
    for turning in TURNINGS[kind]:
        for swing in SWINGS[kind]:
            for tilt in TILTS[kind]:
                for flip in (1, -1):
                    yield Way(_tool(handle, math.radians(tilt), math.radians(swing), flip), turning)


def _tool(handle: Handle, tilt: float, swing: float, flip: int) -> Pose:
    """Returns the tool pose that grips the bar, leaning by ``tilt`` and ``swing`` [rad]."""
    outward, bar = handle.pose.rotation[:, 0], handle.pose.rotation[:, 1]
    up = np.array([0.0, 0.0, 1.0])
    upright = abs(outward[2]) >= 0.9
    lean, side = (bar, np.cross(bar, outward)) if upright else (up, np.cross(up, outward))
    level = math.cos(swing) * outward + math.sin(swing) * side
    approach = -(math.cos(tilt) * level + math.sin(tilt) * lean)
    raised = RAISED * abs(math.sin(swing)) * outward if upright else np.zeros(3)
    at = np.asarray(handle.pose.position) + raised
    return looking((float(at[0]), float(at[1]), float(at[2])), approach, flip * np.cross(bar, approach))


def hopeless(planning: Planning, handle: Handle, way: Way, goal: float) -> str | None:
    """Returns why the hand alone cannot go this way, or None; a quick check before any kinematics."""
    travel, least = goal - handle.position, widths(planning, handle)[-1]
    blocked = planning.hand_blocked(way.tool, least, {handle.body: 0.004}, 0.001)
    if blocked:
        return f"contact of {blocked} at the handle"
    for done in (travel, 0.5 * travel):
        handle.put(planning, handle.position + done)
        tool = handle.moved(way.tool, done, way.turning)
        blocked = blocked or planning.hand_blocked(tool, 0.02, {handle.body: 0.02}, 0.001)
    handle.put(planning, handle.position)
    return f"contact of {blocked} on the handle's path" if blocked else None


def widths(planning: Planning, handle: Handle) -> tuple[float, ...]:
    """Returns the openings of the fingers with which a handle is approached [m], best first."""
    usual = (planning.robot.max_width, NARROW)
    return (*usual, NARROWEST) if handle.mechanism.kind == "knob" else usual


def grip(
    planning: Planning, handle: Handle, way: Way, goal: float, label: int, trail: Trail, effort: Effort = QUICK
) -> tuple[Segment, ...] | None:
    """Returns the segments that grip the handle, bring its joint to ``goal`` [m or rad] and let go, or None."""
    reason = hopeless(planning, handle, way, goal)
    if reason:
        trail.add(reason)
        return None
    reach_in = Allowance(clearance=0.004, fingers={handle.body: 0.004}, hand={handle.body: -effort.gap})
    for width in widths(planning, handle):
        solutions = planning.solutions(way.tool, 900 + label, width, tries=effort.tries)[: effort.solutions]
        if not solutions:
            trail.add("handle out of reach")
        for joints in solutions:
            blocked = planning.free(joints, width, reach_in)
            if blocked:
                trail.add(f"contact of {blocked} at the handle")
                continue
            tracks = (planning.track(p, joints, width, reach_in, trail) for p in _outward(handle, way.tool, (0.09,)))
            outward = next((t for t in tracks if t is not None), None)
            if outward is None:
                continue
            try:
                moved = _moved(planning, handle, way, joints, goal, effort.gap, trail)
            finally:
                handle.put(planning, handle.position)
            if moved is None:
                continue
            transit = planning.transit("transit", planning.joints, outward[-1], width, 2000 + label, trail)
            if transit is None:
                continue
            approach = planning.timed("approach", outward[::-1], width, share=0.3, least_s=0.9)
            return (transit, approach, hold("grip", joints, CLOSE_S, 0.0, FORCE), *moved)
    return None


def _moved(
    planning: Planning, handle: Handle, way: Way, joints: Joints, goal: float, gap: float, trail: Trail
) -> tuple[Segment, ...] | None:
    """Returns the segments that follow the joint, let go and draw back, or None; moves the planning joint along."""
    kind, travel = handle.mechanism.kind, goal - handle.position
    pull = _follow(planning, handle, way, joints, goal, gap, trail)
    if pull is None:
        return None
    away = _away(planning, handle, handle.moved(way.tool, travel, way.turning), pull[-1], trail)
    if away is None:
        return None
    back, opening = away
    slow = max(abs(travel) / SPEED[kind], planning.speed_bound(pull, 0.3))
    return (
        planning.timed("turn" if kind == "knob" else "pull", pull, 0.0, share=0.3, least_s=slow, force=FORCE),
        hold("settle", pull[-1], 0.2, 0.0, FORCE),
        hold("release", pull[-1], OPEN_S, opening),
        planning.timed("retreat", back, opening, share=0.3, least_s=0.8),
    )


def _follow(
    planning: Planning, handle: Handle, way: Way, joints: Joints, goal: float, gap: float, trail: Trail
) -> np.ndarray | None:
    """Returns joint waypoints (n, joints) that carry the handle to ``goal``, moving the planning joint along."""
    allow = Allowance(clearance=0.004, fingers={handle.body: 0.02}, hand={handle.body: -gap})
    travel = goal - handle.position
    count = max(2, math.ceil(abs(travel) / {"slide": 0.01, "hinge": 0.04, "knob": 0.08}[handle.mechanism.kind]))
    path = [joints]
    for k in range(1, count + 1):
        done = travel * k / count
        handle.put(planning, handle.position + done)
        follow = planning.kinematics.near(handle.moved(way.tool, done, way.turning), path[-1], 0.0)
        if follow is None or np.abs(follow - path[-1]).max() > 0.4:
            trail.add("the handle's path is out of reach")
            return None
        blocked = planning.free(follow, 0.02, allow)
        if blocked:
            trail.add(f"contact of {blocked} on the handle's path")
            return None
        path.append(follow)
    return np.array(path)


def _away(
    planning: Planning, handle: Handle, tool: Pose, joints: Joints, trail: Trail
) -> tuple[np.ndarray, float] | None:
    """Returns the joint path (n, joints) that backs off the handle and the finger opening [m] that it needs."""
    allow = Allowance(clearance=0.002, fingers={handle.body: 0.006}, hand={handle.body: 0.0})
    for opening in widths(planning, handle):
        for poses in _outward(handle, tool, (0.10, 0.07)):
            path = planning.track(poses, joints, opening, allow, trail)
            if path is not None:
                return path, opening
    return None


def _outward(handle: Handle, tool: Pose, distances: Sequence[float]) -> Iterator[list[Pose]]:
    """Yields tool paths off the handle: along the hand's own axis; off a knob also straight up."""
    for distance in distances:
        yield line(tool, backed(tool, distance))
    if handle.mechanism.kind == "knob":
        for distance in distances:
            yield line(tool, shifted(tool, handle.pose.rotation[:, 0] * distance))
