"""`rehearse chat`: one sentence after the other, each on the world as it now is."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from planner.conversation import Conversation, Told
from planner.dispatch.errors import DispatchError
from planner.faces.answer import ExitCode, finding_text
from planner.faces.options import EMBEDDED, KITCHEN, LmOption, SceneOption, SeedOption, model_of
from planner.faces.road_commands import show_planned, show_refused
from planner.faces.terminal import Progress
from planner.outcome import Planned, Question
from planner.rehearsal import Rehearsal
from skills.errors import SkillsError

_HELP = """Say what should be done, for example: put the black bowl on the plate.
You see the plan and the verdicts first; nothing moves before you answer [bold]go[/].
If it asks back, answer in your own words. Then: put it back; no, the other one; do the same with the cups; undo;
why did you open the drawer?

  [bold]scene[/]  what is here, and how it is now
  [bold]help[/]   this text
  [bold]quit[/]   leave"""
_YES = {"go", "y", "yes"}
_NO = {"no", "n", ""}
_LEAVE = {"quit", "exit"}


def chat(
    scene: SceneOption = KITCHEN,
    seed: SeedOption = 0,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the episodes.", metavar="DIR")] = Path(
        "episodes"
    ),
    lm: LmOption = EMBEDDED,
) -> None:
    """Talks with the robot: a sentence, its plan and verdicts, "go?", the motion, and the next sentence.

    Example: rehearse chat --scene kitchen
    """
    console = Console(highlight=False, soft_wrap=True)
    converse(console, Rehearsal(scene, lm=model_of(lm), seed=seed, listener=Progress()), _lines(console), out)
    raise typer.Exit(int(ExitCode.PASS))


def converse(console: Console, road: Rehearsal, lines: Iterator[str], out: Path) -> Rehearsal:
    """Talks until the lines end or say quit; returns the rehearsal in the world as it then is.

    Args:
        console: Where to print.
        road: The rehearsal to begin with.
        lines: What the person types.
        out: Folder for the episodes.
    """
    console.print(f"scene [bold]{road.scene.name}[/]. Type [bold]help[/] for help, [bold]quit[/] to leave.")
    talk, turn = road.talk(), 0
    text = next(lines, "quit")
    while text.lower() not in _LEAVE:
        more = _one_line(console, talk, text, lines, out / f"turn-{turn:03d}")
        text, turn = next(lines, "quit") if more is None else more, turn + 1
    return talk.road


def _one_line(console: Console, talk: Conversation, text: str, lines: Iterator[str], folder: Path) -> str | None:
    """Does what one line asks; returns what was said instead of an answer to "go?"."""
    match text.lower():
        case "":
            pass
        case "help" | "?":
            console.print(_HELP)
        case "scene":
            _show_scene(console, talk.road)
        case word if word in _YES | _NO:
            console.print("nothing waits for an answer; say what should be done.")
        case _:
            try:
                return _one_request(console, talk, text, lines, folder)
            except (SkillsError, DispatchError) as error:
                console.print(finding_text(error.finding))
    return None


def _one_request(console: Console, talk: Conversation, text: str, lines: Iterator[str], folder: Path) -> str | None:
    """Hears one sentence, asks before anything moves, executes; returns what was said instead of go or no."""
    outcome = talk.say(text)
    if isinstance(outcome, Question | Told):
        mark = "[bold yellow]?[/]" if isinstance(outcome, Question) else "[bold]=[/]"
        console.print(f"{mark} {escape(outcome.text)}")
        return None
    if not isinstance(outcome, Planned):
        show_refused(console, outcome, talk.road.scene)
        return None
    show_planned(console, outcome, talk.road.scene)
    console.print("[bold]go?[/] (go / no) ", end="" if console.is_terminal else "\n")
    reply = next(lines, "no")
    if reply.lower() not in _YES:
        console.print("nothing moved.")
        return None if reply.lower() in _NO else reply
    episode = talk.run(outcome, folder)
    colour = "green" if episode else "red"
    console.print(f"[{colour}]{episode.dispatched.state.value}[/]  {escape(str(episode.storyboard or folder))}")
    for finding in episode.dispatched.findings:
        console.print(finding_text(finding))
    return None


def _show_scene(console: Console, road: Rehearsal) -> None:
    for entity in road.scene.entities.values():
        facts = [str(f) for f in sorted(road.facts) if f.args and f.args[0] == entity.id]
        console.print(f"[bold]{entity.id}[/]  {escape(entity.words)}  [dim]{escape(', '.join(facts))}[/]")


def _lines(console: Console) -> Iterator[str]:
    """Yields what the person types, without white space at the ends, until the input ends."""
    while True:
        if sys.stdin.isatty():
            console.print("[bold cyan]>[/] ", end="")
        line = sys.stdin.readline()
        if not line:
            return
        yield line.strip()
