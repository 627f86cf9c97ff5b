"""`rehearse skill`: what the robot can do."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from planner.faces.answer import Answer, ExitCode
from planner.faces.options import JsonOption
from skills import catalogue
from skills.parameter import WORDS
from skills.skill import Skill, name_of

app = typer.Typer(help="Lists the skills that plans are made of.", no_args_is_help=True)


@app.command("list")
def list_skills(as_json: JsonOption = False) -> None:
    """Lists every installed skill."""
    skills = tuple(catalogue.load())
    data = {"skills": [_described(s) for s in skills], "sha256": catalogue.load().sha256}

    def show(console: Console) -> None:
        table = Table(box=None, pad_edge=False)
        for column in ("id", "call", "what it does"):
            table.add_column(column)
        for skill in skills:
            call = f"{name_of(skill)}({', '.join(p.name for p in skill.parameters)})"
            table.add_row(skill.id, escape(call), escape(skill.words))
        console.print(table)

    Answer(ExitCode.PASS, data, show).give(as_json)


@app.command("show")
def show_skill(
    name: Annotated[str, typer.Argument(help="A skill's name, with or without its version.")],
    as_json: JsonOption = False,
) -> None:
    """Shows one skill and what its arguments may be. Example: rehearse skill show place_in."""
    skill = catalogue.get(name, "NAME")

    def show(console: Console) -> None:
        console.print(f"[bold]{skill.id}[/]  {escape(skill.words)}")
        for parameter in skill.parameters:
            console.print(f"  {parameter.name}: {WORDS[parameter.type]}")

    Answer(ExitCode.PASS, _described(skill), show).give(as_json)


def _described(skill: Skill) -> dict[str, object]:
    return {
        "id": skill.id,
        "name": name_of(skill),
        "words": skill.words,
        "parameters": [{"name": p.name, "type": p.type, "words": WORDS[p.type]} for p in skill.parameters],
    }
