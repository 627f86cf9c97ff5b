"""`LoneArm`: one arm of a robot without its base, for inverse kinematics that leave the base where it is."""

import numpy as np

from sim_checks.bullet.robot import Robot
from skills.geometry import Pose
from skills.motion import Joints

AWAY = (0.0, 0.0, 60.0)
"""Where it stands [m]: nothing else is there, and nothing asks what it touches."""


class LoneArm:
    """The active arm of a robot, loaded once more into a planning client; loading it adds a body.

    Args:
        robot: The robot, in a client that no rollout uses.
    """

    def __init__(self, robot: Robot) -> None:
        self.client, limb = robot.client, robot.limb
        self.body: int = self.client.loadURDF(str(limb.model.alone), basePosition=AWAY, useFixedBase=True)
        infos = [self.client.getJointInfo(self.body, j) for j in range(self.client.getNumJoints(self.body))]
        index = {i[1].decode(): i[0] for i in infos}
        movable = [i[0] for i in infos if i[2] != self.client.JOINT_FIXED]
        self._joints = [index[name] for name in limb.about.arm.joints]
        self._places = [movable.index(joint) for joint in self._joints]
        self._tool = next(i[0] for i in infos if i[12].decode() == limb.model.tool)
        self._damping = [1e-6] * len(movable)
        inertial = self.client.getDynamicsInfo(self.body, -1)
        position, orientation = self.client.getBasePositionAndOrientation(self.body)
        frame = Pose(tuple(position), tuple(orientation)) @ Pose(tuple(inertial[3]), tuple(inertial[4])).inverse()
        self._world_from_base = frame

    def towards(self, base_from_tool: Pose, start: Joints) -> Joints:
        """Returns the joints [rad, (n,)] to which the solver comes from ``start``; nothing is verified."""
        for joint, angle in zip(self._joints, start, strict=True):
            self.client.resetJointState(self.body, joint, float(angle), 0.0)
        target = self._world_from_base @ base_from_tool
        answer = self.client.calculateInverseKinematics(
            self.body,
            self._tool,
            target.position,
            target.orientation,
            jointDamping=self._damping,
            maxNumIterations=100,
            residualThreshold=1e-5,
        )
        return np.array([answer[k] for k in self._places])
