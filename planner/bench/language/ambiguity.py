"""Suite ``ambiguity``: generated requests that several things fit, and near misses that call for no question.

The model asks where the probability of ``ask`` reaches the threshold in its card, which split-conformal calibration
set on other examples (`planner.language.calibration`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.bench.language.generated import asks, goal_of, line_of, refuses
from planner.bench.language.reader import KeywordReader, Reader, Reading
from planner.bench.language.table import Line, share
from planner.bench.progress import Progress
from planner.factory.calibrate import of_each_sort, sort_of
from planner.factory.generate import Example

SEED = 880_002
"""Seed of the suite's examples; calibration and training draw from others."""
COUNT = 400
"""Ambiguous requests, near misses, and plain requests: this many of each."""


@dataclass(frozen=True)
class Decision:
    """One request and what was decided.

    Args:
        example: The request; its tokens are the reading that the speaker had in mind.
        reading: What the model made of it.
    """

    example: Example
    reading: Reading

    @property
    def ambiguous(self) -> bool:
        """Whether several readings survive."""
        return asks(self.example.tokens)

    @property
    def wrong_motion(self) -> bool:
        """It is ambiguous, and the model acts on a reading that was not meant."""
        acts = not self.reading.asked and not refuses(self.reading.tokens)
        return self.ambiguous and acts and goal_of(self.reading.tokens) != goal_of(self.example.tokens)

    @property
    def right(self) -> bool:
        """The model asks exactly where several readings survive."""
        return self.reading.asked == self.ambiguous


def drawn(count: int = COUNT, seed: int = SEED) -> list[Example]:
    """Returns the suite's requests, ``count`` of each sort."""
    return list(of_each_sort(count, seed))


def decide(examples: Sequence[Example], reader: Reader) -> list[Decision]:
    """Returns what the model decides for each request, with progress on stderr."""
    progress, found = Progress(len(examples)), []
    for example in examples:
        found.append(Decision(example, reader.read(example.text, example.table)))
        progress.step(f"{'asks' if found[-1].reading.asked else 'acts':4} {sort_of(example)}")
    return found


def figures(decisions: Sequence[Decision]) -> dict[str, float]:
    """Returns the suite's own figures, each a share: of the ambiguous requests, or of all others."""
    ambiguous = [d for d in decisions if d.ambiguous]
    return {
        "coverage": share(d.reading.asked for d in ambiguous),
        "needless_questions": share(d.reading.asked for d in decisions if not d.ambiguous),
        "wrong_motions": share(d.wrong_motion for d in ambiguous),
    }


def lines(decisions: Sequence[Decision]) -> tuple[Line, ...]:
    """Returns one line for each decision; the baseline never asks."""
    baseline, found = KeywordReader(), []
    for number, made in enumerate(decisions, 1):
        example = made.example
        other = Decision(example, baseline.read(example.text, example.table))
        line = line_of(number, example, made.reading, made.right, other.right)
        mark = "asks" if made.reading.asked else "acts"
        said = f"{mark} (P(ask) {made.reading.ask:.2f}): {line.said}"
        sort = sort_of(example) or "refusal"
        found.append(Line(line.key, sort, line.text, line.wanted, said, line.correct, line.baseline, line.confidence))
    return tuple(found)
