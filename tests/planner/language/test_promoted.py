"""The promoted model on sentences of our own in the small kitchen."""

from typing import Any

import pytest

from planner.instruction import Instruction
from planner.language import EmbeddedModel
from planner.language.decode import Decoded, decode
from skills.scene import Scene


@pytest.fixture(scope="module")
def model() -> EmbeddedModel:
    return EmbeddedModel()


@pytest.mark.parametrize(
    ("text", "goal", "steps"),
    [
        (
            "Could you drop the red mug into the basket?",
            {"in(mug_1, basket_1)"},
            ["pick(mug_1)", "place_in(mug_1, basket_1)"],
        ),
        ("set the white cup down on the plate", {"on(mug_2, plate_1)"}, ["pick(mug_2)", "place_on(mug_2, plate_1)"]),
        ("pull the upper drawer open", {"open(cabinet_1_top_region)"}, ["open(cabinet_1_top_region)"]),
        ("shut the middle drawer please", {"closed(cabinet_1_middle_region)"}, ["close(cabinet_1_middle_region)"]),
        ("switch the stove on", {"turned_on(stove_1)"}, ["turn_on(stove_1)"]),
        (
            "grab the block on the right and put it on top of the cabinet",
            {"on(block_2, cabinet_1_top_side)"},
            ["pick(block_2)", "place_on(block_2, cabinet_1_top_side)"],
        ),
        (
            "put the left block in the bottom drawer and close it",
            {"in(block_1, cabinet_1_bottom_region)", "closed(cabinet_1_bottom_region)"},
            [
                "open(cabinet_1_bottom_region)",
                "pick(block_1)",
                "place_in(block_1, cabinet_1_bottom_region)",
                "close(cabinet_1_bottom_region)",
            ],
        ),
        (
            "place the red mug to the left of the plate",
            {"on(mug_1, plate_1.left)"},
            ["pick(mug_1)", "place_on(mug_1, plate_1.left)"],
        ),
    ],
)
def test_sentences_of_our_own(
    kitchen: Scene, model: EmbeddedModel, text: str, goal: set[str], steps: list[str]
) -> None:
    draft = model.draft(Instruction(text, kitchen))
    assert draft.refusal is None
    assert {str(literal) for literal in draft.goal.literals} == goal
    assert [str(s) for s in draft.steps] == steps
    assert 0.0 < draft.confidence <= 1.0


def test_what_it_cannot_do_is_refused(kitchen: Scene, model: EmbeddedModel) -> None:
    draft = model.draft(Instruction("what is the weather like in town?", kitchen))
    assert draft.refusal and not draft.goal.literals and not draft.steps


def test_the_same_request_is_drafted_alike(kitchen: Scene, model: EmbeddedModel) -> None:
    said = Instruction("move the red mug onto the stove", kitchen)
    assert model.draft(said) == model.draft(said)


def test_the_card_tells_data_seed_command_and_scores(model: EmbeddedModel) -> None:
    card = model.card
    assert card["bytes"] < 40_000_000 and card["examples"] > 0 and card["command"]
    assert card["held_out"]["n"] >= 100 and card["held_out"]["goal"] > 0.5


def test_a_slip_of_the_keyboard_changes_nothing(kitchen: Scene, model: EmbeddedModel) -> None:
    plain, slip = (model.draft(Instruction(f"drop the red mug into the {w}", kitchen)) for w in ("basket", "baskte"))
    assert plain.goal.literals and (slip.goal, slip.steps) == (plain.goal, plain.steps)


def test_the_rule_in_the_card_decides_about_questions(kitchen: Scene) -> None:
    asker = EmbeddedModel()
    rule = {"names": ["ask", "margin"], "weights": [1.0, 0.0], "bias": 0.0, "threshold": 1e-3}
    asker.card["question_rule"] = rule
    said = Instruction("open the drawer", kitchen)
    asked = asker.draft(said)
    assert asked.question and len(asked.options) >= 2
    asker.card["question_rule"] = {**rule, "threshold": 1.0}
    assert not asker.draft(said).question


def test_what_is_probably_not_here_is_refused_from_the_cards_threshold_on(
    kitchen: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def doubtful(*given: Any, **more: Any) -> list[Decoded]:
        return [d._replace(ask=0.1, missing=0.3) for d in decode(*given, **more)]

    monkeypatch.setattr("planner.language.embedded.decode", doubtful)
    reader, said = EmbeddedModel(), Instruction("put the red mug in the basket", kitchen)
    reader.card.pop("question_rule", None)
    reader.card["missing_threshold"] = 0.4
    assert reader.draft(said).goal.literals
    reader.card["missing_threshold"] = 0.2
    refused = reader.draft(said)
    assert refused.refusal and refused.why is not None and refused.why.code == "no-such-thing"
