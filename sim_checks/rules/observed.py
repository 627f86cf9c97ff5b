"""`Observed`: what a monitor may ask of a rehearsal at one moment. Any engine can answer; a test answers from a path.

Positions in [m, world], speeds in [m/s] and [rad/s], forces in [N].
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sim_checks.incident import Contact
from skills.geometry import Bounds, Box, Pose, Vector3


class Moving(NamedTuple):
    """One moving body: a link of the arm, the hand, or what it holds.

    Args:
        name: ``"hand"``, ``"arm link 3"``, or the id of the held thing.
        position: Its point of reference [m].
        speed: Speed of that point [m/s].
        spin: Its turning speed [rad/s].
        reach: How far its surface may be from that point [m].
    """

    name: str
    position: Vector3
    speed: float
    spin: float
    reach: float


class Velocity(NamedTuple):
    """How a thing moves."""

    linear: Vector3
    """Of its centre of mass [m/s]."""
    angular: Vector3
    """[rad/s]"""


class Gap(NamedTuple):
    """How near the robot, or what it holds, is to a box."""

    name: str
    """What is nearest, as `Moving.name`."""
    distance: float
    """[m], negative inside."""
    point: Vector3
    """Its nearest point [m]."""


class Observed(Protocol):
    """The world of a rehearsal, now. Every answer is a reading; none changes the world."""

    def held(self) -> str | None:
        """Returns the thing between the fingers, or None."""

    def moving(self) -> Sequence[Moving]:
        """Returns the arm's moving links, the hand, and what it holds."""

    def gap(self, box: Box, most: float) -> Gap | None:
        """Returns how near the arm, the hand or what it holds is to a box, or None if farther than ``most`` [m]."""

    def pose(self, thing: str) -> Pose:
        """Returns world_from_thing."""

    def bounds(self, thing: str) -> Bounds:
        """Returns the axis-aligned bounds of a thing [m]."""

    def velocity(self, thing: str) -> Velocity:
        """Returns how a movable thing moves."""

    def contact(self, thing: str) -> Contact | None:
        """Returns the contact of a thing with the largest force, or None."""
