"""Chores are drawn by number, have 6 to 20 steps, and hold before the symbolic gate."""

import pytest

from planner.bench.household import CHORES, LEAST, MOST, draw_chore, summary, tasks
from planner.bench.task import Row
from sim_checks import symbolic
from skills.errors import SceneError
from skills.trace import final_state


@pytest.mark.parametrize("name", CHORES)
def test_a_chore_is_a_plan_with_drives_that_reaches_its_goal(name: str) -> None:
    chore = draw_chore(name, 0, "home")
    assert LEAST <= len(chore.graph.nodes) <= MOST
    assert chore.graph.nodes[0].step.skill == "navigate_to"
    assert symbolic.check(chore.graph, chore.scene)
    assert chore.goal.missing(chore.scene.initial_state())
    final = final_state(chore.graph, chore.scene)
    assert final is not None and chore.goal.missing(final) == ()
    assert draw_chore(name, 0, "home").graph.sha256 == chore.graph.sha256


def test_chores_take_turns_and_patterns_choose() -> None:
    assert [t.name for t in tasks(len(CHORES) + 1)] == [*CHORES, next(iter(CHORES))]
    assert {t.name for t in tasks(3, "f*")} == {"fetch"}
    with pytest.raises(SceneError, match="Use one of"):
        tasks(1, "laundry")


def test_the_summary_counts_what_was_met_and_why_not() -> None:
    rows = [Row("fetch", "", 0, "achieved", goal_met=True), Row("clear", "", 0, "geometric", codes=("no-motion",))]
    found = summary(rows)
    assert (found["n"], found["goal_met"]) == (2, 0.5)
    assert found["failures"] == {"geometric: no-motion": 1}
