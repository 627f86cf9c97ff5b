"""`Limb`: one arm of a robot as indices in its body, with its gripper."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.fingers import Fingers
from sim_checks.bullet.robot_model import LimbModel
from sim_checks.bullet.suction import Cup
from skills.robots.parts import Limb as About
from skills.robots.suction import Suction

Holder = Fingers | Cup
"""What an arm holds things with."""


@dataclass(frozen=True, eq=False)
class Limb:
    """One arm with its hand.

    Args:
        about: Its description.
        model: Its files.
        columns: Which of the robot's driven joints are its own, shape (n,).
        base: Link that carries it.
        tool: Link that is the tool frame.
        hand: Links of the hand.
        gripper: The fingers, or the cup.
    """

    about: About
    model: LimbModel
    columns: NDArray[np.int_]
    base: int
    tool: int
    hand: frozenset[int]
    gripper: Holder


def holder(
    client: BulletClient, body: int, about: About, joints: Mapping[str, int], links: Mapping[str, int], tool: str
) -> Holder:
    """Returns what an arm holds things with, in one client.

    Args:
        client: An open client.
        body: The body.
        about: The arm's description.
        joints: Joint name -> index.
        links: Link name -> index.
        tool: Name of the link that is the tool frame.
    """
    if isinstance(about.gripper, Suction):
        return Cup(client, body, about.gripper, links, links.get(tool, -1))
    return Fingers(client, body, about.gripper, joints, links)
