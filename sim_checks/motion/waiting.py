"""Waiting: the robot stands still until something has come about, for so long and no longer."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from sim_checks.bullet.processes import TAKES_S
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.timing import hold
from skills.motion import Joints, Segment
from skills.symbols import Literal

WAIT = "wait"
"""Name of the segments in which the robot waits."""
PATIENCE = 1.5
"""How many times as long as a process takes it is waited for."""


def plan_wait(
    planning: Planning, awaits: Literal | None, excluded: Collection[int], trail: Trail
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields the one way to wait: as the robot stands.

    Args:
        planning: The planning world.
        awaits: Fact that ends the wait.
        excluded: Candidates that a rehearsal has shown to fail: a second wait would be no better.
        trail: Collects the reasons of dropped candidates.
    """
    if awaits is None or awaits.predicate not in TAKES_S:
        trail.add("nothing says how long to wait")
    elif 0 not in excluded:
        yield 0, (waited(planning, planning.joints, awaits, TAKES_S[awaits.predicate]),)


def waited(planning: Planning, joints: Joints, awaits: Literal, takes_s: float) -> Segment:
    """Returns the wait for a fact at ``joints`` [rad, (joints,)], what is held kept in the hand.

    Args:
        planning: The planning world.
        joints: Where the robot stands still.
        awaits: What ends the wait.
        takes_s: How long it should take [s]; it is waited for `PATIENCE` times as long.
    """
    width, force = (planning.width, 20.0) if planning.held is None else (0.0, planning.force)
    still = hold(WAIT, joints, PATIENCE * takes_s, width, force)
    return replace(still, until=awaits, hand=planning.robot.active)
