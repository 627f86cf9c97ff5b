"""Findings go back to the model that made the draft; what was tried is kept."""

from dataclasses import replace

from planner.instruction import Instruction
from planner.language.large.handles import Handles
from planner.outcome import Planned, Question, Refused
from planner.pipeline import Settings, plan
from planner.repair import Mended, located, mend
from sim_checks.gates import GateSettings
from skills.finding import Finding
from tests.small import QUICK, draft, table_top
from tests.worlds import kitchen

SCENE = table_top()
ASKED = Instruction("put the can on the plate", SCENE)
HURRIED = Settings(GateSettings(timeout_s=0.05))
"""Settings under which no plan gets past the symbolic gate, at no cost."""


def answer(*literals, steps=()):
    goal = [dict(zip(("predicate", "thing", "place"), literal, strict=False)) for literal in literals]
    return {"answer": {"goal": goal, "steps": list(steps)}}


RIGHT = answer(("on", "e2", "e3"), steps=[{"skill": "pick", "obj": "e2"}])
ROUND = answer(("on", "e2", "e3"), ("on", "e3", "e2"))
ABOVE = answer(("on", "e3", "e2"), ("on", "e2", "e3"))


def test_a_model_that_is_told_what_is_wrong_gets_a_certified_plan(asking) -> None:
    outcome = plan(ASKED, asking("says", ROUND, RIGHT), QUICK)
    assert isinstance(outcome, Planned)
    assert [str(n.step) for n in outcome.graph.nodes] == ["pick(can)", "place_on(can, plate)"]
    assert outcome.draft == draft(["on(can, plate)"], ["pick(can)"])
    assert [(a.by, a.stage, a.findings[0].code) for a in outcome.trail] == [("model", "compile", "contradictory-goal")]
    assert outcome.trail[0].to_json()["draft"]["goal"] == ["on(can, plate)", "on(plate, can)"]


def test_tries_are_bounded_and_every_one_is_kept(asking) -> None:
    refused = plan(ASKED, asking("says", ROUND, ABOVE, ROUND), replace(HURRIED, tries=2))
    assert isinstance(refused, Refused) and refused.stage == "compile"
    assert [a.by for a in refused.trail] == ["model", "model"]
    assert refused.trail[0].draft != refused.trail[1].draft == refused.draft
    assert refused.findings == refused.trail[-1].findings


STUCK = (Finding("no-motion", "nodes.n1", "It has no collision-free motion.", "Choose another target."),)


def test_a_model_that_stays_with_its_answer_leaves_it_to_the_compiler(asking) -> None:
    scene = kitchen()
    handle = Handles(scene).handle
    push = {"skill": "push", "obj": handle("plate"), "target": handle("front")}
    model = asking("says", answer(("on", handle("plate"), handle("front")), steps=[push]))
    asked = Instruction("push the plate to the front", scene)
    said = model.draft(asked)
    mended = mend(model, asked, said, Refused("geometric", STUCK))
    assert mended == Mended(draft(["on(plate, front)"]), "compiler")


def test_what_was_not_decided_is_not_held_against_the_model(asking) -> None:
    refused = plan(ASKED, asking("says", RIGHT, ROUND), HURRIED)
    assert isinstance(refused, Refused) and refused.findings[0].code == "worker-timeout"
    assert len(refused.trail) == 1


def test_a_question_or_a_refusal_may_be_the_answer_to_findings(asking) -> None:
    asked = plan(ASKED, asking("says", ROUND, {"answer": {"question": "Which of the two?"}}), HURRIED)
    assert isinstance(asked, Question) and len(asked.trail) == 1
    refused = plan(ASKED, asking("says", ROUND, {"answer": {"refusal": "They cannot carry each other."}}), HURRIED)
    assert isinstance(refused, Refused) and refused.stage == "decompose" and len(refused.trail) == 1


def test_a_model_that_fails_when_asked_again_loses_no_findings(asking) -> None:
    refused = plan(ASKED, asking("says", ROUND, "hm"), HURRIED)
    assert isinstance(refused, Refused)
    assert [(f.code, f.severity) for f in refused.trail[0].findings] == [
        ("contradictory-goal", "error"),
        ("not-json", "warning"),
    ]


def test_a_finding_names_the_call_beside_its_node() -> None:
    from planner.compile import compile_draft

    graph = compile_draft(draft(["on(can, plate)"]), SCENE).graph
    for where, told in (
        ("nodes.n2", "nodes.n2: place_on(can, plate)"),
        ("nodes[0].args", "nodes[0].args: pick(can)"),
        ("nodes.n9", "nodes.n9"),
        ("goal[0]", "goal[0]"),
    ):
        assert located(Finding("x", where, "a", "b"), graph).where == told
