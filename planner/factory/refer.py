"""Referring expressions: says which entity is meant, so that it is the only one that fits."""

import numpy as np

from planner.factory import relate
from planner.factory.lexicon import broader, said_otherwise, vague_words
from planner.factory.parts import part_words
from planner.factory.reference import Reference
from planner.factory.world import World

REDUNDANT = 0.1
"""Share of names that are told apart by a place though the name alone would do. Source: our own."""
NAMELESS = 0.05
"""Share of things on or in something that are called "the thing on the plate". Source: our own."""
OWNED = 0.025
"""Share of things that are said to be somebody's. Source: our own."""
OWNERS = (
    *("the cat's", "the dog's", "the baby's", "the kids'", "grandma's", "anna's", "the guests'", "mom's", "his", "her"),
    *("the neighbour's", "the puppy's", "the toddler's", "my brother's", "their", "the rabbit's", "daddy's", "tom's"),
)
"""Whose things may be; none of them need be in the scene."""
ARTICLES = (*("the",) * 22, "that", "that", "my", "my", "our", "this", "your")


class Referrer:
    """Makes referring expressions for the rows of one world.

    Args:
        world: The scene.
        rng: Source of every choice.
    """

    def __init__(self, world: World, rng: np.random.Generator) -> None:
        self.world, self.rng = world, rng
        self.place = np.array([r.position[:2] for r in world.rows])
        self.depth = 0
        self.nested = 0

    def chance(self, p: float) -> bool:
        """Returns True with probability ``p``."""
        return bool(self.rng.random() < p)

    def pick(self, options: list[str] | tuple[str, ...]) -> str:
        """Returns one of the options."""
        return options[int(self.rng.integers(len(options)))]

    def fitting(self, base: str, look: str | None) -> list[int]:
        """Returns the rows that a base phrase (with a look) may mean, those of kindred classes among them."""
        infos = self.world.infos
        if base in vague_words():
            rows = self.world.rows
            found = [i for i, f in enumerate(infos) if base in f.names or rows[i].role == "object"]
        else:
            also = broader().get(base)
            found = [i for i, f in enumerate(infos) if base in f.names or also and not also.isdisjoint(f.names)]
        return found if look is None else [i for i in found if look in infos[i].looks]

    def stands(self, row: int, support: int) -> bool:
        """Says whether a row stands on or lies in a support, or another part of the same thing."""
        rows = self.world.rows
        at, whole = rows[row].support, rows[support].parent
        return at == support or (whole >= 0 and at >= 0 and (rows[at].parent == whole or at == whole))

    def base(self, row: int, plain: bool = False) -> tuple[str, str | None, str]:
        """Returns a base phrase for a row, a look or None, and the phrase's sort."""
        info = self.world.infos[row]
        names = list(info.names.items())
        wanted = self.rng.random()
        sort = (
            "name"
            if wanted < (0.72 if plain else 0.52)
            else "synonym"
            if wanted < (1.0 if plain else 0.8)
            else "wider"
            if wanted < 0.88
            else "use"
        )
        options = [n for n, s in names if s == sort] or [n for n, s in names if s == "name"] or [names[0][0]]
        base = self.pick(options)
        look = None
        if info.looks and self.chance(0.6 if sort != "use" else 0.1):
            look = info.looks[int(self.rng.integers(len(info.looks)))]
            if base.startswith(look):
                look = None
        return base, look, info.names[base]

    def spoken(self, base: str, look: str | None, pre: str | None = None) -> str:
        """Returns the noun phrase without article."""
        if look is not None and self.chance(0.22):
            look = self.pick((look, *said_otherwise().get(look, ())))
        return " ".join(w for w in (pre, look, base) if w)

    def anchor(self, row: int) -> Reference | None:
        """Returns an expression for a thing that another's place is told by, itself told by its place if need be."""
        if self.world.rows[row].role == "part":
            return part_words(self, row)
        said = self.say(row, simple=True)
        if said is not None or self.depth or self.nested or self.chance(0.3):
            return said
        self.depth = 1
        said = self.say(row)
        self.depth = 0
        self.nested += said is not None
        return said

    def say(self, row: int, simple: bool = False) -> Reference | None:
        """Returns an expression that only this row fits, or None if none was found.

        Args:
            row: Row index.
            simple: Names only, no relation (for anchors).
        """
        if self.world.rows[row].role == "part":
            return part_words(self, row)
        if not simple and not self.depth and self.world.rows[row].graspable and self.chance(NAMELESS):
            told = relate.support(self, row, self.world.objects(), self.pick(relate.words()["anything"]), None)
            if told is not None:
                return told
        for _ in range(4):
            base, look, sort = self.base(row, simple)
            fitting = self.fitting(base, look)
            if sort == "use":
                group = self.world.infos[row].group
                if sum(f.group == group for f in self.world.infos) > 1 and self.chance(0.8):
                    continue
                fitting = [i for i, f in enumerate(self.world.infos) if f.group == group and i in fitting or i == row]
            if fitting == [row]:
                if not simple and self.chance(REDUNDANT):
                    told = self.told_apart(row, [row], base, look)
                    if told is not None:
                        return told
                return Reference(self.article(self.spoken(base, look)), "look" if look else sort)
            if simple:
                continue
            told = self.told_apart(row, fitting, base, look)
            if told is not None:
                return told
        return None

    def article(self, noun: str) -> str:
        """Returns the noun with its article."""
        if self.world.wide and self.chance(OWNED):
            return f"{self.pick(OWNERS)} {noun}"
        return f"{self.pick(ARTICLES)} {noun}" if self.chance(0.93) else noun

    def told_apart(self, row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
        """Returns an expression that tells a row from the others that fit, by place or relation."""
        for k in np.argsort(self.rng.standard_exponential(len(relate.WAYS)) / relate.CHANCES):
            told = relate.WAYS[int(k)][0](self, row, fitting, base, look)
            if told is not None:
                return told
        return None
