"""`Words`: the reviewed list of what the names of things say about them, read from ``words.yaml``."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, in C where there is one, since the list is long."""
_IRREGULAR = {
    "children": "child", "people": "person", "men": "man", "women": "woman", "mice": "mouse", "geese": "goose",
    "knives": "knife", "loaves": "loaf", "leaves": "leaf", "shelves": "shelf", "scarves": "scarf", "calves": "calf",
    "halves": "half", "wives": "wife", "teeth": "tooth", "feet": "foot", "oxen": "ox", "pence": "penny",
    "matches": "match", "batteries": "battery", "aunties": "aunt", "cookies": "cookie", "wellies": "wellie",
    "movies": "movie", "pies": "pie", "ties": "tie", "puppies": "puppy", "doggies": "dog", "dice": "die",
}  # fmt: skip
_SINGULAR = frozenset(
    "gas bus lens iris canvas christmas wc meths press chess swiss dress mattress pus plus glass".split()
)
_ES = ("ches", "shes", "sses", "xes", "zes", "oes")


@dataclass(frozen=True)
class Noun:
    """What one noun says: properties, and a size from 1 (a coin) to 6 (a car) where it is known."""

    has: frozenset[str]
    size: int | None


@dataclass(frozen=True)
class Modifier:
    """Words before or after a noun, what they add and what they take away."""

    before: frozenset[tuple[str, ...]]
    after: frozenset[tuple[str, ...]]
    adds: frozenset[str]
    drops: frozenset[str]


@dataclass(frozen=True)
class Words:
    """The whole list.

    Args:
        nouns: What each noun says, by its singular tokens.
        modifiers: Words that change what a noun says.
        materials: Words for materials -> the properties of the material.
        held: Properties of a content that count for what holds it.
        holders: Last words of vessels and portions.
        sets: Further sets of words by name: ``figures``, ``pretend``, ``cooked``, ``alive``,
            ``portions``.
        implies: Property -> what follows from it, directly or not, itself included.
        sha256: Hash of the file.
    """

    nouns: Mapping[tuple[str, ...], Noun]
    modifiers: tuple[Modifier, ...]
    materials: Mapping[tuple[str, ...], frozenset[str]]
    held: frozenset[str]
    holders: frozenset[str]
    sets: Mapping[str, frozenset[str]]
    implies: Mapping[str, frozenset[str]]
    sha256: str

    def closed(self, properties: Iterable[str]) -> frozenset[str]:
        """Returns the properties with all that follows from them."""
        found: set[str] = set()
        for name in properties:
            found |= self.implies.get(name, frozenset((name,)))
        return frozenset(found)

    @property
    def properties(self) -> frozenset[str]:
        """Every property that a name can say."""
        said = {p for noun in self.nouns.values() for p in noun.has} | set(self.implies)
        said |= {p for group in self.implies.values() for p in group} | {p for m in self.modifiers for p in m.adds}
        return frozenset(said | {p for group in self.materials.values() for p in group} | {"known", "toy", "water"})


def singular(token: str) -> str:
    """Returns an English noun in the singular; what is none, and what only looks like a plural, stays as it is."""
    if token in _IRREGULAR:
        return _IRREGULAR[token]
    if len(token) < 4 or not token.endswith("s") or token.endswith(("ss", "us", "is")) or token in _SINGULAR:
        return token
    if token.endswith("ies"):
        return token[:-3] + "y"
    return token[:-2] if token.endswith(_ES) else token[:-1]


def tokens(text: str) -> tuple[str, ...]:
    """Returns the singular words of a name, in lower case; digits, marks and articles are left out."""
    plain = re.sub(r"[’']s\b|[’']", "", text.casefold().replace("_", " "))
    found = re.findall(r"[^\W\d_]+", plain)
    return tuple(singular(t) for t in found if t not in ("a", "an", "the"))


def _list(text: str) -> list[tuple[str, ...]]:
    return [found for part in text.split(",") if (found := tokens(part))]


@cache
def words() -> Words:
    """Returns the shipped list."""
    raw = files("sim_checks.rules").joinpath("words.yaml").read_bytes()
    data: dict[str, Any] = yaml.load(raw, Loader=LOADER)  # noqa: S506 (a safe loader, whichever it is)
    implies = {name: _reach(name, data["implies"]) for name in data["implies"]}
    nouns: dict[tuple[str, ...], Noun] = {}
    for group in data["nouns"]:
        for name in _list(group["words"]):
            before = nouns.get(name, Noun(frozenset(), None))
            nouns[name] = Noun(before.has | frozenset(group["has"]), before.size or group.get("size"))
    modifiers = tuple(
        Modifier(
            frozenset(_list(m.get("before", ""))),
            frozenset(_list(m.get("after", ""))),
            frozenset(m.get("adds", ())),
            frozenset(m.get("drops", ())),
        )
        for m in data["modifiers"]
    )
    materials = {name: frozenset(m["has"]) for m in data["materials"] for name in _list(m["words"])}
    sets = {
        key: frozenset(n[-1] for n in _list(data[key])) for key in ("figures", "pretend", "cooked", "alive", "portions")
    }
    holders = frozenset(n[-1] for n in _list(data["holders"]))
    sha256 = hashlib.sha256(raw).hexdigest()
    return Words(nouns, modifiers, materials, frozenset(data["held"]), holders, sets, implies, sha256)


def _reach(name: str, implies: Mapping[str, list[str]]) -> frozenset[str]:
    found, queue = {name}, [name]
    while queue:
        fresh = [n for n in implies.get(queue.pop(), ()) if n not in found]
        found.update(fresh)
        queue += fresh
    return frozenset(found)
