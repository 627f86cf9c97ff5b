"""`Speaker`: the clauses that requests about one world are made of."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from planner.factory.lexicon import frames, speech
from planner.factory.mood import CHOICE, CLAUSES, wished
from planner.factory.refer import Referrer
from planner.factory.reference import Reference
from planner.factory.target import target_words
from planner.factory.world import World


class Choice(NamedTuple):
    """Words that leave open which of several rows is meant.

    Args:
        text: The words.
        chosen: The rows that the draft takes.
        others: All rows that the words fit, the chosen ones among them.
    """

    text: str
    chosen: tuple[int, ...]
    others: tuple[int, ...]


class Speaker:
    """Says requests about one world.

    Args:
        world: The scene.
        rng: Source of every choice.
    """

    def __init__(self, world: World, rng: np.random.Generator) -> None:
        self.world, self.rng = world, rng
        self.say = Referrer(world, rng)
        rows = world.rows
        self.movable = [i for i, r in enumerate(rows) if r.graspable]
        self.places = [
            i for i, r in enumerate(rows) if (r.surface or r.container) and (r.role != "table" or world.mobile)
        ]
        self.doors = [i for i, r in enumerate(rows) if r.openable]
        self.switches = [i for i, r in enumerate(rows) if r.switchable]
        self.modes: list[str] = []
        self.choices: list[Choice] = []

    # choices
    def chance(self, p: float) -> bool:
        """Returns True with probability ``p``."""
        return bool(self.rng.random() < p)

    def pick(self, options: list[str] | tuple[str, ...]) -> str:
        """Returns one of the options."""
        return options[int(self.rng.integers(len(options)))]

    def row(self, rows: list[int], *but: int) -> int | None:
        """Returns one of the rows that is not excluded, or None."""
        left = [i for i in rows if i not in but]
        return left[int(self.rng.integers(len(left)))] if left else None

    def verb(self, sort: str) -> list[str]:
        """Returns the forms of a verb."""
        options = speech()[sort]
        found: list[str] = options[int(self.rng.integers(len(options)))]
        return found

    def joint(self) -> str:
        """Returns words that join two clauses."""
        return self.pick(speech()["then"])

    def frame(self, sort: str, **slots: str) -> str:
        """Returns a sentence made from one of the frames of a sort."""
        options = frames()[sort]
        text: str = options[int(self.rng.integers(len(options)))]
        text = CHOICE.sub(lambda m: self.pick(m.group(1).split("|")), text)
        return text.format(**slots)

    def noted(self, reference: Reference | None) -> str | None:
        """Returns a reference's text and remembers its mode."""
        if reference is None:
            return None
        self.modes.append(reference.mode)
        return reference.text

    def leave_open(self, text: str, chosen: Iterable[int], others: Iterable[int]) -> None:
        """Remembers words that leave open which of several rows is meant."""
        self.choices.append(Choice(text, tuple(chosen), tuple(others)))

    def name(self, row: int) -> str | None:
        """Returns an expression for a row."""
        return self.noted(self.say.say(row))

    def where(self, row: int, side: str | None = None, known: str | None = None) -> str | None:
        """Returns preposition and place."""
        it = Reference(known, "pronoun") if known else None
        return self.noted(target_words(self.say, row, side, it))

    # clauses
    def put(self, row: int, side: str | None) -> list[str]:
        """Returns a verb that fits the target."""
        inside = side is None and self.world.rows[row].container
        return self.verb("put_in" if inside and self.chance(0.25) else "put")

    def move_clause(self, thing: str, place: str, target: int, side: str | None, plain: bool = False) -> str:
        """Returns an imperative clause that moves a thing to a place."""
        put = self.put(target, side)
        if plain or self.chance(0.5):
            return f"{put[0]} {thing} {place}"
        take, it = self.verb("take"), "it" if not plain else thing
        if take[0] == "pick up" and self.chance(0.15):
            start = f"pick {thing} up"
        else:
            start = f"{take[0]} {thing}"
        join = self.pick([" and ", " and ", " and ", " and then ", ", then ", ", and ", " to "])
        return f"{start}{join}{put[0]} {it} {place}"

    def move_sentence(self, thing: str, place: str, target: int, side: str | None) -> tuple[str, bool]:
        """Returns a sentence that moves a thing to a place, and whether it starts with a verb."""
        if self.chance(CLAUSES):
            return wished("move", self.rng, thing=thing, place=place), False
        if self.chance(0.66):
            return self.move_clause(thing, place, target, side), True
        put, take = self.put(target, side), self.verb("take")
        forms = {"put": put[0], "putting": put[1], "placed": put[2], "take": take[0], "taking": take[1]}
        return self.frame("move", thing=thing, place=place, **forms), False

    def door_words(self, row: int, known: str | None = None) -> str | None:
        """Returns how an openable thing is called, sometimes by its door."""
        said = known or self.name(row)
        if said is None:
            return None
        if self.world.infos[row].shape == "oven" and self.chance(0.2) and known is None:
            return self.pick([f"the door of {said}", f"{said} door", f"{said}'s door"])
        return said

    def state_clause(self, kind: str, thing: str) -> tuple[str, bool]:
        """Returns a clause that opens, closes or switches a thing, and whether it starts with a verb."""
        if self.chance(CLAUSES):
            return wished(kind, self.rng, thing=thing), False
        verb = self.verb(kind)
        first, _, rest = verb[0].partition(" ")
        split = f"{first} {thing} {rest}" if rest else f"{verb[0]} {thing}"
        if self.chance(0.66):
            return (split if self.chance(0.4) and len(thing.split()) < 7 else f"{verb[0]} {thing}"), True
        adjective = {
            "open": "open",
            "close": self.pick(["closed", "shut"]),
            "turn_on": self.pick(["on", "running"]),
            "turn_off": "off",
        }[kind]
        sort = kind if self.chance(0.4) else "state"
        said = self.frame(sort, thing=thing, adjective=adjective, verb=verb[0], doing=verb[1], done=verb[2])
        return said, False

    # families
