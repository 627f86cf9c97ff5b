"""The command `rehearse`: every command group in one place, and the one border for exceptions."""

import os
import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from planner.dispatch.errors import DispatchError
from planner.faces import (
    bench_commands,
    chat,
    doctor,
    explain_command,
    graph_commands,
    road_commands,
    robot_commands,
    rules_commands,
    scene_commands,
    skill_commands,
)
from planner.faces.answer import ExitCode, refusal
from planner.factory import cli as factory
from sim_checks.errors import EngineError
from skills.errors import SkillsError
from skills.finding import Finding

_HELP = """Turns a sentence into a skill graph, rehearses it in physics, and moves a robot only under the certificate
which that rehearsal earned.

Start here:

\b
  rehearse run "put the black bowl on the plate"    the whole road, in the shipped kitchen
  rehearse plan "open the top drawer" --json        a plan and its verdicts; nothing moves
  rehearse chat                                     one sentence after the other
  rehearse doctor                                   is everything here and sound?

Exit codes: 0 pass, 1 rejected, 2 bad input, 3 fault. With --json, stdout holds JSON and nothing else.
"""

app = typer.Typer(
    name="rehearse",
    help=_HELP,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    suggest_commands=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
road_commands.add_to(app)
app.command("explain")(explain_command.explain)
app.command("chat")(chat.chat)
app.command("doctor")(doctor.doctor)
app.add_typer(scene_commands.app, name="scene")
app.add_typer(graph_commands.app, name="graph")
app.add_typer(skill_commands.app, name="skill")
app.add_typer(robot_commands.app, name="robot")
app.add_typer(rules_commands.app, name="rules")
app.add_typer(bench_commands.app, name="bench")
app.add_typer(factory.app, name="factory")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and exits with its code.

    Compiled libraries print on descriptor 1 (the physics engine greets there, in every worker); it is pointed
    elsewhere, so that stdout holds the answer and nothing else.
    """
    ours = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    sys.stdout = os.fdopen(ours, "w", encoding="utf-8", closefd=True)
    code = run(list(sys.argv[1:] if arguments is None else arguments))
    sys.stdout.flush()
    sys.exit(code)


def run(words: Sequence[str]) -> int:
    """Runs one command; every exception ends here.

    Args:
        words: The command line after the program's name.

    Returns:
        0 pass, 1 rejected, 2 bad input, 3 fault.
    """
    as_json = "--json" in words
    try:
        code = app(args=list(words), prog_name="rehearse", standalone_mode=False)
        return int(code) if isinstance(code, int) else int(ExitCode.PASS)
    except (DispatchError, EngineError) as error:
        return _refuse(ExitCode.FAULT, error.finding, as_json)
    except SkillsError as error:
        return _refuse(ExitCode.BAD_INPUT, error.finding, as_json)
    except TyperException as error:
        message = error.format_message() if hasattr(error, "format_message") else str(error)
        finding = Finding("bad-usage", "command line", message, "See `rehearse --help`.")
        return _refuse(ExitCode.BAD_INPUT, finding, as_json)
    except (KeyboardInterrupt, typer.Abort):
        return _refuse(
            ExitCode.FAULT, Finding("interrupted", "rehearse", "It was interrupted.", "Run it again."), as_json
        )
    except BrokenPipeError:
        sys.stderr.close()
        return int(ExitCode.FAULT)
    except Exception as error:  # the one border: whatever was not foreseen is a fault, said in one line
        what = f"{type(error).__name__}: {error}"
        finding = Finding("fault", "rehearse", what, "Run `rehearse doctor`; report this line if it stays.")
        return _refuse(ExitCode.FAULT, finding, as_json)


def _refuse(code: ExitCode, finding: Finding, as_json: bool) -> int:
    try:
        refusal(code, finding).give(as_json)
    except typer.Exit:
        pass
    return int(code)
