"""`Loader`: brings assets into a client; every file goes through a content-addressed path."""

import tempfile
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from sim_checks.assets.asset import Asset
from sim_checks.assets.outline import Outline, outline_of
from sim_checks.bullet.client import ROLLER_ITERATIONS, BulletClient
from sim_checks.errors import AssetError
from skills.geometry import Matrix, Pose

ROLLING, SPINNING = 0.0005, 0.003
"""Rolling and spinning friction of round things [m]; others need none, and it doubles the cost of a step."""
ROLLER_STIFFNESS, ROLLER_DAMPING = 1e4, 1000.0
"""Stiffness and damping of a roller's surface [N/m, N s/m]: a thing lies on many at once, and what is perfectly hard
everywhere has no one solution. Source: our own: a plan that conveys a box and picks it up again failed in 1 of 20
perturbed worlds, and on hard rollers in 4 of 50; those 4 were among the 20. A box sinks in by less than 0.1 mm."""
RETURN = 0.1
"""Speed at which a button springs back [m/s]."""
DAMPING = 0.04
"""Linear and angular damping of movable things [1/s]; the engine's default, set explicitly."""


@dataclass(frozen=True)
class Loaded:
    """A thing in a client.

    Args:
        body: Body id.
        asset: What it was made of.
        frame_from_inertial: Pose of the engine's base frame (the inertial frame) in the thing's frame.
        links: Link name -> link index (-1 for the root).
        joints: Joint name -> joint index.
        outline: Link name -> corner points in the link's frame.
        fixed: True when it cannot move.
    """

    body: int
    asset: Asset
    frame_from_inertial: Pose
    links: dict[str, int]
    joints: dict[str, int]
    outline: Outline = field(repr=False)
    fixed: bool


class Loader:
    """Loads assets into one client.

    Args:
        client: The client.
    """

    def __init__(self, client: BulletClient) -> None:
        self.client = client
        self._meshes: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Removes mesh files, which can be large; bodies that are loaded stay."""
        if self._meshes is not None:
            self._meshes.cleanup()

    def load(self, asset: Asset, pose: Pose, fixed: bool, friction: float | None = None) -> Loaded:
        """Adds the asset to the client, with its friction, damping and joint friction.

        Args:
            asset: What to load.
            pose: world_from_thing.
            fixed: True for a thing that cannot move.
            friction: Lateral friction coefficient, if not the asset's own.

        Raises:
            AssetError: The engine read fewer shapes than the URDF declares.
        """
        client = self.client
        flags = client.URDF_USE_INERTIA_FROM_FILE | client.URDF_MAINTAIN_LINK_ORDER
        body = client.loadURDF(str(self._write(asset)), useFixedBase=fixed, flags=flags)
        root = client.getBodyInfo(body)[0].decode()
        links: dict[str, int] = {root: -1}
        joints: dict[str, int] = {}
        for index in range(client.getNumJoints(body)):
            info = client.getJointInfo(body, index)
            joints[info[1].decode()], links[info[12].decode()] = index, index
        read = sum(len(client.getCollisionShapeData(body, link)) for link in links.values())
        if read != asset.shapes:
            raise AssetError.at(
                "shapes-lost",
                asset.kind,
                f"The engine read {read} of {asset.shapes} collision shapes.",
                "Use fewer shapes, or check the mesh.",
            )
        self._set_dynamics(body, links, joints, asset, fixed, asset.friction if friction is None else friction)
        info = client.getDynamicsInfo(body, -1)
        frame_from_inertial = Pose(tuple(info[3]), tuple(info[4]))
        loaded = Loaded(body, asset, frame_from_inertial, links, joints, _outline(asset), fixed)
        self.move(loaded, pose)
        return loaded

    def move(self, thing: Loaded, world_from_thing: Pose) -> None:
        """Sets the pose outright: only while a world is built."""
        world_from_inertial = world_from_thing @ thing.frame_from_inertial
        self.client.resetBasePositionAndOrientation(
            thing.body, world_from_inertial.position, world_from_inertial.orientation
        )

    def _set_dynamics(
        self, body: int, links: dict[str, int], joints: dict[str, int], asset: Asset, fixed: bool, friction: float
    ) -> None:
        client = self.client
        for link in links.values():
            client.changeDynamics(
                body,
                link,
                lateralFriction=friction,
                rollingFriction=ROLLING if asset.rolls and not fixed else 0.0,
                spinningFriction=SPINNING if asset.rolls and not fixed else 0.0,
                restitution=0.0,
                linearDamping=DAMPING,
                angularDamping=DAMPING,
            )
        for joint in joints.values():
            client.setJointMotorControl2(body, joint, client.VELOCITY_CONTROL, targetVelocity=0.0, force=0.0)
        for mechanism in asset.mechanisms.values():
            joint = joints[mechanism.joint]
            client.changeDynamics(body, joint, jointDamping=mechanism.damping)
            client.setJointMotorControl2(
                body, joint, client.VELOCITY_CONTROL, targetVelocity=0.0, force=mechanism.friction
            )
            if mechanism.spring:
                client.setJointMotorControl2(
                    body,
                    joint,
                    client.POSITION_CONTROL,
                    targetPosition=mechanism.closed,
                    targetVelocity=0.0,
                    force=mechanism.spring,
                    maxVelocity=RETURN,
                )

        if asset.drive is not None:
            client.refine(ROLLER_ITERATIONS)
            for name in asset.drive.joints:
                client.changeDynamics(
                    body, joints[name], contactStiffness=ROLLER_STIFFNESS, contactDamping=ROLLER_DAMPING
                )
                client.setJointMotorControl2(
                    body, joints[name], client.VELOCITY_CONTROL, targetVelocity=0.0, force=asset.drive.torque
                )

    def _write(self, asset: Asset) -> Path:
        """Writes the asset below a folder named after its hash and returns the URDF's path."""
        if not asset.files:
            return _written(asset.urdf, asset.sha256)
        if self._meshes is None:
            self._meshes = tempfile.TemporaryDirectory(prefix="rehearse-assets-")
        folder = Path(self._meshes.name) / asset.sha256[:24]
        path = folder / "thing.urdf"
        if not path.exists():
            folder.mkdir()
            for name, content in asset.files.items():
                (folder / name).write_bytes(content)
            path.write_text(asset.urdf)
        return path


@lru_cache(maxsize=1)
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Returns the folder of this process for shapes without meshes: a few kilobytes each, written once."""
    return tempfile.TemporaryDirectory(prefix="rehearse-assets-")


def _written(urdf: str, sha256: str) -> Path:
    """Returns the path of a URDF without meshes, below a folder named after its asset's hash."""
    path = Path(_folder().name) / sha256[:24] / "thing.urdf"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        own = path.with_suffix(f".{threading.get_ident()}")  # another thread may be reading the path
        own.write_text(urdf)
        own.replace(path)
    return path


def _outline(asset: Asset) -> Outline:
    return _cached_outline(asset.urdf, tuple(sorted(asset.files.items())))


@lru_cache(maxsize=256)
def _cached_outline(urdf: str, files: tuple[tuple[str, bytes], ...]) -> Outline:
    meshes = {name: _vertices(content) for name, content in files if name.endswith(".obj")}
    return outline_of(ElementTree.fromstring(urdf), meshes)


def _vertices(content: bytes) -> Matrix:
    """Returns the vertices of an OBJ file that was validated before, shape (n, 3)."""
    rows = [line.split()[1:4] for line in content.decode().splitlines() if line.startswith("v ")]
    return np.array(rows, dtype=float)
