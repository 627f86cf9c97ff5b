"""S-expressions: a small reader with limits, for BDDL files. Every atom and form knows its line."""

import re
from dataclasses import dataclass

from skills.errors import SceneError

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 32
MAX_WORDS = 100_000
_TOKEN = re.compile(r";[^\n]*|[()]|[^\s();]+")


@dataclass(frozen=True)
class Atom:
    """A word.

    Args:
        text: The word.
        line: Line in the file, from 1.
    """

    text: str
    line: int


@dataclass(frozen=True)
class Form:
    """A list in parentheses.

    Args:
        items: What it holds.
        line: Line of its opening parenthesis, from 1.
    """

    items: "tuple[Atom | Form, ...]"
    line: int

    @property
    def head(self) -> str:
        """The first word, lower case, or an empty text."""
        first = self.items[0] if self.items else None
        return first.text.lower() if isinstance(first, Atom) else ""

    def atoms(self, start: int = 1) -> tuple[Atom, ...]:
        """Returns the words from position ``start`` on.

        Raises:
            SceneError: There is a list among them.
        """
        for item in self.items[start:]:
            if isinstance(item, Form):
                raise fault(item.line, "Here a word is expected, not a list.", "Remove the parentheses.")
        return tuple(item for item in self.items[start:] if isinstance(item, Atom))

    def forms(self, start: int = 1) -> "tuple[Form, ...]":
        """Returns the lists from position ``start`` on.

        Raises:
            SceneError: There is a word among them.
        """
        for item in self.items[start:]:
            if isinstance(item, Atom):
                raise fault(item.line, f"Here a list is expected, not {item.text!r}.", "Put it in parentheses.")
        return tuple(item for item in self.items[start:] if isinstance(item, Form))


def fault(line: int, what: str, remedy: str) -> SceneError:
    """Returns the error for a malformed file."""
    error = SceneError.at("bad-bddl", f"line {line}", what, remedy)
    assert isinstance(error, SceneError)
    return error


def parse(text: str) -> Form:
    """Returns the one form that the text holds.

    Raises:
        SceneError: The text is too long, too deep, unbalanced, or holds more than one form.
    """
    if len(text) > MAX_CHARACTERS:
        raise fault(1, f"The file has {len(text)} characters; {MAX_CHARACTERS} are allowed.", "Split the file.")
    stack: list[tuple[int, list[Atom | Form]]] = []
    done: Form | None = None
    line, read, words = 1, 0, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", read, match.start())
        read = match.start()
        token = match.group()
        words += 1
        if words > MAX_WORDS:
            raise fault(line, f"The file has over {MAX_WORDS} words and parentheses.", "Split the file.")
        if token.startswith(";"):
            continue
        if done is not None:
            raise fault(line, f"{token!r} follows the end of the definition.", "Keep one (define ...) in a file.")
        if token == "(":  # noqa: S105
            if len(stack) >= MAX_DEPTH:
                raise fault(line, f"The lists are nested deeper than {MAX_DEPTH}.", "Flatten the file.")
            stack.append((line, []))
        elif not stack:
            raise fault(line, f"{token!r} stands outside of any list.", "Begin with (define ...).")
        elif token == ")":  # noqa: S105
            start, items = stack.pop()
            form = Form(tuple(items), start)
            if stack:
                stack[-1][1].append(form)
            else:
                done = form
        else:
            stack[-1][1].append(Atom(token, line))
    if stack:
        raise fault(stack[-1][0], "This list is never closed.", "Add the missing ')'.")
    if done is None:
        raise fault(1, "The file is empty.", "Write (define (problem NAME) ...).")
    return done
