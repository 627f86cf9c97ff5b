"""The road ends in a certified plan, a question, or a refusal that says where and why."""

from dataclasses import replace

import pytest

from planner.instruction import Instruction, InstructionError
from planner.outcome import Planned, Question, Refused
from planner.pipeline import Settings, plan
from sim_checks.certificate import verify
from sim_checks.gates import GateSettings
from sim_checks.verdict import Outcome
from skills.scene import resting
from tests.small import QUICK, Says, draft, table_top

SCENE = table_top()
CAN_ON_PLATE = draft(["on(can, plate)"], ["pick(can)", "place_on(can, plate)"])


def road(model, scene=SCENE, settings=QUICK, text="put the can on the plate", listener=lambda event: None):
    return plan(Instruction(text, scene), model, settings, listener)


def test_a_sentence_becomes_a_certified_plan_and_every_stage_is_told() -> None:
    events = []
    outcome = road(Says(always=CAN_ON_PLATE), listener=events.append)
    assert isinstance(outcome, Planned)
    assert [v.gate for v in outcome.verdicts] == ["symbolic", "geometric", "physics"] and all(outcome.verdicts)
    assert verify(outcome.certified)
    assert outcome.graph.instruction == "put the can on the plate"
    stages = [e.stage for e in events if e.state == "done"]
    assert stages == ["decompose", "compile", "symbolic", "geometric", "physics", "certificate"]
    assert set(outcome.seconds) == set(stages)
    assert outcome.certified.certificate.payload["seeds"]


def test_a_question_and_a_refusal_of_the_model_end_the_road() -> None:
    asked = road(Says(always=draft(question="Which can?")))
    assert isinstance(asked, Question) and asked.text == "Which can?"
    refused = road(Says(always=draft(refusal="That is beyond my skills.")))
    assert isinstance(refused, Refused) and refused.stage == "decompose"
    assert refused.findings[0].code == "model-refused" and refused.findings[0].what == "That is beyond my skills."


def test_a_goal_that_no_skill_reaches_is_refused_by_the_compiler() -> None:
    refused = road(Says(always=draft(["open(can)"])))
    assert isinstance(refused, Refused) and refused.stage == "compile"
    assert refused.graph is None and refused.findings[0].remedy


def test_steps_that_name_what_is_not_there_are_mended_from_the_goal() -> None:
    drawn = draft(["on(can, plate)"], ["pick(cann)", "place_on(can, plate)"])
    once = road(Says(always=drawn), settings=replace(QUICK, tries=1))
    assert isinstance(once, Refused) and once.findings[0].code == "unknown-entity"
    mended = road(Says(always=drawn))
    assert isinstance(mended, Planned)
    assert [str(n.step) for n in mended.graph.nodes] == ["pick(can)", "place_on(can, plate)"]


def test_what_is_out_of_reach_is_refused_by_the_geometric_gate() -> None:
    scene = table_top(resting("mug", "mug", "table", 0.75, 0.4))
    refused = road(Says(always=draft(["on(mug, plate)"])), scene)
    assert isinstance(refused, Refused) and refused.stage == "geometric"
    assert refused.findings[0].where == "nodes.n1"


def test_a_gate_that_runs_out_of_time_is_never_a_pass() -> None:
    hurried = Settings(GateSettings(timeout_s=0.05))
    refused = road(Says(always=CAN_ON_PLATE), settings=hurried)
    assert isinstance(refused, Refused)
    assert refused.verdicts[-1].outcome is Outcome.UNKNOWN
    assert refused.findings[0].code == "worker-timeout"


def test_words_that_are_none_are_bad_input() -> None:
    class Checks(Says):
        def draft(self, instruction):
            instruction.checked()
            raise AssertionError("the text should have been refused")

    with pytest.raises(InstructionError):
        road(Checks(), text="  ?! ")
