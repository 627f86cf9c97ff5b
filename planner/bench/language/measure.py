"""Runs cases through a model and, beside it, the keyword baseline."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from planner.bench.language.attempt import Attempt, attempt
from planner.bench.language.baseline import KeywordModel
from planner.bench.language.case import Case
from planner.bench.language.table import Line
from planner.bench.progress import Progress
from planner.language.port import LanguageModel
from skills.graph import Draft
from skills.scene import Scene

Item = TypeVar("Item")


def measure(cases: Sequence[Case], model: LanguageModel) -> tuple[Line, ...]:
    """Returns one line for each case, with progress on stderr.

    Args:
        cases: What to try.
        model: The model that is measured.
    """
    progress, lines, baseline = Progress(len(cases)), [], KeywordModel()
    for case in cases:
        made = attempt(model, case)
        line = line_of(case, made, case.right(attempt(baseline, case)))
        progress.step(f"{'right' if line.correct else 'WRONG':5} {case.key}")
        lines.append(line)
    return tuple(lines)


def line_of(case: Case, made: Attempt, baseline: bool) -> Line:
    """Returns the line of a case.

    Args:
        case: The case.
        made: What the model made of it.
        baseline: Whether the baseline was right.
    """
    errors = tuple(f.code for f in made.findings if f.severity == "error")
    said = spoken(made.draft, case.scene)
    right = case.right(made)
    return Line(
        case.key, case.family, case.text, case.wanted, said, right, baseline, made.draft.confidence, errors,
        made.seconds,
    )  # fmt: skip


def spread(cases: Sequence[Item], limit: int | None) -> list[Item]:
    """Returns so many cases, spread evenly over all of them.

    Args:
        cases: All cases of a suite.
        limit: How many; None for all.
    """
    count = len(cases) if limit is None else min(limit, len(cases))
    return [cases[k * len(cases) // count] for k in range(count)]


def spoken(draft: Draft, scene: Scene) -> str:
    """Returns a draft on one line, with the things called by their labels."""
    if draft.question:
        return f"asks: {draft.question}"
    if draft.refusal:
        return f"refuses: {draft.refusal}"
    goal = " and ".join(f"{g.predicate}({', '.join(_labels(g.args, scene))})" for g in draft.goal.literals)
    steps = ", ".join(f"{s.skill}({', '.join(_labels(s.args, scene))})" for s in draft.steps)
    return f"{goal or 'nothing'}  by  {steps or 'any steps'}"


def _labels(args: Iterable[str], scene: Scene) -> list[str]:
    names = []
    for arg in args:
        thing, dot, side = arg.partition(".")
        entity = scene.entities.get(scene.canonical(thing))
        names.append(f"{entity.words if entity else thing}{dot}{side}")
    return names
