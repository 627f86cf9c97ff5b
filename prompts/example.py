"""`Example`: one worked request, shown to a model before it is asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from prompts.template import IDENTIFIER

_KEYS = {"id", "why", "scene", "instruction", "answer"}


class ExampleError(Exception):
    """An example file is malformed."""


@dataclass(frozen=True)
class Example:
    """A request, its scene and its right answer.

    Args:
        id: Versioned id, for example ``"open_first.v1"``.
        why: What it teaches.
        scene: A scene as data (format ``rehearse.scene/1``).
        instruction: What is asked.
        answer: The right answer, with opaque ids: things in the scene's order, then regions.
    """

    id: str
    why: str
    scene: Mapping[str, Any]
    instruction: str
    answer: Mapping[str, Any]


def parse_example(identifier: str, text: str) -> Example:
    """Returns the example that a text holds.

    Args:
        identifier: Versioned id; the file's name without ``.json``.
        text: JSON.

    Raises:
        ExampleError: It is no JSON object with exactly the fields of `Example`, or its id is another.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ExampleError(f"{identifier!r} is not JSON: {error}.") from error
    if not isinstance(data, dict) or set(data) != _KEYS:
        raise ExampleError(f"{identifier!r} needs exactly the fields {sorted(_KEYS)}.")
    if data["id"] != identifier or not IDENTIFIER.match(identifier):
        raise ExampleError(f"{identifier!r} must be a versioned id such as 'stack.v1', and the file's own id.")
    return Example(**data)


def load_examples() -> tuple[Example, ...]:
    """Returns the shipped examples, sorted by id.

    Raises:
        ExampleError: One of them is malformed.
    """
    folder = files("prompts").joinpath("examples")
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".json")), key=lambda f: f.name)
    return tuple(parse_example(f.name.removesuffix(".json"), f.read_text(encoding="utf-8")) for f in found)
