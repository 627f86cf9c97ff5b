"""`Cup`: a vacuum cup in one client. It holds what closes it, no harder than its vacuum, and drops the rest.

Forces in [N]. While it sucks, it looks at every motor command: with nothing on it, for a surface that closes it; with
something, at the load on the seal. The seal is a constraint of the engine whose force is limited to the vacuum's pull,
made where the thing is (nothing jumps), and undone when it is overloaded, drawn apart, or let go. A seal that broke
stays broken until the vacuum is turned off and on again.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.fingers import renew
from sim_checks.bullet.patch import LIPS, patch_under
from skills.geometry import Pose
from skills.robots.suction import OFF, Suction

OPENS = 2
"""Looks in a row at which a seal is overloaded before it opens: a single peak is the engine's own."""
CREEP_RAD = 0.1
"""Turn of the thing under the lip at which the seal is open [rad]."""


class Seal(NamedTuple):
    """What is held: its constraint, its body and link, and where it was when it was caught."""

    constraint: int
    body: int
    link: int
    lip_from_thing: Pose


class Cup:
    """The gripper of one body; `set_up`, `grip` and `look` change the simulation, reading does not.

    Args:
        client: An open client.
        body: The body.
        about: The cup's description.
        links: Link name -> index.
        tool: Link that is the tool frame (-1: the root, for a hand alone, which never sucks).
    """

    def __init__(self, client: BulletClient, body: int, about: Suction, links: Mapping[str, int], tool: int) -> None:
        self.client, self.body, self.about, self.tool = client, body, about, tool
        self.links = (links.get(about.link, -1),)
        client.setCollisionFilterGroupMask(body, self.links[0], LIPS, -1)
        self.strength = 1.0
        """Factor on the vacuum."""
        self.on = False
        self.load = 0.0
        """Load on the seal at the last look, as a share of what it bears."""
        self._seal: Seal | None = None
        self._broken = False
        self._over = 0
        self._felt: list[tuple[float, ...]] = []

    def set_up(self) -> None:
        """Gives the lip its friction."""
        friction = self.about.friction
        self.client.changeDynamics(self.body, self.links[0], lateralFriction=friction, spinningFriction=0.0)

    def place(self, width: float) -> None:
        """Does nothing: no joint of it moves."""

    def grip(self, width: float, force: float) -> None:
        """Sucks at an opening of 0 and lets go at a wider one; ``force`` is the vacuum's own."""
        self.on = width < OFF / 10
        if not self.on:
            self._let_go()
            self._broken = False

    def width(self) -> float:
        """Returns 0 while it sucks, else the opening that lets go [m]."""
        return 0.0 if self.on else OFF

    def holding(self) -> frozenset[int]:
        """Returns the body that closes it, if one does."""
        return frozenset() if self._seal is None else frozenset({self._seal.body})

    def weaken(self, factor: float) -> None:
        """Sets the factor on the vacuum: perturbed worlds differ in it."""
        self.strength = factor

    def renew_contacts(self) -> None:
        """Forgets the engine's stored contacts of the lip; it finds them anew in the next step."""
        renew(self.client, self.body, self.links)

    def feel(self) -> None:
        """Takes down the load on the seal in the last step; to be called after every step of the simulation.

        Motors that are commanded every other step speed up in one and slow down in the next, and what they carry
        with them: only over both is the load what the motion asks for.
        """
        if self._seal is not None:
            self._felt.append(tuple(self.client.getConstraintState(self._seal.constraint)))

    def look(self) -> None:
        """Catches what closes the cup, or lets go of what the vacuum does not bear; to be called at every command."""
        if not self.on or self._broken:
            return
        if self._seal is None:
            self._catch()
            return
        if not self._felt:
            self.feel()
        felt = np.mean(self._felt, axis=0)  # what the thing does to the robot, in the world's axes
        self._felt.clear()
        lip_from_world = self._frame(self.body, self.tool).rotation.T
        force, moment = (tuple(float(v) for v in lip_from_world @ part) for part in (felt[:3], felt[3:]))
        self.load = self.about.load(force, moment, self.strength)
        self._over = self._over + 1 if self.load > 1.0 else 0
        if self._over >= OPENS or self._apart(self._seal):
            self._let_go()
            self._broken = True

    def _catch(self) -> None:
        """Makes the seal where a surface closes the cup, as that surface lies."""
        client, lip = self.client, self._frame(self.body, self.tool)
        patch = patch_under(client, lip, self.about)
        if isinstance(patch, str) or patch.body == self.body:
            return
        thing = self._inertial(patch.body, patch.link)
        on_tool = self._inertial(self.body, self.tool).inverse() @ lip
        on_thing = thing.inverse() @ lip
        held = client.createConstraint(
            self.body,
            self.tool,
            patch.body,
            patch.link,
            client.JOINT_FIXED,
            (0, 0, 0),
            on_tool.position,
            on_thing.position,
            on_tool.orientation,
            on_thing.orientation,
        )
        client.changeConstraint(held, maxForce=self.strength * self.about.pull)
        self._seal, self._over, self.load = Seal(held, patch.body, patch.link, lip.inverse() @ thing), 0, 0.0

    def _apart(self, seal: Seal) -> bool:
        """Says whether the thing has been drawn off or turned away under the lip."""
        now = self._frame(self.body, self.tool).inverse() @ self._inertial(seal.body, seal.link)
        moved = now @ seal.lip_from_thing.inverse()  # of the thing, seen from the lip
        turned = 2 * math.acos(min(1.0, abs(moved.orientation[3])))
        return float(np.linalg.norm(moved.position)) > self.about.gap or turned > CREEP_RAD

    def _let_go(self) -> None:
        if self._seal is not None:
            self.client.removeConstraint(self._seal.constraint)
        self._seal, self._over, self.load = None, 0, 0.0
        self._felt.clear()

    def _frame(self, body: int, link: int) -> Pose:
        """Returns world_from_link."""
        state = self.client.getLinkState(body, link, computeForwardKinematics=1)
        return Pose(tuple(state[4]), tuple(state[5]))

    def _inertial(self, body: int, link: int) -> Pose:
        """Returns the pose of a link's inertial frame in the world, which the engine's constraints refer to."""
        if link < 0:
            return Pose(*map(tuple, self.client.getBasePositionAndOrientation(body)))
        state = self.client.getLinkState(body, link, computeForwardKinematics=1)
        return Pose(tuple(state[0]), tuple(state[1]))
