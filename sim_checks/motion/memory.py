"""`Memory`: what planning remembers from one node of a plan to the next."""

from typing import NamedTuple

from skills.geometry import Quaternion


class Memory(NamedTuple):
    """What planning one node leaves behind for the next, beside the configuration of the world.

    Args:
        resting: Orientation in which the thing in question rests, x y z w.
        force: Force with which the hand holds [N].
        preferred: The arm that acted last.
        active: The arm whose hand is asked about.
    """

    resting: Quaternion
    force: float
    preferred: int
    active: int
