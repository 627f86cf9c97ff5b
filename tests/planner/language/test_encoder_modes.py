"""The cache of descriptions serves callers in and out of inference mode."""

import torch

from planner.language.encoder import SentenceEncoder


def test_descriptions_are_remembered_in_any_mode() -> None:
    encoder = SentenceEncoder()
    with torch.inference_mode():
        encoder.remember([f"thing number {i}" for i in range(70)])  # the bank grows here
    encoder.remember(["a red mug"])
    found = encoder.phrases([["a red mug"]], 1).pooled
    assert torch.isfinite(found).all() and (found * torch.ones(1, requires_grad=True)).sum().backward() is None
