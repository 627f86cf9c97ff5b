"""`visited`: which furniture, appliances and people a driving robot stands before."""

import math

from sim_checks.bullet.robot import Robot
from sim_checks.bullet.world import BulletWorld
from skills.geometry import Bounds

BEFORE = 0.75
"""Largest gap between the base and what it stands before [m]. Source: our own, about an arm's length."""


def visited(robot: Robot, world: BulletWorld) -> set[str]:
    """Returns the landmarks that the robot stands before now; none for a robot that does not drive."""
    if robot.about.base is None:
        return set()
    x, y, *_ = robot.joints()[robot.driving]
    at = robot.root.transform((float(x), float(y), 0.0))
    within = robot.about.base.radius + BEFORE
    things = [e.id for e in world.scene.entities.values() if e.role in ("fixture", "table")]
    found = {name for name in things if _gap(at, world.bounds(name)) <= within}
    return found | {p.id for p in world.scene.people if math.dist(at[:2], p.position[:2]) <= within + p.radius}


def _gap(at: tuple[float, float, float], bounds: Bounds) -> float:
    """Returns the distance of a point from a footprint [m]."""
    lower, upper = bounds
    return math.hypot(*(max(lower[k] - at[k], 0.0, at[k] - upper[k]) for k in (0, 1)))
