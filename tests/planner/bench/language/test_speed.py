"""What constraining costs: the same tokens with and without the mask, on a network that was never trained."""

import pytest
import torch

from planner.bench.language.speed import STEPS, TEN_STEPS, Timing, measure, overhead, rate, ten_steps, timed
from planner.instruction import Instruction
from planner.language.encoder import SentenceEncoder
from planner.language.layout import table_of
from planner.language.network import Grounder, Size
from planner.language.writer import Writer
from planner.scenes import open_scene


@pytest.fixture
def network() -> Grounder:
    torch.manual_seed(0)
    return Grounder(Size(width=32, heads=2, layers=1, decoder_layers=1)).eval()


def test_figures_of_one_run_are_about_ten_steps(network) -> None:
    found = measure(network, SentenceEncoder(), open_scene("kitchen").scene, rounds=1, sentences=["open the drawer"])
    assert found["draft_10_steps_s"] > 0 and found["tokens_per_s"] > 0 and "constrained_overhead" in found
    assert found["draft_10_steps_has"] >= STEPS
    assert found["sentences"]["open the drawer"]["tokens"] >= 1


def test_where_the_model_writes_fewer_steps_ten_are_given(network, monkeypatch) -> None:
    monkeypatch.setattr("planner.bench.language.speed.timed", lambda *a, **k: Timing((1.0,), (1.0,), 1.0, 4))
    table, encoder = table_of(Instruction("x", open_scene("kitchen").scene)), SentenceEncoder()
    text, given = ten_steps(network, encoder, table)
    assert text == TEN_STEPS and timed(network, encoder, text, table, given).steps == STEPS
    written = Writer(table)
    for token in given[1:]:
        assert written.allowed()[token]
        written.push(token)
    assert written.done and len(written.goal) == 5


def test_overhead_takes_each_token_at_its_usual_pace_and_the_rate_counts_whole_drafts() -> None:
    usual = Timing((0.6, 0.5), (0.5, 0.5), 1.0)
    jolted = Timing((0.6, 9.5), (7.0, 0.5), 1.0)
    assert overhead([[usual, jolted, usual]]) == pytest.approx(0.1)
    assert rate([usual, usual]) == pytest.approx(4 / 4.2)
