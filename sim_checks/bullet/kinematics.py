"""Inverse kinematics, every answer verified by forward kinematics."""

import numpy as np
from numpy.random import Generator

from sim_checks.bullet.robot import ARM, HOME, LOWER, TOOL, UPPER, Panda
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

    def __init__(self, robot: Panda) -> None:
        self.robot = robot

    def forward(self, joints: Joints, width: float) -> Pose:
        """Returns world_from_tool at ``joints`` [rad, (7,)]; moves the planning arm there."""
        self.robot.place(joints, width)
        return self.robot.tool()

    def near(self, world_from_tool: Pose, seed: Joints, width: float) -> Joints | None:
        """Returns the solution that starts from ``seed`` [rad, (7,)], or None if it misses the target."""
        robot, client = self.robot, self.robot.client
        robot.place(seed, width)
        for _ in range(2):
            answer = client.calculateInverseKinematics(
                robot.body,
                TOOL,
                world_from_tool.position,
                world_from_tool.orientation,
                jointDamping=[1e-6] * 9,
                maxNumIterations=100,
                residualThreshold=1e-5,
            )
            joints = np.array(answer[: len(ARM)])
            joints = _wrapped(joints)
            robot.place(joints, width)
            distance, angle = residual(robot.tool(), world_from_tool)
            if distance < POSITION_TOLERANCE and angle < ANGLE_TOLERANCE:
                inside = bool(np.all(joints > LOWER + LIMIT_MARGIN) and np.all(joints < UPPER - LIMIT_MARGIN))
                return joints if inside else None
        return None

    def solutions(self, world_from_tool: Pose, rng: Generator, seed: Joints, width: float, tries: int) -> list[Joints]:
        """Returns distinct solutions from ``seed``, home and random restarts, nearest to ``seed`` first."""
        found: list[Joints] = []
        for index in range(tries):
            if index == 0:
                start = seed
            elif index == 1:
                start = HOME
            else:
                start = rng.uniform(0.7 * LOWER + 0.3 * HOME, 0.7 * UPPER + 0.3 * HOME)
            joints = self.near(world_from_tool, start, width)
            if joints is not None and all(np.abs(joints - other).max() > 0.1 for other in found):
                found.append(joints)
        return sorted(found, key=lambda q: cost(q, seed))


def cost(joints: Joints, seed: Joints) -> float:
    """Returns how unpleasant a configuration is: far from the seed, or close to a joint limit."""
    share = np.abs((joints - (LOWER + UPPER) / 2) / ((UPPER - LOWER) / 2))
    return float(np.abs(joints - seed).sum() * 0.3 + (share**6).sum())


def _wrapped(joints: Joints) -> Joints:
    """Returns the angles moved by whole turns into the joints' ranges where that is possible."""
    turns = np.where(joints > UPPER, -2 * np.pi, np.where(joints < LOWER, 2 * np.pi, 0.0))
    moved: Joints = joints + turns
    return moved
