"""Outlines: the corner points of every link of a URDF, for bounds that are exact and not padded."""

import math
from collections.abc import Mapping
from xml.etree.ElementTree import Element

import numpy as np

from skills.geometry import Matrix, Pose

HULL_MARGIN = 0.001
"""What the engine adds to a cylinder or mesh, which it reads as a convex hull, on every side [m]. Source: measured."""
Outline = dict[str, Matrix]


def outline_of(root: Element, meshes: Mapping[str, Matrix] | None = None) -> Outline:
    """Returns link name -> points whose hull holds the link's collision shapes, in the link's frame, shape (n, 3).

    Args:
        root: A parsed URDF.
        meshes: Mesh file name -> vertices [m], shape (n, 3).
    """
    outline: Outline = {}
    for link in root.findall("link"):
        parts = [_points(collision, meshes or {}) for collision in link.findall("collision")]
        outline[link.get("name", "")] = np.vstack(parts) if parts else np.zeros((0, 3))
    return outline


def pose_of(element: Element | None) -> Pose:
    """Returns the pose that a URDF ``origin`` element states."""
    if element is None:
        return Pose()
    position = tuple(float(v) for v in element.get("xyz", "0 0 0").split())
    roll, pitch, yaw = (float(v) for v in element.get("rpy", "0 0 0").split())
    halves = [(math.sin(a / 2), math.cos(a / 2)) for a in (roll, pitch, yaw)]
    (sr, cr), (sp, cp), (sy, cy) = halves
    quaternion = (
        sr * cp * cy - cr * sp * sy,
        cr * sp * cy + sr * cp * sy,
        cr * cp * sy - sr * sp * cy,
        cr * cp * cy + sr * sp * sy,
    )
    return Pose(position, quaternion)  # type: ignore[arg-type]


def _points(collision: Element, meshes: Mapping[str, Matrix]) -> Matrix:
    pose = pose_of(collision.find("origin"))
    geometry = collision.find("geometry")
    shape = geometry[0] if geometry is not None and len(geometry) else None
    if shape is None:
        return np.zeros((0, 3))
    if shape.tag == "mesh":
        scale = np.array([float(v) for v in shape.get("scale", "1 1 1").split()])
        points = meshes.get(shape.get("filename", ""), np.zeros((0, 3))) * scale
    elif shape.tag == "box":
        half = np.array([float(v) / 2 for v in shape.get("size", "0 0 0").split()])
        points = np.array([(a, b, c) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)]) * half
    elif shape.tag == "sphere":
        radius = float(shape.get("radius", "0"))
        points = np.vstack([np.eye(3), -np.eye(3)]) * radius
    else:
        radius, length = (float(shape.get(name, "0")) for name in ("radius", "length"))
        if shape.tag == "cylinder":
            radius, length = radius + HULL_MARGIN, length + 2 * HULL_MARGIN
        if shape.tag == "capsule":
            length += 2 * radius
        turns = np.arange(32) * (2 * np.pi / 32)
        circle = np.column_stack([radius * np.cos(turns), radius * np.sin(turns)])
        points = np.vstack([np.column_stack([circle, np.full(32, z)]) for z in (-length / 2, length / 2)])
    moved: Matrix = points @ pose.rotation.T + np.array(pose.position)
    return moved
