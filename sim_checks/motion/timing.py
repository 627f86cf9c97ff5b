"""Speed profiles: from waypoints to a timed segment within joint and tool limits."""

import contextlib
import io
import logging
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from skills.motion import Joints, Segment

logging.getLogger("toppra").setLevel(logging.ERROR)
SAMPLE = 1 / 60
"""Time between the samples of a segment [s]; the controller interpolates."""


class Limits(NamedTuple):
    """What a robot's joints may do, one value for each."""

    speed: NDArray[np.float64]
    """[rad/s]"""
    acceleration: NDArray[np.float64]
    """[rad/s^2]"""


def hold(name: str, joints: Joints, seconds: float, width: float, force: float = 20.0) -> Segment:
    """Returns a segment that stays at ``joints`` [rad, (joints,)] for ``seconds`` while the gripper moves."""
    return Segment(name, np.array([0.0, seconds]), np.stack([joints, joints]), width, force)


def timed(
    name: str,
    waypoints: NDArray[np.float64],
    width: float,
    limits: Limits,
    *,
    share: float,
    least_s: float = 0.0,
    force: float = 20.0,
) -> Segment:
    """Returns the segment through ``waypoints`` [rad, (n, joints)], at rest at both ends.

    Args:
        name: Segment name.
        waypoints: Joint waypoints, shape (n, joints).
        width: Gripper opening during the segment [m].
        limits: The robot's own.
        share: Share of the joint speed and acceleration limits to use, 0 to 1.
        least_s: Slow the motion down to last at least this long [s].
        force: Gripper force [N].

    Source: TOPP-RA (Pham and Pham, 2018) through the `toppra` package.
    """
    import toppra
    from toppra import constraint

    points = [waypoints[0]]
    for point in waypoints[1:]:
        if np.abs(point - points[-1]).max() > 1e-5:
            points.append(point)
    if len(points) == 1:
        return hold(name, points[0], max(least_s, SAMPLE), width, force)
    path = np.array(points)
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    spline = toppra.SplineInterpolator(lengths / lengths[-1], path, bc_type="clamped" if len(path) < 3 else "natural")
    speed, acceleration = limits.speed * share, limits.acceleration * share
    constraints = [
        constraint.JointVelocityConstraint(np.stack([-speed, speed], axis=1)),
        constraint.JointAccelerationConstraint(np.stack([-acceleration, acceleration], axis=1)),
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        grid = np.linspace(0, 1, max(60, 4 * len(path)))
        planner = toppra.algorithm.TOPPRA(constraints, spline, gridpoints=grid, parametrizer="ParametrizeConstAccel")
        trajectory = planner.compute_trajectory(0, 0)
    if trajectory is None:
        raise ArithmeticError(f"no time parametrisation for {name!r}")
    duration = float(trajectory.duration)
    stretch = max(1.0, least_s / duration)
    count = max(2, int(np.ceil(duration * stretch / SAMPLE)) + 1)
    times = np.linspace(0.0, duration, count)
    return Segment(name, times * stretch, np.asarray(trajectory(times)), width, force)
