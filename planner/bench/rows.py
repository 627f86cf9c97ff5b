"""`run_rows`: the frame of a long bench: rows that are kept, taken up again, and shown as they come."""

import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.bench.progress import Progress
from planner.bench.rows_file import RowsFile
from planner.bench.task import Row, Task

ABSENT = "not-on-shelf"
"""Stage of a task that was left out; its row is not kept, so that it is tried another time."""


@dataclass(frozen=True)
class Keep:
    """How rows are kept.

    Args:
        out: File of the figures; rows are kept beside it. None: they are kept nowhere.
        asked: What is asked of the bench; rows of another question are not taken up.
        resume: Take up the rows of an earlier run.
        any_version: Take up those too that another version of the code has measured.
    """

    out: Path | None
    asked: str
    resume: bool
    any_version: bool = False


def run_rows(
    tasks: Sequence[Task],
    bench: Callable[[list[Task]], Iterable[Row]],
    keep: Keep,
    show: Callable[[Row], str],
) -> list[Row]:
    """Returns one row for each task, in their order; says on stderr how far it is.

    Args:
        tasks: What is asked for.
        bench: Tries those that have no row yet; yields rows as they are done.
        keep: How rows are kept.
        show: Says of a row what became of it.
    """
    with tempfile.TemporaryDirectory() as scratch:
        path = keep.out.with_name(keep.out.name + ".rows.jsonl") if keep.out else Path(scratch) / "rows.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        file = RowsFile(path, keep.asked, not keep.resume, keep.any_version)
        if file.others:
            sys.stderr.write(f"{file.others} rows of other versions of the code are left out (--any-version)\n")
        rows = dict(file.rows)
        todo = [task for task in tasks if task.key not in rows]
        progress = Progress(len(tasks), len(tasks) - len(todo))
        for row in bench(todo) if todo else ():
            if row.stage != ABSENT:
                file.add(row)
            rows[f"{row.task}#{row.seed}#{row.instruction}"] = row
            progress.step(show(row))
    return [rows[task.key] for task in tasks]


def ended(row: Row) -> str:
    """Returns how a row ended in a word or two: ``ok``, or the stage and the first code."""
    return "ok" if row.goal_met else f"{row.stage} {row.codes[0] if row.codes else ''}".rstrip()


def staged(row: Row) -> str:
    """Returns the stage that a row came to, its task, and the first code."""
    return f"{row.stage:12} {row.task}" + (f"  {row.codes[0]}" if row.codes else "")


__all__ = ["ABSENT", "Keep", "ended", "run_rows", "staged"]
