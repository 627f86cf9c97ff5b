"""From a `Scene` (and what is known of the moment) to an `EntityTable`: approximate places without physics."""

import re
import unicodedata
from typing import NamedTuple

from planner.instruction import Instruction
from planner.language.table import EntityTable, Row
from skills.scene import Scene
from skills.symbols import Literal

PART_OFFSETS: dict[str, tuple[float, float, float]] = {
    "top_region": (0.0, 0.0, 0.19),
    "middle_region": (0.0, 0.0, 0.12),
    "bottom_region": (0.0, 0.0, 0.04),
    "top_side": (0.0, 0.0, 0.25),
    "front_contain_region": (0.06, 0.0, 0.05),
    "back_contain_region": (-0.06, 0.0, 0.05),
    "left_contain_region": (0.0, -0.06, 0.05),
    "right_contain_region": (0.0, 0.06, 0.05),
}
"""Centre of a part from the centre of its thing's footprint [m]; a coarse guess that only orders the parts."""

ON_HEIGHT = 0.05
"""How far a thing's centre lies over its support's [m]; coarse, only the order matters."""

Point = tuple[float, float, float]

LABEL_WORDS = 8
"""Longest label that the model is shown, in words. Source: our own; the longest kind has six."""


class Clauses(NamedTuple):
    """A label's first clause in lower case, and whether anything follows it."""

    first: str
    more: bool


def clauses(label: str) -> Clauses:
    """Returns a label's first clause: what stands before a full stop, a bracket, a line's end and the like."""
    first, *rest = re.split(r"[.;:!?\n\r\t|<>{}\[\]()]", unicodedata.normalize("NFKC", label).lower().strip())
    return Clauses(" ".join(re.sub(r"[^\w',\- ]", " ", first).split()), any(part.strip() for part in rest))


def plain_label(label: str) -> str:
    """Returns a label as a noun phrase: lower case, one clause, letters and digits only, at most `LABEL_WORDS` words.

    A label is data from a scene file. What is shown to the model is never more than a short name.
    """
    return " ".join(clauses(label).first.split()[:LABEL_WORDS]) or "thing"


def places(instruction: Instruction) -> dict[str, Point]:
    """Returns the approximate world position of every entity [m]."""
    scene = instruction.scene
    known: dict[str, Point] = {}

    def place(identifier: str, depth: int = 0) -> Point:
        if identifier in known:
            return known[identifier]
        entity = scene.entities.get(identifier)
        if entity is None or depth > 16:
            return _region(scene, identifier, known)
        if entity.parent is not None:
            x, y, z = place(entity.parent, depth + 1)
            dx, dy, dz = PART_OFFSETS.get(entity.part or "", (0.0, 0.0, 0.05))
            known[identifier] = (x + dx, y + dy, z + dz)
            return known[identifier]
        if entity.role == "person":
            known[identifier] = next(p.position for p in scene.people if p.id == identifier)
            return known[identifier]
        thing = scene.thing(identifier)
        if identifier in instruction.poses:
            known[identifier] = instruction.poses[identifier].position
        elif thing.pose is not None:
            known[identifier] = thing.pose.position
        elif thing.placement is not None:
            x, y, z = place(scene.canonical(thing.placement.on), depth + 1)
            known[identifier] = (x + thing.placement.xy[0], y + thing.placement.xy[1], z + ON_HEIGHT)
        return known[identifier]

    return {identifier: place(identifier) for identifier in scene.entities}


def _region(scene: Scene, identifier: str, known: dict[str, Point]) -> Point:
    for region in scene.regions:
        if region.id == identifier:
            x, y, z = known.get(scene.canonical(region.on), (0.0, 0.0, 0.0))
            return (x + region.xy[0], y + region.xy[1], z)
    return (0.0, 0.0, 0.0)


def table_of(instruction: Instruction) -> EntityTable:
    """Returns the table of an instruction's scene as it is now."""
    scene, state, where = instruction.scene, instruction.state, places(instruction)
    index = {identifier: i for i, identifier in enumerate(scene.entities)}
    support: dict[str, tuple[int, bool]] = {}
    for fact in state:
        if fact.predicate in ("on", "in") and fact.args[0] in index:
            target = index.get(scene.canonical(fact.args[1]), -1)
            if target >= 0:
                support[fact.args[0]] = (target, fact.predicate == "in")
    rows = []
    for identifier, e in scene.entities.items():
        on, inside = support.get(identifier, (-1, False))
        rows.append(
            Row(
                id=identifier,
                words=plain_label(e.words),
                role=e.role,
                position=where[identifier],
                parent=index[e.parent] if e.parent is not None else -1,
                support=on,
                inside=inside,
                surface=e.surface,
                container=e.container,
                openable=e.openable,
                switchable=e.switchable,
                graspable=e.graspable,
                opened=Literal("open", (identifier,)) in state,
                powered=Literal("turned_on", (identifier,)) in state,
                slidable=e.slidable,
                heater=e.heater,
                cooler=e.cooler,
                washer=e.washer,
                held=Literal("holding", (identifier,)) in state,
                recent=identifier in instruction.recent,
                was=index.get(scene.canonical(instruction.before.get(identifier, "")), -1),
            )
        )
    return EntityTable(rows)
