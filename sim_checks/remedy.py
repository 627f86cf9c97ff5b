"""`Remedy`: the least change that may mend a step which failed in a rehearsal, tried before a plan is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sim_checks.incident import Incident
from sim_checks.rules.book import RuleBook
from sim_checks.rules.limit import SpeedNear
from skills.motion import Motion

MARGIN = 1.1
"""How much slower than the limit asks a motion is played. Source: our own; the arm overshoots by less."""


@dataclass(frozen=True)
class Remedy:
    """A change.

    Args:
        kind: ``slow`` (play the motion more slowly), ``candidate`` (another grasp, approach or spot), ``steps`` (other
            steps to the same goal).
        node: The step that is changed.
        factor: For ``slow``: how many times as long it takes.
    """

    kind: Literal["slow", "candidate", "steps"]
    node: str
    factor: float = 1.0

    def __str__(self) -> str:
        """Returns the change as an imperative clause."""
        if self.kind == "slow":
            return f"play {self.node} {self.factor:.2g} times as slowly"
        if self.kind == "candidate":
            return f"take another grasp, approach or spot for {self.node}"
        return f"reach the goal by other steps than {self.node}"


def remedy_for(
    incidents: Sequence[Incident], node: str, book: RuleBook, worst: Mapping[str, Mapping[str, float]]
) -> Remedy:
    """Returns the least change for a step that failed.

    Args:
        incidents: What went wrong; all of it at ``node``.
        node: The step.
        book: The rules that were watched.
        worst: Rule -> its worst figure so far, and its limit.
    """
    speed = {r.code: r.id for r in book.rules if any(isinstance(limit, SpeedNear) for limit in r.watch)}
    codes = {i.finding.code for i in incidents}
    if incidents and codes <= set(speed):
        figures = [worst[speed[code]] for code in codes]
        return Remedy("slow", node, round(MARGIN * max(f["worst"] / f["limit"] for f in figures), 3))
    return Remedy("candidate", node)


def slowed(motion: Motion, factor: float) -> Motion:
    """Returns the motion with every movement of the arm ``factor`` times as long; pauses and grips stay."""
    return replace(
        motion,
        segments=tuple(
            replace(s, times=s.times * factor) if float(np.abs(np.diff(s.joints, axis=0)).max()) > 0 else s
            for s in motion.segments
        ),
    )
