"""`Motion`: what the geometric gate plans and the controller plays.

Joint angles in [rad], time in [s], gripper width in [m], force in [N].
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from skills.symbols import Literal as Fact

Joints = NDArray[np.float64]


@dataclass(frozen=True)
class Grip:
    """A command to one hand.

    Args:
        hand: Which of the robot's hands, from 0.
        width: Gripper opening [m].
        force: Gripper force [N].
    """

    hand: int
    width: float
    force: float = 20.0


@dataclass(frozen=True, eq=False)
class Segment:
    """A timed piece of a motion.

    Args:
        name: What it is for: ``transit``, ``approach``, ``grip``, ``lift``, ``carry``, ``lower``,
            ``release``, ``retreat``, ``give``, ``pour``, ``drain``, ``upright``, ``pull``, ``push``, ``turn``,
            ``tuck``, ``drive``, ``wait``.
        times: Sample times from 0 [s], shape (n,).
        joints: Driven joints at those times [rad, or m for those that slide], shape (n, joints).
        width: Gripper opening commanded during the segment [m].
        force: Gripper force during the segment [N].
        hand: Which of the robot's hands the gripper commands are for, from 0.
        until: It ends as soon as this fact holds, and is a failure if that has not come about when it is over.
        also: Commands to further hands, where several arms are at work.
    """

    name: str
    times: NDArray[np.float64]
    joints: Joints
    width: float
    force: float = 20.0
    hand: int = 0
    until: Fact | None = None
    also: tuple[Grip, ...] = ()

    @property
    def duration(self) -> float:
        """How long it takes [s]."""
        return float(self.times[-1])


@dataclass(frozen=True, eq=False)
class Motion:
    """The motion of one node, or of several that two arms do at once.

    Args:
        node: Node id in the graph; of several, the first.
        segments: Played one after the other.
        holds_after: Entity in the hand when it ends, or None.
        state: ``planned`` motions come from the geometric gate alone.
        also: Ids of the further nodes that it carries out.
    """

    node: str
    segments: tuple[Segment, ...]
    holds_after: str | None = None
    state: Literal["planned"] = "planned"
    also: tuple[str, ...] = ()

    @property
    def nodes(self) -> tuple[str, ...]:
        """Ids of all nodes that it carries out."""
        return (self.node, *self.also)

    @property
    def duration(self) -> float:
        """How long it takes [s]."""
        return sum(s.duration for s in self.segments)
