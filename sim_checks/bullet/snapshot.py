"""`Snapshot`: the configuration of every body, as a value."""

from dataclasses import dataclass

from sim_checks.bullet.client import BulletClient
from skills.geometry import Quaternion, Vector3


@dataclass(frozen=True)
class Snapshot:
    """Poses (of the inertial frames) and joint positions of all bodies in a client.

    Args:
        poses: Body id -> position [m] and quaternion.
        joints: (body id, joint index) -> position [rad or m].
    """

    poses: dict[int, tuple[Vector3, Quaternion]]
    joints: dict[tuple[int, int], float]

    @staticmethod
    def take(client: BulletClient) -> "Snapshot":
        """Reads a client; changes nothing."""
        poses: dict[int, tuple[Vector3, Quaternion]] = {}
        joints: dict[tuple[int, int], float] = {}
        for index in range(client.getNumBodies()):
            body = client.getBodyUniqueId(index)
            position, orientation = client.getBasePositionAndOrientation(body)
            poses[body] = (tuple(position), tuple(orientation))
            for joint in range(client.getNumJoints(body)):
                joints[body, joint] = float(client.getJointState(body, joint)[0])
        return Snapshot(poses, joints)

    def restore_for_planning(self, client: BulletClient) -> None:
        """Sets a planning client, with the same bodies loaded in the same order, to this configuration."""
        for body, (position, orientation) in self.poses.items():
            client.resetBasePositionAndOrientation(body, position, orientation)
        for (body, joint), value in self.joints.items():
            client.resetJointState(body, joint, value, 0.0)
