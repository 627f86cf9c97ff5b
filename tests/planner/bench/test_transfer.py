"""The bench counts certified plans alone, and says why one failed."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("mujoco", reason="the extra [transfer] is not installed")

from planner.bench.shelf import Shelf
from planner.bench.task import Row, Task
from planner.bench.transfer import How, bench, carried, judged, summary
from planner.compile import compile_draft
from planner.pipeline import Settings
from sim_checks.certificate import issue
from sim_checks.gates import GateSettings
from sim_checks.mujoco.causes import Cause
from sim_checks.mujoco.transfer import Carried
from sim_checks.verdict import Outcome, Verdict
from skills.graph import Draft
from skills.motion import Motion, Segment
from skills.symbols import Goal, Literal
from tests.small import table_top

GOAL = Goal((Literal("holding", ("can",)),))
ROW = Row("suite/task.bddl", "pick the can", 0, "compile", draft_correct=True)


def test_a_certified_plan_that_does_nothing_misses_its_goal_in_a_process_of_its_own(tmp_path: Path) -> None:
    scene = table_top()
    graph = compile_draft(Draft(GOAL), scene, instruction="pick the can").graph
    assert graph is not None
    verdicts = tuple(Verdict(gate, Outcome.PASS) for gate in ("symbolic", "geometric", "physics"))
    home = np.array([0.0, -0.785, 0.0, -2.356, 0.0, 1.571, 0.785])
    still = Segment("transit", np.array([0.0, 0.2]), np.stack([home, home]), 0.08)
    plan = issue(graph, scene, verdicts, [Motion(n.id, (still,)) for n in graph.nodes], {}, {}, ())
    row = carried(ROW, plan, GOAL, How(Settings(), pictures=tmp_path))
    assert row.certified and not row.goal_met and row.stage == "carried-out"
    assert row.codes == ("missed-grasp",) and row.missing == ("holding(can)",)
    assert 0 <= row.lengths["settled_apart"] < 0.001
    assert [p.name for p in tmp_path.iterdir()] == ["suite-task-0.png"]


def test_an_end_becomes_a_row_and_rows_become_figures() -> None:
    good = judged(ROW, Carried((), None, None, (), {"can": 0.0001}, 0.0004))
    flawed = judged(ROW, Carried((), Cause.MISPLACED, "n1", ("plate",), {"can": 0.0002}, 0.001))
    bad = judged(ROW, Carried(GOAL.literals, Cause.SLIPPED, "n1", (), {}, 0.02))
    rows = [Row.from_json({**r.to_json(), "certified": True}) for r in (good, flawed, bad)]
    assert [r.stage for r in rows] == ["achieved", "achieved", "carried-out"]
    assert rows[1].findings[1].endswith("touched plate") and rows[2].codes == ("slipped",)
    figures = summary([*rows, ROW])
    assert figures["n"] == 3 and figures["goal_met"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["not_certified"] == 1 and figures["flawed_on_the_way"] == 1
    assert figures["slip_mm"] == {"median": 1.0, "most": 20.0}
    assert summary([])["goal_met"] == 0.0


def test_a_file_that_cannot_be_read_costs_its_own_row(tmp_path: Path) -> None:
    (tmp_path / "bad.bddl").write_text("(define (problem")
    task = Task("suite/bad.bddl", tmp_path / "bad.bddl", "do it")
    rows = list(bench([task], How(Settings(), Shelf(tmp_path / "shelf", GateSettings()), shelf_only=True)))
    assert [(r.stage, r.certified) for r in rows] == [("import", False)] and rows[0].codes
