"""Speed profiles: from waypoints to a timed segment within joint and tool limits."""

import contextlib
import io
import logging

import numpy as np
from numpy.typing import NDArray

from sim_checks.bullet.robot import ACCELERATION, SPEED
from skills.motion import Joints, Segment

logging.getLogger("toppra").setLevel(logging.ERROR)
SAMPLE = 1 / 60
"""Time between the samples of a segment [s]; the controller interpolates."""


def hold(name: str, joints: Joints, seconds: float, width: float, force: float = 20.0) -> Segment:
    """Returns a segment that stays at ``joints`` [rad, (7,)] for ``seconds`` while the gripper moves."""
    return Segment(name, np.array([0.0, seconds]), np.stack([joints, joints]), width, force)


def timed(
    name: str,
    waypoints: NDArray[np.float64],
    width: float,
    *,
    share: float,
    least_s: float = 0.0,
    force: float = 20.0,
) -> Segment:
    """Returns the segment through ``waypoints`` [rad, (n, 7)], at rest at both ends.

    Args:
        name: Segment name.
        waypoints: Joint waypoints, shape (n, 7).
        width: Gripper opening during the segment [m].
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
    limits = [
        constraint.JointVelocityConstraint(np.stack([-SPEED * share, SPEED * share], axis=1)),
        constraint.JointAccelerationConstraint(np.stack([-ACCELERATION * share, ACCELERATION * share], axis=1)),
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        grid = np.linspace(0, 1, max(60, 4 * len(path)))
        planner = toppra.algorithm.TOPPRA(limits, spline, gridpoints=grid, parametrizer="ParametrizeConstAccel")
        trajectory = planner.compute_trajectory(0, 0)
    if trajectory is None:
        raise ArithmeticError(f"no time parametrisation for {name!r}")
    duration = float(trajectory.duration)
    stretch = max(1.0, least_s / duration)
    count = max(2, int(np.ceil(duration * stretch / SAMPLE)) + 1)
    times = np.linspace(0.0, duration, count)
    return Segment(name, times * stretch, np.asarray(trajectory(times)), width, force)
