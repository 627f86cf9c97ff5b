"""`rehearse skill`: what the robot can do."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from planner.faces import skill_film
from planner.faces.answer import Answer, ExitCode
from planner.faces.options import JsonOption, OutOption, SeedOption
from sim_checks.scenes.generate import PANDA
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
    scene: Annotated[
        str | None, typer.Option("--scene", "-s", help="Film it in this scene; 'generated' draws one.", metavar="SCENE")
    ] = None,
    seed: SeedOption = 0,
    out: OutOption = None,
    robot: Annotated[str, typer.Option("--robot", help="Kind of the robot in a generated scene.")] = PANDA,
    as_json: JsonOption = False,
) -> None:
    """Shows what a skill's arguments may be; with a scene or a folder, films a random call of it in physics.

    Example: rehearse skill show place_in --scene generated --seed 3 -o shown
    """
    skill = catalogue.get(name, "NAME")
    if scene is not None or out is not None:
        skill_film.film(name_of(skill), scene or skill_film.GENERATED, seed, robot, out or Path("shown")).give(as_json)

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
