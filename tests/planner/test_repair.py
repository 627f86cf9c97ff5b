"""Repair offers other steps to the same goal, and never the same ones twice."""

from planner.repair import repair
from skills.finding import Finding
from tests.worlds import draft, kitchen

STUCK = (Finding("no-motion", "nodes.n1", "It has no collision-free motion.", "Choose another target."),)


def test_what_cannot_be_pushed_is_picked_and_placed() -> None:
    asked = draft(["on(plate, front)"], ["push(plate, front)"])
    mended = repair(asked, STUCK, kitchen())
    assert mended is not None
    assert mended.goal == asked.goal
    assert mended.steps == ()


def test_the_same_steps_are_not_tried_again() -> None:
    asked = draft(["on(bowl, plate)"], ["pick(bowl)", "place_on(bowl, plate)"])
    assert repair(asked, STUCK, kitchen()) is None


def test_a_warning_mends_nothing() -> None:
    asked = draft(["on(plate, front)"], ["push(plate, front)"])
    assert repair(asked, (), kitchen()) is None
