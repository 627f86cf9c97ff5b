"""One task through the bench: judged by its goal in the executed world, whatever the gates said."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from planner.bench import tally
from planner.bench.execution import disturbances, execute_refused, meant
from planner.bench.libero import Trial, bench, judge_draft, run_road
from planner.bench.task import Row, Task, find_tasks
from planner.compile import compile_draft
from planner.dispatch.executors.port import Observation
from planner.pipeline import Settings
from sim_checks.gates import GateSettings
from sim_checks.sequential import Claim
from skills.geometry import Pose
from skills.scene import resting
from tests.small import QUICK, Nominal, Says, draft, table_top

SCENE = table_top(resting("block", "block", "table", 0.05, 0.3))
GOAL = draft(["on(can, plate)"]).goal
RIGHT = draft(["on(can, plate)"], ["pick(can)", "place_on(can, plate)"])
WRONG = draft(["on(block, plate)"], ["pick(block)", "place_on(block, plate)"])


def trial(said) -> Trial:
    return Trial(Task("own/x.bddl", Path("x.bddl"), "put the can on the plate"), SCENE, GOAL, said)


def test_a_draft_is_judged_by_the_goal_that_the_planner_never_saw() -> None:
    right, wrong = judge_draft(trial(RIGHT)), judge_draft(trial(WRONG))
    assert right.draft_correct and right.symbolic_pass and right.stage == "symbolic"
    assert wrong.symbolic_pass and not wrong.draft_correct
    silent = judge_draft(trial(draft(refusal="No.")))
    assert silent.stage == "decompose" and not silent.draft_correct
    impossible = judge_draft(trial(draft(["open(can)"])))
    assert impossible.stage == "compile" and impossible.codes


@pytest.fixture
def nominal(monkeypatch) -> None:
    """Plans are carried out in the world of their nominal rehearsal, where it is known what they do."""
    monkeypatch.setattr("planner.bench.execution.SimulatedExecutor", Nominal)
    monkeypatch.setattr("planner.bench.libero.execute_refused", lambda s, g, m, seed: execute_refused(s, g, m, None))


def test_a_certified_plan_is_dispatched_and_its_end_is_judged(nominal) -> None:
    row = run_road(trial(RIGHT), QUICK)
    assert row.stage == "achieved"
    assert row.certified and row.goal_met and row.undisturbed and row.draft_correct
    assert not row.false_accept and not row.false_reject
    assert set(row.seconds) >= {"compile", "symbolic", "geometric", "physics", "dispatch"}


def test_a_world_that_no_gate_has_seen_is_judged_as_it_ends() -> None:
    """Whatever happens there: QUICK settings promise little, so nothing is asked of the end but that it is told."""
    row = run_road(trial(RIGHT), QUICK)
    assert row.certified and "dispatch" in row.seconds
    assert row.stage == ("achieved" if row.goal_met else "executed")
    assert row.false_accept is not row.goal_met and not row.false_reject
    assert row.goal_met or row.missing == ("on(can, plate)",)


def test_a_plan_that_passed_and_missed_the_goal_is_a_false_accept(nominal) -> None:
    row = run_road(trial(WRONG), QUICK)
    assert row.certified and not row.goal_met and row.false_accept
    assert row.stage == "executed" and row.missing == ("on(can, plate)",)


def test_a_refused_plan_that_would_have_worked_is_a_false_reject(nominal) -> None:
    undecided = Settings(GateSettings(claim=Claim(most=0)))  # the claim is never decided: UNKNOWN, so refused
    row = run_road(trial(RIGHT), undecided)
    assert row.stage == "physics" and not row.certified and not row.goal_met
    assert row.met_uncertified and row.false_reject


def test_only_what_goal_and_plan_do_not_name_is_disturbed() -> None:
    graph = compile_draft(RIGHT, SCENE).graph
    assert graph is not None
    named = meant(SCENE, graph, GOAL)
    assert named == {"can", "plate"}
    first = Observation(poses={n: Pose((0.0, 0.0, 0.0)) for n in ("can", "plate", "block")})
    last = Observation(poses={"can": Pose((1.0, 0, 0)), "plate": Pose((0, 1.0, 0)), "block": Pose((0, 0.019, 0))})
    assert disturbances(first, last, named) == ()
    moved = Observation(poses={**last.poses, "block": Pose((0.0, 0.021, 0.0))})
    assert disturbances(first, moved, named) == ("block",)


def test_shares_are_of_all_tasks_and_failures_have_causes() -> None:
    done = Row("a", "s", 0, "achieved", True, True, True, True, certified=True, goal_met=True, undisturbed=True)
    accepted = replace(done, stage="executed", goal_met=False, draft_correct=False)
    rejected = Row("a", "s", 0, "physics", True, True, True, met_uncertified=True, codes=("dropped",))
    lost = Row("a", "s", 0, "import", codes=("bad-bddl",))
    figures = tally.summary([done, accepted, rejected, lost])
    assert figures == {
        "n": 4,
        "draft_correct": 0.5,
        "symbolic_pass": 0.75,
        "geometric_pass": 0.75,
        "physics_pass": 0.5,
        "goal_met": 0.25,
        "undisturbed": 0.5,
        "false_accept": 0.25,
        "false_reject": 0.25,
    }
    causes = tally.causes([done, accepted, rejected, lost])
    assert sorted(causes) == [("executed", "draft-wrong", 1), ("import", "bad-bddl", 1), ("physics", "dropped", 1)]
    assert tally.summary([])["n"] == 0
    drafts = tally.summary([done, accepted], drafts_only=True)
    assert drafts["draft_correct"] == 0.5 and drafts["goal_met"] is None
    assert tally.causes([done, replace(accepted, stage="symbolic")], drafts_only=True) == [
        ("symbolic", "draft-wrong", 1)
    ]


def test_a_task_that_does_not_import_costs_itself_alone(suites) -> None:
    (suites / "own_90" / "broken.bddl").write_text("(define")
    rows = list(bench(find_tasks(suites), None, QUICK, drafts_only=True))
    assert sorted(r.stage for r in rows) == ["import", "symbolic", "symbolic"]
    assert all(r.draft_correct for r in rows if r.stage == "symbolic")


def test_a_fault_on_the_road_costs_its_task_alone(suites, monkeypatch) -> None:
    def broken(*_):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("planner.bench.libero.run_road", broken)
    rows = list(bench(find_tasks(suites), Says(always=RIGHT), QUICK))
    assert [r.stage for r in rows] == ["fault", "fault"] and not any(r.goal_met for r in rows)


def test_the_command_writes_figures_and_rows(rehearse, suites, tmp_path) -> None:
    out = tmp_path / "out.json"
    words = ("bench", "libero", "--dir", suites, "--goal-source", "oracle", "--drafts-only", "--json", out)
    assert rehearse(*words).code == 0
    data = json.loads(out.read_text())
    assert data["n"] == 2 and data["draft_correct"] == 1.0 and data["goal_met"] is None
    assert {r["task"] for r in data["rows"]} == {t.name for t in find_tasks(suites)}
    said = rehearse(*words, "--resume")
    assert said.code == 0 and "/2]" not in said.err  # nothing was left to do
    assert json.loads(out.read_text()) == data


@pytest.fixture
def rehearse(capfd):
    from planner.faces.cli import run
    from tests.planner.faces.conftest import Said

    def call(*words):
        capfd.readouterr()
        code = run([str(w) for w in words])
        captured = capfd.readouterr()
        return Said(code, captured.out, captured.err)

    return call
