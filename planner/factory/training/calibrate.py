"""Sets the threshold on ``ask`` in a model's card from generated requests that neither training nor a suite draws."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from planner.factory.generate import Example, examples
from planner.language.calibration import ALPHA, ask_probabilities, calibrate
from planner.language.embedded import CARD, load_network
from planner.language.encoder import SentenceEncoder
from planner.language.grammar import ASK, REFUSALS, TOKEN

if TYPE_CHECKING:
    from planner.language.network import Grounder

SEED = 770_001
"""Seed of the calibration examples; training and the suites draw from others."""
COUNT = 1000
"""Ambiguous requests, near misses, and plain requests of a calibration set: this many of each."""
THREADS = 1
"""Threads for the network; a second one gains little at this size."""
DRAWN_AT_MOST = 60
"""Examples drawn for each one wanted, before a rare sort is left short."""
SORTS = ("ambiguous", "near miss", "plain")


class Calibration(NamedTuple):
    """What a calibration gave.

    Args:
        threshold: Probability of ``ask`` at or above which the model asks.
        asked: Share that is asked at this threshold, by sort, within the calibration set.
        counts: How many requests of each sort there were.
    """

    threshold: float
    asked: dict[str, float]
    counts: dict[str, int]


def sort_of(example: Example) -> str | None:
    """Returns one of `SORTS`, or None for a request that is to be refused."""
    first = example.tokens[1]
    if first == TOKEN[ASK]:
        return "ambiguous"
    if example.family.startswith("ask"):
        return "near miss"
    return None if first in {TOKEN[r] for r in REFUSALS} else "plain"


def of_each_sort(count: int, seed: int) -> Iterator[Example]:
    """Yields ``count`` examples of each sort, in the order in which they are made.

    Args:
        count: How many of each.
        seed: Seed of the generator.
    """
    left = dict.fromkeys(SORTS, count)
    for example in examples(np.random.default_rng(seed), count * DRAWN_AT_MOST):
        sort = sort_of(example)
        if sort is not None and left[sort]:
            left[sort] -= 1
            yield example
        if not any(left.values()):
            return


def calibrated(
    network: "Grounder", encoder: SentenceEncoder, requests: Sequence[Example], alpha: float = ALPHA
) -> Calibration:
    """Returns the threshold that the ambiguous requests give, and what it asks of all.

    Args:
        network: The network.
        encoder: The sentence encoder.
        requests: The calibration set.
        alpha: Share of ambiguous requests that may go unasked.
    """
    sorts = [sort_of(request) for request in requests]
    values = ask_probabilities(network, encoder, [(request.text, request.table) for request in requests])
    scores = {sort: [v for v, s in zip(values, sorts, strict=True) if s == sort] for sort in SORTS}
    threshold = calibrate(scores["ambiguous"], alpha)
    asked = {s: round(sum(v >= threshold for v in found) / len(found), 4) for s, found in scores.items() if found}
    return Calibration(threshold, asked, {s: len(found) for s, found in scores.items()})


def calibrate_card(folder: Path, count: int = COUNT, alpha: float = ALPHA, seed: int = SEED) -> Calibration:
    """Writes ``ask_threshold`` and how it came about into the card of the weights in a folder.

    Args:
        folder: Weights and card.
        count: Requests of each sort.
        alpha: Share of ambiguous requests that may go unasked.
        seed: Seed of the calibration examples.

    Raises:
        WeightsError: The weights are missing or are not the card's.
    """
    import torch

    torch.set_num_threads(THREADS)
    network = load_network(folder)
    done = calibrated(network, SentenceEncoder(), list(of_each_sort(count, seed)), alpha)
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    card["ask_threshold"] = done.threshold
    card["ask_calibration"] = {"alpha": alpha, "seed": seed, "counts": done.counts, "asked": done.asked}
    (folder / CARD).write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return done
