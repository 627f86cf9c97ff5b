"""`palm_pose`: where a person in a scene holds out an open hand."""

import math

from skills.geometry import Pose, yaw_quaternion
from skills.scene import Scene
from skills.scene_parts import Person

HEIGHT = 1.0
"""Height of the palm's underside over the person's feet [m]. Source: our own, a little below the elbow of an adult."""
AHEAD = 0.25
"""How far the middle of the palm is before the person's surface [m]. Source: our own, a forearm held out."""


def palm_pose(person: Person, scene: Scene) -> Pose:
    """Returns world_from_palm: before the person, towards the first robot, x pointing there.

    Args:
        person: Somebody in the scene; their position is where they stand.
        scene: The scene.
    """
    x, y, z = person.position
    to = scene.robots[0].pose.position if scene.robots else (x + 1.0, y, z)
    yaw = math.atan2(to[1] - y, to[0] - x)
    away = person.radius + AHEAD
    return Pose((x + away * math.cos(yaw), y + away * math.sin(yaw), z + HEIGHT), yaw_quaternion(yaw))
