"""`Robot`: an arm with its gripper as a body in one client, built from a description.

Joint angles in [rad], gripper openings in [m], forces in [N] or [Nm].
"""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.fingers import Fingers
from sim_checks.bullet.robot_model import RobotModel, robot_model
from skills.geometry import Pose
from skills.motion import Joints
from skills.robots.opening import OpenedRobot, open_robot

FAR = 3
"""Joints between two links that can meet, where the description names no pairs."""


class Robot:
    """The robot in a client: loading changes the simulation, reading does not.

    Args:
        client: An open client.
        opened: The description, and where its files are.
        world_from_place: The place that the scene gives to its robot; the base stands there, or where the
            description's mount says, seen from there.

    Raises:
        RobotError: A file of the description is missing or wrong.
    """

    def __init__(self, client: BulletClient, opened: OpenedRobot, world_from_place: Pose) -> None:
        self.client, self.opened, self.about = client, opened, opened.description
        self.model: RobotModel = robot_model(opened)
        mount = self.about.mount
        self.base = world_from_place if mount is None else world_from_place @ mount.pose()
        self.body: int = client.loadURDF(
            str(self.model.arm),
            basePosition=self.base.position,
            baseOrientation=self.base.orientation,
            useFixedBase=True,
            flags=client.URDF_USE_SELF_COLLISION | client.URDF_ENABLE_CACHED_GRAPHICS_SHAPES,
        )
        infos = [client.getJointInfo(self.body, j) for j in range(client.getNumJoints(self.body))]
        self.links = {client.getBodyInfo(self.body)[0].decode(): -1, **{i[12].decode(): i[0] for i in infos}}
        """Link name -> index."""
        self.joint_index = {i[1].decode(): i[0] for i in infos}
        self.movable = tuple(i[0] for i in infos if i[2] != client.JOINT_FIXED)
        """Joints that move, in the engine's order."""
        limits = self.about.arm
        self.arm = tuple(self.joint_index[name] for name in limits.joints)
        self.lower, self.upper, self.home = (np.array(v) for v in (limits.lower, limits.upper, limits.home))
        self.speed, self.acceleration = np.array(limits.speed), np.array(limits.acceleration)
        self.tool_link = self.links[self.model.tool]
        self.hand = frozenset(self.links[n] for n in self.model.of_hand)
        self.mounted = frozenset(self.links[n] for n in self.model.mounted)
        self.max_width = self.about.gripper.opening
        self.gripper = Fingers(client, self.body, self.about.gripper, self.joint_index, self.links)
        self.fingers = self.gripper.links
        self.touching: tuple[tuple[int, int], ...] = ()
        self.watched: tuple[tuple[int, int], ...] = ()
        self._set_up()

    def _set_up(self) -> None:
        """Filters what always touches, sets damping and friction, and goes home."""
        client = self.client
        pairs = self.about.pairs
        if pairs is not None:
            self.touching = tuple((self.links[a], self.links[b]) for a, b in pairs.touching)
            self.watched = tuple((self.links[a], self.links[b]) for a, b in pairs.watched)
        else:
            self.touching, self.watched = self._derived()
        inside = tuple(pair for pair in combinations(sorted(self.hand), 2) if pair not in self.touching)
        for first, second in (*self.touching, *inside):
            client.setCollisionFilterPair(self.body, self.body, first, second, 0)
        for link in range(-1, client.getNumJoints(self.body)):
            client.changeDynamics(self.body, link, linearDamping=0.0, angularDamping=0.0, jointDamping=0.1)
        self.gripper.set_up()
        self.place(self.home, self.max_width)
        self.command(self.home, np.zeros(len(self.arm)))
        self.grip(self.max_width, 20.0)

    def _derived(self) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
        """Returns the pairs that always touch, and those that can meet, from the tree and the pose at home."""
        self.place(self.home, self.max_width)
        names = sorted(self.links, key=lambda name: self.links[name])
        touching, watched = [], []
        for first, second in combinations(names, 2):
            pair, apart = (self.links[first], self.links[second]), self.model.tree.apart(first, second)
            both = first in self.model.of_hand and second in self.model.of_hand
            if both or (apart <= FAR and self.near(*pair)):
                touching.append(pair)
            elif apart >= FAR and not {first, second} <= self.model.mounted:
                watched.append(pair)
        return tuple(touching), tuple(watched)

    def near(self, first: int, second: int, distance: float = 0.0) -> bool:
        """Says whether two links are within ``distance`` [m] of each other."""
        points = self.client.getClosestPoints(self.body, self.body, distance, linkIndexA=first, linkIndexB=second)
        return bool(points)

    def self_contact(self) -> tuple[int, int] | None:
        """Returns the first watched pair of links that touch in the present state, or None."""
        return next((pair for pair in self.watched if self.near(*pair)), None)

    def place(self, joints: Joints, width: float) -> None:
        """Sets the joint state outright: only before a rollout, and in planning clients."""
        for joint, angle in zip(self.arm, joints, strict=True):
            self.client.resetJointState(self.body, joint, float(angle), 0.0)
        self.gripper.place(width)

    def command(self, joints: Joints, speeds: NDArray[np.float64]) -> None:
        """Commands position and velocity targets, shapes (n,), within torque and speed limits."""
        body, move, mode = self.body, self.client.setJointMotorControl2, self.client.POSITION_CONTROL
        limits = self.about.arm
        for k, joint in enumerate(self.arm):
            move(
                body,
                joint,
                mode,
                targetPosition=joints[k],
                targetVelocity=speeds[k],
                force=limits.effort[k],
                maxVelocity=limits.speed[k],
            )

    def grip(self, width: float, force: float) -> None:
        """Commands the fingers to an opening [m] with a force per finger [N], at most the gripper's own."""
        self.gripper.grip(width, force)

    def renew_contacts(self) -> None:
        """Forgets the engine's stored contacts of the fingers; it finds them anew in the next step."""
        self.gripper.renew_contacts()

    def joints(self) -> Joints:
        """Returns the arm's joint angles [rad], shape (n,)."""
        return np.array([s[0] for s in self.client.getJointStates(self.body, self.arm)])

    def width(self) -> float:
        """Returns the gripper's opening [m]."""
        return self.gripper.width()

    def tool(self) -> Pose:
        """Returns world_from_tool for the present joint state."""
        return self.link_pose(self.tool_link)

    def link_pose(self, link: int) -> Pose:
        """Returns world_from_link for the present joint state (-1: the root link)."""
        if link == -1:
            return self.base
        state = self.client.getLinkState(self.body, link, computeForwardKinematics=1)
        return Pose(tuple(state[4]), tuple(state[5]))

    def frame(self, name: str) -> Pose:
        """Returns world_from_frame of a named frame of the description.

        Raises:
            KeyError: The description has no such frame.
        """
        found = {f.name: f for f in self.about.frames}[name]
        pose = self.link_pose(self.links[found.link])
        return pose if found.pose is None else pose @ found.pose.pose()

    def link_words(self, link: int) -> str:
        """Returns a readable name of one of the robot's links."""
        if link in self.fingers:
            return "finger"
        if link in self.hand:
            return "hand"
        return f"arm link {self.arm.index(link) + 1}" if link in self.arm else f"arm link {link + 1}"


def shipped_robot(client: BulletClient, name: str = "panda", world_from_place: Pose = Pose()) -> Robot:  # noqa: B008
    """Returns the shipped robot called ``name``, loaded into a client."""
    return Robot(client, open_robot(name), world_from_place)
