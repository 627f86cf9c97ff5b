"""Giving: what the hand holds is laid into a person's open hand, slowly near them, and let go when it lies there."""

import math
from collections.abc import Collection, Iterator
from dataclasses import replace

from sim_checks.bullet.touches import GIVE
from sim_checks.motion.nearing import nearing
from sim_checks.motion.placing import plan_place
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.slot import Slot
from skills.motion import Segment


def plan_give(
    planning: Planning, person: str, excluded: Collection[int], trail: Trail
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields (candidate index, segments) that lay what the hand holds into a person's hand, the middle of it first.

    Args:
        planning: The planning world; ``planning.held`` names the thing.
        person: Who is to have it.
        excluded: Candidates that a rehearsal has shown to fail.
        trail: Collects the reasons of dropped candidates.
    """
    entity = planning.held
    if not hand_in_reach(planning, person):
        trail.add("the hand of the person is out of reach")
        return
    for index, segments in enumerate(plan_place(planning, person, False, Slot(), trail)):
        if index not in excluded and entity is not None:
            carry, lower, release, retreat = segments
            reach = planning.reach_of_held()
            yield (
                index,
                (
                    nearing(planning, carry, person, reach),
                    replace(nearing(planning, lower, person, reach), name=GIVE),
                    release,
                    nearing(planning, retreat, person, 0.0),
                ),
            )


def hand_in_reach(planning: Planning, person: str) -> bool:
    """Says whether the arm could lay what it holds into a person's hand at all; False is certain, True is not."""
    limb = planning.robot.limb
    bound = limb.about.reach
    if bound is None or planning.far:
        return True
    x, y, z = planning.robot.base.inverse().transform(planning.world.centre(person))
    longest = bound.radius + bound.wrist + planning.reach_of_held()
    return math.hypot(x, y, z - bound.shoulder) <= longest
