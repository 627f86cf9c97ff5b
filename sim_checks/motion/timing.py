"""Speed profiles: from waypoints to a timed segment within joint and tool limits."""

import contextlib
import io
import logging
import sys
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

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
    toppra = _toppra()
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
        toppra.constraint.JointVelocityConstraint(np.stack([-speed, speed], axis=1)),
        toppra.constraint.JointAccelerationConstraint(np.stack([-acceleration, acceleration], axis=1)),
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


@cache
def _toppra() -> Any:
    """Returns the `toppra` package, without what it draws pictures with: that takes longer to import than a plan."""
    with _absent("matplotlib", "matplotlib.pyplot"):
        import toppra
        import toppra.constraint
    return toppra


@contextlib.contextmanager
def _absent(package: str, module: str) -> Iterator[None]:
    """Lets an empty module stand in for one that is imported and not used; a real one that is there stays."""
    if module in sys.modules:
        yield
        return
    kept = {name: sys.modules[name] for name in (package,) if name in sys.modules}
    stand_in = {package: ModuleType(package), module: ModuleType(module)}
    setattr(stand_in[package], module.rpartition(".")[2], stand_in[module])
    sys.modules.update(stand_in)
    try:
        yield
    finally:
        for name in stand_in:
            del sys.modules[name]
        sys.modules.update(kept)
