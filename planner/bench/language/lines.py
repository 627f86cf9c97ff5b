"""``bench language --jsonl``: any list of scenes and instructions; draft, goal, questions and refusals for each."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from planner.bench.language.attempt import Attempt, attempt_at
from planner.bench.language.source import BenchmarkError
from planner.bench.progress import Progress
from planner.instruction import Instruction
from planner.language.port import LanguageModel
from planner.outcome import draft_json
from planner.scenes import open_scene
from skills.errors import SkillsError
from skills.scene import Scene

FORM = 'Write one {"scene": PATH, "instruction": TEXT} a line.'


class Request(NamedTuple):
    """One line of the input."""

    source: str
    scene: Scene
    text: str


def read(path: Path) -> list[Request]:
    """Returns the requests of a file; scenes are shipped names or paths, relative to here or to the file.

    Args:
        path: JSON lines with ``scene`` and ``instruction``.

    Raises:
        BenchmarkError: The file or a line cannot be read.
        SceneError: A scene cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        what = f"The file cannot be read: {error}."
        raise BenchmarkError.at("unreadable", str(path), what, "Check the path.") from error
    opened: dict[str, Scene] = {}
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            data = json.loads(line)
            source, text = data["scene"], data["instruction"]
            if not isinstance(source, str) or not isinstance(text, str):
                raise TypeError("scene and instruction are strings")
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            what = f"The line is no request: {type(error).__name__}: {error}."
            raise BenchmarkError.at("bad-line", where, what, FORM) from error
        if source not in opened:
            opened[source] = _opened(source, path, where)
        found.append(Request(source, opened[source], text))
    return found


def _opened(source: str, path: Path, where: str) -> Scene:
    """Returns a scene, by its shipped name or path."""
    beside = path.parent / source
    try:
        return open_scene(beside if not Path(source).exists() and beside.exists() else source).scene
    except SkillsError as error:
        found = error.finding
        raise BenchmarkError.at(found.code, f"{where}: {found.where}", found.what, found.remedy) from error


def run(requests: list[Request], model: LanguageModel) -> Iterator[dict[str, object]]:
    """Yields the answer to each request, in order.

    Args:
        requests: What to ask.
        model: The model.
    """
    progress = Progress(len(requests))
    for request in requests:
        made = attempt_at(model, Instruction(request.text, request.scene))
        progress.step(request.text[:60])
        yield row_of(request, made)


def row_of(request: Request, made: Attempt) -> dict[str, object]:
    """Returns the answer to one request as JSON-ready data."""
    draft = made.draft
    return {
        "scene": request.source,
        "instruction": request.text,
        "draft": draft_json(draft),
        "goal": [str(literal) for literal in draft.goal.literals],
        "questions": [draft.question] if draft.question else [],
        "refusals": [draft.refusal] if draft.refusal else [],
        "plan": [str(node.step) for node in made.graph.ordered()] if made.graph else [],
        "symbolic_pass": made.passed,
        "findings": [finding.to_json() for finding in made.findings],
        "seconds": round(made.seconds, 4),
    }
