"""`rehearse explain`: why a plan was refused, in one sentence and on one page."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from planner.faces.answer import Answer, ExitCode
from planner.faces.options import JsonOption, RulesOption, SeedOption
from sim_checks.rules.book import open_rules


def explain(
    verdict: Annotated[
        Path,
        typer.Argument(help="What `validate --json` wrote, a certificate, or an episode's folder.", metavar="VERDICT"),
    ],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File for the page.", metavar="PAGE.html")] = None,
    scene: Annotated[
        str | None, typer.Option("--scene", "-s", help="The scene (default: scene.json beside it).", metavar="SCENE")
    ] = None,
    seed: SeedOption = 0,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Says in one sentence why a plan was refused, and writes a page with the failing step, pictures and numbers.

    Example: rehearse validate plan.json --json > verdict.json; rehearse explain verdict.json -s kitchen -o why.html
    """
    from planner.explain_page import page
    from planner.explaining import read_case, show

    case = read_case(verdict, scene, seed)
    if out is not None:
        pictures = show(case, open_rules(rules))
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(page(case, pictures), encoding="utf-8")
    data = {
        "outcome": "passed" if case.failed is None else str(case.failed.get("outcome")),
        "why_not": case.why_not,
        "remedy": case.remedy,
        "node": case.node,
        "page": None if out is None else str(out),
    }

    def tell(console: Console) -> None:
        console.print(escape(case.why_not))
        if case.remedy:
            console.print(f"  [dim]->[/] {escape(case.remedy)}")
        if out is not None:
            console.print(f"page  {escape(str(out))}")

    Answer(ExitCode.PASS, data, tell).give(as_json)
