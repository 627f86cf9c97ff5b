"""The planner proposes what two arms could do at once, and takes back what the gates refuse."""

from dataclasses import replace

from planner import pipeline
from planner.bench.together import draw_task
from planner.compile import compile_draft
from planner.event import Stopwatch, silent
from planner.outcome import Refused
from planner.routing import with_drives
from planner.together import paired, parted
from sim_checks import symbolic
from sim_checks.gates import GateReport
from sim_checks.verdict import Outcome, Verdict
from skills.finding import Finding
from skills.graph import Draft, Together
from tests.worlds import draft, kitchen

BOTH = Together(("n2", "n3"), ("n4", "n5"))


def laid():
    drawn = draw_task("lay", 0)
    graph = with_drives(compile_draft(Draft(drawn.goal), drawn.scene), drawn.scene).graph
    assert graph is not None
    return graph, drawn.scene


def test_two_errands_at_one_table_are_proposed_for_two_arms() -> None:
    graph, scene = laid()
    proposed = paired(graph, scene)
    assert proposed.together == (BOTH,)
    assert symbolic.check(proposed, scene)
    assert replace(proposed, together=()) == graph


def test_one_arm_does_one_thing_after_the_other() -> None:
    scene = kitchen()
    steps = ["pick(mug)", "place_on(mug, front)", "pick(bowl)", "place_on(bowl, tray)"]
    graph = compile_draft(draft(["on(mug, front)", "on(bowl, tray)"], steps), scene).graph
    assert graph is not None and paired(graph, scene) is graph


def test_what_a_gate_refuses_is_taken_back() -> None:
    graph, _ = laid()
    one, other = Together(("n2",), ("n3",)), Together(("n4",), ("n5",))
    both = replace(graph, together=(one, other))
    no = Finding("not-together", "together[0]", "No place.", "Take it out.")
    left = parted(both, (no,))
    assert left is not None and left.together == (other,)
    last = parted(left, (Finding("collided", "nodes.n4", "It hit.", "Move."),))
    assert last == graph and parted(graph, (no,)) is None


def test_a_plan_that_two_arms_cannot_do_is_checked_again_for_one(monkeypatch) -> None:
    graph, scene = laid()
    asked = []

    def check(plan, *_, **__) -> GateReport:
        asked.append(plan)
        no = Finding("not-together", "together[0]", "No place.", "Take it out.")
        return GateReport((Verdict("geometric", Outcome.FAIL, (no,)),))

    monkeypatch.setattr(pipeline, "check_plan", check)
    for together, checked in ((True, [(BOTH,), ()]), (False, [()])):
        asked.clear()
        settings = pipeline.Settings(together=together)
        refused = pipeline.certify(graph, scene, scene.initial_state(), settings, Stopwatch(silent))
        assert [plan.together for plan in asked] == checked
        assert isinstance(refused, Refused) and refused.graph == graph
