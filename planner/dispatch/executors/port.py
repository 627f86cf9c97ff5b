"""`Executor`: the port that a robot, real or simulated, stands behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from sim_checks.certificate import CertifiedPlan
from skills.finding import Finding
from skills.geometry import Pose
from skills.motion import Motion
from skills.symbols import State

Frame = NDArray[np.uint8]
"""A picture, shape (height, width, 3), RGB."""


@dataclass(frozen=True, eq=False)
class Observation:
    """What the executor's own sensing says of the world, never what a skill says of itself.

    Args:
        facts: The predicates that hold.
        poses: Thing id -> world_from_thing.
        openings: Part id -> opening or turn, 0 to 1.
    """

    facts: State = frozenset()
    poses: Mapping[str, Pose] = field(default_factory=dict)
    openings: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class StepResult:
    """How one motion ended.

    Args:
        outcome: ``done``, ``failed`` (it ended, not as planned), ``stopped`` (it broke a limit, and the robot was
            brought to rest before its end), or ``unknown`` (nobody can say).
        observation: The world afterwards.
        findings: Why it is not ``done``.
        frames: Pictures taken on the way, oldest first.
        seconds: Time that the robot took, in its own world [s].
    """

    outcome: Literal["done", "failed", "stopped", "unknown"]
    observation: Observation
    findings: tuple[Finding, ...] = ()
    frames: tuple[Frame, ...] = ()
    seconds: float = 0.0


class Executor(Protocol):
    """Moves one robot. The dispatcher alone calls it, from one thread, in the order start, execute*, stop."""

    def start(self, plan: CertifiedPlan) -> Observation:
        """Takes the robot for this plan and observes the world; nothing moves yet.

        Raises:
            ExecutorError: The robot cannot be had.
        """

    def execute(self, key: str, motion: Motion) -> StepResult:
        """Plays one motion to its end. A key that was executed before is answered without moving.

        The robot is held to the safety limits while it moves: where one is broken it is brought to rest at once, with
        what it holds still in its hand, and moves no more.

        Args:
            key: Idempotency key of the step.
            motion: What to play; where two arms are at work, its segments command both hands and all joints at once.
        """

    def stop(self) -> None:
        """Brings the robot to rest and lets it go; it may be called at any time and more than once."""
