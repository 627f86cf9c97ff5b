"""`Limb`: one arm of a robot as indices in its body, with its gripper."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim_checks.bullet.fingers import Fingers
from sim_checks.bullet.robot_model import LimbModel
from skills.robots.parts import Limb as About


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
        gripper: The fingers.
    """

    about: About
    model: LimbModel
    columns: NDArray[np.int_]
    base: int
    tool: int
    hand: frozenset[int]
    gripper: Fingers
