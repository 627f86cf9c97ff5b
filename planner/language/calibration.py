"""When to ask: the probability of ``ask``, and the threshold on it that split-conformal calibration gives.

A request of which the model thinks that it has several readings begins with the token ``ask``. The model asks when the
probability of that token is at least the threshold in the weights' card (``ask_threshold``).

Source: split conformal prediction, Vovk et al. (2005); Angelopoulos and Bates (2021), A Gentle Introduction, section 1.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.language.decode import ask_chance
from planner.language.encoder import SentenceEncoder
from planner.language.grammar import BOS, WORDS, Writer
from planner.language.table import EntityTable

if TYPE_CHECKING:
    from planner.language.network import Grounder

ALPHA = 0.05
"""Share of ambiguous requests that may go unasked."""
BATCH = 32
"""Requests that the network reads at once."""


def calibrate(scores_ambiguous: Sequence[float], alpha: float = ALPHA) -> float:
    """Returns the threshold at or above which a new ambiguous request scores with probability 1 - ``alpha`` or more.

    The guarantee holds for requests exchangeable with the calibration set. Where the set is too small to give it, the
    threshold is 0: ask always.

    Args:
        scores_ambiguous: Probability of ``ask`` for each ambiguous request of the calibration set.
        alpha: Share of ambiguous requests that may score below the threshold, 0 to 1.

    Raises:
        ValueError: ``alpha`` is no share, or a score is not a number.
    """
    if not 0.0 <= alpha <= 1.0:
        raise ValueError(f"alpha is a share from 0 to 1, not {alpha!r}")
    if any(math.isnan(score) for score in scores_ambiguous):
        raise ValueError("a score is not a number")
    rank = math.floor(alpha * (len(scores_ambiguous) + 1))
    if rank < 1:
        return 0.0
    return float(sorted(scores_ambiguous)[min(rank, len(scores_ambiguous)) - 1]) if scores_ambiguous else 0.0


def ask_probabilities(
    network: "Grounder", encoder: SentenceEncoder, requests: Sequence[tuple[str, EntityTable]]
) -> list[float]:
    """Returns the probability of ``ask`` at each draft's first token, as decoding finds it, 0 to 1.

    Args:
        network: The network.
        encoder: The sentence encoder.
        requests: Texts and the tables of their scenes, none of them empty.
    """
    import torch

    from planner.language.collate import inputs_of

    found = [0.0] * len(requests)
    order = sorted(range(len(requests)), key=lambda k: (len(requests[k][1]), len(requests[k][0])))
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        texts, tables = [requests[k][0].lower() for k in chosen], [requests[k][1] for k in chosen]
        with torch.inference_mode():
            memory = network.remember(inputs_of(encoder, encoder.tokens(texts), tables))
            scores, _ = network.extend(network.begin(memory), torch.full((len(chosen),), BOS))
        for k, table, row in zip(chosen, tables, scores, strict=True):
            found[k] = ask_chance(row[: WORDS + len(table)], Writer(table))
    return found
