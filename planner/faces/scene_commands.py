"""`rehearse scene`: look at scenes, import them, publish their format."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from planner.faces import scene_generate_command
from planner.faces.answer import Answer, ExitCode, finding_text
from planner.faces.options import KITCHEN, JsonOption, SeedOption
from planner.scenes import SUFFIX, open_scene, shipped_scenes
from planner.storyboard import Frame, write_picture
from sim_checks.bullet.stage import Stage
from sim_checks.worker import Fault, run_isolated
from skills.errors import SceneError
from skills.finding import Finding
from skills.scene import Fixture, Scene, Thing, dump_scene

app = typer.Typer(
    help="Shows, renders and imports scenes: the digital twins that plans are rehearsed in.", no_args_is_help=True
)
scene_generate_command.add_to(app)
SceneArgument = Annotated[str, typer.Argument(help="A shipped scene's name, or a .scene.yaml or .bddl file.")]


@app.command("list")
def list_scenes(as_json: JsonOption = False) -> None:
    """Lists the scenes that ship with the package."""
    scenes = {name: open_scene(path).scene for name, path in shipped_scenes().items()}
    data = {"scenes": [{"name": n, "things": len(s.things), "sha256": s.sha256} for n, s in scenes.items()]}

    def show(console: Console) -> None:
        for name, scene in scenes.items():
            console.print(f"[bold]{name}[/]  {len(scene.fixtures)} fixtures, {len(scene.objects)} objects")

    Answer(ExitCode.PASS, data, show).give(as_json)


@app.command()
def schema(as_json: JsonOption = True) -> None:
    """Prints the JSON Schema of scene files. Example: rehearse scene schema > scene.schema.json."""
    data = Scene.model_json_schema(by_alias=True)
    Answer(ExitCode.PASS, data, lambda console: console.print_json(data=data)).give(as_json)


@app.command()
def show(scene: SceneArgument = KITCHEN, seed: SeedOption = 0, as_json: JsonOption = False) -> None:
    """Prints what is in a scene, with the names that sentences may use. Example: rehearse scene show kitchen."""
    opened = open_scene(scene, seed).scene
    rows = [
        {
            "id": e.id,
            "role": e.role,
            "words": e.words,
            "kind": e.kind,
            "place": _place(opened.thing(e.id)) if e.parent is None else f"part of {e.parent}",
        }
        for e in opened.entities.values()
    ]
    rows += [
        {"id": r.id, "role": "region", "words": r.label or "", "kind": "", "place": f"on {r.on}"}
        for r in opened.regions
    ]
    findings = opened.findings()
    data = {
        "name": opened.name,
        "sha256": opened.sha256,
        "entities": rows,
        "facts": sorted(map(str, opened.initial_state())),
        "findings": [f.to_json() for f in findings],
    }

    def print_table(console: Console) -> None:
        table = Table(title=f"{opened.name}  {opened.sha256[:12]}", box=None, pad_edge=False, title_justify="left")
        for column in ("id", "role", "words", "kind", "place"):
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*(escape(row[c]) for c in ("id", "role", "words", "kind", "place")))
        console.print(table)
        for finding in findings:
            console.print(finding_text(finding))

    Answer(ExitCode.PASS, data, print_table).give(as_json)


@app.command()
def render(
    scene: SceneArgument = KITCHEN,
    out: Annotated[Path, typer.Option("--out", "-o", help="The PNG file.", metavar="PNG")] = Path("scene.png"),
    size: Annotated[tuple[int, int], typer.Option("--size", help="Width and height [px].")] = (960, 720),
    seed: SeedOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Builds a scene in physics, lets it settle, and takes its picture. Example: rehearse scene render kitchen."""
    opened, folder = open_scene(scene, seed)
    width, height = (min(max(side, 16), 4096) for side in size)
    answer = run_isolated(picture_of, (opened, folder, width, height), 120.0)
    if isinstance(answer, Fault):
        raise SceneError(answer.finding or Finding(answer.code, scene, answer.what, "Check the scene's shapes."))
    write_picture(out, answer)
    data = {"file": str(out), "width": width, "height": height, "scene": opened.name, "sha256": opened.sha256}
    Answer(ExitCode.PASS, data, lambda console: console.print(f"wrote {escape(str(out))}")).give(as_json)


def picture_of(scene: Scene, folder: Path | None, width: int, height: int) -> Frame:
    """Returns a picture of the settled scene; runs in a worker process."""
    with Stage(scene, folder=folder) as stage:
        return stage.picture(width, height)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A BDDL file.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Where to write the scene file.")] = None,
    seed: SeedOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Reads a BDDL file and writes it as a scene. Example: rehearse scene import TASK.bddl -o task.scene.yaml."""
    scene = open_scene(file, seed).scene
    target = out or Path(f"{scene.name}{SUFFIX}")
    target.write_text(dump_scene(scene), encoding="utf-8")
    data = {
        "name": scene.name,
        "sha256": scene.sha256,
        "file": str(target),
        "findings": [f.to_json() for f in scene.findings()],
    }

    def say(console: Console) -> None:
        console.print(f"wrote {escape(str(target))}: {len(scene.fixtures)} fixtures, {len(scene.objects)} objects")
        for finding in scene.findings():
            console.print(finding_text(finding))

    Answer(ExitCode.PASS, data, say).give(as_json)


def _place(thing: Thing) -> str:
    if thing.placement is not None:
        x, y = thing.placement.xy
        place = f"{'in' if thing.placement.inside else 'on'} {thing.placement.on} at ({x:.3f}, {y:.3f})"
    else:
        assert thing.pose is not None
        place = "at (" + ", ".join(f"{c:.3f}" for c in thing.pose.position) + ")"
    joints = thing.joints if isinstance(thing, Fixture) else {}
    return place + "".join(f", {part} {value:.2f}" for part, value in joints.items())
