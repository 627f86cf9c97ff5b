"""Inverse kinematics, every answer verified by forward kinematics."""

import numpy as np
from numpy.random import Generator

from sim_checks.bullet.lone_arm import LoneArm
from sim_checks.bullet.robot import Robot
from skills.geometry import Pose
from skills.motion import Joints

POSITION_TOLERANCE = 0.001
"""Largest position residual [m]."""
ANGLE_TOLERANCE = 0.01
"""Largest orientation residual [rad]."""
LIMIT_MARGIN = 0.02
"""Distance kept from the joint limits [rad]."""


def residual(actual: Pose, wanted: Pose) -> tuple[float, float]:
    """Returns the distance [m] and the angle [rad] between two poses."""
    distance = float(np.linalg.norm(np.subtract(actual.position, wanted.position)))
    dot = min(1.0, abs(float(np.dot(actual.orientation, wanted.orientation))))
    return distance, 2.0 * float(np.arccos(dot))


class Kinematics:
    """Solves for one arm in a planning client (it moves the arm there).

    Args:
        robot: The arm, in a client that no rollout uses.
    """

    def __init__(self, robot: Robot) -> None:
        self.robot = robot
        self._of_arm = [robot.movable.index(joint) for joint in robot.arm]
        self._lone: dict[int, LoneArm] = {}

    def forward(self, joints: Joints, width: float) -> Pose:
        """Returns world_from_tool at ``joints`` [rad, (n,)]; moves the planning arm there."""
        self.robot.place(joints, width)
        return self.robot.tool()

    def near(self, world_from_tool: Pose, seed: Joints, width: float) -> Joints | None:
        """Returns the solution that starts from ``seed`` [rad, (n,)], or None if it misses the target."""
        robot, client = self.robot, self.robot.client
        robot.place(seed, width)
        if len(robot.driving):
            return self._beside(world_from_tool, seed, width)
        for _ in range(2):
            answer = client.calculateInverseKinematics(
                robot.body,
                robot.limb.tool,
                world_from_tool.position,
                world_from_tool.orientation,
                jointDamping=[1e-6] * len(robot.movable),
                maxNumIterations=100,
                residualThreshold=1e-5,
            )
            joints = self._wrapped(np.array([answer[k] for k in self._of_arm]))
            robot.place(joints, width)
            distance, angle = residual(robot.tool(), world_from_tool)
            if distance < POSITION_TOLERANCE and angle < ANGLE_TOLERANCE:
                return joints if self.inside(joints) else None
        return None

    def _beside(self, world_from_tool: Pose, seed: Joints, width: float) -> Joints | None:
        """Returns the solution for the active arm alone, the base and any other arm where ``seed`` has them."""
        robot, columns = self.robot, self.robot.limb.columns
        lone = self._lone.get(robot.active)
        if lone is None:
            lone = self._lone[robot.active] = LoneArm(robot)
        joints, target = seed.copy(), robot.base.inverse() @ world_from_tool
        for _ in range(2):
            joints[columns] = lone.towards(target, joints[columns])
            joints = self._wrapped(joints)
            robot.place(joints, width)
            distance, angle = residual(robot.tool(), world_from_tool)
            if distance < POSITION_TOLERANCE and angle < ANGLE_TOLERANCE:
                return joints if self.inside(joints) else None
        return None

    def solutions(self, world_from_tool: Pose, rng: Generator, seed: Joints, width: float, tries: int) -> list[Joints]:
        """Returns distinct solutions from ``seed``, home and random restarts, nearest to ``seed`` first."""
        home, lower, upper = self.robot.home, self.robot.lower, self.robot.upper
        found: list[Joints] = []
        for index in range(tries):
            if index == 0:
                start = seed
            elif index == 1:
                start = home
            else:
                start = rng.uniform(0.7 * lower + 0.3 * home, 0.7 * upper + 0.3 * home)
            if len(self.robot.driving):
                own = self.robot.limb.columns
                start, drawn = seed.copy(), start
                start[own] = drawn[own]
            joints = self.near(world_from_tool, start, width)
            if joints is not None and all(np.abs(joints - other).max() > 0.1 for other in found):
                found.append(joints)
        return sorted(found, key=lambda q: self.cost(q, seed))

    def inside(self, joints: Joints) -> bool:
        """Says whether every joint keeps `LIMIT_MARGIN` from its limits."""
        lower, upper = self.robot.lower, self.robot.upper
        return bool(np.all(joints > lower + LIMIT_MARGIN) and np.all(joints < upper - LIMIT_MARGIN))

    def cost(self, joints: Joints, seed: Joints) -> float:
        """Returns how unpleasant a configuration is: far from the seed, or close to a joint limit."""
        lower, upper = self.robot.lower, self.robot.upper
        share = np.abs((joints - (lower + upper) / 2) / ((upper - lower) / 2))
        return float(np.abs(joints - seed).sum() * 0.3 + (share**6).sum())

    def _wrapped(self, joints: Joints) -> Joints:
        """Returns the angles moved by whole turns into the joints' ranges where that is possible."""
        turns = np.where(joints > self.robot.upper, -2 * np.pi, np.where(joints < self.robot.lower, 2 * np.pi, 0.0))
        moved: Joints = joints + turns
        return moved
