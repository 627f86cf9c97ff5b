"""Roaming: a driving robot does what an arm can do, from where it stands or from a better place."""

import math
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import islice

from sim_checks.bullet.visits import BEFORE
from sim_checks.motion.driving import draw_in, drive
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.slot import Slot
from sim_checks.motion.stances import Focus, Stance, focus_at, focus_of, stances
from skills.body import BodyRequest
from skills.geometry import Bounds
from skills.motion import Joints, Segment

MOST = 6
"""Stances that are driven to, at most, for one action."""
NEAR = 0.95
"""Distance of an arm's base from what it acts on beyond which nothing is tried from where the robot stands [m]."""
Ways = Callable[[], Iterator[tuple[int, tuple[Segment, ...]]]]
"""Yields (candidate index, segments) for one body request, from the planning world's present state."""


def roam(
    planning: Planning, request: BodyRequest, slot: Slot, ways: Ways, trail: Trail
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields (candidate index, segments) for an action of an arm: from here, then from stances that are driven to.

    Args:
        planning: The planning world.
        request: What is asked of the body.
        slot: Where it stands among what the plan brings to the same place.
        ways: What an arm offers from where the robot stands.
        trail: Collects the reasons of dropped candidates.
    """
    focus = focus_of(planning, request, slot)
    for arm in _arms(planning):
        with _Standing(planning, planning.joints, arm):
            if math.dist(planning.robot.base.position, focus.point) < NEAR:
                for index, segments in ways():
                    planning.preferred = arm
                    yield index, by(segments, arm)
    for stance, joints, there in _driven(planning, focus, 100, trail):
        with _Standing(planning, joints, stance.arm):
            for index, segments in ways():
                planning.preferred = stance.arm
                yield index, (*there, *by(segments, stance.arm))


def navigate(
    planning: Planning,
    place: str,
    after: tuple[BodyRequest, Slot, Ways] | None,
    without: Collection[int],
    trail: Trail,
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields (stance number, segments) of drives to a place, those first from which what comes next can be done.

    Args:
        planning: The planning world.
        place: A piece of furniture, an appliance or a person.
        after: The next action of an arm, its slot, and what an arm offers for it; None if nothing follows.
        without: Stances that are ruled out.
        trail: Collects the reasons of dropped candidates.
    """
    bounds = footprint(planning, place)
    plain = focus_at(planning, place)
    focus = plain if after is None else focus_of(planning, after[0], after[1])
    doubtful: list[tuple[int, tuple[Segment, ...]]] = []
    for label, (aim, leads) in enumerate(((focus, after), (plain, None))):
        for number, (stance, joints, there) in enumerate(_driven(planning, aim, 200 + label, trail), label * 50):
            if number in without or not before(planning, stance, bounds):
                continue
            planning.preferred = stance.arm
            if leads is None:
                yield number, there
                continue
            with _Standing(planning, joints, stance.arm):
                leads_on = any(True for _ in leads[2]())
            if leads_on:
                yield number, there
            else:
                doubtful.append((number, there))
        yield from doubtful
        doubtful = []


class _Standing:
    """A planning world in which the robot stands elsewhere, or uses the other arm, for a while.

    Args:
        planning: The planning world.
        joints: All driven joints.
        arm: The arm that is asked.
    """

    def __init__(self, planning: Planning, joints: Joints, arm: int) -> None:
        self._planning, self._joints, self._arm = planning, joints, arm

    def __enter__(self) -> None:
        planning = self._planning
        self._kept = (planning.joints, planning.width, planning.robot.active)
        planning.joints, planning.robot.active = self._joints, self._arm
        if planning.held is None:
            planning.width = planning.robot.max_width
        planning.robot.place(planning.joints, planning.width)

    def __exit__(self, *_: object) -> None:
        planning = self._planning
        planning.joints, planning.width, planning.robot.active = self._kept
        planning.robot.place(planning.joints, planning.width)


def _driven(
    planning: Planning, focus: Focus, label: int, trail: Trail
) -> Iterator[tuple[Stance, Joints, tuple[Segment, ...]]]:
    """Yields stances with all joints there and the way there."""
    drawn_in = draw_in(planning, label, trail)
    if drawn_in is None:
        return
    start = drawn_in[-1].joints[-1] if drawn_in else planning.joints
    found = stances(planning, focus, _arms(planning), start, label)
    none = True
    for number, stance in enumerate(islice(found, MOST)):
        none = False
        way = drive(planning, start, stance, label + number, trail)
        if way is not None:
            way = replace(way, hand=stance.arm)
            yield stance, way.joints[-1], (*drawn_in, way)
    if none:
        trail.add("no free place for the base")


def _arms(planning: Planning) -> tuple[int, ...]:
    """Returns the arms that may act now, the preferred one first; the one that holds something is alone."""
    if planning.held is not None:
        return (planning.robot.active,)
    first = planning.preferred
    return (first, *(i for i in range(len(planning.robot.limbs)) if i != first))


def by(segments: tuple[Segment, ...], arm: int) -> tuple[Segment, ...]:
    """Returns the segments with their gripper commands for an arm."""
    return tuple(replace(s, hand=arm) for s in segments)


def footprint(planning: Planning, place: str) -> Bounds:
    """Returns the footprint of a place [m]."""
    for person in planning.scene.people:
        if person.id == place:
            x, y, z = person.position
            return Bounds((x - person.radius, y - person.radius, z), (x + person.radius, y + person.radius, z))
    return planning.world.bounds(place)


def before(planning: Planning, stance: Stance, bounds: Bounds) -> bool:
    """Says whether the robot stands before a place at this stance, with a margin."""
    about = planning.robot.about.base
    x, y, _ = planning.robot.root.transform((stance.base[0], stance.base[1], 0.0))
    gap = math.hypot(*(max(bounds.lower[k] - v, 0.0, v - bounds.upper[k]) for k, v in ((0, x), (1, y))))
    return about is not None and gap <= about.radius + BEFORE - 0.05
