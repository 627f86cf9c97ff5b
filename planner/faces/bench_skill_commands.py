"""`rehearse bench skills` and `rehearse bench motions`: what the body can do, and what planning its motions costs."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from planner.faces.answer import ExitCode
from sim_checks.scenes.generate import PANDA

OptionalReport = Annotated[Path | None, typer.Option("--json", help="File for the figures and details.", metavar="OUT")]
JobsOption = Annotated[int, typer.Option("--jobs", min=1, help="Trials at once.")]
RobotOption = Annotated[str, typer.Option("--robot", help="Kind of the robot at the table.")]
AnyVersionOption = Annotated[
    bool, typer.Option("--any-version", help="Keep rows that another version of the code has measured, too.")
]
ResumeOption = Annotated[bool, typer.Option("--resume/--fresh", help="Keep the rows of an earlier run.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands to `rehearse bench`."""
    app.command("skills")(skills)
    app.command("motions")(motions)


def skills(
    out: OptionalReport = None,
    robot: RobotOption = PANDA,
    n: Annotated[int, typer.Option("--n", min=1, help="Random scenes for each skill.")] = 50,
    only: Annotated[str, typer.Option("--skills", help="Only these skills, with commas; empty: all.")] = "",
    jobs: JobsOption = 2,
    resume: ResumeOption = False,
    any_version: AnyVersionOption = False,
) -> None:
    """Success by skill in random scenes, executed in perturbed worlds, with its Wilson interval and causes of failure.

    Example: rehearse bench skills --n 20 --skills pick,push --json skills.json
    """
    from planner.bench.rows import Keep, ended, run_rows
    from planner.bench.skills import bench, summary, tasks

    found = tasks([s.strip() for s in only.split(",") if s.strip()], n)
    keep = Keep(out, f"skills/{robot}", resume, any_version)
    done = run_rows(
        found,
        lambda todo: bench(todo, robot, jobs),
        keep,
        lambda row: f"{ended(row):22} {row.plan[0] if row.plan else row.task}",
    )
    figures = summary(done)
    table = Table(box=None, pad_edge=False)
    for column in ("skill", "share", "95 %", "failures", "undisturbed"):
        table.add_column(column)
    details: Any = figures["details"]
    shares: Any = figures["skills"]
    for name, share in shares.items():
        low, high = details[name]["wilson"]
        failures = ", ".join(f"{c} {k}" for c, k in details[name]["failures"].items())
        table.add_row(name, f"{share:.2f}", f"{low:.2f} to {high:.2f}", failures, f"{details[name]['undisturbed']:.2f}")
    report(out, {**figures, "robot": robot, "rows": [r.to_json() for r in done]}, table)


def motions(
    out: OptionalReport = None,
    robot: RobotOption = PANDA,
    n: Annotated[int, typer.Option("--n", "--tasks", min=1, help="Generated tasks of several calls.")] = 20,
    jobs: JobsOption = 1,
    resume: ResumeOption = False,
    any_version: AnyVersionOption = False,
    together: Annotated[
        bool,
        typer.Option("--together", help="Two arms at once over one after the other instead; the home robot alone."),
    ] = False,
) -> None:
    """Time to plan all motions of a plan over the duration of those motions; replays in physics are not counted.

    Example: rehearse bench motions --n 20 --json motions.json, or rehearse bench motions --robot home --together
    """
    if together:
        at_once(out, n, jobs, resume, any_version)
    from planner.bench.motions import bench, summary, tasks
    from planner.bench.rows import Keep, ended, run_rows
    from planner.bench.task import Row

    def show(row: Row) -> str:
        took = f"{row.seconds['planning']:.1f} s for {row.seconds['motion']:.1f} s" if row.plan else ""
        return f"{ended(row):12} {took} in {row.plan[0] if row.plan else ''}"

    keep = Keep(out, f"motions/{robot}", resume, any_version)
    done = run_rows(tasks(n), lambda todo: bench(todo, robot, jobs), keep, show)
    table = Table(box=None, pad_edge=False)
    report(out, {**summary(done), "robot": robot, "rows": [r.to_json() for r in done]}, table)


def at_once(out: Path | None, n: int, jobs: int, resume: bool, any_version: bool) -> None:
    """Rehearses drawn tasks about two things with both arms at work and one after the other, and leaves the command.

    Raises:
        typer.Exit: Always.
    """
    from planner.bench.rows import Keep, ended, run_rows
    from planner.bench.task import Row
    from planner.bench.together import bench, summary, tasks

    def show(row: Row) -> str:
        took = f"{row.seconds['together']:.1f} s for {row.seconds['after']:.1f} s" if "after" in row.seconds else ""
        return f"{ended(row):14} {'at once' if row.certified else 'in turn'} {took} {row.task}"

    keep = Keep(out, "together", resume, any_version)
    done = run_rows(tasks(n), lambda todo: bench(todo, jobs), keep, show)
    report(
        out, {**summary(done), "robot": "home", "rows": [r.to_json() for r in done]}, Table(box=None, pad_edge=False)
    )


def report(out: Path | None, data: Mapping[str, Any], table: Table) -> None:
    """Writes the report, prints its figures, and leaves the command.

    Raises:
        typer.Exit: Always.
    """
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    for name, value in data.items():
        if not isinstance(value, list | dict | tuple):
            console.print(f"{name:20} {value}", markup=False)
    raise typer.Exit(int(ExitCode.PASS))
