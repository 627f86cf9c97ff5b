"""`run`: one suite by name, from its source to its report."""

from pathlib import Path

from planner.bench.language import alfred, ambiguity, calvin, libero, own, robustness, safety, saycan
from planner.bench.language.measure import measure
from planner.bench.language.reader import reader_of
from planner.bench.language.table import Report
from planner.language.port import LanguageModel


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
            reader = reader_of(model)
            decided = ambiguity.decide(ambiguity.drawn(_third(limit) or ambiguity.COUNT), reader)
            notes = {"ask_threshold": getattr(reader, "threshold", None)}
            return Report(suite, model.name, ambiguity.lines(decided), ambiguity.figures(decided), notes)
        case "safety":
            return safety.report(model, limit)
        case "robustness":
            return robustness.report(model, limit)
    raise ValueError(f"there is no suite {suite!r}")


def _third(limit: int | None) -> int | None:
    """Returns how many of each of three sorts are within a limit."""
    return None if limit is None else max(1, limit // 3)
