"""Which weights a run trains, and which of them how."""

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.language.encoder import SentenceEncoder

if TYPE_CHECKING:
    import torch

    from planner.language.network import Grounder


def adapted(model: "Grounder", count: int) -> "Grounder":
    """Returns the network with trainable copies of the encoder's last layers; the same answers, as long as untrained.

    Args:
        model: A network; one that has as many already is returned as it is.
        count: How many layers.
    """
    from planner.language.network import Grounder

    if model.size.adapted == count:
        return model
    wider = Grounder(replace(model.size, adapted=count))
    wider.adapt(SentenceEncoder().top_layers(count))
    wider.load_state_dict({**wider.state_dict(), **model.state_dict()})
    return wider


def hidden_matrices(model: "Grounder") -> "list[torch.Tensor]":
    """Returns the weights that turn hidden states into hidden states: no embeddings, biases of attention, or scores."""
    outer = ("top.", "words", "positions", "kind", "word_scores", "similar", "related")
    return [p for name, p in model.named_parameters() if p.ndim == 2 and not name.startswith(outer)]
