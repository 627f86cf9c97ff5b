"""`rehearse bench scale` and `soak`: what workers bring, and what they keep."""

from typing import Annotated, Any

import typer
from rich.table import Table

from planner.faces.bench_skill_commands import OptionalReport, report
from planner.faces.options import KITCHEN, SceneOption


def add_to(app: typer.Typer) -> None:
    """Adds the commands to `rehearse bench`."""
    app.command("scale")(scale)
    app.command("soak")(soak)


def scale(
    out: OptionalReport = None,
    scene: SceneOption = KITCHEN,
    jobs: Annotated[int, typer.Option("--jobs", min=2, help="Jobs of each run.")] = 24,
    workers: Annotated[int, typer.Option("--workers", min=2, help="Workers that are compared with one.")] = 2,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="Runs of each.")] = 3,
    engine: Annotated[list[str] | None, typer.Option("--engine", help="pool or ray (default: both).")] = None,
) -> None:
    """Throughput of warm workers over that of one, by the process pool and by Ray; needs a machine that is idle.

    Example: rehearse bench scale --json scale.json
    """
    from planner.bench.scale import figures, measure
    from planner.scenes import open_scene

    runs = measure(open_scene(scene).scene, engine or ["pool", "ray"], jobs, workers, rounds)
    found: dict[str, Any] = figures(runs, jobs)
    table = Table("engine", "workers", "jobs/s", box=None, pad_edge=False)
    for row in found["runs"]:
        table.add_row(row["engine"], str(row["workers"]), f"{row['jobs_per_s']:.2f}")
    report(out, found, table)


def soak(
    out: OptionalReport = None,
    scene: SceneOption = KITCHEN,
    jobs: Annotated[int, typer.Option("--jobs", min=20, help="Jobs after the warm-up.")] = 1000,
    warm_up: Annotated[int, typer.Option("--warm-up", min=1, help="Jobs before anything counts.")] = 100,
) -> None:
    """How much memory a worker and its parent gain over many jobs; the worker is never replaced.

    Example: rehearse bench soak --jobs 1000 --json soak.json
    """
    from planner.bench.soak import EACH, figures, measure
    from planner.scenes import open_scene

    found: dict[str, Any] = figures(measure(open_scene(scene).scene, jobs, warm_up), warm_up)
    table = Table("after jobs", "held [MB]", box=None, pad_edge=False)
    for index, held in list(enumerate(found["series_mb"]))[::4]:
        table.add_row(str(index * EACH), f"{held:.1f}")
    report(out, found, table)
