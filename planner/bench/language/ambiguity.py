"""Suite ``ambiguity``: generated requests that several things fit, and near misses that call for no question.

The model asks where the probability of ``ask`` reaches the threshold in its card, which split-conformal calibration
set on other examples (`planner.language.calibration`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.bench.language.generated import asks, goal_of, line_of, refuses
from planner.bench.language.reader import KeywordReader, Reader, Reading
from planner.bench.language.table import Line, share
from planner.bench.progress import Progress
from planner.factory import generate
from planner.factory.generate import Example

SEED = 880_002
"""Seed of the suite's examples; calibration and training draw from others."""
COUNT = 400
"""Ambiguous requests, near misses, and plain requests: this many of each."""
DRAWN_AT_MOST = 60
"""Examples drawn for each one wanted, before a rare sort is left short."""


@dataclass(frozen=True)
class Decision:
    """One request and what was decided.

    Args:
        example: The request; its tokens are the reading that the speaker had in mind.
        reading: What the model made of it.
        asked: The model asks back.
    """

    example: Example
    reading: Reading
    asked: bool

    @property
    def ambiguous(self) -> bool:
        """Whether several readings survive."""
        return asks(self.example.tokens)

    @property
    def wrong_motion(self) -> bool:
        """It is ambiguous, and the model acts on a reading that was not meant."""
        acts = not self.asked and not refuses(self.reading.tokens)
        return self.ambiguous and acts and goal_of(self.reading.tokens) != goal_of(self.example.tokens)

    @property
    def right(self) -> bool:
        """The model asks exactly where several readings survive."""
        return self.asked == self.ambiguous


def sort_of(example: Example) -> str | None:
    """Returns ``ambiguous``, ``near miss`` or ``plain``, or None for a request that is to be refused."""
    if asks(example.tokens):
        return "ambiguous"
    if example.family.startswith("ask"):
        return "near miss"
    return None if refuses(example.tokens) else "plain"


def drawn(count: int = COUNT, seed: int = SEED) -> list[Example]:
    """Returns ``count`` examples of each sort, in the order in which they were made.

    Args:
        count: How many of each.
        seed: Seed of the generator.
    """
    left = dict.fromkeys(("ambiguous", "near miss", "plain"), count)
    found = []
    for example in generate.examples(np.random.default_rng(seed), count * DRAWN_AT_MOST):
        sort = sort_of(example)
        if sort is not None and left[sort]:
            left[sort] -= 1
            found.append(example)
        if not any(left.values()):
            break
    return found


def decide(examples: Sequence[Example], reader: Reader, threshold: float) -> list[Decision]:
    """Returns what the model decides for each example.

    Args:
        examples: The requests.
        reader: The model.
        threshold: Probability of ``ask`` at or above which the model asks.
    """
    progress, found = Progress(len(examples)), []
    for example in examples:
        reading = reader.read(example.text, example.table)
        found.append(Decision(example, reading, reading.ask >= threshold))
        progress.step(f"{'asks' if found[-1].asked else 'acts':4} {sort_of(example)}")
    return found


def figures(decisions: Sequence[Decision]) -> dict[str, float]:
    """Returns the suite's own figures, each a share: of the ambiguous requests, or of all others."""
    ambiguous = [d for d in decisions if d.ambiguous]
    return {
        "coverage": share(d.asked for d in ambiguous),
        "needless_questions": share(d.asked for d in decisions if not d.ambiguous),
        "wrong_motions": share(d.wrong_motion for d in ambiguous),
    }


def lines(decisions: Sequence[Decision]) -> tuple[Line, ...]:
    """Returns one line for each decision; the baseline never asks."""
    baseline, found = KeywordReader(), []
    for number, made in enumerate(decisions, 1):
        example = made.example
        other = Decision(example, baseline.read(example.text, example.table), False)
        line = line_of(number, example, made.reading, made.right, other.right)
        mark = "asks" if made.asked else "acts"
        said = f"{mark} (P(ask) {made.reading.ask:.2f}): {line.said}"
        sort = sort_of(example) or "refusal"
        found.append(Line(line.key, sort, line.text, line.wanted, said, line.correct, line.baseline, line.confidence))
    return tuple(found)
