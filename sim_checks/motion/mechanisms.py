"""Drawers, doors and knobs: by their handle, or, where no hand fits that, pushed by closed fingers."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from sim_checks.motion.gripping import NARROW, QUICK, THOROUGH, TURNINGS, Effort, grip, ways
from sim_checks.motion.handle import Handle, handle_of
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.sweeping import sweep, sweeps
from skills.motion import Segment

BEYOND = {"slide": 0.004, "hinge": 0.02, "knob": 0.0}
"""How far a closing motion presses beyond the end of the joint [m or rad]."""
SHORT, SHORTER = 0.25, 500
"""Share of a knob's way that may be left where the hand finds no room at its end, and the first such candidate."""
SWEEPS = 1000
"""Number of the first candidate that pushes with closed fingers."""
BOTH = 2000
"""Number of the first candidate that opens a door a little by its handle and then pushes it from inside."""
AJAR = (0.55, 0.8)
"""How far a door is opened by its handle before it is pushed [rad]."""
AGAIN = 4000
"""Number of the first candidate for which many postures of the arm are looked at."""
MOST_AJAR = 6
"""Ways to open it that far that are tried."""


@dataclass(frozen=True)
class Pull:
    """A planned operation: its segments and which candidate it is."""

    segments: tuple[Segment, ...]
    approach: int


def plan_operation(
    planning: Planning, entity: str, share: float, excluded: Collection[int], trail: Trail
) -> Iterator[Pull]:
    """Yields motions that bring a drawer, door or knob to ``share`` of its way (0 closed or off, 1 open or on)."""
    handle = handle_of(planning, entity)
    if handle is None:
        trail.add("it has no handle")
        return
    kind, goal = handle.mechanism.kind, _goal(handle, share)
    usual = len(list(ways(handle))) // len(TURNINGS[kind])
    yield from _gripped(planning, handle, goal, 0, usual, excluded, trail)
    if kind == "knob":
        yield from _gripped(planning, handle, _goal(handle, abs(share - SHORT)), SHORTER, usual, excluded, trail)
        return
    if share == 0.0:
        for index, segments in _swept(planning, handle, goal, SWEEPS, excluded, trail):
            yield Pull(segments, index)
    elif kind == "hinge":
        yield from _ajar(planning, entity, handle, goal, excluded, trail)
    yield from _gripped(planning, handle, goal, AGAIN, None, excluded, trail, THOROUGH)


def _gripped(
    planning: Planning,
    handle: Handle,
    goal: float,
    first: int,
    most: int | None,
    excluded: Collection[int],
    trail: Trail,
    effort: Effort = QUICK,
) -> Iterator[Pull]:
    """Yields motions by the handle, numbered from ``first``, for the ``most`` best ways to grip it."""
    for index, way in enumerate(islice(ways(handle), most), first):
        if index not in excluded:
            segments = grip(planning, handle, way, goal, index, trail, effort)
            if segments is not None:
                yield Pull(segments, index)


def _goal(handle: Handle, share: float) -> float:
    """Returns the joint position to aim at [m or rad]: closing presses a little, opening stops a little short."""
    mechanism = handle.mechanism
    way = mechanism.opened - mechanism.closed
    if share == 0.0:
        return mechanism.closed - math.copysign(BEYOND[mechanism.kind], way)
    return mechanism.closed + (share if mechanism.kind == "knob" else 0.96) * way


def _swept(
    planning: Planning, handle: Handle, goal: float, first: int, excluded: Collection[int], trail: Trail
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields pushes with closed fingers, numbered from ``first``."""
    for index, way in enumerate(sweeps(planning, handle, goal), first):
        if index not in excluded:
            segments = sweep(planning, handle, way, goal, index, trail)
            if segments is not None:
                yield index, segments


def _ajar(
    planning: Planning, entity: str, handle: Handle, goal: float, excluded: Collection[int], trail: Trail
) -> Iterator[Pull]:
    """Yields motions that open a door a little by its handle, let go, and push it on from inside."""
    tried = 0
    for number, angle in enumerate(AJAR):
        ajar = handle.mechanism.closed + math.copysign(angle, goal - handle.mechanism.closed)
        if abs(goal - ajar) >= abs(goal - handle.position):
            continue
        for index, way in enumerate(ways(handle), BOTH + 500 * number):
            if index in excluded or tried >= MOST_AJAR:
                continue
            pulled = grip(planning, handle, way, ajar, index, trail)
            if pulled is None:
                continue
            tried += 1
            kept = planning.joints
            handle.put(planning, ajar)
            planning.joints = pulled[-1].joints[-1]
            try:
                now = handle_of(planning, entity)
                pushed = next(_swept(planning, now, goal, 0, (), trail), None) if now else None
            finally:
                planning.joints = kept
                handle.put(planning, handle.position)
            if pushed is not None:
                yield Pull((*pulled, *pushed[1]), index)


def in_reach(planning: Planning, entity: str) -> bool:
    """Says whether the arm reaches the handle at both ends of its way, where the hand has room beside other things."""
    handle = handle_of(planning, entity)
    if handle is None:
        return False
    for end in (handle.mechanism.closed, handle.mechanism.opened):
        for index, way in enumerate(ways(handle)):
            if planning.hand_blocked(way.tool, NARROW, {handle.body: 1.0}, 0.001):  # its own drawers may be open
                continue
            if planning.solutions(handle.moved(way.tool, end - handle.position, way.turning), index, NARROW, tries=2):
                break
        else:
            return False
    return True
