"""`rehearse bench packing`: LLM3's box packing, physically."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from planner.faces.bench_skill_commands import AnyVersionOption, JobsOption, OptionalReport, ResumeOption, report


class Goals(StrEnum):
    """Where the goals come from."""

    BOTH = "both"
    ORACLE = "oracle"
    LM = "lm"


def add_to(app: typer.Typer) -> None:
    """Adds the command to `rehearse bench`."""
    app.command("packing")(packing)


def packing(
    folder: Annotated[Path, typer.Option("--dir", help="Folder of LLM3's files.", metavar="DIR")],
    out: OptionalReport = None,
    tasks: Annotated[str, typer.Option("--tasks", help="Only those that match, e.g. 'hard_*' or '*/3'.")] = "*",
    goals: Annotated[Goals, typer.Option("--goal-source", help="lm: from a sentence; oracle: given.")] = Goals.BOTH,
    jobs: JobsOption = 1,
    resume: ResumeOption = False,
    any_version: AnyVersionOption = False,
    shelf: Annotated[
        Path | None,
        typer.Option("--shelf", help="Folder of certified plans: the same plan is not certified twice.", metavar="DIR"),
    ] = None,
) -> None:
    """All boxes into a basket with little room to spare; friction grasps, certified plans, a world no gate has seen.

    Example: rehearse bench packing --dir llm3 --tasks 'hard_box_small_basket' --jobs 2 --json packing.json
    """
    from planner.bench.packing.instances import read_instances
    from planner.bench.packing.table import summary
    from planner.bench.packing.trial import SETTINGS, Source, Trial, bench
    from planner.bench.rows import Keep, run_rows, staged
    from planner.bench.shelf import Shelf
    from planner.bench.task import Row, Task

    sources = list(Source) if goals is Goals.BOTH else [Source(goals.value)]
    trials = [Trial(instance, source) for source in sources for instance in read_instances(folder, tasks)]
    found = {trial.task.key: trial for trial in trials}

    def pack(todo: Sequence[Task]) -> Iterator[Row]:
        left, model = [found[task.key] for task in todo], None
        if any(trial.source is Source.LM for trial in left):
            from planner.language.embedded import EmbeddedModel

            model = EmbeddedModel()
        return bench(left, model, jobs, Shelf(shelf, SETTINGS.gates) if shelf else None)

    keep = Keep(out, "packing", resume, any_version)
    done = run_rows([trial.task for trial in trials], pack, keep, staged)
    figures = summary(done)
    report(out, {**figures, "rows": [r.to_json() for r in done]}, _table(figures))


def _table(figures: dict[str, Any]) -> Table:
    """Returns the table by setting."""
    table = Table(box=None, pad_edge=False)
    for column in ("setting", "goals", "packed", "95 %", "published", "failures"):
        table.add_column(column)
    for setting, sources in figures["table"].items():
        published = " / ".join(f"{share:.1f}" for share in figures["published"].get(setting, ()))
        for source, share in sources.items():
            low, high = share["wilson"]
            failures = ", ".join(f"{n} {why}" for why, n in share["failures"].items())
            of = f"{share['packed']} of {share['n']}"
            table.add_row(setting, source, of, f"{low:.2f} to {high:.2f}", published, failures)
    return table
