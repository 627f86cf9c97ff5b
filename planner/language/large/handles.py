"""`Handles`: opaque ids for the things of a scene, so that a model never sees or writes a scene's own names."""

import re
from collections.abc import Iterable, Mapping

from prompts import plain_label
from skills.finding import Finding
from skills.scene import Scene
from skills.symbols import SIDES, Literal

_HANDLE = re.compile(r"\be[0-9]+\b")
_NAMED = re.compile(r"'[^']*'|\([^()]*\)|Use one of: .*")
_WORD = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z]+)?")


class Handles:
    """Two-way names: ``e1``, ``e2``, ... for entities in the scene's order, then regions; ``e3.left`` beside a thing.

    Args:
        scene: The scene.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        ids = [*scene.entities, *(r.id for r in scene.regions)]
        self.by_id: Mapping[str, str] = {identifier: f"e{i + 1}" for i, identifier in enumerate(ids)}
        self._by_handle = {handle: identifier for identifier, handle in self.by_id.items()}

    def __len__(self) -> int:
        """Returns the number of things and regions."""
        return len(self.by_id)

    def handle(self, identifier: str) -> str:
        """Returns the handle of an entity, a region or a side area; what is none of these stays as it is.

        Args:
            identifier: An id of the scene, for example ``"plate_1.left"``.
        """
        name = self.scene.canonical(identifier)
        thing, dot, side = name.partition(".")
        return f"{self.by_id[thing]}{dot}{side}" if thing in self.by_id else name

    def identifier(self, handle: str) -> str | None:
        """Returns the canonical id behind a handle, or None when there is none.

        Args:
            handle: What a model wrote, for example ``"e3.left"``.
        """
        name, dot, side = handle.partition(".")
        identifier = self._by_handle.get(name)
        if identifier is None or not dot:
            return identifier
        beside = f"{identifier}.{side}"
        return self.scene.canonical(beside) if side in SIDES and self.scene.knows(beside) else None

    def handles(self, identifiers: Iterable[str]) -> list[str]:
        """Returns the handles of ids, in order."""
        return [self.handle(i) for i in identifiers]

    def fact(self, literal: Literal) -> str:
        """Returns a fact as the model reads it, for example ``"on(e3, e1)"``."""
        return f"{literal.predicate}({', '.join(self.handles(literal.args))})"

    def label(self, identifier: str) -> str:
        """Returns what an entity or a region is called, as plain words."""
        if identifier in self.scene.entities:
            return plain_label(self.scene.entities[identifier].words)
        region = next(r for r in self.scene.regions if r.id == identifier)
        return plain_label(region.label or region.id.replace("_", " "))

    def hidden(self, text: str) -> str:
        """Returns a text of ours with the scene's ids replaced by handles where ids stand.

        They stand in quotes, in the brackets of a call, and in a list of valid choices; elsewhere ``can`` is a verb.
        """
        return _NAMED.sub(lambda found: _WORD.sub(lambda word: self.handle(word.group()), found.group()), text)

    def spoken(self, text: str) -> str:
        """Returns a text of the model's with every handle replaced by what the thing is called."""

        def words(found: re.Match[str]) -> str:
            identifier = self._by_handle.get(found.group())
            return found.group() if identifier is None else self.label(identifier)

        return _HANDLE.sub(words, text)

    def finding(self, finding: Finding) -> dict[str, str]:
        """Returns a finding as the model reads it: code, place, what is wrong, remedy; opaque ids alone."""
        return {
            "code": finding.code,
            "where": self.hidden(finding.where),
            "what": self.hidden(finding.what),
            "remedy": self.hidden(finding.remedy),
        }
