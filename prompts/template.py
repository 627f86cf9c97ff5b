"""`Template`: a versioned prompt text with named fields.

A template file is Markdown. A line ``## system``, ``## user`` or ``## assistant`` begins a turn;
``{{name}}`` is a field. Its id is its file's name without ``.md``, for example ``decompose.v1``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from prompts.message import Message

FIELD = re.compile(r"\{\{([a-z_]+)\}\}")
TURN = re.compile(r"^## (system|user|assistant)\s*$", re.MULTILINE)
IDENTIFIER = re.compile(r"^[a-z][a-z_]*\.v[0-9]+$")


class TemplateError(Exception):
    """A template is malformed, unknown, or filled with the wrong fields."""


@dataclass(frozen=True)
class Template:
    """A prompt text.

    Args:
        id: Versioned id.
        turns: Role and text of each turn, fields unfilled.
    """

    id: str
    turns: tuple[Message, ...]

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields."""
        return frozenset(name for turn in self.turns for name in FIELD.findall(turn.content))

    def fill(self, values: Mapping[str, str]) -> tuple[Message, ...]:
        """Returns the turns with every field filled; a value's own braces are left as they are.

        Args:
            values: Text by field name; exactly the template's fields.

        Raises:
            TemplateError: A field is missing or unknown.
        """
        if set(values) != self.fields:
            raise TemplateError(f"{self.id!r} has the fields {sorted(self.fields)}, not {sorted(values)}.")
        return tuple(Message(t.role, FIELD.sub(lambda m: values[m.group(1)], t.content)) for t in self.turns)


def parse_template(identifier: str, text: str) -> Template:
    """Returns the template that a text holds.

    Args:
        identifier: Versioned id, for example ``"decompose.v1"``.
        text: Markdown with turn headings.

    Raises:
        TemplateError: The id has no version, there is no turn, a turn is empty, or a brace is left open.
    """
    if not IDENTIFIER.match(identifier):
        raise TemplateError(f"{identifier!r} is no versioned id such as 'decompose.v1'.")
    pieces = TURN.split(text)
    turns = tuple(
        Message(role, content.strip())  # type: ignore[arg-type]
        for role, content in zip(pieces[1::2], pieces[2::2], strict=True)
    )
    if not turns or any(not t.content for t in turns):
        raise TemplateError(f"{identifier!r} needs '## system', '## user' or '## assistant' headings, each with text.")
    for turn in turns:
        if "{{" in FIELD.sub("", turn.content) or "}}" in FIELD.sub("", turn.content):
            raise TemplateError(f"{identifier!r} holds a malformed field in its {turn.role} turn.")
    return Template(identifier, turns)


def load_template(identifier: str) -> Template:
    """Returns a shipped template.

    Args:
        identifier: Versioned id, for example ``"decompose.v1"``.

    Raises:
        TemplateError: There is no such template, or it is malformed.
    """
    folder = files("prompts").joinpath("templates")
    shipped = sorted(f.name.removesuffix(".md") for f in folder.iterdir() if f.name.endswith(".md"))
    if identifier not in shipped:
        raise TemplateError(f"There is no template {identifier!r}; there are: {', '.join(shipped)}.")
    return parse_template(identifier, folder.joinpath(f"{identifier}.md").read_text(encoding="utf-8"))
