"""`drive_a_square`: a base driven around a square in physics, and stopped."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sim_checks.bullet.client import TIME_STEP, BulletClient
from sim_checks.bullet.robot import Robot
from sim_checks.motion.timing import Limits, timed
from skills.geometry import Pose
from skills.robots.opening import OpenedRobot

EDGE = 1.0
"""Edge of the square [m]; at each corner the base turns by a quarter."""
SHARE = 0.8
"""Share of its limits at which it drives."""
REST_S = 1.0
STEP = 0.1
"""Distance between the waypoints [m or rad]."""


@dataclass(frozen=True)
class Driven:
    """How a base drove.

    Args:
        off_way: Largest distance from where it was to be [m].
        off_heading: Largest angle from how it was to be turned [rad].
        over: Largest speed of a joint of it, as a share of its limit.
        off_end: Distance from where it was to stop, half a second after [m].
        drift: How far it moved in the second after that [m].
    """

    off_way: float
    off_heading: float
    over: float
    off_end: float
    drift: float


def drive_a_square(opened: OpenedRobot) -> Driven:
    """Returns how the base of a robot drove around a square of `EDGE`, turning at the corners, lift and arms at home.

    Args:
        opened: The description and its folder; its base drives.
    """
    with BulletClient() as client:
        robot = Robot(client, opened, Pose())
        base = robot.driving
        corners = [(0.0, 0.0, 0.0), (EDGE, 0.0, 0.0), (EDGE, 0.0, np.pi / 2), (EDGE, EDGE, np.pi / 2)]
        corners += [(EDGE, EDGE, np.pi), (0.0, EDGE, np.pi), (0.0, EDGE, 1.5 * np.pi), (0.0, 0.0, 1.5 * np.pi)]
        limits = Limits(robot.speed[base[:3]], robot.acceleration[base[:3]])
        off_way = off_heading = over = 0.0
        for first, last in pairwise(corners):
            count = max(2, int(np.ceil(max(np.abs(np.subtract(last, first))) / STEP)) + 1)
            segment = timed("drive", np.linspace(first, last, count), 0.0, limits, share=SHARE)
            steps = max(1, round(segment.duration / TIME_STEP))
            times = np.linspace(0.0, segment.duration, steps)
            way = np.stack([np.interp(times, segment.times, segment.joints[:, k]) for k in range(3)], axis=1)
            for target, speed in zip(way, np.gradient(way, TIME_STEP, axis=0), strict=True):
                _step(robot, target, speed)
                at = robot.joints()[base[:3]]
                off_way = max(off_way, float(np.linalg.norm(at[:2] - target[:2])))
                off_heading = max(off_heading, abs(float(at[2] - target[2])))
                fast = [client.getJointState(robot.body, robot.arm[k])[1] for k in base[:3]]
                over = max(over, float((np.abs(fast) / robot.speed[base[:3]]).max()))
        end = np.array(corners[-1])
        stopped = _rest(robot, end, REST_S / 2)
        drift = float(np.linalg.norm(_rest(robot, end, REST_S)[:2] - stopped[:2]))
        return Driven(off_way, off_heading, over, float(np.linalg.norm(stopped[:2] - end[:2])), drift)


def _rest(robot: Robot, target: np.ndarray, seconds: float) -> np.ndarray:
    """Returns where the base is after standing for a while (x, y, yaw)."""
    for _ in range(round(seconds / TIME_STEP)):
        _step(robot, target, np.zeros(3))
    return robot.joints()[robot.driving[:3]]


def _step(robot: Robot, target: np.ndarray, speed: np.ndarray) -> None:
    """Steps the simulation once, the base on its way, everything else at home."""
    joints, speeds = robot.home.copy(), np.zeros(len(robot.home))
    joints[robot.driving[:3]], speeds[robot.driving[:3]] = target, speed
    robot.command(joints, speeds)
    robot.client.stepSimulation()
