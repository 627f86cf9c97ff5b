"""`rehearse bench transfer`: do certified plans reach their goals in a second physics engine?"""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from planner.faces.answer import ExitCode
from planner.faces.bench_skill_commands import AnyVersionOption, ResumeOption
from planner.faces.options import ReportOption


def add_to(app: typer.Typer) -> None:
    """Adds the command to `rehearse bench`."""
    app.command("transfer")(transfer)


def transfer(
    folder: Annotated[Path, typer.Option("--dir", help="Folder of suites with BDDL files.", metavar="DIR")],
    out: ReportOption,
    tasks: Annotated[str, typer.Option("--tasks", help="Only tasks that match, e.g. 'libero_goal/*'.")] = "*",
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="Sampled placements of each task.")] = 1,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Tasks at once.")] = 1,
    perturbed: Annotated[
        bool, typer.Option("--perturbed", help="Perturb the world too, with a seed that no gate has used.")
    ] = False,
    resume: ResumeOption = False,
    any_version: AnyVersionOption = False,
    shelf: Annotated[
        Path | None,
        typer.Option("--shelf", help="Folder of certified plans: the same plan is not certified twice.", metavar="DIR"),
    ] = None,
    shelf_only: Annotated[bool, typer.Option("--shelf-only", help="Leave out what is not on the shelf.")] = False,
    pictures: Annotated[
        Path | None, typer.Option("--pictures", help="Folder for a storyboard of each plan.", metavar="DIR")
    ] = None,
) -> None:
    """Certified plans carried out in MuJoCo, an engine whose contacts no gate has seen; each task's goal judges.

    Needs the extra called transfer (MuJoCo).
    Example: rehearse bench transfer --dir libero/bddl_files --shelf out/shelf --jobs 2 --json transfer.json
    """
    from planner.bench import tally
    from planner.bench.rows import ABSENT, Keep, run_rows, staged
    from planner.bench.shelf import Shelf
    from planner.bench.task import find_tasks
    from planner.bench.transfer import How, bench, summary
    from planner.pipeline import Settings
    from sim_checks.mujoco.engine import Physics

    found = find_tasks(folder, tasks, None, seeds)
    asked = f"transfer/{perturbed}/{json.dumps(Physics().to_json(), sort_keys=True)}"
    kept = Shelf(shelf, Settings().gates) if shelf else None
    how = How(Settings(), kept, shelf_only, perturbed, pictures)
    rows = run_rows(found, lambda todo: bench(todo, how, jobs), Keep(out, asked, resume, any_version), staged)
    done = [row for row in rows if row.stage != ABSENT]
    causes = tally.causes([row for row in done if row.certified])
    data = {
        **summary(done),
        "perturbed": perturbed,
        "physics": Physics().to_json(),
        "failures": [{"stage": s, "cause": c, "n": n} for s, c, n in causes],
        "rows": [row.to_json() for row in done],
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    _show(data, causes)
    raise typer.Exit(int(ExitCode.PASS))


def _show(data: dict[str, object], causes: list[tuple[str, str, int]]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    if causes:
        table = Table(box=None, title="failures by cause", title_justify="left")
        for column in ("stage", "cause", "plans"):
            table.add_column(column)
        for stage, code, count in causes:
            table.add_row(stage, code, str(count))
        console.print(table)
    for name in ("n", "goal_met", "not_certified", "flawed_on_the_way", "settled_apart_mm", "slip_mm"):
        console.print(f"{name:18} {data[name]}", markup=False)
