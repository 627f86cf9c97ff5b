"""What an office kitchen holds, with all its qualities; and what people want of it, by kind and by quality."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from planner.factory.lexicon import read


@dataclass(frozen=True)
class Good:
    """A thing with its classes and qualities.

    Args:
        name: Its usual name.
        names: Its name and synonyms.
        kinds: Classes that it belongs to.
        has: Qualities that it has beyond doubt.
        perhaps: Qualities that people would argue about.
    """

    name: str
    names: tuple[str, ...]
    kinds: frozenset[str]
    has: frozenset[str]
    perhaps: frozenset[str]


@dataclass(frozen=True)
class Want:
    """What somebody may want: a kind of thing, a quality, or both.

    Args:
        kind: Class that it must belong to, or None for any.
        quality: Quality that decides, or None.
        lacking: True when it must lack the quality.
    """

    kind: str | None
    quality: str | None = None
    lacking: bool = False

    def fits(self, good: Good) -> bool | None:
        """Says whether a good is wanted, or None where people would argue about it."""
        if self.kind is not None and self.kind not in good.kinds:
            return False
        if self.quality is None:
            return True
        if self.quality in good.perhaps:
            return None
        return (self.quality in good.has) != self.lacking


@cache
def words() -> dict[str, Any]:
    """Returns the goods' words."""
    return dict(read("goods"))


@cache
def goods(kept: bool = False) -> tuple[Good, ...]:
    """Returns the goods that training meets, or those that only the held-out suite does."""
    return tuple(
        Good(
            name,
            (name, *e.get("also", ())),
            frozenset(e["in"]),
            frozenset(e["is"]),
            frozenset(e.get("perhaps", ())),
        )
        for name, e in words()["kept" if kept else "goods"].items()
    )


def kind_names(kind: str) -> tuple[str, ...]:
    """Returns the nouns for a class."""
    return tuple(words()["classes"][kind])
