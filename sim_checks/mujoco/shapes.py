"""Collision shapes of URDF text as geoms. Lengths in [m]; MuJoCo's quaternions are (w, x, y, z)."""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np

from sim_checks.assets.outline import HULL_MARGIN, pose_of
from sim_checks.errors import AssetError
from sim_checks.mujoco.engine import mujoco
from skills.geometry import Matrix, Pose, Quaternion

Vertices = Callable[[str], Matrix]
"""File name of a mesh -> its vertices [m], shape (n, 3)."""


STL_HEAD = 84
"""Bytes before the facets of a binary STL file: a title and their number."""
STL_FACET = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("colour", "<u2")])


def wxyz(quaternion: Quaternion) -> tuple[float, float, float, float]:
    """Returns a quaternion (x, y, z, w) in the engine's order."""
    x, y, z, w = quaternion
    return (w, x, y, z)


def pose_from(position: Any, quaternion: Any) -> Pose:
    """Returns the pose of the engine's position and quaternion (w, x, y, z)."""
    (px, py, pz), (w, x, y, z) = map(float, position), map(float, quaternion)
    return Pose((px, py, pz), (x, y, z, w))


def place(element: Any, pose: Pose) -> None:
    """Gives a body, geom or camera of a specification its pose."""
    element.pos = pose.position
    element.quat = wxyz(pose.orientation)


def vertices_of(content: bytes, name: str = "mesh") -> Matrix:
    """Returns the vertices of an OBJ or STL file, shape (n, 3).

    Args:
        content: The file.
        name: What it is called, for the finding.

    Raises:
        AssetError: It is neither, or has no vertices.
    """
    count = int.from_bytes(content[80:84], "little")
    if count and len(content) == STL_HEAD + count * STL_FACET.itemsize:
        corners = np.frombuffer(content, STL_FACET, offset=STL_HEAD)["corners"]
        return np.unique(corners.reshape(-1, 3).astype(float), axis=0)
    lines = (line.split() for line in content.decode("utf-8", "replace").splitlines())
    try:
        found = np.array([f[1:4] for f in lines if f[:1] in (["v"], ["vertex"])], dtype=float).reshape(-1, 3)
    except ValueError:
        found = np.empty((0, 3))
    if not len(found) or not np.isfinite(found).all():
        raise AssetError.at("bad-mesh", name, "It has no vertices that can be read.", "Export it as OBJ or STL.")
    return found


def add_shape(spec: Any, body: Any, collision: Element, name: str, vertices: Vertices) -> Any:
    """Adds one collision element of a URDF to a body and returns the geom.

    A cylinder of the URDF is smaller by the margin that the other engine adds; here it has its true size.

    Raises:
        AssetError: The geometry is of no known kind.
    """
    geometry = collision.find("geometry")
    shape = geometry[0] if geometry is not None and len(geometry) else None
    tag = shape.tag if shape is not None else "nothing"
    geom = body.add_geom(name=name)
    place(geom, pose_of(collision.find("origin")))
    kinds = mujoco.mjtGeom
    if shape is None or tag not in ("box", "cylinder", "sphere", "capsule", "mesh"):
        raise AssetError.at("bad-shape", name, f"A collision shape is {tag!r}.", "Use boxes, cylinders or meshes.")
    if tag == "mesh":
        scale = np.array([float(v) for v in shape.get("scale", "1 1 1").split()])
        mesh = spec.add_mesh(name=name)
        mesh.uservert = (vertices(shape.get("filename", "")) * scale).ravel().tolist()
        mesh.inertia = mujoco.mjtMeshInertia.mjMESH_INERTIA_CONVEX
        geom.type, geom.meshname = kinds.mjGEOM_MESH, name
    elif tag == "box":
        x, y, z = (float(v) / 2 for v in shape.get("size", "0 0 0").split())
        geom.type, geom.size = kinds.mjGEOM_BOX, (x, y, z)
    else:
        radius, half = float(shape.get("radius", "0")), float(shape.get("length", "0")) / 2
        if tag == "cylinder":
            radius, half = radius + HULL_MARGIN, half + HULL_MARGIN
        geom.type = getattr(kinds, f"mjGEOM_{tag.upper()}")
        geom.size = (radius, half, 0.0)
    return geom
