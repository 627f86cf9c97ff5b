"""Other sentences for tasks: JSON lines that name a task and say it in other words.

One object a line, or one JSON array of them. The task is under ``task``, ``task_name``, ``task_id``, ``name``,
``file``, ``bddl_file``, ``bddl``, ``path`` or ``id``: its file's name, with or without suite folder and ``.bddl``;
beside it, ``suite`` may name the folder. The sentence is under ``instruction``, ``sentence``, ``text``,
``paraphrase`` or ``language``; ``instructions``, ``sentences`` or ``paraphrases`` hold several.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from skills.errors import SceneError, did_you_mean
from skills.plain_file import read_plain

TASK_KEYS = ("task", "task_name", "task_id", "name", "file", "bddl_file", "bddl", "path", "id")
SUITE_KEYS = ("suite", "benchmark")
SENTENCE_KEYS = ("instruction", "sentence", "text", "paraphrase", "language")
SEVERAL_KEYS = ("instructions", "sentences", "paraphrases")
MAX_BYTES = 50_000_000
"""Largest file that is read."""
REMEDY = 'Write {"task": "suite/name.bddl", "instruction": "..."}.'


class Said(NamedTuple):
    """A task and a sentence for it."""

    task: str
    sentence: str


def read_instructions(path: Path, names: Iterable[str]) -> list[Said]:
    """Returns the sentences of a file, in order.

    Args:
        path: The file.
        names: Every task, as ``suite/name.bddl``.

    Raises:
        SceneError: The file or a line cannot be read, or names no task or several.
    """
    try:
        text = read_plain(path, MAX_BYTES).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise SceneError.at("unreadable", str(path), f"It cannot be read: {error}.", "Check the path.") from error
    known = tuple(names)
    found = []
    for number, line in _objects(text, path):
        where = f"{path}:{number}"
        task, sentences = _read(line, where)
        found += [Said(_matched(task, known, where), sentence) for sentence in sentences]
    return found


def _objects(text: str, path: Path) -> Iterator[tuple[int, Any]]:
    """Yields each object with its line, or its place in the array."""
    if text.lstrip().startswith("["):
        try:
            whole = json.loads(text)
        except (ValueError, RecursionError):
            whole = None
        if isinstance(whole, list) and all(isinstance(entry, dict) for entry in whole):
            yield from enumerate(whole, 1)
            return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                what = f"Line {number} is not a task and an instruction: {error}."
                raise SceneError.at("bad-instructions", f"{path}:{number}", what, REMEDY) from error


def _read(data: Any, where: str) -> tuple[str, list[str]]:
    """Returns the task and the sentences of one object."""
    if isinstance(data, Mapping):
        task = next((data[k] for k in TASK_KEYS if isinstance(data.get(k), str)), None)
        suite = next((data[k] for k in SUITE_KEYS if isinstance(data.get(k), str)), None)
        one = next((data[k] for k in SENTENCE_KEYS if isinstance(data.get(k), str)), None)
        several: list[Any] = next((data[k] for k in SEVERAL_KEYS if isinstance(data.get(k), list)), [])
        sentences = [*([one] if one else []), *(s for s in several if isinstance(s, str))]
        if task and sentences:
            return (f"{suite}/{task}" if suite and "/" not in task else task), sentences
    what = f"{json.dumps(data)[:120]} is not a task and an instruction."
    raise SceneError.at("bad-instructions", where, what, REMEDY)


def _matched(task: str, names: tuple[str, ...], where: str) -> str:
    """Returns the one task that is meant: by its file's name, and its folder where that is given."""
    parts = PurePosixPath(task.replace("\\", "/").removesuffix(".bddl")).parts
    fitting = [n for n in names if PurePosixPath(n.removesuffix(".bddl")).name == parts[-1]] if parts else []
    if len(parts) > 1:
        fitting = [n for n in fitting if PurePosixPath(n).parts[0] == parts[-2]]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        what = f"{task!r} is a task of several suites: {', '.join(fitting)}."
        raise SceneError.at("ambiguous-task", where, what, "Name its suite too: suite/name.bddl.")
    stems = [PurePosixPath(n).stem for n in names]
    raise SceneError.at("unknown-task", where, f"There is no task {task!r}.", did_you_mean(task, [*names, *stems], 3))
