"""`ReplayModel`: recorded drafts, for tests and for audits."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planner.instruction import Instruction
from skills.errors import SkillsError, did_you_mean
from skills.graph import Draft, Step
from skills.plain_file import read_plain
from skills.symbols import Goal, Literal

MAX_BYTES = 50_000_000
"""Largest file of recorded drafts that is read."""


class ReplayError(SkillsError):
    """No draft was recorded for this instruction, or the record cannot be read."""


class ReplayModel:
    """Answers with what was recorded, word for word.

    Args:
        recorded: Draft by instruction text (white space collapsed).
    """

    name = "replay.v1"

    def __init__(self, recorded: Mapping[str, Draft]) -> None:
        self._recorded = {" ".join(text.split()): draft for text, draft in recorded.items()}

    def draft(self, instruction: Instruction) -> Draft:
        """Returns the recorded draft.

        Raises:
            InstructionError: The text cannot be read.
            ReplayError: Nothing was recorded for it.
        """
        text = instruction.checked()
        if text not in self._recorded:
            raise ReplayError.at(
                "not-recorded", "instruction", f"No draft is recorded for {text!r}.", did_you_mean(text, self._recorded)
            )
        return self._recorded[text]


def load_replay(path: Path) -> ReplayModel:
    """Returns the model that answers with the drafts of a file.

    Args:
        path: JSON objects with ``instruction`` and ``draft``, one a line, or one alone: what ``rehearse plan --json``
            prints and what an episode's ``summary.json`` holds.

    Raises:
        ReplayError: The file cannot be read, or holds something else.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReplayError.at("too-large", str(path), f"The file has over {MAX_BYTES} bytes.", "Split it.")
        text = read_plain(path, MAX_BYTES).decode()
    except (OSError, UnicodeDecodeError) as error:
        what = f"The file cannot be read: {error}."
        raise ReplayError.at("unreadable", str(path), what, "Check the path.") from error
    recorded: dict[str, Draft] = {}
    for number, data in _records(text, path):
        try:
            recorded[str(data["instruction"])] = _draft(data["draft"])
        except (KeyError, TypeError, ValueError, AttributeError, SkillsError) as error:
            what = f"This is no recorded draft: {error}"
            remedy = 'Write {"instruction": "...", "draft": {"goal": ["on(a, b)"], "steps": ["pick(a)"]}}.'
            raise ReplayError.at("bad-record", f"{path}:{number}", what, remedy) from error
    return ReplayModel(recorded)


def _records(text: str, path: Path) -> list[tuple[int, Any]]:
    """Returns the JSON values of a text with their line numbers: the whole, or one a line."""
    try:
        return [(1, json.loads(text))]
    except (ValueError, RecursionError):
        pass
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                found.append((number, json.loads(line)))
            except (ValueError, RecursionError) as error:
                what = f"The line is not JSON: {error}."
                raise ReplayError.at("bad-record", f"{path}:{number}", what, "Write one object a line.") from error
    return found


def _draft(data: Mapping[str, Any]) -> Draft:
    goal = Goal(tuple(Literal.parse(text) for text in data.get("goal", ())))
    steps = tuple(_step(text) for text in data.get("steps", ()))
    question, refusal = data.get("question"), data.get("refusal")
    if not (goal.literals or steps or question or refusal):
        raise ValueError("it holds no goal, no steps, no question and no refusal")
    return Draft(goal, steps, question, refusal, float(data.get("confidence", 1.0)))


def _step(text: str) -> Step:
    name, _, rest = text.partition("(")
    if not rest.endswith(")"):
        raise ValueError(f"{text!r} is no call such as pick(a)")
    return Step(name.strip(), tuple(a.strip() for a in rest[:-1].split(",") if a.strip()))
