"""Repair offers other steps to the same goal, and never the same ones twice."""

from planner import pipeline
from planner.instruction import Instruction
from planner.outcome import Planned
from planner.repair import repair
from sim_checks.gates import GateReport, Shown, base_seed, check_plan
from sim_checks.physics import PhysicsReport
from sim_checks.proofs import Proofs
from sim_checks.verdict import Outcome, Verdict
from skills.finding import Finding
from tests.planner.dispatch.conftest import still
from tests.small import QUICK, Says
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


class Changes(Says):
    """A model that answers findings with another draft."""

    def redraft(self, instruction, before, findings):
        return draft(["on(bowl, plate)"], ["pick(bowl)", "place_on(bowl, plate)"])


def gates_without_physics(told):
    """The gates, but that the first plan has no motion and every later one passes; what came to the worker is told."""

    def worker(function, arguments, timeout_s):
        graph, earlier = arguments[0], arguments[-1]
        told.append((graph, arguments[6], earlier))
        if len(told) == 1:
            return PhysicsReport(Verdict("geometric", Outcome.FAIL, STUCK), proofs=earlier)
        passed = Verdict("geometric", Outcome.PASS), Verdict("physics", Outcome.PASS)
        return PhysicsReport(*passed, tuple(still(n.id) for n in graph.nodes), proofs=earlier)

    def check(*arguments, **more):
        return check_plan(*arguments, run=worker, **more)

    return check


def test_a_repair_is_checked_with_what_was_shown_before_and_the_certificate_says_so(monkeypatch):
    told = []
    monkeypatch.setattr(pipeline, "check_plan", gates_without_physics(told))
    model = Changes(always=draft(["on(bowl, stove)"], ["pick(bowl)", "place_on(bowl, stove)"]))
    outcome = pipeline.plan(Instruction("put the bowl on the plate", kitchen()), model, QUICK)
    assert isinstance(outcome, Planned)
    (first, seed, shown), (second, own_seed, earlier) = told
    assert shown.seed == seed == base_seed(first.sha256, kitchen(), QUICK.gates) and shown.entries == {}
    assert earlier.seed == seed and earlier.seed_of == first.sha256, "motions are sought as they were"
    assert own_seed == base_seed(second.sha256, kitchen(), QUICK.gates) != seed, "its perturbed worlds are its own"
    symbolic = outcome.certified.certificate.payload["verdicts"][0]
    assert symbolic["evidence"]["kept"] == {"n1": first.sha256}, "pick(bowl) means what it meant"


def test_a_plan_that_repairs_nothing_is_checked_as_ever():
    told, graph = [], graph_of_a_bowl()
    check = gates_without_physics(told)
    alone, shown = check(graph, kitchen()), check(graph, kitchen(), earlier=Shown())
    assert [earlier for *_, earlier in told][0] is None and isinstance(told[1][2], Proofs)
    assert alone.shown is None and isinstance(alone, GateReport)
    assert shown.shown is not None and shown.shown.symbols is not None and shown.shown.proofs == told[1][2]
    assert "kept" not in shown.verdicts[0].evidence


def graph_of_a_bowl():
    graph = pipeline.compile_draft(draft(["on(bowl, plate)"]), kitchen()).graph
    assert graph is not None
    return graph
