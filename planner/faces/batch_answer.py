"""How a batch of plans is validated and answered: progress with counts and time left, a table, one exit code."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from planner.batch import Checked, plan_files, validate_many
from planner.bench.progress import Progress
from planner.faces.answer import Answer, ExitCode
from planner.faces.road_commands import answer_for
from planner.outcome import Planned, Refused
from planner.rehearsal import Rehearsal
from sim_checks.engines.opening import open_engine
from sim_checks.verdict import Outcome

_MARKS = {"passed": "[green]passed[/]", "rejected": "[red]rejected[/]", "fault": "[red]fault[/]"}


def batch_answer(road: Rehearsal, places: list[Path], engine: str, workers: int, certificates: Path | None) -> Answer:
    """Validates every plan and returns the answer to all of them.

    Args:
        road: The scene and the settings.
        places: Files and folders of plans.
        engine: Name of the engine.
        workers: How many plans are checked at once.
        certificates: Folder for the certificates of plans that passed, or None.

    Raises:
        skills.errors.SkillsError: A folder holds no plan, or the engine cannot be started.
    """
    files = plan_files(places)
    found: dict[str, Checked] = {}
    with open_engine(engine, workers) as started:
        for checked in _watched(validate_many(road, files, started), len(files)):
            found[checked.source] = checked
            if certificates is not None and isinstance(checked.outcome, Planned):
                certificates.mkdir(parents=True, exist_ok=True)
                file = certificates / f"{Path(checked.source).stem}.certificate.json"
                file.write_text(checked.outcome.certified.certificate.dumps(), encoding="utf-8")
    rows = [found[str(file)] for file in dict.fromkeys(files)]
    states = [_state(c) for c in rows]
    counts = {name: states.count(name) for name in ("passed", "rejected", "bad-input", "fault")}
    plans = [_json(road, c) for c in rows]
    data: Mapping[str, Any] = {"outcome": "batch", "n": len(rows), **counts, "engine": engine, "plans": plans}
    return Answer(_code(counts), data, lambda console: _show(console, rows, counts))


def _watched(answers: Iterable[Checked], total: int) -> Iterator[Checked]:
    """Yields the answers, and shows on stderr how many there are and how long the others take."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        lines = Progress(total)
        for checked in answers:
            lines.step(f"{_state(checked):9} {checked.source}")
            yield checked
        return
    columns = (TextColumn("plans"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console) as bar:
        task = bar.add_task("plans", total=total)
        for checked in answers:
            bar.advance(task)
            yield checked


def _state(checked: Checked) -> str:
    if isinstance(checked.outcome, Planned):
        return "passed"
    if not isinstance(checked.outcome, Refused):
        return "bad-input"
    last = checked.outcome.verdicts[-1].outcome if checked.outcome.verdicts else Outcome.FAIL
    codes = [f.code for f in checked.outcome.findings]
    return "fault" if last is Outcome.UNKNOWN and any(c.startswith("worker-") for c in codes) else "rejected"


def _code(counts: Mapping[str, int]) -> ExitCode:
    """Returns the worst that befell a plan."""
    order = (("fault", ExitCode.FAULT), ("bad-input", ExitCode.BAD_INPUT), ("rejected", ExitCode.REJECTED))
    return next((code for name, code in order if counts[name]), ExitCode.PASS)


def _json(road: Rehearsal, checked: Checked) -> dict[str, Any]:
    base = {"source": checked.source, "state": _state(checked), "seconds": round(checked.seconds, 3)}
    base |= {"tries": checked.tries, "same_as": checked.same_as}
    if isinstance(checked.outcome, Planned | Refused):
        return {**base, **answer_for(checked.outcome, road.scene, checked.source).data}
    return {**base, "outcome": "bad-input", "findings": [checked.outcome.to_json()]}


def _show(console: Console, rows: list[Checked], counts: Mapping[str, int]) -> None:
    table = Table(box=None, pad_edge=False)
    for column in ("plan", "", "why or certificate"):
        table.add_column(column, overflow="fold")
    for checked in rows:
        outcome = checked.outcome
        if isinstance(outcome, Planned):
            why = outcome.certified.id
        else:
            first = outcome.findings[0] if isinstance(outcome, Refused) else outcome
            why = f"{first.code} at {first.where}: {first.what}"
        mark = _MARKS.get(_state(checked), f"[yellow]{_state(checked)}[/]")
        table.add_row(escape(checked.source), mark, escape(why))
    console.print(table)
    console.print(", ".join(f"{number} {name}" for name, number in counts.items() if number))
