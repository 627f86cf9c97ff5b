"""`Panda`: the Franka arm and hand as a body in one client.

Joint angles in [rad], gripper openings in [m], forces in [N] or [Nm].
"""

import hashlib
import re
import tempfile
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim_checks.bullet.client import BulletClient, data_path
from skills.geometry import Pose
from skills.motion import Joints

ARM = tuple(range(7))
FINGERS = (9, 10)
HAND = 8
TOOL = 11
LOWER = np.array([-2.8973, -1.7628, -2.8973, -3.0718, -2.8973, -0.0175, -2.8973])
UPPER = np.array([2.8973, 1.7628, 2.8973, -0.0698, 2.8973, 3.7525, 2.8973])
SPEED = np.array([2.175, 2.175, 2.175, 2.175, 2.61, 2.61, 2.61])
ACCELERATION = np.array([7.0, 4.0, 5.0, 6.0, 7.0, 9.0, 9.0])
"""About half of the maker's limits [rad/s^2]. Source: Franka Control Interface documentation."""
TORQUE = (87.0, 87.0, 87.0, 87.0, 12.0, 12.0, 12.0)
HOME = np.array([0.0, -0.785, 0.0, -2.356, 0.0, 1.571, 0.785])
MAX_WIDTH = 0.08
FINGER_SPEED = 0.1
TOUCHING_PAIRS = ((6, HAND), (5, HAND), (HAND, 9), (HAND, 10), (6, 9), (6, 10), (9, 10))
"""Link pairs whose hulls always touch; filtered. Source: our own measurement."""


@lru_cache(maxsize=1)
def _prepared() -> tuple[Path, str]:
    """Writes the URDF without visuals (loads 25 times faster) and returns its path and sha256."""
    folder = data_path() / "franka_panda"
    text = re.sub(r"<visual>.*?</visual>", "", (folder / "panda.urdf").read_text(), flags=re.DOTALL)
    digest = hashlib.sha256(text.encode())
    for mesh in sorted((folder / "meshes" / "collision").glob("*.obj")):
        digest.update(mesh.read_bytes())
    path = Path(tempfile.mkdtemp(prefix="rehearse-panda-")) / f"panda-{digest.hexdigest()[:16]}.urdf"
    path.write_text(text.replace("package://meshes", str(folder / "meshes")))
    return path, digest.hexdigest()


def panda_sha256() -> str:
    """Returns the hash over the arm's URDF and collision meshes, as hex."""
    return _prepared()[1]


class Panda:
    """The arm in a client: loading changes the simulation, reading does not.

    Args:
        client: An open client.
        world_from_base: Pose of the base.
    """

    def __init__(self, client: BulletClient, world_from_base: Pose) -> None:
        self.client = client
        self.base = world_from_base
        self.body: int = client.loadURDF(
            str(_prepared()[0]),
            basePosition=world_from_base.position,
            baseOrientation=world_from_base.orientation,
            useFixedBase=True,
            flags=client.URDF_USE_SELF_COLLISION | client.URDF_ENABLE_CACHED_GRAPHICS_SHAPES,
        )
        for first, second in TOUCHING_PAIRS:
            client.setCollisionFilterPair(self.body, self.body, first, second, 0)
        for link in range(-1, client.getNumJoints(self.body)):
            client.changeDynamics(self.body, link, linearDamping=0.0, angularDamping=0.0, jointDamping=0.1)
        for finger in FINGERS:
            client.changeDynamics(
                self.body, finger, lateralFriction=1.0, spinningFriction=0.1, rollingFriction=0.0, frictionAnchor=1
            )
        gear = client.createConstraint(
            self.body, FINGERS[0], self.body, FINGERS[1], client.JOINT_GEAR, (1, 0, 0), (0, 0, 0), (0, 0, 0)
        )
        client.changeConstraint(gear, gearRatio=-1, erp=0.2, maxForce=100)
        self.place(HOME, MAX_WIDTH)
        self.command(HOME, np.zeros(7))
        self.grip(MAX_WIDTH, 20.0)

    def place(self, joints: Joints, width: float) -> None:
        """Sets the joint state outright: only before a rollout, and in planning clients."""
        for joint, angle in zip(ARM, joints, strict=True):
            self.client.resetJointState(self.body, joint, float(angle), 0.0)
        for finger in FINGERS:
            self.client.resetJointState(self.body, finger, width / 2, 0.0)

    def command(self, joints: Joints, speeds: NDArray[np.float64]) -> None:
        """Commands position and velocity targets, shapes (7,), within torque and speed limits."""
        body, move, mode = self.body, self.client.setJointMotorControl2, self.client.POSITION_CONTROL
        for joint in ARM:
            move(
                body,
                joint,
                mode,
                targetPosition=joints[joint],
                targetVelocity=speeds[joint],
                force=TORQUE[joint],
                maxVelocity=SPEED[joint],
            )

    def grip(self, width: float, force: float) -> None:
        """Commands the fingers to an opening [m] with a force per finger [N]."""
        for finger in FINGERS:
            self.client.setJointMotorControl2(
                self.body,
                finger,
                self.client.POSITION_CONTROL,
                targetPosition=width / 2,
                force=force,
                maxVelocity=FINGER_SPEED,
            )

    def renew_contacts(self) -> None:
        """Forgets the engine's stored contacts of the fingers; it finds them anew in the next step.

        The engine keeps the points of a contact that does not slide, each with the normal that it had in the world
        when it was found. When the hand turns what it holds by more than a right angle, old normals point into the
        fingers, and opening fingers press against them: the thing creeps in the hand and is not let go.
        """
        switch = self.client.setCollisionFilterPair
        touched = {(p[3], p[2], p[4]) for p in self.client.getContactPoints(bodyA=self.body) if p[3] in FINGERS}
        for finger, other, link in sorted(touched):
            if other != self.body:
                for enabled in (0, 1):
                    switch(self.body, other, finger, link, enabled)

    def joints(self) -> Joints:
        """Returns the arm's joint angles [rad], shape (7,)."""
        return np.array([s[0] for s in self.client.getJointStates(self.body, ARM)])

    def width(self) -> float:
        """Returns the gripper's opening [m]."""
        return float(sum(s[0] for s in self.client.getJointStates(self.body, FINGERS)))

    def tool(self) -> Pose:
        """Returns world_from_tool for the present joint state."""
        state = self.client.getLinkState(self.body, TOOL, computeForwardKinematics=1)
        return Pose(tuple(state[4]), tuple(state[5]))
