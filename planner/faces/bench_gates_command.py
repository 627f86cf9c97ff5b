"""`rehearse bench symbolic`, `gates` and `certify`: the gates themselves, checked."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from planner.faces.bench_skill_commands import OptionalReport, report
from planner.faces.options import KITCHEN, SceneOption, SeedOption


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
    mutants: Annotated[int, typer.Option("--mutants", min=1, help="Plans with one fault.")] = 2000,
    pairs: Annotated[int, typer.Option("--pairs", min=1, help="Plans for gate and validator.")] = 5000,
    seed: SeedOption = 0,
) -> None:
    """Mutated plans that the symbolic gate accepts, and plans on which it and unified-planning's validator disagree.

    Example: rehearse bench gates --json gates.json
    """
    from planner.bench.gates.measure import measure

    found = measure(mutants, pairs, seed)
    columns = ("refused", "accepted", "equivalent", "refused though it can be done")
    table = _table("change", *columns)
    for name, row in found["by_operator"].items():
        table.add_row(name, *(str(row.get(column, 0)) for column in columns))
    table.caption = (
        "false_accept and false_reject (physics against a harsher simulation) are not measured by this half."
    )
    report(out, found, table)


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
