"""Looking: the camera on the hand is brought to where nothing hides a thing from it."""

import math
from collections.abc import Collection, Iterator
from itertools import product

import numpy as np

from sim_checks.bullet.events import LOOK, TOOL_FROM_CAMERA, share_in_sight
from sim_checks.motion.planning import TRANSIT, Planning, Trail
from sim_checks.motion.straight import looking
from sim_checks.motion.timing import hold
from skills.geometry import Pose
from skills.motion import Segment

DISTANCES = (0.34, 0.26, 0.44, 0.55)
"""Distance of the camera from the middle of a thing [m], best first."""
ELEVATIONS = (60, 75, 45, 30, 88)
"""Height of the camera over a thing, as an angle [deg], best first."""
TURNS = 12
"""Directions about the vertical from which a thing is looked at."""
ROLLS = (0.0, 0.5, 1.0, 1.5)
"""Turns of the camera about its own axis [half turns]."""
LOOK_S = 0.5
"""Time for a look [s]."""
CLEAR = 0.8
"""Share of a thing's sample points that a planned look shows [1]: more than it takes, for things that are elsewhere."""


def plan_look(
    planning: Planning, entity: str, excluded: Collection[int], trail: Trail
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields (candidate index, segments) that bring a thing into the sight of the camera on the hand.

    Args:
        planning: The planning world; the hand is empty.
        entity: What to look at.
        excluded: Candidates that a rehearsal has shown to fail.
        trail: Collects the reasons of dropped candidates.
    """
    bounds, body = planning.world.bounds(entity), planning.world.body(entity)
    middle, base = np.asarray(bounds.centre), planning.robot.base.position
    towards = math.atan2(base[1] - middle[1], base[0] - middle[0])
    size = float(np.linalg.norm(np.subtract(bounds.upper, bounds.lower))) / 2
    turns = sorted(range(TURNS), key=lambda k: min(k, TURNS - k))  # from the robot's own side first
    for index, (distance, elevation, turn) in enumerate(product(DISTANCES, ELEVATIONS, turns)):
        if index in excluded:
            continue
        angle, height = towards + 2 * math.pi * turn / TURNS, math.radians(elevation)
        out = np.array([math.cos(angle) * math.cos(height), math.sin(angle) * math.cos(height), math.sin(height)])
        eye = middle + out * max(distance, size / math.tan(math.radians(20.0)))
        if share_in_sight(planning.robot.client, _camera(eye, -out, 0.0), body, bounds) < CLEAR:
            trail.add("contact of the line of sight and something before it")
            continue
        for roll in ROLLS:
            segments = _one(planning, _camera(eye, -out, roll * math.pi), body, entity, index, trail)
            if segments is not None:
                yield index, segments
                break


def _camera(eye: np.ndarray, along: np.ndarray, roll: float) -> Pose:
    """Returns world_from_camera at ``eye`` [m], looking ``along`` a unit vector, turned about it by ``roll`` [rad]."""
    level = np.cross(along, [0.0, 0.0, 1.0])
    level = level / np.linalg.norm(level)
    closing = math.cos(roll) * level + math.sin(roll) * np.cross(along, level)
    return looking((float(eye[0]), float(eye[1]), float(eye[2])), along, closing)


def _one(
    planning: Planning, world_from_camera: Pose, body: int, entity: str, label: int, trail: Trail
) -> tuple[Segment, ...] | None:
    """Returns the way to one view and the look, or None."""
    tool, width = world_from_camera @ TOOL_FROM_CAMERA.inverse(), planning.width
    solutions = planning.solutions(tool, 6000 + label, width, tries=6)[:2]
    if not solutions:
        trail.add("view out of reach")
    for joints in solutions:
        blocked = planning.free(joints, width, TRANSIT)
        if blocked:
            trail.add(f"contact of {blocked} at the view")
            continue
        planning.robot.place(joints, width)
        bounds = planning.world.bounds(entity)
        if share_in_sight(planning.robot.client, world_from_camera, body, bounds) < CLEAR:
            trail.add("contact of the line of sight and the arm itself")
            continue
        transit = planning.transit("transit", planning.joints, joints, width, 6500 + label, trail)
        if transit is not None:
            return (transit, hold(LOOK, joints, LOOK_S, width))
    return None
