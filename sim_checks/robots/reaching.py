"""Inverse kinematics over a robot's workspace, and the map of its reach over a plane."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim_checks.bullet.ghost import Ghost
from sim_checks.bullet.kinematics import Kinematics, residual
from sim_checks.bullet.robot import Robot
from sim_checks.motion.straight import looking
from skills.motion import Joints

POSITION_M = 0.001
ANGLE_RAD = math.radians(0.5)
TRIES = 12
"""Starts of the solver for one pose: home, then random ones."""
ABOVE = 0.05
"""Height of the tool above the plane of the map [m]."""
HEADINGS = 4
SPAN_X, SPAN_Y = (-0.3, 1.0), (-0.8, 0.8)
"""Extent of the map from the base [m]."""


@dataclass(frozen=True)
class Reached:
    """What the solver made of random poses, each of which some configuration is known to reach.

    Args:
        poses: How many poses were asked for.
        share: Share that was reached within `POSITION_M` and `ANGLE_RAD`.
        residual_m: Median and 95th percentile of the distance from the pose [m].
        residual_rad: The same of the angle [rad].
        in_contact: Share of random configurations in which two watched links touch.
        out_of_bound: Poses that the description's reach bound would have left out wrongly.
        touching: Watched pairs that met -> how often.
    """

    poses: int
    share: float
    residual_m: tuple[float, float]
    residual_rad: tuple[float, float]
    in_contact: float
    out_of_bound: int
    touching: dict[str, int]


def reached(robot: Robot, poses: int, seed: int = 0) -> Reached:
    """Asks the solver for random poses of the workspace; moves the robot outright.

    Args:
        robot: The robot, in a client that no rollout uses.
        poses: How many poses above the base's plane, free of self-contact.
        seed: Seed of the poses and of the solver's starts.
    """
    rng, kinematics, ghost = np.random.default_rng(seed), Kinematics(robot), Ghost(robot)
    names = {index: name for name, index in robot.links.items()}
    touching: dict[str, int] = {}
    drawn = out_of_bound = 0
    errors: list[tuple[float, float]] = []
    margin = 0.05 * (robot.upper - robot.lower)
    while len(errors) < poses and drawn < 50 * poses:
        robot.place(_somewhere(robot, rng, margin), robot.max_width)
        drawn += 1
        pair = robot.self_contact()
        if pair is not None:
            words = " and ".join(names[link] for link in pair)
            touching[words] = touching.get(words, 0) + 1
            continue
        target = robot.tool()
        if (robot.base.inverse() @ target).position[2] < 0.02:
            continue
        out_of_bound += not ghost.reachable(target)
        best = (math.inf, math.inf)
        for turn in range(TRIES):
            start = robot.home if turn == 0 else _somewhere(robot, rng, margin)
            found = kinematics.near(target, start, robot.max_width)
            off = residual(robot.tool(), target)
            if found is not None and off[0] <= POSITION_M and off[1] <= ANGLE_RAD:
                best = off
                break
            best = min(best, off)
        errors.append(best)
    table = np.array(errors) if errors else np.full((1, 2), np.inf)
    good = (table[:, 0] <= POSITION_M) & (table[:, 1] <= ANGLE_RAD)
    half, most = np.percentile(table, (50, 95), axis=0)
    return Reached(
        len(errors),
        float(good.mean()),
        (float(half[0]), float(most[0])),
        (float(half[1]), float(most[1])),
        sum(touching.values()) / max(drawn, 1),
        out_of_bound,
        dict(sorted(touching.items(), key=lambda item: -item[1])),
    )


def _somewhere(robot: Robot, rng: Generator, margin: Joints) -> Joints:
    """Returns random joints of the active arm within its limits less ``margin``; a base stays at home."""
    joints, own = robot.home.copy(), robot.limb.columns
    joints[own] = rng.uniform(robot.lower[own] + margin[own], robot.upper[own] - margin[own])
    return joints


@dataclass(frozen=True, eq=False)
class ReachMap:
    """Reach over a plane, hand pointing straight down.

    Args:
        x: Cell centres from the base [m], shape (n,).
        y: The same across, shape (m,).
        share: Share of headings that are reached without self-contact, shape (n, m).
        height: Height of the plane above the base [m].
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    share: NDArray[np.float64]
    height: float


def reach_map(robot: Robot, height: float = 0.0, step: float = 0.08, seed: int = 0) -> ReachMap:
    """Returns where the hand can point straight down at things on a plane; moves the robot outright.

    Args:
        robot: The robot, in a client that no rollout uses.
        height: Height of the plane above the base [m].
        step: Edge of a cell [m].
        seed: Seed of the solver's starts.
    """
    rng, kinematics, ghost = np.random.default_rng(seed), Kinematics(robot), Ghost(robot)
    x, y = np.arange(*SPAN_X, step) + step / 2, np.arange(*SPAN_Y, step) + step / 2
    share = np.zeros((len(x), len(y)))
    near: Joints = robot.home
    for i, j in np.ndindex(share.shape):
        for turn in range(HEADINGS):
            heading = math.pi * turn / HEADINGS
            closing = np.array([-math.sin(heading), math.cos(heading), 0.0])
            local = looking((float(x[i]), float(y[j]), height + ABOVE), np.array([0.0, 0.0, -1.0]), closing)
            target = robot.base @ local
            if not ghost.reachable(target):
                continue
            facing = robot.home.copy()
            first = robot.limb.columns[0]
            facing[first] = float(np.clip(math.atan2(y[j], x[i]), robot.lower[first], robot.upper[first]))
            for start in (near, facing, _somewhere(robot, rng, np.zeros(len(robot.home)))):
                found = kinematics.near(target, start, robot.max_width)
                if found is not None and robot.self_contact() is None:
                    near, share[i, j] = found, share[i, j] + 1 / HEADINGS
                    break
    return ReachMap(x, y, share, height)
