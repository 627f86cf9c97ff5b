"""A dictionary's things and verbs, which give made-up scenes and requests the breadth that people's words have.

The lexicon says what a thing is for and how it looks; of these only names and classes are known. What is kept for
the held-out suites is never among them. The list is made by `rehearse factory words`.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from planner.factory import lexicon
from planner.factory.lexicon import Concept, concepts, fixtures, read, withheld

FILE = "wordnet.tsv"
OFTEN, NEAR = 0.3, 0.25
"""Share of things that a dictionary's stand in for; share of these whose names resemble the thing's. Source: ours."""
WORDY = ("frames", "home_frames", "moods", "speech", "chatter")
"""Files with the words that requests are made in: no verb among them is something that cannot be done."""


@dataclass(frozen=True)
class Verbs:
    """Verbs that are no skill's, by what they take: a thing, a person, nothing; and those that harm a person."""

    thing: tuple[str, ...]
    person: tuple[str, ...]
    alone: tuple[str, ...]
    harm: tuple[str, ...]


@cache
def _told() -> dict[str, list[str]]:
    return dict(read("dictionary"))


@cache
def _rows() -> tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]:
    text = files(lexicon).joinpath(FILE).read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple((s, n, tuple(filter(None, a.split("|"))), tuple(filter(None, b.split("|")))) for s, n, a, b in lines)


def _tails(name: str) -> set[str]:
    words = name.split()
    return {" ".join(words[i:]) for i in range(len(words))}


@cache
def hidden() -> frozenset[str]:
    """Returns the names, and the ends of names, that only the held-out suites meet."""
    kept = {n for c in concepts(withheld=True) for n in c.names} | withheld()
    kept |= {n for name, entry in read("goods")["kept"].items() for n in (name, *entry.get("also", ()))}
    kept |= {n for entry in read("hazards")["things"].values() for n in entry.get("kept", ())}
    return frozenset(kept)


@cache
def _known() -> frozenset[str]:
    """Returns the names that the lexicon has."""
    names = {n for c in concepts(withheld=False) for n in c.names}
    names |= {n for e in fixtures().values() if "things" in e for t in e["things"] for n in (*t["names"], *t["also"])}
    home = read("home")
    for pieces in home["furniture"].values():
        names |= {n for name, e in pieces.items() for n in (name, *e.get("also", ()))}
    for group in home["things"]:
        names |= {n for name, e in group["things"].items() for n in (name, *e.get("also", ()))}
    return frozenset(names)


def _new(names: tuple[str, ...]) -> bool:
    """Says whether names are neither the lexicon's nor kept from training."""
    kept, ends = hidden(), {t for n in hidden() for t in _tails(n)} - _known()
    return not set(names) & (_known() | ends) and not any(t in kept for n in names for t in _tails(n))


@cache
def things(pieces: bool = False) -> tuple[Concept, ...]:
    """Returns the movable things, or the furniture and machines."""
    found = []
    for sort, name, also, wider in _rows():
        if (sort == "piece") is pieces and sort in ("thing", "food", "piece") and _new((name, *also)):
            group = f"dictionary {wider[-1] if wider else sort}"
            wider = tuple(w for w in wider if not set(_tails(w)) & hidden())
            found.append(Concept(name, (name, *also), wider, (), group, "plain", (), "" if sort == "food" else "c"))
    return tuple(found)


@cache
def _by_word() -> dict[str, tuple[Concept, ...]]:
    found: dict[str, list[Concept]] = defaultdict(list)
    for concept in things():
        for key in {k for w in concept.name.split() for k in (w, w[:4])}:
            found[key].append(concept)
    return {k: tuple(v) for k, v in found.items()}


def alike(name: str) -> tuple[Concept, ...]:
    """Returns other things whose names share a word, or a word's beginning, with a name."""
    table = _by_word()
    return tuple(c for w in name.split() for k in dict.fromkeys((w, w[:4])) for c in table.get(k, ()) if c.name != name)


@cache
def verbs() -> Verbs:
    """Returns the verbs for what no skill does."""
    said = " ".join(files(lexicon).joinpath(f"{name}.yaml").read_text(encoding="utf-8") for name in WORDY)
    doable = set(_told()["doable"]) | set(re.findall(r"[a-z]+", said.lower()))
    free = [(s, n, a[0]) for s, n, a, _ in _rows() if s in ("verb", "harm") and n.split()[0] not in doable]
    by_form = {form: tuple(n for s, n, a in free if s == "verb" and form in a) for form in "xpi"}
    harm = tuple(n for s, n, _ in free if s == "harm")
    return Verbs(by_form["x"], by_form["p"], by_form["i"], harm)


def widened(rng: np.random.Generator, concept: Concept) -> Concept:
    """Returns a thing, or now and then a dictionary's in its stead, whose name may resemble it."""
    if rng.random() > OFTEN:
        return concept
    every = things()
    if rng.random() < NEAR:
        every = alike(concept.name) or every
    return every[int(rng.integers(len(every)))]


def instead(rng: np.random.Generator, labels: list[str]) -> tuple[Concept, bool]:
    """Returns a thing that may not be among these, often with a name like one of theirs; True for furniture."""
    piece = bool(rng.random() < 0.15)
    every = things(pieces=piece)
    if not piece and labels and rng.random() < 0.35:
        every = alike(labels[int(rng.integers(len(labels)))]) or every
    return every[int(rng.integers(len(every)))], piece


def beyond(rng: np.random.Generator) -> str:
    """Returns a request that no skill meets, with ``{x}`` for a thing and ``{p}`` for a person."""
    known = verbs()
    draw = rng.random()
    pool = known.thing if draw < 0.5 else known.person if draw < 0.75 else known.alone
    verb, after = pool[int(rng.integers(len(pool)))], _told()["after"]
    if draw < 0.1:
        every = things()
        return f"{verb} the {every[int(rng.integers(len(every)))].name}"
    if draw < 0.5:
        return f"{verb} {{x}}"
    return f"{verb} {{p}}" if draw < 0.75 else verb + after[int(rng.integers(len(after)))]


def harm(rng: np.random.Generator) -> str:
    """Returns a request to harm ``{p}``."""
    pool = verbs().harm
    return f"{pool[int(rng.integers(len(pool)))]} {{p}}"
