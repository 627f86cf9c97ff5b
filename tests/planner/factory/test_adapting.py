"""Copies of the encoder's layers: the same answers while untrained, then trained on, also in a run begun without."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from planner.factory.training.evaluate import held_out
from planner.factory.training.parameters import adapted
from planner.factory.training.train import Recipe, Run, train
from planner.language.collate import inputs_of
from planner.language.encoder import SentenceEncoder
from planner.language.network import Grounder, Size

TINY: dict[str, Any] = {"width": 32, "heads": 2, "layers": 1, "decoder_layers": 1}
RECIPE = Recipe(seed=1, batch=4, chunk=2, warmup=2, rate=3e-3, muon=2e-3)


def silent(line: str) -> None:
    """Drops the line."""


def test_untrained_copies_answer_as_the_encoder_does() -> None:
    encoder, drawn = SentenceEncoder(), held_out(6)
    inputs = inputs_of(encoder, encoder.tokens([e.text for e in drawn]), [e.table for e in drawn])
    plain = Grounder(Size(**TINY)).eval()
    wider = adapted(plain, 2).eval()
    assert wider.size.adapted == 2 and len(wider.top) == 2
    with torch.inference_mode():
        words = inputs.text_mask.shape[1]
        one, two = plain.remember(inputs).states, wider.remember(inputs).states
        assert torch.allclose(one[:, :words][inputs.text_mask], two[:, :words][inputs.text_mask], atol=1e-4)
        next(wider.top.parameters()).add_(0.5)
        assert not torch.allclose(one, wider.remember(inputs).states, atol=1e-2)


def test_a_run_goes_on_with_layers_that_it_began_without(tmp_path: Path) -> None:
    train(tmp_path, RECIPE, steps=2, size=TINY, report=silent)
    recipe = replace(RECIPE, adapted=1, tune=1e-3)
    first = adapted(Grounder(Size(**TINY)), 1).top.state_dict()
    done = train(tmp_path, recipe, steps=4, resume=True, size=TINY, report=silent)
    assert done.step == 4
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    moved = [k for k, v in first.items() if not torch.equal(v, state["model"][f"top.{k}"])]
    assert state["size"]["adapted"] == 1 and len(moved) > len(first) / 2
    again = Run(tmp_path, recipe, TINY)
    again.load()
    assert again.tuned == 2 and len(again.tuner.state_dict()["state"]) == len(first)
