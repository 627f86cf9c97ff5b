"""A generated table of entities told as a scene, so that its request goes the road that every request goes."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from planner.bench.language.made import ROBOT
from planner.instruction import Instruction
from planner.language.grammar import Call
from planner.language.table import EntityTable, Row
from skills.geometry import Pose
from skills.graph import Draft
from skills.kinds import KINDS, Kind, Part
from skills.scene import Scene, parse_scene
from skills.symbols import Literal, State

Shape = tuple[str, tuple[bool, ...], frozenset[tuple[str, tuple[bool, ...]]]]
"""Role, what it affords, and its parts with their words and what they afford."""
_FLAGS = ("surface", "container", "openable", "switchable")


class Told(NamedTuple):
    """A table as a scene.

    Args:
        scene: The scene.
        facts: What holds in it.
        poses: Where its things are.
        row_of: Entity id -> row of the table.
    """

    scene: Scene
    facts: State
    poses: Mapping[str, Pose]
    row_of: Mapping[str, int]

    def instruction(self, text: str, table: EntityTable) -> Instruction:
        """Returns a request in this scene, with what the table says of the turn before it."""
        id_of = {row: identifier for identifier, row in self.row_of.items()}
        recent = frozenset(id_of[i] for i, row in enumerate(table.rows) if row.recent)
        before = {id_of[i]: id_of[row.was] for i, row in enumerate(table.rows) if row.was >= 0}
        return Instruction(text, self.scene, self.facts, self.poses, recent, before)

    def goal(self, draft: Draft) -> frozenset[tuple[int, ...]]:
        """Returns a draft's goal as the token runs that `planner.bench.language.generated.goal_of` returns."""
        return frozenset(tuple(self._call(literal).tokens()) for literal in draft.goal.literals)

    def _call(self, literal: Literal) -> Call:
        last, _, side = literal.args[-1].partition(".")
        rows = tuple(self.row_of[self.scene.canonical(a)] for a in (*literal.args[:-1], last))
        return Call(literal.predicate, rows, side or None)


def told(table: EntityTable) -> Told | None:
    """Returns the table as a scene, or None where no kinds afford what its rows afford."""
    fixtures, objects, people = list[dict[str, Any]](), list[dict[str, Any]](), list[dict[str, Any]]()
    row_of: dict[str, int] = {}
    for i, row in enumerate(table.rows):
        if row.role == "part":
            continue
        identifier = f"e{i}"
        row_of[identifier] = i
        if row.role == "person":
            people.append({"id": identifier, "position": row.position, "label": row.words})
            continue
        parts = {k: r for k, r in enumerate(table.rows) if r.parent == i}
        kind = _kinds().get(_shape_of(row, list(parts.values())))
        if kind is None:
            return None
        for k, part in parts.items():
            row_of[f"{identifier}_{_part_called(kind, _head(part, row)).name}"] = k
        thing = {"id": identifier, "kind": kind.name, "label": row.words, "pose": {"position": row.position}}
        (objects if row.role == "object" else fixtures).append(thing)
    scene = parse_scene(
        {
            "schema": "rehearse.scene/1",
            "name": "told",
            "robots": [r.model_dump() for r in ROBOT],
            "fixtures": fixtures,
            "objects": objects,
            "people": people,
        }
    )
    poses = {i: Pose(table.rows[k].position, (0.0, 0.0, 0.0, 1.0)) for i, k in row_of.items()}
    return Told(scene, _facts(table, {k: i for i, k in row_of.items()}), poses, row_of)


def _facts(table: EntityTable, id_of: Mapping[int, str]) -> State:
    """Returns what the rows say of the moment."""
    facts = set()
    for i, row in enumerate(table.rows):
        if row.openable:
            facts.add(Literal("open" if row.opened else "closed", (id_of[i],)))
        if row.switchable:
            facts.add(Literal("turned_on" if row.powered else "turned_off", (id_of[i],)))
        if row.held:
            facts.add(Literal("holding", (id_of[i],)))
        elif row.role in ("object", "fixture") and row.support >= 0:
            facts.add(Literal("in" if row.inside else "on", (id_of[i], id_of[row.support])))
    if not any(f.predicate == "holding" for f in facts):
        facts.add(Literal("hand_empty"))
    return frozenset(facts)


@cache
def _kinds() -> dict[Shape, Kind]:
    """Returns a kind for each shape; of several, the first of `skills.kinds`."""
    found: dict[Shape, Kind] = {}
    for kind in KINDS.values():
        main = kind.main or Part("", "")
        affords = (kind.stackable or main.surface, main.container, main.openable, main.switchable)
        more = (kind.category == "object" and kind.graspable, kind.slidable, kind.heater, kind.cooler, kind.washer)
        parts = frozenset(
            (p.words, (p.surface, p.container, p.openable, p.switchable)) for p in kind.parts if not p.main
        )
        found.setdefault((kind.category, (*affords, *more), parts), kind)
    return found


def _shape_of(row: Row, parts: list[Row]) -> Shape:
    affords = tuple(
        bool(getattr(row, flag)) for flag in (*_FLAGS, "graspable", "slidable", "heater", "cooler", "washer")
    )
    return row.role, affords, frozenset((_head(p, row), tuple(bool(getattr(p, f)) for f in _FLAGS)) for p in parts)


def _head(part: Row, whole: Row) -> str:
    """Returns a part's own words: ``top drawer`` of ``top drawer of the cabinet``."""
    return part.words.removesuffix(f" of the {whole.words}")


def _part_called(kind: Kind, words: str) -> Part:
    return next(p for p in kind.parts if not p.main and p.words == words)
