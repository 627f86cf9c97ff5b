"""`Robot`: one or two arms with their grippers, on a base that may drive, as a body in one client.

Joint angles in [rad] (in [m] for joints that slide), gripper openings in [m], forces in [N] or [Nm]. The driven joints
are those of the base, if it moves, then those of each arm; tool, hand and gripper are the ones of the active arm.
"""

from itertools import combinations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.limb import Holder, Limb, holder
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.robot_model import RobotModel, robot_model
from sim_checks.bullet.suction import Cup
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
        self.root = world_from_place if mount is None else world_from_place @ mount.pose()
        self.body: int = client.loadURDF(
            str(self.model.arm),
            basePosition=self.root.position,
            baseOrientation=self.root.orientation,
            useFixedBase=True,
            flags=client.URDF_USE_SELF_COLLISION | client.URDF_ENABLE_CACHED_GRAPHICS_SHAPES,
        )
        infos = [client.getJointInfo(self.body, j) for j in range(client.getNumJoints(self.body))]
        self.links = {client.getBodyInfo(self.body)[0].decode(): -1, **{i[12].decode(): i[0] for i in infos}}
        """Link name -> index."""
        self.joint_index = {i[1].decode(): i[0] for i in infos}
        self.movable = tuple(i[0] for i in infos if i[2] != client.JOINT_FIXED)
        """Joints that move, in the engine's order."""
        chains = self.about.chains
        self.arm = tuple(self.joint_index[name] for chain in chains for name in chain.joints)
        """The driven joints."""
        self.lower, self.upper, self.home, self.speed, self.acceleration, self.effort = (
            np.array([value for chain in chains for value in getattr(chain, field)])
            for field in ("lower", "upper", "home", "speed", "acceleration", "effort")
        )
        self._speed, self._effort = self.speed.tolist(), self.effort.tolist()
        self.driving = np.arange(len(chains[0].joints) if self.about.base else 0)
        """Which of the driven joints are the base's."""
        self.limbs = self._limbs()
        self.active = 0
        """Which arm is asked of, from 0."""
        self.mounted = frozenset(self.links[n] for n in self.model.mounted)
        self.touching: tuple[tuple[int, int], ...] = ()
        self.watched: tuple[tuple[int, int], ...] = ()
        self._set_up()

    def _limbs(self) -> tuple[Limb, ...]:
        found, first = [], len(self.driving)
        for about, model in zip(self.about.limbs, self.model.limbs, strict=True):
            last = first + len(about.arm.joints)
            gripper = holder(self.client, self.body, about, self.joint_index, self.links, model.tool)
            hand = frozenset(self.links[n] for n in model.of_hand)
            columns = np.arange(first, last)
            found.append(Limb(about, model, columns, self.links[about.arm.base], self.links[model.tool], hand, gripper))
            first = last
        return tuple(found)

    @property
    def limb(self) -> Limb:
        """The active arm."""
        return self.limbs[self.active]

    @property
    def gripper(self) -> Holder:
        """Fingers or cup of the active arm."""
        return self.limb.gripper

    @property
    def fingers(self) -> tuple[int, ...]:
        """Links of the active arm's fingers, or of its cup."""
        return self.limb.gripper.links

    @property
    def hand(self) -> frozenset[int]:
        """Links of the active arm's hand."""
        return self.limb.hand

    @property
    def max_width(self) -> float:
        """Widest opening of the active arm's gripper [m]."""
        return self.limb.about.gripper.opening

    @property
    def base(self) -> Pose:
        """Where the active arm stands now: world_from_base of its first link."""
        return self.link_pose(self.limb.base) if len(self.driving) else self.root

    def _set_up(self) -> None:
        """Filters what always touches, sets damping and friction, and goes home."""
        client = self.client
        pairs = self.about.pairs
        if pairs is not None:
            self.touching = tuple((self.links[a], self.links[b]) for a, b in pairs.touching)
            self.watched = tuple((self.links[a], self.links[b]) for a, b in pairs.watched)
        else:
            self.touching, self.watched = self._derived()
        self._watched = tuple(self._seen_from(limb) for limb in self.limbs)
        self._arms = tuple(self.links_of(limb) for limb in self.limbs)
        inside = tuple(
            pair for limb in self.limbs for pair in combinations(sorted(limb.hand), 2) if pair not in self.touching
        )
        for first, second in (*self.touching, *inside):
            client.setCollisionFilterPair(self.body, self.body, first, second, 0)
        for link in range(-1, client.getNumJoints(self.body)):
            client.changeDynamics(self.body, link, linearDamping=0.0, angularDamping=0.0, jointDamping=0.1)
        for limb in self.limbs:
            limb.gripper.set_up()
            limb.gripper.place(limb.about.gripper.opening)
        self.place(self.home, self.max_width)
        self.command(self.home, np.zeros(len(self.arm)))
        for limb in self.limbs:
            limb.gripper.grip(limb.about.gripper.opening, 20.0)

    def _derived(self) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
        """Returns the pairs that always touch, and those that can meet, from the tree and the pose at home."""
        self.place(self.home, self.max_width)
        names = sorted(self.links, key=lambda name: self.links[name])
        touching, watched = [], []
        for first, second in combinations(names, 2):
            pair, apart = (self.links[first], self.links[second]), self.model.tree.apart(first, second)
            both = any(first in limb.of_hand and second in limb.of_hand for limb in self.model.limbs)
            if both or (apart <= FAR and self.near(*pair)):
                touching.append(pair)
            elif apart >= FAR and not {first, second} <= self.model.mounted:
                watched.append(pair)
        return tuple(touching), tuple(watched)

    def _seen_from(self, limb: Limb) -> tuple[tuple[int, int], ...]:
        """Returns the watched pairs that the motions of one arm can bring together."""
        own, every = self.links_of(limb), [self.links_of(other) for other in self.limbs]
        still = frozenset().union(*every) - own
        return tuple(pair for pair in self.watched if own.intersection(pair) or not still.intersection(pair))

    def links_of(self, limb: Limb) -> frozenset[int]:
        """Returns the links of an arm, and those that carry it."""
        own = self.model.tree.below(limb.about.arm.base)
        return frozenset(self.links[name] for name in own)

    def crossing(self, first: int, second: int) -> bool:
        """Says whether two links are of two different arms."""
        arms = [next((i for i, links in enumerate(self._arms) if link in links), None) for link in (first, second)]
        return None not in arms and arms[0] != arms[1]

    def near(self, first: int, second: int, distance: float = 0.0) -> bool:
        """Says whether two links are within ``distance`` [m] of each other."""
        points = self.client.getClosestPoints(self.body, self.body, distance, linkIndexA=first, linkIndexB=second)
        return bool(points)

    def self_contact(self) -> tuple[int, int] | None:
        """Returns the first watched pair of links that touch in the present state, or None.

        While one of two arms is asked of, the pairs of the other one alone are left out: it stands still.
        """
        return next((pair for pair in self._watched[self.active] if self.near(*pair)), None)

    def place(self, joints: Joints, width: float) -> None:
        """Sets the joint state outright: only before a rollout, and in planning clients."""
        angles, still = [[float(angle)] for angle in joints], [[0.0]] * len(self.arm)
        self.client.resetJointStatesMultiDof(self.body, self.arm, angles, targetVelocities=still)
        self.gripper.place(width)

    def command(self, joints: Joints, speeds: NDArray[np.float64]) -> None:
        """Commands position and velocity targets, shapes (n,), within torque and speed limits.

        A cup that sucks looks at its seal meanwhile, and may catch or drop something.
        """
        for limb in self.limbs:
            limb.gripper.look()
        body, move, mode = self.body, self.client.setJointMotorControl2, self.client.POSITION_CONTROL
        for k, joint in enumerate(self.arm):
            move(
                body,
                joint,
                mode,
                targetPosition=joints[k],
                targetVelocity=speeds[k],
                force=self._effort[k],
                maxVelocity=self._speed[k],
            )

    def feel(self) -> None:
        """Takes down what weighs on cups; to be called after every step of the simulation."""
        for limb in self.limbs:
            limb.gripper.feel()

    def perturb(self, perturbation: Perturbation, rng: Generator) -> None:
        """Draws how much weaker or stronger than it should be each hand holds."""
        for limb in self.limbs:
            limb.gripper.weaken(perturbation.hold(rng))

    def grip(self, width: float, force: float) -> None:
        """Commands the fingers to an opening [m] with a force per finger [N], at most the gripper's own."""
        self.gripper.grip(width, force)

    def renew_contacts(self) -> None:
        """Forgets the engine's stored contacts of the fingers; it finds them anew in the next step."""
        for limb in self.limbs:
            limb.gripper.renew_contacts()

    def joints(self) -> Joints:
        """Returns the arm's joint angles [rad], shape (n,)."""
        return np.array([s[0] for s in self.client.getJointStates(self.body, self.arm)])

    def width(self) -> float:
        """Returns the gripper's opening [m]."""
        return self.gripper.width()

    def tool(self) -> Pose:
        """Returns world_from_tool for the present joint state."""
        return self.link_pose(self.limb.tool)

    def link_pose(self, link: int) -> Pose:
        """Returns world_from_link for the present joint state (-1: the root link)."""
        if link == -1:
            return self.root
        state = self.client.getLinkState(self.body, link, computeForwardKinematics=1)
        return Pose(tuple(state[4]), tuple(state[5]))

    def nearest_hand(self, body: int, reach: float = 0.5) -> int:
        """Returns which arm's fingers are nearest to a body in the present state, from 0.

        Args:
            body: The body.
            reach: How far is looked [m].
        """
        gaps = []
        for limb in self.limbs:
            near = [self.client.getClosestPoints(self.body, body, reach, linkIndexA=f) for f in limb.gripper.links]
            gaps.append(max(min((p[8] for p in points), default=reach) for points in near))
        return gaps.index(min(gaps))

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
        if any(link in limb.gripper.links for limb in self.limbs):
            return "cup" if isinstance(self.gripper, Cup) else "finger"
        if any(link in limb.hand for limb in self.limbs):
            return "hand"
        if link in self.arm and self.arm.index(link) >= len(self.driving):
            return f"arm link {self.arm.index(link) - len(self.driving) + 1}"
        return f"arm link {link + 1}" if not len(self.driving) else "base"


def shipped_robot(client: BulletClient, name: str = "panda", world_from_place: Pose = Pose()) -> Robot:  # noqa: B008
    """Returns the shipped robot called ``name``, loaded into a client."""
    return Robot(client, open_robot(name), world_from_place)
