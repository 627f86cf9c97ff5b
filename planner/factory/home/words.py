"""The words of the home: furniture, things, people and situations, as reviewed YAML."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from planner.factory.lexicon import Concept, concepts, read, withheld

ROOMS = ("kitchen", "living", "bedroom", "bath")
ROOM_OF = {"kitchen": "kitchen", "living": "living", "study": "bedroom", "bedroom": "bedroom", "nursery": "bedroom"}
ROOM_OF |= {"bathroom": "bath", "laundry": "bath"}
"""Room of the common lexicon -> room of the home."""


@dataclass(frozen=True)
class Furniture:
    """A piece of furniture or an appliance in words.

    Args:
        name: Its usual name.
        also: What else people call it.
        kind: How it is built: ``surface``, ``bin``, ``cupboard``, ``drawer``, ``lamp``, ``burner``, ...
        does: ``heater``, ``cooler``, ``washer`` or nothing.
        often: Its weight in its room.
        most: How many of it a room may hold.
    """

    name: str
    also: tuple[str, ...]
    kind: str
    does: str
    often: float
    most: int


@dataclass(frozen=True)
class Thing:
    """A movable thing of the home and what may be done with it.

    Args:
        concept: Its words; `Concept.shape` may also be ``vessel`` or ``dish``.
        can: Letters: h heat, c chill, w wash, s slice.
    """

    concept: Concept
    can: str


@cache
def words() -> dict[str, Any]:
    """Returns the lexicon of the home."""
    return dict(read("home"))


@cache
def furniture() -> dict[str, tuple[Furniture, ...]]:
    """Returns the furniture of each room."""
    return {
        room: tuple(
            Furniture(n, tuple(e.get("also", ())), e["kind"], e.get("does", ""), e.get("often", 1), e.get("most", 1))
            for n, e in entries.items()
        )
        for room, entries in words()["furniture"].items()
    }


@cache
def things() -> dict[str, tuple[Thing, ...]]:
    """Returns the movable things of each room, with what the common lexicon also says of them."""
    found: dict[str, list[Thing]] = {room: [] for room in ROOMS}
    known, hidden = {c.name: c for c in concepts(False)}, withheld()
    for group in words()["things"]:
        for name, e in group["things"].items():
            also = known.get(name)
            names = (name, *e.get("also", ()), *(also.names if also else ()))
            traits = tuple(f"{t} thing" for t in e.get("traits", ()))
            concept = Concept(
                name,
                tuple(n for n in dict.fromkeys(names) if n not in hidden),
                tuple(dict.fromkeys((*group["hyper"], *(also.wider if also else ())))),
                tuple(dict.fromkeys((*e.get("use", ()), *traits, *(also.uses if also else ())))),
                also.group if also else group["group"],
                group.get("shape", "plain"),
                tuple(group["rooms"]),
                e.get("look", ""),
            )
            for room in concept.rooms:
                found[room].append(Thing(concept, group.get("can", "")))
    return {room: tuple(pool) for room, pool in found.items()}


@cache
def common(of_these: tuple[Concept, ...] | None = None) -> dict[str, tuple[Thing, ...]]:
    """Returns the movable things of the common lexicon (or of these concepts) by room of the home."""
    can: dict[str, str] = words()["lexicon_can"]
    letters = {"heatable": "h", "chillable": "c", "washable": "w", "sliceable": "s"}
    found: dict[str, list[Thing]] = {room: [] for room in ROOMS}
    for c in concepts(False) if of_these is None else of_these:
        told = "".join(letters.get(a, "") for a in c.able)
        if c.shape != "container":
            for room in dict.fromkeys(ROOM_OF.get(r, "") for r in c.rooms):
                if room:
                    found[room].append(Thing(c, told or can.get(c.group, "")))
    return {room: tuple(pool) for room, pool in found.items()}
