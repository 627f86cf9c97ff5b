"""`picture`: a rehearsal that failed, played once more, with a picture of the last good moment and of the failure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim_checks.bullet import marks
from sim_checks.bullet.render import camera_for, render
from sim_checks.bullet.stage import Stage
from sim_checks.counterexample import Counterexample
from sim_checks.incident import Incident
from sim_checks.rollout import Rollout, World
from sim_checks.rules.book import RuleBook, shipped_rules
from sim_checks.rules.watch import zones_of
from skills.geometry import Vector3
from skills.graph import SkillGraph
from skills.motion import Motion

Picture = NDArray[np.uint8]
NEAR = 0.62
"""Distance of the camera, as a share of that which shows the whole scene."""
ABOVE_M = 0.08
"""How far above what matters the middle of a picture is, for the hand to be seen [m]."""
SLACK_S = 1e-6


class Pictures(NamedTuple):
    """What a failure looks like; shapes (height, width, 3), red green blue."""

    good: Picture
    """At the last good moment."""
    failed: Picture
    """When it failed; what it is about is red."""
    same: bool
    """The rehearsal failed again in the same way: the pictures show it."""


def picture(
    graph: SkillGraph,
    motions: Sequence[Motion],
    world: World,
    shown: Counterexample,
    rules: RuleBook | None = None,
    width: int = 720,
    height: int = 540,
) -> Pictures:
    """Plays a failed rehearsal once more, up to its failure.

    Args:
        graph: The plan.
        motions: The motions that were rehearsed.
        world: The world in which they failed.
        shown: How they failed.
        rules: The rules that were watched (default: the shipped ones).
        width: Width of the pictures [px].
        height: Height of the pictures [px].
    """
    book = rules or shipped_rules()
    with world.stage() as stage:
        rollout = Rollout(graph, stage, book)

        def take(red: bool = False) -> Picture:
            drawn = marks.draw(stage.world, zones_of(book, world.scene), world.scene.people)
            if red:
                marks.redden(stage.world, shown.bodies)
            camera = camera_for(stage.world)
            near = camera._replace(target=_focus(stage, shown), distance=NEAR * camera.distance)
            found = render(stage.client, near, width, height)
            marks.wipe(stage.world, drawn)
            return found

        good = take() if shown.good_s <= 0 else None
        failed: Picture | None = None

        def look(node: str, segment: str, time_s: float) -> Iterable[Incident]:
            nonlocal good, failed
            if good is None and time_s >= shown.good_s - SLACK_S:
                good = take()
            if failed is None and shown.time_s is not None and time_s >= shown.time_s - SLACK_S:
                failed = take(red=True)
            return rollout.watch.look(node, segment, time_s)

        stage.monitor = look
        codes: set[str] = set()
        for act, motion in zip(graph.acts(), motions, strict=False):
            codes |= {i.finding.code for i in rollout.play(act, motion)}
            if codes or failed is not None:
                break
        else:
            codes |= {i.finding.code for i in rollout.finish()} if len(motions) == len(graph.acts()) else set()
        good = take() if good is None else good
        failed = take(red=True) if failed is None else failed
    return Pictures(good, failed, shown.code in codes or shown.time_s is None)


def _focus(stage: Stage, shown: Counterexample) -> Vector3:
    """Returns the point in the middle of a picture [m]: above the contact, the thing, or the hand."""
    known = [b for b in shown.bodies if b in stage.world.movable]
    if shown.contact is not None:
        x, y, z = shown.contact.point
    else:
        x, y, z = stage.world.centre(known[0]) if known else stage.robot.tool().position
    return (x, y, z + ABOVE_M)
