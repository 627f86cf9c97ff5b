"""The factory's words: things, fixtures, looks, verbs and requests that are out of reach, as reviewed YAML."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Concept:
    """One kind of thing in words.

    Args:
        name: Its usual name.
        names: Its name and synonyms.
        wider: Words for the class that it belongs to.
        uses: Descriptions by purpose.
        group: Its group in the lexicon.
        shape: ``plain``, ``receptacle`` or ``container``.
        rooms: Where it is found.
        look: Letters of the pools of looks that suit it.
    """

    name: str
    names: tuple[str, ...]
    wider: tuple[str, ...]
    uses: tuple[str, ...]
    group: str
    shape: str
    rooms: tuple[str, ...]
    look: str


def read(name: str) -> Any:
    """Returns the content of one lexicon file."""
    return yaml.safe_load(files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def concepts() -> tuple[Concept, ...]:
    """Returns every movable thing of the lexicon."""
    found = []
    for file in ("kitchen", "house", "workshop"):
        for group in read(file):
            for name, entry in group["things"].items():
                found.append(
                    Concept(
                        name,
                        (name, *entry.get("also", ())),
                        tuple(group.get("hyper", ())),
                        tuple(entry.get("use", ())),
                        group["group"],
                        group.get("shape", "plain"),
                        tuple(group["rooms"]),
                        entry.get("look", ""),
                    )
                )
    return tuple(found)


@cache
def looks() -> dict[str, tuple[str, ...]]:
    """Returns the pools of looks by letter."""
    return {k: tuple(v) for k, v in read("attributes").items() if k != "same"}


@cache
def said_otherwise() -> dict[str, tuple[str, ...]]:
    """Returns other words for a look."""
    return {k: tuple(v) for k, v in read("attributes")["same"].items()}


@cache
def fixtures() -> dict[str, Any]:
    """Returns the fixtures by the shape of their parts."""
    return dict(read("fixtures"))


@cache
def frames() -> dict[str, list[str]]:
    """Returns sentence frames by sort."""
    return dict(read("frames"))


@cache
def speech() -> dict[str, Any]:
    """Returns verbs, prepositions, chatter and out-of-reach requests."""
    return dict(read("speech"))
