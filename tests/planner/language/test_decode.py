"""Decoding: a step at a time writes what the whole sequence would, and questions can be forced or forbidden."""

import math

import pytest
import torch

from planner.instruction import Instruction
from planner.language.collate import inputs_of
from planner.language.decode import decode
from planner.language.encoder import SentenceEncoder
from planner.language.layout import table_of
from planner.language.network import Grounder, Size
from skills.scene import Scene

SMALL = Size(width=32, heads=2, layers=1, decoder_layers=2)


@pytest.mark.parametrize("seed", range(3))
def test_one_token_at_a_time_scores_like_the_whole_sequence(
    kitchen: Scene, encoder: SentenceEncoder, seed: int
) -> None:
    torch.manual_seed(seed)
    model, table = Grounder(SMALL).eval(), table_of(Instruction("x", kitchen))
    with torch.inference_mode():
        memory = model.remember(inputs_of(encoder, encoder.tokens(["put the mug on the plate"]), [table]))
        writer = decode(model, encoder, "put the mug on the plate", table, beam=1)[0].writer
        whole = model.write(memory, torch.tensor([writer.tokens[:-1]]))[0]
        prefixes = model.begin(memory)
        for place, token in enumerate(writer.tokens[:-1]):
            scores, prefixes = model.extend(prefixes, torch.tensor([token]))
            assert torch.allclose(scores[0], whole[place], atol=1e-4)


@pytest.mark.parametrize("beam", [1, 3])
def test_confidence_is_the_probability_of_the_draft(kitchen: Scene, encoder: SentenceEncoder, beam: int) -> None:
    torch.manual_seed(5)
    model, table = Grounder(SMALL).eval(), table_of(Instruction("x", kitchen))
    found = decode(model, encoder, "open the microwave", table, beam=beam)
    assert found == sorted(found, key=lambda d: -d.confidence)
    assert sum(d.confidence for d in found) <= 1 + 1e-6
    assert all(0 <= d.ask <= 1 and not math.isnan(d.confidence) for d in found)


def test_questions_can_be_forced_and_forbidden(kitchen: Scene, encoder: SentenceEncoder) -> None:
    for seed in range(4):
        torch.manual_seed(seed)
        model, table = Grounder(SMALL).eval(), table_of(Instruction("x", kitchen))
        asked = decode(model, encoder, "put it there", table, beam=4, only="ask")
        acted = decode(model, encoder, "put it there", table, beam=4, only="act")
        assert asked and all(d.writer.asks and d.writer.goal for d in asked)
        assert acted and not any(d.writer.asks for d in acted)
        assert asked[0].ask == pytest.approx(acted[0].ask)
