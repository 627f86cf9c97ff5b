"""What constraining costs: the same tokens with and without the mask, on a network that was never trained."""

import pytest
import torch

from planner.bench.language.speed import TEN_STEPS, Timing, measure, overhead, rate
from planner.language.encoder import SentenceEncoder
from planner.language.network import Grounder, Size
from planner.scenes import open_scene


def test_figures_of_one_run() -> None:
    torch.manual_seed(0)
    network = Grounder(Size(width=32, heads=2, layers=1, decoder_layers=1)).eval()
    found = measure(network, SentenceEncoder(), open_scene("kitchen").scene, rounds=1, sentences=[TEN_STEPS])
    assert {"constrained_overhead", "draft_10_steps_s", "tokens_per_s", "draft_10_steps_has"} <= set(found)
    assert found["draft_10_steps_s"] > 0 and found["tokens_per_s"] > 0
    assert found["sentences"][TEN_STEPS]["tokens"] >= 1


def test_overhead_is_a_share_and_the_rate_counts_whole_drafts() -> None:
    times = [Timing(10, 1.1, 1.0, 2.0), Timing(30, 3.3, 3.0, 6.0)]
    assert overhead(times) == pytest.approx(0.1) and rate(times) == pytest.approx(5.0)
