"""`Report`: the table that every suite prints: n, correct, baseline, by family, and the ten worst errors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

WORST = 10
"""How many errors are shown."""


@dataclass(frozen=True)
class Line:
    """How one case ended.

    Args:
        key: The case.
        family: Its family.
        text: Its sentence.
        wanted: What would have been right.
        said: What the model said, in words.
        correct: The model was right.
        baseline: The keyword baseline was right.
        confidence: The model's own probability of its draft.
        codes: Codes of the findings that ended its plan.
        seconds: Time that the model took [s].
    """

    key: str
    family: str
    text: str
    wanted: str
    said: str
    correct: bool
    baseline: bool
    confidence: float = 1.0
    codes: tuple[str, ...] = ()
    seconds: float = 0.0

    def to_json(self) -> dict[str, object]:
        """Returns the line as JSON-ready data."""
        return {
            **{name: getattr(self, name) for name in ("key", "family", "text", "wanted", "said", "correct")},
            "baseline_correct": self.baseline,
            "confidence": round(self.confidence, 4),
            "codes": list(self.codes),
            "seconds": round(self.seconds, 4),
        }


class Family(NamedTuple):
    """One row of the table."""

    name: str
    n: int
    correct: float
    baseline_correct: float


@dataclass(frozen=True)
class Report:
    """What a suite found.

    Args:
        suite: The suite's name.
        model: The model's id.
        lines: One for each case.
        figures: The suite's own figures, beside the common ones.
        notes: What a reader must know of the rows, for example which the source marks as faulty.
    """

    suite: str
    model: str
    lines: tuple[Line, ...]
    figures: Mapping[str, object] = field(default_factory=dict)
    notes: Mapping[str, object] = field(default_factory=dict)

    @property
    def families(self) -> tuple[Family, ...]:
        """The families in order of name."""
        names = sorted({line.family for line in self.lines})
        return tuple(_family(name, [line for line in self.lines if line.family == name]) for name in names)

    @property
    def errors(self) -> tuple[Line, ...]:
        """The wrong answers of which the model was surest, surest first."""
        wrong = [line for line in self.lines if not line.correct]
        return tuple(sorted(wrong, key=lambda line: (-line.confidence, line.key))[:WORST])

    def summary(self) -> dict[str, object]:
        """Returns the top-level figures: ``n``, shares of it, and the suite's own."""
        whole = _family("", self.lines)
        return {
            "n": whole.n,
            "correct": whole.correct,
            "baseline_correct": whole.baseline_correct,
            **self.figures,
        }

    def to_json(self) -> dict[str, object]:
        """Returns the report as JSON-ready data."""
        return {
            **self.summary(),
            "suite": self.suite,
            "model": self.model,
            "by_family": {
                f.name: {"n": f.n, "correct": f.correct, "baseline_correct": f.baseline_correct} for f in self.families
            },
            "errors": [line.to_json() for line in self.errors],
            **self.notes,
            "rows": [line.to_json() for line in self.lines],
        }


def share(held: Iterable[bool]) -> float:
    """Returns the share of what is true, 0 of nothing."""
    values = list(held)
    return round(sum(values) / len(values), 4) if values else 0.0


def _family(name: str, lines: Sequence[Line]) -> Family:
    return Family(name, len(lines), share(line.correct for line in lines), share(line.baseline for line in lines))
