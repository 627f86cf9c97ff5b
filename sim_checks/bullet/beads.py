"""`Beads`: small balls that stand in for what a vessel holds. They exist in scenes that declare contents alone."""

import math
from collections.abc import Mapping

from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.loader import Loaded
from skills.geometry import Pose, Vector3
from skills.scene import Scene

RADIUS = 0.008
"""Radius of a bead [m]."""
MASS = 0.002
"""Its mass [kg]: about that of as much water."""
FRICTION, ROLLING = 0.3, 0.0003
"""Lateral friction coefficient, and rolling friction [m]."""
ABOVE = 0.013
"""Height between two beads when they are let go into a vessel [m]."""
SETTLE_STEPS = 240
"""Steps in which they come to rest in their vessel, before anything else is looked at."""
COLOUR = (0.95, 0.65, 0.15, 1.0)


class Beads:
    """The contents of one world's vessels; adding them sets their poses, afterwards only physics moves them.

    Args:
        client: The world's client.
        scene: Its scene.
        things: Thing id -> what was loaded, placed.
    """

    def __init__(self, client: BulletClient, scene: Scene, things: Mapping[str, Loaded]) -> None:
        self.client, self.things = client, things
        self.vessels = [o.id for o in scene.objects if scene.entities[o.id].vessel]
        self.bodies: list[int] = []
        for thing in scene.objects:
            if thing.contents:
                self._fill(things[thing.id], thing.contents)

    def _fill(self, vessel: Loaded, count: int) -> None:
        """Lets beads fall into a vessel, one above the other, in a helix about its axis."""
        client, frame = self.client, self._frame(vessel)
        shape = client.createCollisionShape(client.GEOM_SPHERE, radius=RADIUS)
        seen = client.createVisualShape(client.GEOM_SPHERE, radius=RADIUS, rgbaColor=COLOUR)
        away = max(0.0, min(0.014, vessel.asset.half[1] - 2 * RADIUS))
        for index in range(count):
            angle = 2.4 * index
            at = frame.transform((away * math.cos(angle), away * math.sin(angle), 0.018 + ABOVE * index))
            body = client.createMultiBody(MASS, shape, seen, at)
            client.changeDynamics(
                body,
                -1,
                lateralFriction=FRICTION,
                rollingFriction=ROLLING,
                restitution=0.0,
                linearDamping=0.04,
                angularDamping=0.04,
            )
            self.bodies.append(body)

    def come_to_rest(self) -> None:
        """Steps the simulation until they lie in their vessels; nothing where there are none."""
        for _ in range(SETTLE_STEPS * self.client.finer if self.bodies else 0):
            self.client.stepSimulation()

    def _frame(self, thing: Loaded) -> Pose:
        """Returns world_from_thing."""
        position, orientation = self.client.getBasePositionAndOrientation(thing.body)
        return Pose(tuple(position), tuple(orientation)) @ thing.frame_from_inertial.inverse()

    def places(self) -> list[Vector3]:
        """Returns where the beads are [m, world]."""
        return [tuple(self.client.getBasePositionAndOrientation(b)[0]) for b in self.bodies]

    def inside(self, vessel: str) -> int:
        """Returns how many beads are within the walls of a vessel, or heaped on them by less than a bead."""
        return sum(self._within(self.things[vessel], place) for place in self.places())

    def outside(self) -> int:
        """Returns how many beads are in no vessel."""
        every = [self.things[v] for v in self.vessels]
        return sum(not any(self._within(v, place) for v in every) for place in self.places())

    def _within(self, vessel: Loaded, place: Vector3) -> bool:
        x, y, z = self._frame(vessel).inverse().transform(place)
        return math.hypot(x, y) <= vessel.asset.half[1] and 0.0 <= z <= 2 * vessel.asset.half[2] + RADIUS
