"""The promoted model on sentences of our own in the small kitchen."""

import pytest

from planner.instruction import Instruction
from planner.language import EmbeddedModel
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
