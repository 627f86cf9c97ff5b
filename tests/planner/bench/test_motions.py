import pytest

from planner.bench.motions import draw_task, summary
from planner.bench.task import Row


def test_a_task_asks_for_several_things_that_do_not_meet():
    scene, graph = draw_task(1, "franka_panda")
    named = [n for n in graph.nodes if not n.added]
    assert 2 <= len(named) <= 4
    assert (scene, graph) == draw_task(1, "franka_panda")


def test_only_plans_that_reached_their_end_are_counted():
    spent = {"planning": 8.0, "processor": 2.0, "motion": 20.0}
    rows = [
        Row("motions", "", 0, "achieved", goal_met=True, plan=("scene", "a", "b"), seconds=spent),
        Row("motions", "", 1, "achieved", goal_met=True, plan=("scene", "a"), seconds={**spent, "processor": 1.0}),
        Row("motions", "", 2, "geometric", codes=("no-motion",), seconds={**spent, "processor": 99.0}),
    ]
    figures = summary(rows)
    assert figures["planning_over_motion"] == pytest.approx(3 / 40)
    assert figures["wall_over_motion"] == pytest.approx(0.4)
    assert (figures["n"], figures["planned"], figures["nodes"]) == (3, 0.6667, 3)
    assert summary(rows[2:])["planning_over_motion"] == 0.0
