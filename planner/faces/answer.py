"""`Answer`: what a command says, once for people and once for programs, and its exit code."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum

import typer
from rich.console import Console

from skills.finding import Finding


class ExitCode(IntEnum):
    """What a command's exit code means."""

    PASS = 0
    REJECTED = 1
    BAD_INPUT = 2
    FAULT = 3


@dataclass(frozen=True)
class Answer:
    """The result of one command.

    Args:
        code: Exit code.
        data: JSON-ready result.
        show: Prints the result for a person.
    """

    code: ExitCode
    data: Mapping[str, object]
    show: Callable[[Console], None]

    def give(self, as_json: bool) -> None:
        """Prints the result on stdout and leaves the command.

        Raises:
            typer.Exit: Always, with the answer's code.
        """
        if as_json:
            sys.stdout.write(json.dumps(self.data, indent=2, sort_keys=False, ensure_ascii=False, default=str) + "\n")
            sys.stdout.flush()
        else:
            self.show(Console(highlight=False, soft_wrap=True))
        raise typer.Exit(int(self.code))


def refusal(code: ExitCode, finding: Finding) -> Answer:
    """Returns the answer to bad input or to a fault: one finding."""
    outcome = {ExitCode.BAD_INPUT: "bad-input", ExitCode.FAULT: "fault"}.get(code, "rejected")

    def show(console: Console) -> None:
        Console(stderr=True, highlight=False, soft_wrap=True).print(finding_text(finding))

    return Answer(code, {"outcome": outcome, "findings": [finding.to_json()]}, show)


def finding_text(finding: Finding) -> str:
    """Returns a finding as rich markup: code and place, what is wrong, what to do."""
    from rich.markup import escape

    colour = "red" if finding.severity == "error" else "yellow"
    head = f"[bold {colour}]{escape(finding.code)}[/] at [cyan]{escape(finding.where)}[/]"
    return f"{head}\n  {escape(finding.what)}\n  [dim]->[/] {escape(finding.remedy)}"
