"""`run`: one suite by name, from its source to its report."""

from pathlib import Path

from planner.bench.language import alfred, ambiguity, calvin, libero, own, robustness, safety, saycan
from planner.bench.language.measure import measure, spread
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
        limit: Only so many sentences, spread over the suite.

    Raises:
        BenchmarkError: The suite's source is missing or another one, or the model cannot be asked what it asks.
    """
    match suite:
        case "libero":
            return Report(suite, model.name, measure(spread(libero.cases(folder), limit), model))
        case "calvin":
            return Report(suite, model.name, measure(spread(calvin.cases(file), limit), model))
        case "alfred":
            return Report(suite, model.name, measure(spread(alfred.cases(file), limit), model))
        case "saycan":
            found = saycan.suite(file)
            lines = measure(spread(found.cases, limit), model)
            return Report(suite, model.name, lines, notes={"marked_rows": found.marked})
        case "own":
            return Report(suite, model.name, measure(own.cases(limit or own.COUNT), model))
        case "ambiguity":
            return ambiguity.report(model, limit)
        case "safety":
            return safety.report(model, limit)
        case "robustness":
            return robustness.report(model, limit)
    raise ValueError(f"there is no suite {suite!r}")
