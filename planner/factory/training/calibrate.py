"""Sets when a model asks back, in its card: a rule over signals, from requests that neither training nor a suite draws.

A third of the requests fits the weights of the signals, a third sets which of them count and the threshold, and on the
last third is measured what the rule asks. The threshold is the lower one of two promises: that at most so many
under-specified requests go unasked (split conformal prediction), unless that would ask needlessly of more than so many
others.
"""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from planner.factory.generate import Example, examples
from planner.language.calibration import ALPHA, calibrate
from planner.language.embedded import CARD, load_network
from planner.language.encoder import SentenceEncoder
from planner.language.grammar import ASK, REFUSALS, TOKEN
from planner.language.questioning import QuestionRule, by_chance, fitted
from planner.language.signals import NAMES, Signals, signals

if TYPE_CHECKING:
    from planner.language.network import Grounder

SEED = 770_001
"""Seed of the calibration examples; training and the suites draw from others."""
COUNT = 600
"""Ambiguous requests, near misses, and plain requests of a calibration set: this many of each."""
NEEDLESS = 0.10
"""Share of all other requests, near misses and plain ones in equal parts, that may be asked about."""
LOST = 0.01
"""Share of all requests that call for no refusal which may be refused for a thing that seems not to be here."""
LEVELS = (0.05, 0.10, 0.15)
"""Shares of needless questions at which coverage is stated."""
THREADS = 1
"""Threads for the network; a second one gains little at this size."""
DRAWN_AT_MOST = 60
"""Examples drawn for each one wanted, before a rare sort is left short."""
SORTS = ("ambiguous", "near miss", "plain")


class Calibration(NamedTuple):
    """What a calibration gave.

    Args:
        rule: When the model asks.
        bound: The promise that set the threshold: ``coverage`` or ``needless``.
        asked: Share that is asked by the rule, by sort, among requests that neither fitted nor set it.
        table: Coverage among them at each of `LEVELS`, by the signals that count, one more from row to row.
        counts: How many requests of each sort there were.
        chance_threshold: Threshold that the same procedure gives to the probability of ``ask`` alone.
        missing_threshold: Probability of "there is no such thing" from which on a request is refused.
        refused: Share that is refused so: of unseen requests that call for no refusal, and of those about what is not
            here (``missing``).
    """

    rule: QuestionRule
    bound: str
    asked: dict[str, float]
    table: dict[str, list[float]]
    counts: dict[str, int]
    chance_threshold: float
    missing_threshold: float
    refused: dict[str, float]

    def to_json(self) -> dict[str, object]:
        """Returns what the card says of it."""
        return {
            "bound": self.bound,
            "asked_of_unseen": self.asked,
            "refused_of_unseen": self.refused,
            "counts": self.counts,
            "coverage_at_needless": {"levels": list(LEVELS), **self.table},
        }


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


def about_nothing_here(count: int, seed: int) -> Iterator[Example]:
    """Yields ``count`` requests about things that are not in their scenes.

    Args:
        count: How many.
        seed: Seed of the generator.
    """
    for example in examples(np.random.default_rng(seed), count * DRAWN_AT_MOST):
        if example.tokens[1] == TOKEN["refuse_missing"]:
            yield example
            count -= 1
        if count <= 0:
            return


class Judged(NamedTuple):
    """One request: its signals and its sort."""

    found: Signals
    sort: str

    @property
    def ambiguous(self) -> bool:
        """Whether it is under-specified."""
        return self.sort == "ambiguous"


