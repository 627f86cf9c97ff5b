"""`rehearse bench household`: chores of 6 to 20 steps in generated homes, by a robot that drives."""

from typing import Annotated, Any

import typer
from rich.table import Table

from planner.faces.bench_skill_commands import AnyVersionOption, JobsOption, OptionalReport, ResumeOption, report


def add_to(app: typer.Typer) -> None:
    """Adds the command to `rehearse bench`."""
    app.command("household")(household)


def household(
    out: OptionalReport = None,
    n: Annotated[int, typer.Option("--n", min=1, help="Tasks, the chores taking turns.")] = 50,
    tasks: Annotated[str, typer.Option("--tasks", help="Only chores that match, e.g. 'fetch' or 'put*'.")] = "*",
    robot: Annotated[str, typer.Option("--robot", help="Kind of the robot; it needs a base that drives.")] = "home",
    jobs: JobsOption = 2,
    resume: ResumeOption = False,
    any_version: AnyVersionOption = False,
) -> None:
    """Fetch, clear, put away, tidy, set the table, heat, chill: goals given, executed in an unseen home.

    Example: rehearse bench household --n 8 --tasks fetch --json household.json
    """
    from planner.bench.household import bench, summary
    from planner.bench.household import tasks as listed
    from planner.bench.rows import Keep, ended, run_rows

    keep = Keep(out, f"household/{robot}", resume, any_version)
    done = run_rows(
        listed(n, tasks),
        lambda todo: bench(todo, robot, jobs),
        keep,
        lambda row: f"{ended(row):24} {row.task}/{row.seed} {row.plan[0] if row.plan else ''}",
    )
    figures = summary(done)
    table = Table(box=None, pad_edge=False)
    for column in ("chore", "goal met"):
        table.add_column(column)
    chores: Any = figures["chores"]
    for name, share in chores.items():
        table.add_row(name, f"{share:.2f}")
    report(out, {**figures, "robot": robot, "rows": [r.to_json() for r in done]}, table)
