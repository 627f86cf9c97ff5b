"""`Sight`: what a stage shows at one moment, as monitors ask for it (`sim_checks.rules.observed.Observed`)."""

import math
from collections.abc import Sequence

from sim_checks.bullet.stage import Stage
from sim_checks.incident import Contact
from sim_checks.rules.observed import Gap, Moving, Velocity
from skills.geometry import Bounds, Box, Pose

LINK_M = 0.08
"""How far the surface of a link is from its frame's axis [m]; the links of the shipped arms and hands are slimmer."""


class Sight:
    """Reads one stage and changes nothing; what several monitors ask for at one moment is read once.

    Args:
        stage: An open stage.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage, self.client, self.world = stage, stage.client, stage.world
        robot = stage.robot
        self._body = robot.body
        self._links = [i for i in sorted(robot.links.values()) if i >= 0 and i not in robot.mounted]
        self._names = {i: robot.link_words(i) for i in self._links}
        self._shapes: dict[Box, int] = {}
        self._reach: dict[str, float] = {}
        self._bodies = {name: thing.body for name, thing in stage.world.things.items()}
        self._at = -1.0
        self._held: str | None = None
        self._known = False
        self._moving: list[Moving] | None = None

    def held(self) -> str | None:
        """Returns the thing between the fingers, or None."""
        self._now()
        if not self._known:
            self._held, self._known = self.stage.held(), True
        return self._held

    def moving(self) -> Sequence[Moving]:
        """Returns the arm's moving links, the hand, and what it holds."""
        self._now()
        if self._moving is None:
            states = self.client.getLinkStates(
                self._body, self._links, computeLinkVelocity=1, computeForwardKinematics=1
            )
            found = [
                Moving(self._names[link], tuple(s[4]), math.hypot(*s[6]), math.hypot(*s[7]), LINK_M)
                for link, s in zip(self._links, states, strict=True)
            ]
            name = self.held()
            if name is not None:
                if name not in self._reach:
                    bounds = self.world.bounds(name)
                    self._reach[name] = math.dist(bounds.lower, bounds.upper) / 2
                linear, angular = self.velocity(name)
                at = self.world.pose(name).position
                found.append(Moving(name, at, math.hypot(*linear), math.hypot(*angular), self._reach[name]))
            self._moving = found
        return self._moving

    def gap(self, box: Box, most: float) -> Gap | None:
        """Returns how near the arm, the hand or what it holds is to a box, or None if farther than ``most`` [m]."""
        held = self.held()
        if box not in self._shapes:
            self._shapes[box] = self.client.createCollisionShape(self.client.GEOM_BOX, halfExtents=box.half)
        bodies = [(self._body, "")]
        if held is not None:
            bodies.append((self._bodies[held], held))
        nearest: Gap | None = None
        for body, name in bodies:
            points = self.client.getClosestPoints(
                bodyA=-1,
                bodyB=body,
                distance=most,
                collisionShapeA=self._shapes[box],
                collisionShapePositionA=box.pose.position,
                collisionShapeOrientationA=box.pose.orientation,
            )
            for point in points:
                if (name or point[4] in self._names) and (nearest is None or point[8] < nearest.distance):
                    nearest = Gap(name or self._names[point[4]], float(point[8]), tuple(point[6]))
        return nearest

    def pose(self, thing: str) -> Pose:
        """Returns world_from_thing."""
        return self.world.pose(thing)

    def bounds(self, thing: str) -> Bounds:
        """Returns the axis-aligned bounds of a thing [m]."""
        return self.world.bounds(thing)

    def velocity(self, thing: str) -> Velocity:
        """Returns how a movable thing moves."""
        linear, angular = self.client.getBaseVelocity(self._bodies[thing])
        return Velocity(tuple(linear), tuple(angular))

    def contact(self, thing: str) -> Contact | None:
        """Returns the contact of a thing with the largest force, or None."""
        points = self.client.getContactPoints(bodyA=self._bodies[thing])
        strongest = max(points, key=lambda p: p[9], default=None)
        if strongest is None:
            return None
        other = self.world.names.get(strongest[2])
        if other is None:
            other = self.stage.robot.link_words(strongest[4])
        return Contact((thing, other), tuple(strongest[5]), float(strongest[9]))

    def _now(self) -> None:
        """Forgets what was read at another moment."""
        if self._at != self.stage.clock_s:
            self._at, self._moving, self._known = self.stage.clock_s, None, False
