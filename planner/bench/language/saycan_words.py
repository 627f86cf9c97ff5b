"""How SayCan's names and requests are read: one name for one object, the kinds a request names, what it excludes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_CONTAINERS = re.compile(r"\s+(can|bottle)$")
_POLITE = re.compile(
    r"^((how|what) would you|can you|could you|would you|please|can i have|i'd like|i would like)\s+|[.?!,]|\bplease\b"
)


@dataclass(frozen=True)
class Classes:
    """The table of kinds.

    Args:
        everything: Every object of the file.
        labels: Objects whose label is not the file's longest spelling.
        kinds: Words -> the objects that they mean.
        negations: Words after which something is excluded, longest first.
    """

    everything: frozenset[str]
    labels: Mapping[str, str]
    kinds: tuple[tuple[frozenset[str], frozenset[str]], ...]
    negations: tuple[str, ...]


@cache
def classes() -> Classes:
    """Returns the table of kinds that lies beside this file."""
    text = files("planner.bench.language").joinpath("saycan_classes.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    everything = frozenset(map(str, data["all"]))
    kinds = tuple(
        (frozenset(entry["words"]), everything if entry["objects"] == "all" else frozenset(map(str, entry["objects"])))
        for entry in data["classes"]
    )
    negations = tuple(sorted(data["negations"], key=len, reverse=True))
    return Classes(everything, {str(k): v for k, v in data["labels"].items()}, kinds, negations)


def canonical(name: str) -> str:
    """Returns the one name of an object: lower case, without a closing ``can`` or ``bottle``."""
    return _CONTAINERS.sub("", name.lower().strip())


def plain(text: str) -> str:
    """Returns a request in lower case with straight quotes."""
    return " ".join(text.lower().replace("\u2019", "'").split())


def core(text: str) -> str:
    """Returns what is left of a request without politeness and punctuation; equal cores are one request."""
    left, before = plain(text), ""
    while left != before:
        before, left = left, " ".join(_POLITE.sub(" ", left).split())
    return left


def names(text: str, name: str) -> bool:
    """Says whether a request names an object: all its words occur, in any order and number.

    Args:
        text: The request.
        name: The object's canonical name.
    """
    said = plain(text)
    if name.replace(" ", "") in re.sub(r"[^a-z0-9]", "", said):
        return True
    heard = {_singular(w) for w in re.findall(r"[a-z0-9]+", said)}
    return all(_singular(w) in heard for w in name.split() if w != "of")


def excluded(text: str) -> frozenset[str]:
    """Returns the objects that a request does not want: named, or of a kind that is named, after a negation."""
    found: set[str] = set()
    for clause in _negated(plain(text)):
        found |= {name for name in classes().everything if names(clause, name)}
        for words, objects in classes().kinds:
            if words & set(re.findall(r"[a-z0-9]+", clause)) and objects != classes().everything:
                found |= objects
    return frozenset(found)


def meant(text: str, name: str) -> frozenset[str]:
    """Returns the objects that fit where the plan uses ``name``.

    The object itself where the request names it; else what belongs to every kind that the request names and that holds
    ``name``, less what it excludes; else the object itself.

    Args:
        text: The request.
        name: The plan's object.
    """
    wanted = plain(text)
    for clause in _negated(wanted):
        wanted = wanted.replace(clause, " ")
    if names(wanted, name):
        return frozenset({name})
    words = set(re.findall(r"[a-z0-9]+", wanted))
    kinds = [objects for said, objects in classes().kinds if said & words and name in objects]
    if not kinds:
        return frozenset({name})
    return frozenset.intersection(*kinds) - excluded(text) | {name}


def _negated(text: str) -> list[str]:
    """Returns the clauses after a negation, up to a comma, a full stop or a verb's start."""
    pattern = "|".join(re.escape(n) for n in classes().negations)
    found: list[str] = re.findall(rf"(?:\b(?:{pattern})\b)([^.,;?]*)", text)
    return [clause for clause in found if clause.strip()]


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def spelled(plans: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    """Returns the label of each object of the file: its longest spelling there, or the one that the table states.

    Args:
        plans: The file's rows.
    """
    labels: dict[str, str] = {}
    for row in plans:
        effects = row["derived_effects"]
        said = [name for name, _ in effects["placed"]]
        for name in (*said, *([effects["held_at_end"]] if effects["held_at_end"] else [])):
            labels[canonical(name)] = max(labels.get(canonical(name), ""), name, key=len)
    return {name: classes().labels.get(name, label) for name, label in sorted(labels.items())}
