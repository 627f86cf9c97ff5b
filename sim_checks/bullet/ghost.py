"""`Ghost`: the hand without its arm, for asking quickly whether a tool pose is free at all."""

from collections.abc import Mapping

from sim_checks.bullet.limb import holder
from sim_checks.bullet.robot import Robot
from sim_checks.bullet.suction import Cup
from skills.geometry import Pose

WRIST = 0.04
"""Radius of a slender wrist, and how far it goes on behind its centre [m]. Source: the shipped arms."""
SIDES = ((0.0, 0.0), (WRIST, 0.0), (-WRIST, 0.0), (0.0, WRIST), (0.0, -WRIST))
AWAY = (0.0, 0.0, 30.0)
"""Where it waits [m]."""


class Ghost:
    """A hand that can be set anywhere in a planning client; loading it adds a body.

    Args:
        robot: The planning arm; its client has everything else loaded.
        limb: Whose hand it is, from 0.
    """

    def __init__(self, robot: Robot, limb: int = 0) -> None:
        self.robot, self.client = robot, robot.client
        about, model = robot.limbs[limb].about, robot.limbs[limb].model
        self.body: int = self.client.loadURDF(str(model.hand), basePosition=AWAY, useFixedBase=True)
        inertial = self.client.getDynamicsInfo(self.body, -1)
        self._tool_from_inertial = model.hand_from_tool.inverse() @ Pose(tuple(inertial[3]), tuple(inertial[4]))
        infos = [self.client.getJointInfo(self.body, j) for j in range(self.client.getNumJoints(self.body))]
        joints, links = {i[1].decode(): i[0] for i in infos}, {i[12].decode(): i[0] for i in infos}
        self._fingers = holder(self.client, self.body, about, joints, links, model.tool)

    def blocked(
        self, world_from_tool: Pose, width: float, bodies: Mapping[int, str], allowed: Mapping[int, float], gap: float
    ) -> str | None:
        """Returns what the hand would touch at a tool pose, or None.

        Args:
            world_from_tool: Tool pose.
            width: Finger opening [m].
            bodies: Body id -> name, what to look at.
            allowed: Body id -> penetration of the fingers that is let through [m].
            gap: Distance to keep [m].
        """
        at = world_from_tool @ self._tool_from_inertial
        self.client.resetBasePositionAndOrientation(self.body, at.position, at.orientation)
        self._fingers.place(width)
        for body, name in bodies.items():
            for point in self.client.getClosestPoints(self.body, body, max(gap, 0.0)):
                limit = -allowed[body] if body in allowed else gap
                if point[8] < limit:
                    words = "cup" if isinstance(self._fingers, Cup) else "finger"
                    return f"{words if point[3] in self._fingers.links else 'hand'} and {name}"
        return None

    def wrist_in(self, world_from_tool: Pose, body: int) -> bool:
        """Says whether a body is straight behind the hand, up to the wrist and as thick as `WRIST`.

        False where the description does not say how far behind the tool the wrist is.

        Args:
            world_from_tool: Tool pose.
            body: The body; it may be hollow.
        """
        bound = self.robot.limb.about.reach
        if bound is None:
            return False
        near = [world_from_tool.transform((x, y, -0.5 * bound.wrist)) for x, y in SIDES]
        far = [world_from_tool.transform((x, y, -bound.wrist - WRIST)) for x, y in SIDES]
        self.client.performCollisionDetection()  # rays see the bodies where they were at the last one
        return any(hit[0] == body for hit in self.client.rayTestBatch([*near, *far], [*far, *near]))

    def away(self) -> None:
        """Moves it out of the way, of rays for one."""
        self.client.resetBasePositionAndOrientation(self.body, AWAY, (0.0, 0.0, 0.0, 1.0))

    def reachable(self, world_from_tool: Pose) -> bool:
        """Says whether the wrist can be near enough to the shoulder; False is certain, True is not."""
        bound = self.robot.limb.about.reach
        if bound is None:
            return True
        wrist = self.robot.base.inverse() @ world_from_tool @ Pose((0.0, 0.0, -bound.wrist))
        x, y, z = wrist.position
        return bool((x * x + y * y + (z - bound.shoulder) ** 2) ** 0.5 <= bound.radius)
