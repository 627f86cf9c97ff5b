"""Given drafts get the probability that decoding gives them."""

import math

import pytest
import torch

from planner.instruction import Instruction
from planner.language.decode import decode
from planner.language.encoder import SentenceEncoder
from planner.language.grammar import BOS, SEP
from planner.language.layout import table_of
from planner.language.network import Grounder, Size
from planner.language.scoring import ROWS_AT_ONCE, goal_tokens, score
from planner.language.writer import draft_of
from skills.scene import Scene
from skills.symbols import Goal, Literal

SMALL = Size(width=32, heads=2, layers=1, decoder_layers=1)
TEXT = "put the red mug on the plate"


@pytest.fixture
def network() -> Grounder:
    torch.manual_seed(1)
    return Grounder(SMALL).eval()


def test_a_decoded_draft_scores_its_own_confidence(network, kitchen: Scene, encoder: SentenceEncoder) -> None:
    table = table_of(Instruction(TEXT, kitchen))
    best = decode(network, encoder, TEXT, table, beam=1)[0]
    (value,) = score(network, encoder, TEXT, table, [best.writer.tokens])
    assert math.exp(value) == pytest.approx(best.confidence, rel=1e-3)


def test_scores_do_not_depend_on_their_company(network, kitchen: Scene, encoder: SentenceEncoder) -> None:
    table = table_of(Instruction(TEXT, kitchen))
    goals = [Goal((Literal("on", (m, "plate_1")),)) for m in ("mug_1", "mug_2", "block_1")]
    tokens = [goal_tokens(g, table) for g in goals]
    alone = [score(network, encoder, TEXT, table, [t])[0] for t in tokens]
    many = score(network, encoder, TEXT, table, tokens * (ROWS_AT_ONCE // 2))
    assert many[:3] == pytest.approx(alone, rel=1e-3) and many[-3:] == pytest.approx(alone, rel=1e-3)
    assert score(network, encoder, TEXT, table, []) == []


def test_what_the_grammar_does_not_admit_is_impossible(network, kitchen: Scene, encoder: SentenceEncoder) -> None:
    table = table_of(Instruction(TEXT, kitchen))
    bad = [[BOS, SEP], goal_tokens(Goal((Literal("open", ("mug_1",)),)), table), [BOS, 10_000]]
    assert score(network, encoder, TEXT, table, bad) == [-math.inf] * 3


def test_a_goal_goes_to_tokens_and_back(kitchen: Scene) -> None:
    from planner.language.writer import Writer

    table = table_of(Instruction(TEXT, kitchen))
    goal = Goal((Literal("on", ("mug_1", "plate_1.left")), Literal("open", ("microwave_1",))))
    writer = Writer(table)
    for token in goal_tokens(goal, table)[1:]:
        assert writer.allowed()[token]
        writer.push(token)
    assert draft_of(table, writer, 1.0).goal == goal
    assert goal_tokens(Goal((Literal("on", ("mug_1", "nowhere")),)), table) is None
    assert goal_tokens(Goal((Literal("hand_empty"),)), table) is None
