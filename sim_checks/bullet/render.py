"""Pictures of a world by the engine's software renderer."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.world import BulletWorld
from skills.geometry import Vector3

Picture = NDArray[np.uint8]
HIGH = 0.35
"""Height over the robot's foot from which on all things are on furniture, not on the robot's own table [m]."""


class Camera(NamedTuple):
    """Where the viewer stands: on the +x side, looking at the robot."""

    target: Vector3 = (-0.12, 0.0, 0.10)
    """Point in the middle of the picture [m]."""
    distance: float = 1.35
    """[m]"""
    azimuth: float = 0.35
    """Direction from the target to the viewer, about z [rad]; 0 = +x."""
    elevation: float = 0.62
    """[rad]"""
    field_of_view: float = 46.0
    """[degrees]"""

    @property
    def eye(self) -> Vector3:
        """Where the viewer's eye is [m]."""
        level = self.distance * math.cos(self.elevation)
        x, y, z = self.target
        return (
            x + level * math.cos(self.azimuth),
            y + level * math.sin(self.azimuth),
            z + self.distance * math.sin(self.elevation),
        )


def render(client: BulletClient, camera: Camera = Camera(), width: int = 960, height: int = 720) -> Picture:  # noqa: B008
    """Returns a picture of what is in the client, shape (height, width, 3), red green blue."""
    view = client.computeViewMatrix(camera.eye, camera.target, (0.0, 0.0, 1.0))
    lens = client.computeProjectionMatrixFOV(camera.field_of_view, width / height, 0.2, 6.0)
    image = client.getCameraImage(
        width,
        height,
        view,
        lens,
        shadow=0,
        lightDirection=(0.6, 0.5, 1.4),
        lightAmbientCoeff=0.62,
        lightDiffuseCoeff=0.45,
        lightSpecularCoeff=0.02,
        renderer=client.ER_TINY_RENDERER,
    )
    pixels: Picture = np.asarray(image[2], dtype=np.uint8).reshape(height, width, 4)[:, :, :3]
    return np.ascontiguousarray(pixels)


def picture(world: BulletWorld, width: int = 640, height: int = 480) -> Picture:
    """Returns a picture of the scene from the viewer's side, shape (height, width, 3), red green blue."""
    return render(world.client, camera_for(world), width, height)


def camera_for(world: BulletWorld) -> Camera:
    """Returns a camera that sees everything but the tables, from the side to which drawers and doors open."""
    usual = Camera()
    names = [t.id for t in world.scene.things if world.scene.entities[t.id].role != "table"]
    if not names:
        return usual
    boxes = [world.bounds(name) for name in names]
    lower = np.min([box.lower for box in boxes], axis=0)
    upper = np.max([box.upper for box in boxes], axis=0)
    lower[0] = min(lower[0], world.scene.robots[0].pose.position[0]) if world.scene.robots else lower[0]
    middle, spread = (lower + upper) / 2, upper - lower
    distance = 0.72 + 0.78 * float(max(spread[1], 0.8 * spread[0], 0.5))
    fronts = [world.pose(name).rotation[1, 0] for name in names if not world.is_object(name)]
    side = float(np.sign(round(sum(fronts), 3))) if fronts else 1.0
    if lower[2] > HIGH:  # the robot stands on the floor
        target = (float(middle[0]), float(middle[1]), float(middle[2]))
        return usual._replace(target=target, distance=min(4.0, max(2.0, distance)), azimuth=0.5 * (side or 1.0))
    return usual._replace(
        target=(float(middle[0]) + 0.06, float(middle[1]), 0.2),
        distance=min(4.0, distance),
        azimuth=0.5 * side if side else 0.3,
    )
