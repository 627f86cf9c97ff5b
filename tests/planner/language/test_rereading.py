"""Replies and other readings through the shipped weights: the road holds; how well it reads is the benchmark's."""

import math

import pytest

from planner.instruction import Instruction
from planner.language import asking
from planner.language.embedded import EmbeddedModel
from planner.language.port import Clarifier
from planner.language.rereading import reply_scores
from skills.graph import Option
from skills.scene import Scene
from tests.small import draft

MUGS = [Option(f"the {c} mug", draft([f"on({i}, plate_1)"])) for c, i in (("red", "mug_1"), ("white", "mug_2"))]


@pytest.fixture(scope="module")
def model() -> EmbeddedModel:
    return EmbeddedModel()


def test_a_reply_ends_in_a_reading_on_offer_or_in_the_question_again(model, kitchen: Scene) -> None:
    assert isinstance(model, Clarifier)
    instruction = Instruction("put the mug on the plate", kitchen)
    for reply in ("the red one", "the second one", "both of them", "hm"):
        said = model.choose(instruction, MUGS, reply)
        goals = {frozenset(o.draft.goal.literals) for o in MUGS} | {
            frozenset(x for o in MUGS for x in o.draft.goal.literals)
        }
        assert said.question or frozenset(said.goal.literals) in goals


def test_the_options_own_words_choose_it(model, kitchen: Scene) -> None:
    instruction = Instruction("put the mug on the plate", kitchen)
    for option in MUGS:
        assert model.choose(instruction, MUGS, option.words).goal == option.draft.goal


def test_readings_that_the_network_has_no_words_for_are_read_by_the_encoder(model, kitchen: Scene) -> None:
    odd = [Option(o.words, draft(["hand_empty"])) for o in MUGS]
    table = model._table(Instruction("x", kitchen))
    scores = reply_scores(*model._parts, asking.joined("x", "the white mug"), "the white mug", table, odd, None)
    assert asking.chosen(scores) == 1 and all(s > -math.inf for s in scores)


def test_another_reading_is_none_of_the_excluded_and_has_a_plan(model, kitchen: Scene) -> None:
    instruction = Instruction("put the red mug on the plate", kitchen)
    excluded = [MUGS[0].draft.goal]
    for _ in range(2):
        said = model.another(instruction, excluded)
        assert said.goal not in excluded and (said.refusal or said.goal.literals)
        excluded.append(said.goal)


def test_what_the_model_says_is_typed(model, kitchen: Scene) -> None:
    for text in ("put the mug on the plate", "open the dishwasher", "sing me a song", "hit the man with the mug"):
        said = model.draft(Instruction(text, kitchen))
        assert said.goal.literals or said.question or (said.refusal and said.why and said.why.remedy)
