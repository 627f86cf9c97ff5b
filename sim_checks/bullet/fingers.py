"""`Fingers`: the two fingers of a parallel gripper in one client.

Openings in [m], forces in [N] per finger; an opening beyond the widest is the widest. A finger slides (its joint
moves by half of the opening) or swings (its joint follows a curve of the opening, and a gear turns its pad back, so
that the pads stay parallel).
"""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from sim_checks.bullet.client import BulletClient
from skills.robots.parts import Finger, Gripper

PAD_FRICTION = 1.0
"""Friction coefficient of a finger's pad; the engine multiplies it with the thing's."""


class Fingers:
    """The gripper of one body; `set_up` and `grip` change the simulation, reading does not.

    Args:
        client: An open client.
        body: The body.
        about: The gripper's description.
        joints: Joint name -> index.
        links: Link name -> index.
    """

    def __init__(
        self, client: BulletClient, body: int, about: Gripper, joints: Mapping[str, int], links: Mapping[str, int]
    ) -> None:
        self.client, self.body, self.about = client, body, about
        self.joints = tuple(joints[f.joint] for f in about.fingers)
        self.links = tuple(links.get(f.link, -1) for f in about.fingers)
        self.followers = tuple((joints[m.joint], joints[m.follows], m) for m in about.mimic)

    def set_up(self) -> None:
        """Gives the pads their friction, frees the joints that follow, and gears them to what they follow."""
        client, body = self.client, self.body
        for link in self.links:
            client.changeDynamics(
                body, link, lateralFriction=PAD_FRICTION, spinningFriction=0.1, rollingFriction=0.0, frictionAnchor=1
            )
        if self.about.armature:
            for joint in sorted({*self.joints, *(follower for follower, _, _ in self.followers)}):
                inertia = np.array(client.getDynamicsInfo(body, joint)[2]) + self.about.armature
                client.changeDynamics(body, joint, localInertiaDiagonal=inertia.tolist())
        for joint, leader, mimic in self.followers:
            if joint not in self.joints:
                client.setJointMotorControl2(body, joint, client.VELOCITY_CONTROL, targetVelocity=0.0, force=0.0)
            gear = client.createConstraint(
                body, joint, body, leader, client.JOINT_GEAR, (1, 0, 0), (0, 0, 0), (0, 0, 0)
            )
            client.changeConstraint(gear, gearRatio=-mimic.ratio, erp=0.2, maxForce=mimic.force)

    def place(self, width: float) -> None:
        """Sets the joint state outright: only before a rollout, and in planning clients."""
        at: dict[int, float] = {}
        for joint, finger in zip(self.joints, self.about.fingers, strict=True):
            at[joint] = position(finger, min(width, self.about.opening))
            self.client.resetJointState(self.body, joint, at[joint], 0.0)
        for joint, leader, mimic in self.followers:
            if joint not in self.joints and leader in at:
                at[joint] = mimic.ratio * at[leader]
                self.client.resetJointState(self.body, joint, at[joint], 0.0)

    def grip(self, width: float, force: float) -> None:
        """Commands the fingers to an opening with a force per finger, at most the gripper's own."""
        for joint, finger in zip(self.joints, self.about.fingers, strict=True):
            arm = leverage(finger)
            self.client.setJointMotorControl2(
                self.body,
                joint,
                self.client.POSITION_CONTROL,
                targetPosition=position(finger, min(width, self.about.opening)),
                force=min(force, self.about.force) * arm,
                maxVelocity=self.about.speed / arm,
            )

    def width(self) -> float:
        """Returns the opening."""
        states = self.client.getJointStates(self.body, self.joints)
        return float(sum(half_opening(f, s[0]) for f, s in zip(self.about.fingers, states, strict=True)))

    def holding(self) -> frozenset[int]:
        """Returns the bodies that both fingers touch."""
        touched = [{p[2] for p in self.client.getContactPoints(bodyA=self.body, linkIndexA=f)} for f in self.links]
        return frozenset(touched[0] & touched[1])

    def look(self) -> None:
        """Does nothing: fingers hold by contact alone."""

    def feel(self) -> None:
        """Does nothing: fingers hold by contact alone."""

    def weaken(self, factor: float) -> None:
        """Does nothing: what fingers hold by is the friction of the things."""

    def renew_contacts(self) -> None:
        """Forgets the engine's stored contacts of the fingers; it finds them anew in the next step."""
        renew(self.client, self.body, self.links)


def renew(client: BulletClient, body: int, links: tuple[int, ...]) -> None:
    """Forgets the engine's stored contacts of some links of a body; it finds them anew in the next step.

    The engine keeps the points of a contact that does not slide, each with the normal that it had in the world
    when it was found. When the hand turns what it holds by more than a right angle, old normals point into the
    fingers, and opening fingers press against them: the thing creeps in the hand and is not let go.

    Args:
        client: The client.
        body: The body.
        links: Its links.
    """
    touched = {(p[3], p[2], p[4]) for p in client.getContactPoints(bodyA=body) if p[3] in links}
    for own, other, link in sorted(touched):
        if other != body:
            for enabled in (0, 1):
                client.setCollisionFilterPair(body, other, own, link, enabled)


def position(finger: Finger, width: float) -> float:
    """Returns the joint position [m or rad] of a finger at an opening of the gripper [m]."""
    if finger.curve:
        widths, angles = zip(*finger.curve, strict=True)
        return float(np.interp(width, widths, angles))
    return finger.closed + finger.direction * (width / 2)


def half_opening(finger: Finger, at: float) -> float:
    """Returns the finger's share of the opening [m] at a joint position [m or rad]."""
    if finger.curve:
        points = sorted((angle, width) for width, angle in finger.curve)
        return float(np.interp(at, [p[0] for p in points], [p[1] for p in points])) / 2
    return finger.direction * (at - finger.closed)


def leverage(finger: Finger) -> float:
    """Returns the largest travel of the pad per unit of the joint: 1 for a sliding finger [m/m or m/rad]."""
    if not finger.curve:
        return 1.0
    return max(abs((b[0] - a[0]) / 2 / (b[1] - a[1])) for a, b in pairwise(finger.curve))
