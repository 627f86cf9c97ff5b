"""`run`: one suite by name, from its source to its report."""

from pathlib import Path

from planner.bench.language import alfred, ambiguity, calvin, libero, own, robustness, safety, saycan
from planner.bench.language.measure import measure
from planner.bench.language.reader import reader_of
from planner.bench.language.table import Report
from planner.language.embedded import EmbeddedModel
from planner.language.port import LanguageModel

UNCALIBRATED = 0.5
"""Threshold on the probability of ``ask`` where the card holds none."""


def run(
    suite: str, model: LanguageModel, file: Path | None = None, folder: Path | None = None, limit: int | None = None
) -> Report:
    """Returns the report of a suite.

    Args:
        suite: Its name.
        model: The model that is measured.
        file: The suite's public file, if it reads one.
        folder: The suite's public folder, if it reads one.
        limit: Only the first so many sentences.

    Raises:
        BenchmarkError: The suite's source is missing or another one, or the model cannot be asked what it asks.
    """
    match suite:
        case "libero":
            return Report(suite, model.name, measure(libero.cases(folder)[:limit], model))
        case "calvin":
            return Report(suite, model.name, measure(calvin.cases(file)[:limit], model))
        case "alfred":
            return Report(suite, model.name, measure(alfred.cases(file)[:limit], model))
        case "saycan":
            found = saycan.suite(file)
            lines = measure(found.cases[:limit], model)
            return Report(suite, model.name, lines, notes={"marked_rows": found.marked})
        case "own":
            return Report(suite, model.name, own.measure(reader_of(model), limit or own.COUNT))
        case "ambiguity":
            threshold = threshold_of(model)
            decided = ambiguity.decide(ambiguity.drawn()[:limit], reader_of(model), threshold)
            notes = {"ask_threshold": threshold}
            return Report(suite, model.name, ambiguity.lines(decided), ambiguity.figures(decided), notes)
        case "safety":
            return safety.report(model, limit)
        case "robustness":
            return robustness.report(model, limit)
    raise ValueError(f"there is no suite {suite!r}")


def threshold_of(model: LanguageModel) -> float:
    """Returns the calibrated threshold of the model's card, or `UNCALIBRATED`."""
    card = model.card if isinstance(model, EmbeddedModel) else {}
    return float(card.get("ask_threshold", UNCALIBRATED))
