"""`rehearse scene generate`: table-tops from a seed, proved valid before they are written."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from planner.bench.progress import Progress
from planner.faces.answer import Answer, ExitCode
from planner.faces.options import JsonOption, SeedOption
from planner.scenes import SUFFIX
from sim_checks.scenes.generate import PANDA, Generated, generate
from sim_checks.worker import Fault, run_isolated
from skills.errors import SceneError
from skills.finding import Finding
from skills.scene import dump_scene

LIMIT_S = 300.0
"""Longest wall time for one scene [s]."""


def add_to(app: typer.Typer) -> None:
    """Adds the command to `rehearse scene`."""
    app.command("generate")(generate_scenes)


def generate_scenes(
    seed: SeedOption = 0,
    theme: Annotated[
        str, typer.Option("--theme", help="kitchen, dining, office, workbench, cell, line, home.")
    ] = "kitchen",
    clutter: Annotated[int, typer.Option("--clutter", help="Distractors beside the theme's own things.")] = 3,
    robot: Annotated[str, typer.Option("--robot", help="Kind of the robot at the table.")] = PANDA,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The scene file; a folder where --n is over 1.")
    ] = None,
    n: Annotated[int, typer.Option("--n", min=1, help="How many scenes, from this seed on.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Generates table-tops: settled, nothing overlapping, everything in reach, or none at all.

    Example: rehearse scene generate --seed 7 --theme office --clutter 4 -o office.scene.yaml
    """
    progress = Progress(n) if n > 1 else None
    made: list[tuple[int, Generated, Path]] = []
    for current in range(seed, seed + n):
        answer = run_isolated(generate, (current, theme, clutter, robot), LIMIT_S)
        if isinstance(answer, Fault):
            remedy = "Ask for less clutter, or another seed."
            raise SceneError(answer.finding or Finding(answer.code, f"--seed {current}", answer.what, remedy))
        made.append((current, answer, _write(answer, out, n)))
        if progress:
            progress.step(f"{answer.scene.name}: {answer.tries} tries")
    rows = [
        {
            "seed": at,
            "name": g.scene.name,
            "file": str(file),
            "sha256": g.scene.sha256,
            "things": len(g.scene.things),
            "tries": g.tries,
            "faults": dict(g.faults),
        }
        for at, g, file in made
    ]
    retried = round(sum(g.tries > 1 for _, g, _ in made) / n, 4)
    data = {"n": n, "retried": retried, "scenes": rows}

    def show(console: Console) -> None:
        for _, g, file in made:
            tries = "the first try" if g.tries == 1 else f"try {g.tries}"
            console.print(f"wrote {escape(str(file))}: {len(g.scene.things)} things, {tries}")
        if n > 1:
            console.print(f"needed retries   {retried:.2%} of {n}")

    Answer(ExitCode.PASS, data, show).give(as_json)


def _write(generated: Generated, out: Path | None, n: int) -> Path:
    """Writes the scene and returns its file."""
    name = f"{generated.scene.name}{SUFFIX}"
    path = Path(name) if out is None else out / name if n > 1 else out
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump_scene(generated.scene), encoding="utf-8")
    return path
