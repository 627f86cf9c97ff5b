"""Suite ``ambiguity``: generated requests that several things fit, and near misses that call for no question.

The model asks where the rule in its card says so, which was fitted and calibrated on other examples
(`planner.language.questioning`), and where the readings are feasible and differ in effect.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.bench.language.attempt import Attempt, attempt
from planner.bench.language.baseline import KeywordModel
from planner.bench.language.case import Case
from planner.bench.language.generated import Heard, asks, case_of, exact, heard
from planner.bench.language.measure import line_of
from planner.bench.language.table import Line, Report, share
from planner.bench.progress import Progress
from planner.factory.training.calibrate import SORTS, of_each_sort, sort_of
from planner.language.embedded import EmbeddedModel
from planner.language.port import LanguageModel

SEED = 880_002
"""Seed of the suite's examples; calibration and training draw from others."""
COUNT = 400
"""Ambiguous requests, near misses, and plain requests: this many of each."""


@dataclass(frozen=True)
class Decision:
    """One request and what was decided.

    Args:
        item: The request; its tokens are the reading that the speaker had in mind.
        made: What the model made of it.
    """

    item: Heard
    made: Attempt

    @property
    def ambiguous(self) -> bool:
        """Whether several readings survive."""
        return asks(self.item.example)

    @property
    def asked(self) -> bool:
        """Whether the model asks back."""
        return bool(self.made.draft.question)

    @property
    def wrong_motion(self) -> bool:
        """It is ambiguous, and a plan for a reading that was not meant passes the symbolic gate."""
        return self.ambiguous and self.made.passed and not meant(self.made, self.item)


def meant(made: Attempt, item: Heard) -> bool:
    """Says whether an attempt acts on the reading that the speaker had in mind."""
    return exact(made, item._replace(example=item.example._replace(tokens=_unmarked(item.example.tokens))))


def _unmarked(tokens: list[int]) -> list[int]:
    """Returns a draft without the mark ``ask``."""
    return [tokens[0], *tokens[2:]]


def drawn(count: int = COUNT, seed: int = SEED) -> list[Heard]:
    """Returns the suite's requests, ``count`` of each sort, less the few whose table cannot be told as a scene."""
    return heard(of_each_sort(count, seed), count * len(SORTS))


def case(number: int, item: Heard) -> Case:
    """Returns a request as a case: right is to ask exactly where several readings survive."""
    plain = case_of(number, item, sort_of(item.example))
    ambiguous = asks(item.example)
    return Case(
        plain.key,
        plain.text,
        plain.scene,
        plain.family,
        f"{'a question' if ambiguous else 'no question'}: {plain.wanted}",
        lambda made: bool(made.draft.question) is ambiguous,
        given=plain.given,
    )


def report(model: LanguageModel, limit: int | None = None) -> Report:
    """Returns the suite's report.

    Args:
        model: The model that is measured.
        limit: About so many requests, all sorts together.
    """
    items = drawn(COUNT if limit is None else max(1, limit // len(SORTS)))
    progress, decisions, lines, baseline = Progress(len(items)), list[Decision](), list[Line](), KeywordModel()
    for number, item in enumerate(items, 1):
        asked = case(number, item)
        decisions.append(Decision(item, attempt(model, asked)))
        lines.append(line_of(asked, decisions[-1].made, asked.right(attempt(baseline, asked))))
        progress.step(f"{'asks' if decisions[-1].asked else 'acts':4} {asked.family}")
    card = model.card if isinstance(model, EmbeddedModel) else {}
    notes = {"ask_threshold": card.get("ask_threshold"), "question_rule": card.get("question_rule")}
    return Report("ambiguity", model.name, tuple(lines), figures(decisions), notes)


def figures(decisions: Sequence[Decision]) -> dict[str, float]:
    """Returns the suite's own figures, each a share: of the ambiguous requests, or of all others."""
    ambiguous = [d for d in decisions if d.ambiguous]
    return {
        "coverage": share(d.asked for d in ambiguous),
        "needless_questions": share(d.asked for d in decisions if not d.ambiguous),
        "wrong_motions": share(d.wrong_motion for d in ambiguous),
    }
