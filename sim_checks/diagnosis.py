"""`diagnose`: how a skill failed, in the words that every skill shares."""

from dataclasses import dataclass
from enum import StrEnum

from skills.body import BodyKind, BodyRequest
from skills.finding import Finding
from skills.geometry import Vector3
from skills.predicates import WorldView

STIRRED = 0.015
"""Way [m] beyond which a thing counts as touched."""
UNMOVED = 0.05
"""Share of a joint's way below which a handle counts as never gripped."""


class Failure(StrEnum):
    """How a skill fails."""

    MISSED = "missed"
    """The hand closed or pushed beside it; it stands where it stood."""
    SLIPPED = "slipped"
    """It was moved, and ended elsewhere than it should."""
    JAMMED = "jammed"
    """It stopped on the way, or was not let go."""
    BLOCKED = "blocked"
    """Something is in the way: no free motion, or the arm hit something."""
    OUT_OF_REACH = "out-of-reach"
    """The arm cannot get there."""
    OUT_OF_TIME = "out-of-time"
    """The time limit passed."""
    INVALID = "simulation-invalid"
    """The simulation itself cannot be trusted."""


@dataclass(frozen=True)
class Before:
    """What is worth knowing of the world before a skill runs.

    Args:
        centre: Centre of what it acts on [m].
        opening: Its opening, 0 to 1, or None.
    """

    centre: Vector3
    opening: float | None

    @staticmethod
    def of(world: WorldView, request: BodyRequest) -> "Before":
        """Returns what there is to know now."""
        return Before(world.centre(request.subject), world.opening(request.subject))


def unplanned(finding: Finding) -> Failure:
    """Returns the failure that a finding of the geometric gate stands for."""
    if finding.code in ("worker-timeout", "out-of-time"):
        return Failure.OUT_OF_TIME
    reasons = finding.what.rpartition(":")[2]
    reach, contact = reasons.find("reach"), reasons.find("contact")
    return Failure.OUT_OF_REACH if 0 <= reach and (contact < 0 or reach < contact) else Failure.BLOCKED


def diagnose(request: BodyRequest, finding: Finding, before: Before, world: WorldView) -> Failure:
    """Returns how a skill that was played failed.

    Args:
        request: What it asked of the body.
        finding: What the rehearsal found.
        before: The world before it.
        world: The world after it.
    """
    if finding.code in set(Failure):
        return Failure(finding.code)
    if finding.code == "collided":
        return Failure.BLOCKED
    if before.opening is not None:
        now = world.opening(request.subject)
        moved = abs((before.opening if now is None else now) - before.opening)
        return Failure.MISSED if moved < UNMOVED else Failure.JAMMED
    if request.kind is not BodyKind.GRASP and world.held() == request.subject and request.holds_after is None:
        return Failure.JAMMED
    moved = sum((a - b) ** 2 for a, b in zip(before.centre, world.centre(request.subject), strict=True)) ** 0.5
    return Failure.MISSED if moved < STIRRED else Failure.SLIPPED
