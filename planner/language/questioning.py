"""`QuestionRule`: when to ask back, as plain data of a weights' card: a logistic score of signals, and a threshold.

The weights of the signals are fitted on one generated set, the threshold is set by split-conformal calibration on
another (`planner.factory.training.calibrate`). A card without them asks by the probability of ``ask`` alone.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planner.language.signals import NAMES, Signals

LEAST_CHANCE = 1e-3
"""Below this probability of ``ask`` nothing is asked, and no further signal is looked at. Source: our own."""


@dataclass(frozen=True)
class QuestionRule:
    """A linear score of signals in log-odds, and the threshold from which on a question is asked.

    Args:
        names: Signals that count; some of `planner.language.signals.NAMES`.
        weights: Log-odds for one unit of each.
        bias: Log-odds where all signals are 0.
        threshold: Probability from which on the model asks, 0 to 1.
    """

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float
    threshold: float

    def score(self, found: Signals) -> float:
        """Returns the probability that a request is under-specified, 0 to 1."""
        if found.chance < LEAST_CHANCE:
            return 0.0
        values = dict(zip(NAMES, found.values, strict=True))
        odds = self.bias + sum(w * values[n] for n, w in zip(self.names, self.weights, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, odds))))

    def asks(self, found: Signals) -> bool:
        """Says whether a question is due."""
        return found.chance >= LEAST_CHANCE and self.score(found) >= self.threshold

    def to_json(self) -> dict[str, Any]:
        """Returns the rule as plain data."""
        return {
            "names": list(self.names),
            "weights": [round(w, 6) for w in self.weights],
            "bias": round(self.bias, 6),
            "threshold": self.threshold,
        }


def rule_of(card: Mapping[str, Any]) -> QuestionRule | None:
    """Returns the rule in a weights' card, or None where it has none that these signals serve."""
    data = card.get("question_rule")
    if not isinstance(data, dict) or not set(data["names"]) <= set(NAMES):
        return None
    return QuestionRule(tuple(data["names"]), tuple(data["weights"]), float(data["bias"]), float(data["threshold"]))


def by_chance(threshold: float) -> QuestionRule:
    """Returns the rule that goes by the probability of ``ask`` alone."""
    return QuestionRule(("ask",), (1.0,), 0.0, threshold)


def fitted(
    names: Sequence[str], found: Sequence[Signals], ambiguous: Sequence[bool], ridge: float = 3.0
) -> QuestionRule:
    """Returns the rule with the likeliest weights, threshold 0.5: logistic regression by Newton's method.

    Args:
        names: Signals that may count.
        found: The signals of each request.
        ambiguous: Whether it is under-specified.
        ridge: Weight of the squared coefficients of standardised signals; keeps small sets from extremes.
    """
    import numpy as np

    columns = [NAMES.index(n) for n in names]
    x = np.array([[f.values[c] for c in columns] for f in found], dtype=np.float64)
    y = np.array(ambiguous, dtype=np.float64)
    centre, scale = x.mean(0), np.maximum(x.std(0), 1e-6)
    design = np.column_stack([np.ones(len(x)), (x - centre) / scale])
    penalty = np.diag([1e-6, *[ridge] * len(columns)])
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1.0 / (1.0 + np.exp(-np.clip(design @ beta, -30, 30)))
        slope = design.T @ (y - chance) - penalty @ beta
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + penalty
        step = np.linalg.solve(curve, slope)
        beta = beta + step
        if float(np.abs(step).max()) < 1e-8:
            break
    weights = beta[1:] / scale
    return QuestionRule(tuple(names), tuple(float(w) for w in weights), float(beta[0] - (weights * centre).sum()), 0.5)
