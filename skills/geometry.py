"""Rigid poses and boxes. Metres, radians, z up, quaternions (x, y, z, w)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Vector3 = tuple[float, float, float]
Quaternion = tuple[float, float, float, float]
Matrix = NDArray[np.float64]


class Bounds(NamedTuple):
    """An axis-aligned box in the world frame [m]."""

    lower: Vector3
    upper: Vector3

    @property
    def centre(self) -> Vector3:
        """The middle of the box [m]."""
        return tuple((a + b) / 2 for a, b in zip(self.lower, self.upper, strict=True))  # type: ignore[return-value]


@dataclass(frozen=True)
class Pose:
    """A rigid transform ``world_from_body``.

    Args:
        position: Origin [m].
        orientation: Unit quaternion (x, y, z, w).
    """

    position: Vector3 = (0.0, 0.0, 0.0)
    orientation: Quaternion = (0.0, 0.0, 0.0, 1.0)

    @property
    def rotation(self) -> Matrix:
        """The rotation matrix, shape (3, 3)."""
        x, y, z, w = self.orientation
        return np.array(
            [
                [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
            ]
        )

    @property
    def yaw(self) -> float:
        """Heading of the body's x axis about world z [rad]."""
        rotation = self.rotation
        return math.atan2(rotation[1, 0], rotation[0, 0])

    def __matmul__(self, other: "Pose") -> "Pose":
        """Returns the composition ``a_from_c = a_from_b @ b_from_c``."""
        point = self.transform(other.position)
        return Pose(point, _multiply(self.orientation, other.orientation))

    def transform(self, point: Sequence[float]) -> Vector3:
        """Returns ``point`` [m], given in this body's frame, in the parent frame."""
        moved = self.rotation @ np.asarray(point, dtype=float) + np.asarray(self.position)
        return (float(moved[0]), float(moved[1]), float(moved[2]))

    def inverse(self) -> "Pose":
        """Returns ``body_from_world``."""
        x, y, z, w = self.orientation
        back = Pose((0.0, 0.0, 0.0), (-x, -y, -z, w))
        return Pose(back.transform([-c for c in self.position]), back.orientation)

    @staticmethod
    def from_rotation(position: Sequence[float], rotation: Matrix) -> "Pose":
        """Returns the pose with this origin [m] and this (3, 3) rotation matrix."""
        m = np.asarray(rotation, dtype=float)
        w = math.sqrt(max(0.0, 1 + m[0, 0] + m[1, 1] + m[2, 2])) / 2
        x = math.copysign(math.sqrt(max(0.0, 1 + m[0, 0] - m[1, 1] - m[2, 2])) / 2, m[2, 1] - m[1, 2])
        y = math.copysign(math.sqrt(max(0.0, 1 - m[0, 0] + m[1, 1] - m[2, 2])) / 2, m[0, 2] - m[2, 0])
        z = math.copysign(math.sqrt(max(0.0, 1 - m[0, 0] - m[1, 1] + m[2, 2])) / 2, m[1, 0] - m[0, 1])
        if w < 1e-6:  # half turns: the signs above are undetermined, so take the largest column
            axis = int(np.argmax([x * x, y * y, z * z]))
            column = m[:, axis] + np.eye(3)[:, axis]
            x, y, z = (column / np.linalg.norm(column)).tolist()
            w = 0.0
        norm = math.sqrt(x * x + y * y + z * z + w * w)
        px, py, pz = (float(c) for c in position)
        return Pose((px, py, pz), (x / norm, y / norm, z / norm, w / norm))


def _multiply(a: Quaternion, b: Quaternion) -> Quaternion:
    """Returns the Hamilton product of two quaternions (x, y, z, w), normalised."""
    ax, ay, az, aw = a
    bx, by, bz, bw = b
    q = (
        aw * bx + ax * bw + ay * bz - az * by,
        aw * by - ax * bz + ay * bw + az * bx,
        aw * bz + ax * by - ay * bx + az * bw,
        aw * bw - ax * bx - ay * by - az * bz,
    )
    norm = math.sqrt(sum(c * c for c in q))
    return (q[0] / norm, q[1] / norm, q[2] / norm, q[3] / norm)


def yaw_quaternion(yaw: float) -> Quaternion:
    """Returns the quaternion of a turn by ``yaw`` [rad] about z."""
    return (0.0, 0.0, math.sin(yaw / 2), math.cos(yaw / 2))


@dataclass(frozen=True)
class Box:
    """An oriented box: a region, a compartment, a surface patch.

    Args:
        pose: Centre and orientation in the world.
        half: Half extents along the box's own axes [m].
    """

    pose: Pose
    half: Vector3

    def contains(self, point: Sequence[float], margin: float = 0.0) -> bool:
        """Says whether ``point`` [m, world] lies inside the box grown by ``margin`` [m]."""
        local = self.pose.inverse().transform(point)
        return all(abs(c) <= h + margin for c, h in zip(local, self.half, strict=True))