def calibrated(
    network: "Grounder",
    encoder: SentenceEncoder,
    requests: Sequence[Example],
    absent: Sequence[Example],
    alpha: float = ALPHA,
    needless: float = NEEDLESS,
) -> Calibration:
    """Returns the rule that the requests give, and what it asks of those that it was not made from.

    Args:
        network: The network.
        encoder: The sentence encoder.
        requests: The calibration set.
        absent: Requests about what is not in their scenes, to measure on.
        alpha: Share of ambiguous requests that may go unasked.
        needless: Share of the others that may be asked about.
    """
    sorts = [sort_of(request) or "" for request in requests]
    found = signals(network, encoder, [(request.text, request.table) for request in requests])
    parts: tuple[list[Judged], ...] = ([], [], [])
    counts = dict.fromkeys(SORTS, 0)
    for one, sort in zip(found, sorts, strict=True):
        parts[counts[sort] % len(parts)].append(Judged(one, sort))
        counts[sort] += 1
    fit, held, unseen = parts

    def rule_by(names: Sequence[str]) -> QuestionRule:
        return fitted(names, [j.found for j in fit], [j.ambiguous for j in fit])

    best = max(range(1, len(NAMES) + 1), key=lambda k: (coverage_at(rule_by(NAMES[:k]), held, [needless])[0], -k))
    rule, bound = bounded(rule_by(NAMES[:best]), held, alpha, needless)
    table = {" + ".join(NAMES[: k + 1]): coverage_at(rule_by(NAMES[: k + 1]), unseen) for k in range(len(NAMES))}
    asked = {}
    for sort in SORTS:
        asked[sort] = _share(rule.asks(j.found) for j in unseen if j.sort == sort)
    chance, _ = bounded(by_chance(0.5), held, alpha, needless)
    least = least_threshold([j.found.missing for j in held], LOST)
    lacking = signals(network, encoder, [(request.text, request.table) for request in absent])
    refused = {"other": _share(j.found.missing >= least for j in unseen)}
    refused["missing"] = _share(one.missing >= least for one in lacking)
    return Calibration(rule, bound, asked, table, counts, chance.threshold, least, refused)


def _share(held: Iterable[bool]) -> float:
    values = list(held)
    return round(sum(values) / len(values), 4) if values else 0.0


def bounded(rule: QuestionRule, held: Sequence[Judged], alpha: float, needless: float) -> tuple[QuestionRule, str]:
    """Returns a rule with its threshold, and the promise that set it.

    Args:
        rule: A score; its threshold does not count.
        held: Requests that it was not fitted to.
        alpha: Share of ambiguous requests that may go unasked.
        needless: Share of the others that may be asked about.
    """
    enough = calibrate([rule.score(j.found) for j in held if j.ambiguous], alpha)
    few = least_threshold([rule.score(j.found) for j in held if not j.ambiguous], needless)
    threshold, bound = (enough, "coverage") if enough >= few else (few, "needless")
    return QuestionRule(rule.names, rule.weights, rule.bias, threshold), bound


def least_threshold(scores: Sequence[float], share: float) -> float:
    """Returns the least threshold that a new request of the kind reaches with probability ``share`` at most.

    Args:
        scores: Scores of requests that call for no question.
        share: Share of them that may reach the threshold, 0 to 1.
    """
    reach = math.floor(share * (len(scores) + 1)) - 1
    order = sorted(scores, reverse=True)
    if reach >= len(order) or not order:
        return 0.0
    return float(np.nextafter(order[max(reach, 0)], 2.0))


def coverage_at(rule: QuestionRule, judged: Sequence[Judged], levels: Sequence[float] = LEVELS) -> list[float]:
    """Returns the share of ambiguous requests above the score that so many others reach, for each level."""
    others = [rule.score(j.found) for j in judged if not j.ambiguous]
    wanted = [rule.score(j.found) for j in judged if j.ambiguous]
    if not others or not wanted:
        return [0.0 for _ in levels]
    bars = [float(np.quantile(others, 1 - level, method="higher")) for level in levels]
    return [round(sum(score > bar for score in wanted) / len(wanted), 4) for bar in bars]


def calibrate_card(
    folder: Path, count: int = COUNT, alpha: float = ALPHA, needless: float = NEEDLESS, seed: int = SEED
) -> Calibration:
    """Writes when to ask, and how that came about, into the card of the weights in a folder.

    Args:
        folder: Weights and card.
        count: Requests of each sort.
        alpha: Share of ambiguous requests that may go unasked.
        needless: Share of the others that may be asked about.
        seed: Seed of the calibration examples.

    Raises:
        WeightsError: The weights are missing or are not the card's.
    """
    import torch

    torch.set_num_threads(THREADS)
    network = load_network(folder)
    requests, absent = list(of_each_sort(count, seed)), list(about_nothing_here(max(1, count // 3), seed + 1))
    done = calibrated(network, SentenceEncoder(), requests, absent, alpha, needless)
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    card["ask_threshold"] = done.chance_threshold
    card["missing_threshold"] = done.missing_threshold
    card["question_rule"] = done.rule.to_json()
    card["ask_calibration"] = {"alpha": alpha, "needless": needless, "seed": seed, **done.to_json()}
    (folder / CARD).write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return done
