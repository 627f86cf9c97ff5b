"""Tool paths: straight lines and arcs, as sequences of poses."""

import math
from collections.abc import Sequence

import numpy as np

from skills.geometry import Pose, Vector3

STEP = 0.01
"""Distance between checked tool poses [m]."""


def shifted(pose: Pose, offset: Sequence[float] | np.ndarray) -> Pose:
    """Returns ``pose`` moved by ``offset`` [m, world]."""
    x, y, z = (float(c) for c in np.asarray(pose.position) + offset)
    return Pose((x, y, z), pose.orientation)


def backed(pose: Pose, distance: float) -> Pose:
    """Returns the tool pose backed off by ``distance`` [m] along its own approach axis."""
    return shifted(pose, -distance * pose.rotation[:, 2])


def line(start: Pose, stop: Pose, step: float = STEP) -> list[Pose]:
    """Returns poses from ``start`` (left out) to ``stop``, turning on the way by slerp."""
    length = float(np.linalg.norm(np.subtract(stop.position, start.position)))
    dot = float(np.dot(start.orientation, stop.orientation))
    angle = 2 * math.acos(min(1.0, abs(dot)))
    count = max(1, math.ceil(length / step), math.ceil(angle / 0.06))
    return [_between(start, stop, k / count, dot) for k in range(1, count + 1)]


def _between(start: Pose, stop: Pose, share: float, dot: float) -> Pose:
    """Returns the pose at ``share`` of the way."""
    position = np.asarray(start.position) * (1 - share) + np.asarray(stop.position) * share
    first, last = np.asarray(start.orientation), np.asarray(stop.orientation) * (1 if dot >= 0 else -1)
    theta = math.acos(min(1.0, abs(dot)))
    if theta < 1e-6:
        turned = last
    else:
        turned = (math.sin((1 - share) * theta) * first + math.sin(share * theta) * last) / math.sin(theta)
    turned = turned / np.linalg.norm(turned)
    return Pose(
        (float(position[0]), float(position[1]), float(position[2])),
        (float(turned[0]), float(turned[1]), float(turned[2]), float(turned[3])),
    )


def turn(axis: Vector3, angle: float) -> Pose:
    """Returns the pose without offset that turns by ``angle`` [rad] about the unit ``axis``."""
    s = math.sin(angle / 2)
    return Pose((0.0, 0.0, 0.0), (axis[0] * s, axis[1] * s, axis[2] * s, math.cos(angle / 2)))


def about(pivot: Vector3, axis: Vector3, angle: float, pose: Pose) -> Pose:
    """Returns ``pose`` turned by ``angle`` [rad] about the world line through ``pivot`` along ``axis``."""
    back = Pose((-pivot[0], -pivot[1], -pivot[2]))
    return Pose(pivot) @ turn(axis, angle) @ back @ pose


def looking(position: Vector3, approach: np.ndarray, closing: np.ndarray) -> Pose:
    """Returns the tool pose at ``position`` with z along ``approach`` and y along ``closing``."""
    z = approach / np.linalg.norm(approach)
    y = closing - z * float(closing @ z)
    y = y / np.linalg.norm(y)
    return Pose.from_rotation(position, np.stack([np.cross(y, z), y, z], axis=1))
