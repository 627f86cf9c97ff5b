"""`rehearse bench rules`: the command."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from planner.faces.answer import ExitCode
from planner.faces.options import SeedOption


def rules(
    each: Annotated[int, typer.Option("--each", min=1, help="Plans, or rehearsals, of each sort for each rule.")] = 30,
    seed: SeedOption = 0,
    physics: Annotated[bool, typer.Option(help="Play the rehearsals of the watched rules too.")] = True,
    out: Annotated[Path | None, typer.Option("--json", help="File for the figures.", metavar="OUT")] = None,
) -> None:
    """Are plans and rehearsals that break a safety rule caught, and those that break none passed?

    Example: rehearse bench rules --json rules.json
    """
    from planner.bench.rules import run

    data = run(each, seed, physics=physics)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    console = Console(highlight=False, soft_wrap=True)
    table = Table(box=None)
    for column in ("rule", "caught", "of", "passed", "of"):
        table.add_column(column, justify="left" if column == "rule" else "right")
    for row in data["by_rule"]:
        table.add_row(row["rule"], *(str(row[k]) for k in ("caught", "violating", "passed", "compliant")))
    console.print(table)
    for error in data["errors"]:
        console.print(f"{error['sort']} of {error['rule']}: {error['goal']} {error['codes']}", markup=False)
    for name in ("violating_caught", "compliant_passed"):
        console.print(f"{name:20} {data[name]}", markup=False)
    raise typer.Exit(int(ExitCode.PASS))
