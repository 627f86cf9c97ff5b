"""`Shape`, `Link`, `Joint`: the primitives that generators compose. Metres, kilograms, radians."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim_checks.assets.colours import Colour
from skills.geometry import Matrix, Pose, Vector3

ShapeKind = Literal["box", "cylinder"]


@dataclass(frozen=True)
class Shape:
    """A box or a cylinder (axis z) fixed in its link.

    Args:
        kind: ``box`` or ``cylinder``.
        size: Full extents of the box, or (diameter, diameter, length) [m].
        pose: link_from_shape.
        colour: Red, green, blue, alpha, 0 to 1.
        density: Relative density: how the link's mass is shared among its shapes.
        solid: False for decoration that nothing can touch.
    """

    kind: ShapeKind
    size: Vector3
    pose: Pose
    colour: Colour
    density: float = 1.0
    solid: bool = True

    @property
    def volume(self) -> float:
        """Volume [m^3]."""
        x, y, z = self.size
        return x * y * z * (1.0 if self.kind == "box" else math.pi / 4)

    def inertia(self, mass: float) -> Matrix:
        """Returns the (3, 3) inertia [kg m^2] about the shape's centre, in the link's axes."""
        x, y, z = self.size
        if self.kind == "box":
            diagonal = (y * y + z * z, x * x + z * z, x * x + y * y)
        else:
            radius = x / 2
            across = 3 * radius * radius + z * z
            diagonal = (across, across, 6 * radius * radius)
        rotation = self.pose.rotation
        turned: Matrix = rotation @ np.diag(diagonal) @ rotation.T * (mass / 12)
        return turned

    def corners(self) -> Matrix:
        """Returns points whose hull is the shape, in the link's frame, shape (n, 3)."""
        x, y, z = (c / 2 for c in self.size)
        if self.kind == "box":
            points = [(a * x, b * y, c * z) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)]
        else:
            turns = np.arange(24) * (2 * np.pi / 24)
            points = [(x * math.cos(t), y * math.sin(t), c * z) for t in turns for c in (-1, 1)]
        corners: Matrix = np.array(points) @ self.pose.rotation.T + np.array(self.pose.position)
        return corners


@dataclass(frozen=True)
class Link:
    """A rigid part.

    Args:
        name: Link name ("base" for the root).
        shapes: What it is made of.
        mass: Mass [kg].
    """

    name: str
    shapes: tuple[Shape, ...]
    mass: float


@dataclass(frozen=True)
class Joint:
    """A joint between two links; the child's frame is the joint's frame at position 0.

    Args:
        name: Joint name.
        parent: Parent link.
        child: Child link.
        kind: ``prismatic``, ``revolute``, or ``continuous`` (turns without limits).
        pose: parent_from_child at position 0.
        axis: Axis in the child's frame.
        lower: Lower limit [m or rad].
        upper: Upper limit [m or rad].
        damping: Viscous damping.
        friction: Dry friction [N or Nm].
    """

    name: str
    parent: str
    child: str
    kind: Literal["prismatic", "revolute", "continuous"]
    pose: Pose
    axis: Vector3
    lower: float
    upper: float
    damping: float
    friction: float


def box(
    size: tuple[float, float, float],
    at: tuple[float, float, float],
    colour: Colour,
    rotation: Matrix | None = None,
    density: float = 1.0,
    solid: bool = True,
) -> Shape:
    """Returns a box of full extents ``size`` [m] centred at ``at`` [m]."""
    pose = Pose(at) if rotation is None else Pose.from_rotation(at, rotation)
    return Shape("box", size, pose, colour, density, solid)


def cylinder(
    radius: float,
    length: float,
    at: tuple[float, float, float],
    colour: Colour,
    rotation: Matrix | None = None,
    density: float = 1.0,
    solid: bool = True,
) -> Shape:
    """Returns a cylinder (axis z before ``rotation``) centred at ``at`` [m]."""
    pose = Pose(at) if rotation is None else Pose.from_rotation(at, rotation)
    return Shape("cylinder", (2 * radius, 2 * radius, length), pose, colour, density, solid)


def turn_z(angle: float) -> Matrix:
    """Returns the (3, 3) rotation by ``angle`` [rad] about z."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def turn_y(angle: float) -> Matrix:
    """Returns the (3, 3) rotation by ``angle`` [rad] about y."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def turn_x(angle: float) -> Matrix:
    """Returns the (3, 3) rotation by ``angle`` [rad] about x."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])
