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


def test_a_rule_that_a_rehearsal_broke_asks_for_other_steps() -> None:
    asked = draft(["on(plate, front)"], ["push(plate, front)"])
    broke = Finding("rule-gentle-with-fragile", "nodes.n1", "It is jolted.", "Move it more slowly.")
    mended = repair(asked, (broke,), kitchen())
    assert mended is not None and mended.steps == ()


def test_a_rule_that_the_plan_itself_breaks_is_not_mended() -> None:
    asked = draft(["on(plate, front)"], ["push(plate, front)"])
    broke = Finding("rule-escape-route", "nodes[0]", "It blocks the way.", "Put it beside the way.")
    assert repair(asked, (broke,), kitchen()) is None


def test_a_verdict_that_depends_on_the_time_step_asks_for_other_steps() -> None:
    asked = draft(["on(plate, front)"], ["push(plate, front)"])
    edge = Finding("time-step", "nodes.n1", "It depends on the time step.", "Choose another approach.")
    assert repair(asked, (edge,), kitchen()) is not None
