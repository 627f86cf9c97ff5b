"""Errors of the `skills` package.

SkillsError
├── SceneError       a scene file, BDDL file or entity reference is wrong
├── RobotError       a robot's description (or the file it is read from) is wrong
├── VocabularyError  a predicate, kind, skill or argument does not exist
└── GraphError       a skill graph is malformed (unknown node, cycle, bad JSON)
"""

import difflib
from collections.abc import Iterable
from typing import Self

from skills.finding import Finding


class SkillsError(Exception):
    """Bad input, said as one typed finding.

    Args:
        finding: What is wrong, where, and what to do about it.
    """

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding

    @classmethod
    def at(cls, code: str, where: str, what: str, remedy: str) -> Self:
        """Returns an error of this class that carries the finding made of these parts."""
        return cls(Finding(code=code, where=where, what=what, remedy=remedy))


class SceneError(SkillsError):
    """A scene (or the file it is read from) is not valid."""


class RobotError(SkillsError):
    """A robot's description, or a file that it names, is not valid."""


class VocabularyError(SkillsError):
    """A name is not in the vocabulary."""


class GraphError(SkillsError):
    """A skill graph is not valid."""


def did_you_mean(name: str, valid: Iterable[str], most: int = 12) -> str:
    """Returns a remedy sentence that names the closest valid choice, or lists the choices."""
    names = sorted(set(valid))
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return f"Did you mean {close[0]!r}?"
    listed = ", ".join(names[:most]) + (", ..." if len(names) > most else "")
    return f"Use one of: {listed}." if names else "There is no valid choice here."
