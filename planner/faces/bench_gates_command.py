"""`rehearse bench symbolic`, `gates` and `certify`: the gates themselves, checked."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from planner.faces.bench_skill_commands import AnyVersionOption, JobsOption, OptionalReport, ResumeOption, report
from planner.faces.options import KITCHEN, SceneOption, SeedOption

if TYPE_CHECKING:
    from planner.bench.rows import Keep


def add_to(app: typer.Typer) -> None:
    """Adds the commands to `rehearse bench`."""
    app.command("symbolic")(symbolic)
    app.command("gates")(gates)
    app.command("certify")(certify)


def symbolic(
    out: OptionalReport = None,
    scene: SceneOption = KITCHEN,
    plans: Annotated[int, typer.Option("--plans", min=1, help="Plans of each length.")] = 2,
    longest: Annotated[int, typer.Option("--longest", min=20, max=1000, help="Most steps of a plan.")] = 1000,
    seed: SeedOption = 0,
) -> None:
    """Processor time of the symbolic gate and of unified-planning's validator on the same plans, and how it grows.

    Example: rehearse bench symbolic --json symbolic.json
    """
    from planner.bench.symbolic import LENGTHS, figures, measure
    from planner.scenes import open_scene

    lengths = [n for n in LENGTHS if n <= longest]
    found: dict[str, Any] = figures(measure(open_scene(scene).scene, lengths, plans, seed=seed))
    table = _table("steps", "gate [ms]", "validator [ms]", "ratio")
    for row in found["lengths"]:
        table.add_row(*(f"{row[k]:g}" for k in ("steps", "ours_ms", "theirs_ms", "speedup")))
    report(out, found, table)


def gates(
    out: OptionalReport = None,
    mutants: Annotated[int, typer.Option("--mutants", min=0, help="Plans with one fault.")] = 2000,
    pairs: Annotated[int, typer.Option("--pairs", min=0, help="Plans for gate and validator.")] = 5000,
    cases: Annotated[int, typer.Option("--cases", min=0, help="Calls in scenes, for the harsher simulation.")] = 100,
    jobs: JobsOption = 2,
    resume: ResumeOption = False,
    any_version: AnyVersionOption = False,
    seed: SeedOption = 0,
) -> None:
    """The gates, checked: mutated plans, unified-planning's validator, and a harsher simulation than their own.

    The symbolic half takes minutes, the harsher simulation about one for each case: `--cases 0` leaves it out,
    `--mutants 0 --pairs 0` the symbolic half; `--resume` goes on with the cases.

    Example: rehearse bench gates --cases 0 --json gates.json
    """
    from planner.bench.gates.measure import measure
    from planner.bench.rows import Keep

    found = measure(mutants, pairs, seed)
    found |= _harsher(Keep(out, "gates/harsher", resume, any_version), cases, jobs) if cases else {}
    columns = ("refused", "accepted", "equivalent", "refused though it can be done")
    table = _table("change", *columns)
    for name, row in found["by_operator"].items():
        table.add_row(name, *(str(row.get(column, 0)) for column in columns))
    if not cases:
        table.caption = "false_accept and false_reject were not measured: give --cases."
    report(out, found, table)


def _harsher(keep: "Keep", cases: int, jobs: int) -> dict[str, Any]:
    """Runs the half that plays plans in a harsher simulation; rows are kept beside the figures."""
    from planner.bench.gates.harsher import bench, summary, tasks
    from planner.bench.rows import run_rows
    from planner.bench.task import Row

    def show(row: Row) -> str:
        return f"{row.instruction:10} {row.task:14} {'; '.join(row.findings)[:90]}"

    return summary(run_rows(tasks(cases), lambda todo: bench(todo, jobs), keep, show))


def certify(
    out: OptionalReport = None,
    plans: Annotated[int, typer.Option("--plans", min=100, help="Synthetic plans of each probability.")] = 5000,
    least: Annotated[float, typer.Option("--least", help="The claim p0 beside the gates' own.")] = 0.95,
    good: Annotated[float, typer.Option("--good", help="What a good plan reaches, for that claim.")] = 0.99,
    confidence: Annotated[float, typer.Option("--confidence", help="Confidence of that claim.")] = 0.95,
    episodes: Annotated[
        list[Path] | None, typer.Option("--episodes", help="Folders of certified plans to carry out anew.")
    ] = None,
    fresh: Annotated[int, typer.Option("--fresh", min=1, help="Fresh worlds for each of them.")] = 20,
    seed: SeedOption = 0,
) -> None:
    """Does a certificate say the truth? The sequential test on synthetic plans of known probability of success.

    Example: rehearse bench certify --json certify.json
    """
    from planner.bench.certify import held, measure
    from sim_checks.gates import GateSettings
    from sim_checks.sequential import Claim

    own = GateSettings()
    other = Claim(least, good, 1 - confidence, most=2000)
    found = measure({"gates": own.claim, "asked": other}, own.revisions, plans, seed)
    if episodes:
        found |= held(episodes, fresh, seed)
    table = _table("claim", "p", "certified", "95 %", "rollouts", "of the fixed number")
    for row in found["rows"]:
        low, high = row["wilson"]
        figures = (
            f"{row['certified']:.4f}",
            f"{low:.4f} to {high:.4f}",
            f"{row['rollouts']:.1f}",
            f"{row['ratio']:.3f}",
        )
        table.add_row(row["claim"], f"{row['p']:g}", *figures)
    if not episodes:
        table.caption = "certified_holds was not measured: name certified plans with --episodes."
    report(out, found, table)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, caption_justify="left")
    for column in columns:
        table.add_column(column, justify="right" if column != columns[0] else "left")
    return table
