"""`rehearse graph`: look at plans, and their format."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from planner.faces.answer import Answer, ExitCode
from planner.faces.options import KITCHEN, JsonOption, SceneOption, SeedOption
from planner.faces.terminal import plan_tree
from planner.rehearsal import content
from planner.scenes import open_scene
from skills.graph_export import to_dot, to_mermaid
from skills.graph_json import parse_graph, plan_schema

app = typer.Typer(help="Shows plans as trees and diagrams, and publishes their format.", no_args_is_help=True)


class Format(StrEnum):
    """How a plan is drawn."""

    TREE = "tree"
    MERMAID = "mermaid"
    DOT = "dot"


@app.command()
def show(
    plan: Annotated[Path, typer.Argument(help="A plan as JSON.", metavar="PLAN")],
    form: Annotated[Format, typer.Option("--format", "-f", help="tree, mermaid or dot.")] = Format.TREE,
    scene: SceneOption = KITCHEN,
    seed: SeedOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Draws a plan. Example: rehearse graph show out/demo/graph.json --format mermaid."""
    graph = parse_graph(content(plan))
    drawn = {Format.MERMAID: to_mermaid, Format.DOT: to_dot}

    def draw(console: Console) -> None:
        if form is Format.TREE:
            console.print(plan_tree(graph, open_scene(scene, seed).scene))
        else:
            typer.echo(drawn[form](graph))

    Answer(ExitCode.PASS, graph.to_json(), draw).give(as_json)


@app.command()
def schema(as_json: JsonOption = True) -> None:
    """Prints the JSON Schema of plan files. Example: rehearse graph schema > plan.schema.json."""
    data = plan_schema()
    Answer(ExitCode.PASS, data, lambda console: console.print_json(data=data)).give(as_json)
