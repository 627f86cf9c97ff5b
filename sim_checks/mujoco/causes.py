"""Why a plan missed its goal in the second engine, from what its stage saw."""

from enum import StrEnum
from math import radians

from sim_checks.mujoco.stage import Played
from skills.body import BodyKind, BodyRequest
from skills.predicates import WorldView

TOPPLED_TURN = radians(45)
"""A thing whose vertical has turned further than this has toppled [rad]."""


class Cause(StrEnum):
    """What went wrong first."""

    MISSED = "missed-grasp"
    """The fingers closed, and held nothing."""
    SLIPPED = "slipped"
    """It was held, and left the hand before it was let go."""
    NOT_MOVED = "not-opened"
    """A drawer, door or knob did not go where it should."""
    TOPPLED = "toppled"
    """It lies on its side."""
    STUCK = "not-released"
    """It is still between the fingers."""
    MISPLACED = "misplaced"
    """It was carried and let go, and does not rest where it should."""
    UNDONE = "undone"
    """Every step did what it promised, and a later one spoilt it."""
    INVALID = "invalid"
    """The simulation cannot be trusted."""


def cause_of(request: BodyRequest, seen: Played, world: WorldView) -> Cause:
    """Returns why a step did not do what it promises.

    Args:
        request: What the step asks of the body.
        seen: What was seen while it was played.
        world: The world after it.
    """
    if not seen.valid:
        return Cause.INVALID
    if request.kind in (BodyKind.PULL_HANDLE, BodyKind.PUSH_HANDLE, BodyKind.TURN_KNOB):
        return Cause.NOT_MOVED
    if request.kind is BodyKind.GRASP:
        gripped = any(held == request.subject for _, held in seen.held)
        return Cause.SLIPPED if gripped else Cause.MISSED
    if seen.lost():
        return Cause.SLIPPED
    if seen.tilt.get(request.subject, 0.0) > TOPPLED_TURN:
        return Cause.TOPPLED
    return Cause.STUCK if world.held() == request.subject else Cause.MISPLACED
