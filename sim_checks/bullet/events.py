"""What happens in a world and leaves no trace: a button that was down, a thing that the hand's camera saw."""

import math
from itertools import product

import numpy as np

from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.robot import Robot
from sim_checks.bullet.world import BulletWorld
from skills.geometry import Bounds, Pose
from skills.symbols import Literal

DOWN = 0.8
"""Share of a button's way from which on it counts as pressed. Source: our own."""
LOOK = "look"
"""Name of the segments in which the camera on the hand looks."""
TOOL_FROM_CAMERA = Pose((0.065, 0.0, -0.05))
"""Where the camera sits: beside the fingers, looking along the approach."""
NEAREST, FURTHEST = 0.12, 0.90
"""Distance at which the camera sees clearly [m]."""
HALF_VIEW = math.radians(28.0)
"""Half of the camera's angle of view [rad]. Source: our own, as of common depth cameras."""
SHOWN = 0.5
"""Share of a thing's sample points that must be in free sight."""
SAMPLES = (-0.5, 0.0, 0.5)
"""Where the sample points lie between the middle and the sides of a thing's bounds."""


def pressed(world: BulletWorld) -> set[Literal]:
    """Returns the buttons that are down now."""
    buttons = [e.id for e in world.scene.entities.values() if e.pressable]
    return {Literal("pressed", (b,)) for b in buttons if (world.opening(b) or 0.0) >= DOWN}


def sighted(robot: Robot, world: BulletWorld) -> set[Literal]:
    """Returns the things that the camera on the hand has in sight now."""
    camera = robot.tool() @ TOOL_FROM_CAMERA
    things = [e.id for e in world.scene.entities.values() if e.role in ("object", "fixture")]
    shown = (t for t in things if share_in_sight(world.client, camera, world.body(t), world.bounds(t)) >= SHOWN)
    return {Literal("inspected", (thing,)) for thing in shown}


def share_in_sight(client: BulletClient, world_from_camera: Pose, body: int, bounds: Bounds) -> float:
    """Returns the share of a thing's sample points that a camera sees, by rays that nothing else may stop.

    Args:
        client: Where the thing is; the robot may stop rays too.
        world_from_camera: The camera; it looks along its z.
        body: The thing's body.
        bounds: The thing's bounds [m].
    """
    middle, half = np.asarray(bounds.centre), (np.asarray(bounds.upper) - np.asarray(bounds.lower)) / 2
    eye, axis = np.asarray(world_from_camera.position), world_from_camera.rotation[:, 2]
    points = [middle + half * np.array(shares) for shares in product(SAMPLES, repeat=3)]
    rays = [(point - eye) / np.linalg.norm(point - eye) for point in points]
    client.performCollisionDetection()  # rays see the bodies where they were at the last one
    hits = client.rayTestBatch([eye.tolist()] * len(rays), [(eye + ray * FURTHEST).tolist() for ray in rays])
    seen = (
        bool(hit[0] == body and hit[2] * FURTHEST >= NEAREST and float(ray @ axis) >= math.cos(HALF_VIEW))
        for hit, ray in zip(hits, rays, strict=True)
    )
    return sum(seen) / len(rays)
