"""The factory's words: things, fixtures, looks, verbs and requests that are out of reach, as reviewed YAML."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
        material: What it, or its packaging, is made of.
        parts: Its parts that people speak of.
        traits: One-word qualities; each is also a use, as in "salty thing".
        able: What may be done to it, as in ``sliceable``.
    """

    name: str
    names: tuple[str, ...]
    wider: tuple[str, ...]
    uses: tuple[str, ...]
    group: str
    shape: str
    rooms: tuple[str, ...]
    look: str
    material: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    able: tuple[str, ...] = ()


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, in C where there is one, since the lexicon is long."""
THINGS = (
    "kitchen_drinks",
    "kitchen_food",
    "kitchen_produce",
    "kitchen_tools",
    "kitchen_ware",
    "cleaning",
    "bathroom",
    "bedroom",
    "living",
    "toys",
    "office",
    "devices",
    "workshop",
    "hardware",
)
"""Files of movable things."""
ELSEWHERE = ("home", "fixtures", "alfred_types", "goods", "hazards")
"""Other files whose names training meets."""


def read(name: str) -> Any:
    """Returns the content of one lexicon file."""
    text = files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=LOADER)  # noqa: S506 (a safe loader, whichever it is)


def concepts(withheld: bool | None = None) -> tuple[Concept, ...]:
    """Returns the movable things of the lexicon.

    Args:
        withheld: Only the things kept from training (True), only the others, without synonyms that would give
            a withheld name away (False), or all (None).
    """
    return _concepts(withheld)


@cache
def _concepts(kept_only: bool | None) -> tuple[Concept, ...]:
    groups = [group for file in THINGS for group in read(file)]
    every = tuple(_concept(name, entry, group) for group in groups for name, entry in group["things"].items())
    if kept_only is None:
        return every
    kept = withheld()
    if kept_only:
        return tuple(c for c in every if c.name in kept)
    return tuple(replace(c, names=tuple(n for n in c.names if n not in kept)) for c in every if c.name not in kept)


def _concept(name: str, entry: dict[str, Any], group: dict[str, Any]) -> Concept:
    both = {**group, **entry}
    traits = tuple(both.get("traits", ()))
    return Concept(
        name,
        (name, *entry.get("also", ())),
        tuple(group.get("hyper", ())),
        (*entry.get("use", ()), *(f"{t} thing" for t in traits)),
        group["group"],
        group.get("shape", "plain"),
        tuple(both["rooms"]),
        both.get("look", ""),
        tuple(both.get("material", ())),
        tuple(both.get("parts", ())),
        traits,
        tuple(both.get("able", ())),
    )


@cache
def withheld() -> frozenset[str]:
    """Returns the names kept from training, about one in twelve, for the held-out suite; `spoken` shows the rest."""
    return frozenset(read("withheld"))


def spoken() -> Counter[str]:
    """Returns how often every name, and every end of one ("bowl" of "soup bowl"), is said in the lexicon."""
    said = Counter(n for c in _concepts(None) for n in {tail for m in c.names for tail in _tails(m)})
    said.update(tail for file in ELSEWHERE for phrase in _strings(read(file)) for tail in _tails(phrase))
    return said


def _tails(phrase: str) -> list[str]:
    words = phrase.split()
    return [" ".join(words[i:]) for i in range(len(words))]


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        node = [*node.keys(), *node.values()]
    if isinstance(node, list):
        for child in node:
            yield from _strings(child)
    elif isinstance(node, str):
        yield node


@cache
def looks() -> dict[str, tuple[str, ...]]:
    """Returns the pools of looks by letter."""
    return {k: tuple(v) for k, v in read("attributes").items() if k != "same"}


@cache
def said_otherwise() -> dict[str, tuple[str, ...]]:
    """Returns other words for a look."""
    return {k: tuple(v) for k, v in read("attributes")["same"].items()}


@cache
def broader() -> dict[str, frozenset[str]]:
    """Returns, for words that mean more than their own group, the classes that they may be said of too."""
    every = read("broader")
    return {k: frozenset(v) for k, v in every.items() if k != "any"}


@cache
def vague_words() -> frozenset[str]:
    """Returns the words that may be said of every movable thing."""
    return frozenset(read("broader")["any"])


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
