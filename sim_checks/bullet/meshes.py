"""`load_mesh`: a URDF or OBJ file of the user, checked in Python, then tried in a process of its own."""

from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from sim_checks.assets.asset import Asset
from sim_checks.assets.grasps import across_box
from sim_checks.assets.obj_file import MAX_BYTES as MAX_OBJ
from sim_checks.assets.obj_file import parse_obj
from sim_checks.assets.outline import outline_of
from sim_checks.assets.scene_folder import read_beside
from sim_checks.assets.urdf_file import MAX_BYTES as MAX_URDF
from sim_checks.assets.urdf_file import read_urdf, total_mass
from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.loader import Loader
from sim_checks.errors import AssetError
from sim_checks.worker import Fault, run_isolated
from skills.geometry import Matrix, Pose
from skills.scene import Thing

TRIAL_SECONDS = 30.0
DENSITY = 300.0
"""Density of a mesh without a declared mass, over its bounding box [kg/m^3]. Source: our own."""


def load_mesh(thing: Thing, folder: Path | None) -> Asset:
    """Returns the asset of a thing that names a file.

    Args:
        thing: A thing with ``mesh``.
        folder: The scene's folder.

    Raises:
        AssetError: The path leaves the folder, the file is malformed, or the engine could not load it.
    """
    name, where = thing.mesh or "", f"{thing.id}.mesh"
    suffix = Path(name).suffix.lower()
    if suffix == ".obj":
        asset = _from_obj(thing, read_beside(folder, name, MAX_OBJ, where), where)
    elif suffix == ".urdf":
        asset = _from_urdf(thing, read_beside(folder, name, MAX_URDF, where), folder, where)
    else:
        raise AssetError.at("bad-mesh", where, f"{name!r} is neither .urdf nor .obj.", "Convert it.")
    _tried(asset.sha256, _Box(asset), where)
    return asset


class _Box:
    """Carries an asset past a cache that is keyed by its hash."""

    def __init__(self, asset: Asset) -> None:
        self.asset = asset

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Box) and other.asset.sha256 == self.asset.sha256

    def __hash__(self) -> int:
        return int(self.asset.sha256[:15], 16)


@lru_cache(maxsize=256)
def _tried(digest: str, box: _Box, where: str) -> None:
    """Loads the asset in a process of its own first: what kills that process is refused here."""
    answer = run_isolated(trial, (box.asset,), TRIAL_SECONDS)
    if isinstance(answer, Fault):
        raise AssetError.at(
            "mesh-refused", where, f"The engine could not load it ({answer.code}).", "Mend or simplify the mesh."
        )


def trial(asset: Asset) -> int:
    """Loads an asset and steps it, in a worker process; returns its number of links."""
    with BulletClient() as client:
        loader = Loader(client)
        try:
            loaded = loader.load(asset, Pose((0.0, 0.0, 1.0)), fixed=False)
        finally:
            loader.close()
        for _ in range(10):
            client.stepSimulation()
        position, _ = client.getBasePositionAndOrientation(loaded.body)
        if not np.isfinite(position).all():
            raise AssetError.at("bad-mesh", asset.kind, "It does not stay finite when simulated.", "Mend the inertia.")
        return len(loaded.links)


def _from_obj(thing: Thing, content: bytes, where: str) -> Asset:
    mesh = parse_obj(content, where).standing()
    extent = mesh.vertices.max(axis=0)
    x, y, z = float(2 * extent[0]), float(2 * extent[1]), float(extent[2])
    mass = thing.mass or max(0.02, DENSITY * x * y * z)
    moments = [mass / 12 * s for s in (y * y + z * z, x * x + z * z, x * x + y * y)]
    geometry = '<geometry><mesh filename="mesh.obj"/></geometry>'
    urdf = "\n".join(
        (
            f'<robot name="{thing.kind}"><link name="base">',
            f'<inertial><origin xyz="0 0 {z / 2:.9g}"/><mass value="{mass:.9g}"/>',
            '<inertia ixx="{:.9g}" iyy="{:.9g}" izz="{:.9g}" ixy="0" ixz="0" iyz="0"/></inertial>'.format(*moments),
            f'<visual>{geometry}<material name="mesh"><color rgba="0.6 0.6 0.65 1"/></material></visual>',
            f"<collision>{geometry}</collision></link></robot>",
            "",
        )
    )
    return Asset(
        kind=thing.kind,
        urdf=urdf,
        half=(x / 2, y / 2, z / 2),
        mass=mass,
        friction=0.7,
        shapes=1,
        grasps=tuple(across_box(x, y, z)),
        files={"mesh.obj": mesh.to_bytes()},
        centre=(0.0, 0.0, z / 2),
    )


def _from_urdf(thing: Thing, content: bytes, folder: Path | None, where: str) -> Asset:
    urdf, files, meshes = read_urdf(content, lambda name: read_beside(folder, name, MAX_OBJ, where), where)
    root = ElementTree.fromstring(urdf)
    outline = outline_of(root, {name: mesh.vertices for name, mesh in meshes.items()})
    points: Matrix = np.vstack([cloud for cloud in outline.values() if len(cloud)])
    lower, upper = points.min(axis=0), points.max(axis=0)
    half, middle = (upper - lower) / 2, (upper + lower) / 2
    grasps = across_box(*(float(2 * h) for h in half)) if abs(middle[0]) + abs(middle[1]) < 1e-3 else []
    return Asset(
        kind=thing.kind,
        urdf=urdf,
        half=(float(half[0]), float(half[1]), float(half[2])),
        mass=total_mass(urdf),
        friction=0.7,
        shapes=len(root.findall("link/collision")),
        grasps=tuple(grasps),
        files=files,
        centre=(float(middle[0]), float(middle[1]), float(middle[2])),
    )
