"""`Scene`: the digital twin as one YAML file. Metres, radians, z up, quaternions (x, y, z, w).

The viewer stands on the +x side and looks at the robot: front is +x, back is -x, right is +y and
left is -y (the frame of LIBERO's sentences, mirrored from the robot's own).
"""

import hashlib
import json
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import Literal as Choice
from typing import Self

import yaml
from pydantic import Field, ValidationError, model_validator

from skills.errors import SceneError, did_you_mean
from skills.finding import Finding
from skills.geometry import yaw_quaternion
from skills.kinds import KINDS, Kind, kind_of
from skills.plain_file import read_plain
from skills.robots.names import stays_beside
from skills.scene_parts import (
    Beside,
    Entity,
    Fixture,
    Identifier,
    Limits,
    ObjectSpec,
    Person,
    Placement,
    PoseSpec,
    Region,
    RobotSpec,
    Strict,
    Thing,
    Zone,
)
from skills.strict_yaml import StrictLoader
from skills.symbols import FILLED, SIDES, Literal, State

MAX_BYTES = 1_000_000
"""Largest scene file that is read."""


class Scene(Strict):
    """Everything the planner knows of the world before it moves."""

    schema_id: Choice["rehearse.scene/1"] = Field("rehearse.scene/1", alias="schema")
    name: Identifier
    robots: tuple[RobotSpec, ...]
    fixtures: tuple[Fixture, ...] = ()
    objects: tuple[ObjectSpec, ...] = ()
    regions: tuple[Region, ...] = ()
    zones: tuple[Zone, ...] = ()
    people: tuple[Person, ...] = ()
    limits: Limits = Limits()

    @model_validator(mode="after")
    def _references(self) -> "Scene":
        ids = [r.id for r in self.robots] + [t.id for t in self.things] + [r.id for r in self.regions]
        ids += [z.id for z in self.zones] + [p.id for p in self.people]
        if len(set(ids)) < len(ids):
            raise ValueError(f"the id {Counter(ids).most_common(1)[0][0]!r} is used more than once")
        names = set(self.entities)
        for thing in self.things:
            if thing.placement and self.canonical(thing.placement.on) not in names:
                raise ValueError(
                    f"{thing.id!r} is placed on {thing.placement.on!r}, which is not in the scene. "
                    + did_you_mean(thing.placement.on, names)
                )
        self._no_ring()
        for region in self.regions:
            if self.canonical(region.on) not in names:
                raise ValueError(f"region {region.id!r} lies on {region.on!r}, which is not in the scene")
            if region.beside and region.beside.reference not in names:
                raise ValueError(f"region {region.id!r} is beside {region.beside.reference!r}, which is not here")
        return self

    def _no_ring(self) -> None:
        """Refuses things that rest on each other in a ring."""
        under = {t.id: self.entities[self.canonical(t.placement.on)] for t in self.things if t.placement}
        below = {identifier: entity.parent or entity.id for identifier, entity in under.items()}
        sound: set[str] = set()
        for start in below:
            path = [start]
            while path[-1] in below and path[-1] not in sound:
                path.append(below[path[-1]])
                if path[-1] in path[:-1]:
                    raise ValueError(f"{path[-1]!r} rests on itself, or on what rests on it")
            sound.update(path)

    @property
    def things(self) -> tuple[Thing, ...]:
        """Fixtures, then objects."""
        return (*self.fixtures, *self.objects)

    def thing(self, identifier: str) -> Thing:
        """Returns the fixture or object with this id.

        Raises:
            SceneError: There is none.
        """
        for thing in self.things:
            if thing.id == identifier:
                return thing
        raise SceneError.at(
            "unknown-entity",
            identifier,
            f"There is no thing {identifier!r} in scene {self.name!r}.",
            did_you_mean(identifier, [t.id for t in self.things]),
        )

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Every entity by id: things in file order, each followed by its parts, then people."""
        found: dict[str, Entity] = {}
        for thing in self.things:
            kind = kind_of(thing.kind)
            words = thing.label or kind.words
            role: Choice["object", "fixture", "table"] = "table" if kind.category == "table" else "fixture"
            if isinstance(thing, ObjectSpec):
                role = "object"
            main = kind.main
            found[thing.id] = Entity(
                id=thing.id,
                words=words,
                role=role,
                kind=thing.kind,
                surface=bool(kind.stackable or (main and main.surface)),
                container=bool(main and main.container),
                openable=bool(main and main.openable),
                switchable=bool(main and main.switchable),
                pressable=bool(main and main.pressable),
                graspable=role == "object" and kind.graspable,
                slidable=kind.slidable,
                heater=kind.heater,
                cooler=kind.cooler,
                washer=kind.washer,
                vessel=role == "object" and kind.vessel,
            )
            for part in kind.parts:
                if not part.main:
                    found[f"{thing.id}_{part.name}"] = Entity(
                        id=f"{thing.id}_{part.name}",
                        words=f"{part.words} of the {words}",
                        role="part",
                        kind=thing.kind,
                        parent=thing.id,
                        part=part.name,
                        surface=part.surface,
                        container=part.container,
                        openable=part.openable,
                        switchable=part.switchable,
                        pressable=part.pressable,
                    )
        for person in self.people:
            found[person.id] = Entity(id=person.id, words=person.label or "person", role="person", kind="person")
        return found

    def canonical(self, identifier: str) -> str:
        """Returns the one id of an entity, region or side area.

        ``basket_1_contain_region`` becomes ``basket_1``; ``plate_1.right`` becomes the declared
        region on that side, where there is one. Unknown ids are returned unchanged.
        """
        return self._aliases.get(identifier, identifier)

    @cached_property
    def _aliases(self) -> dict[str, str]:
        """Other names of entities and regions, by name."""
        aliases: dict[str, str] = {}
        for region in self.regions:
            if region.beside and region.beside.side in SIDES:
                aliases.setdefault(f"{region.beside.reference}.{region.beside.side}", region.id)
        for thing in self.things:
            main = kind_of(thing.kind).main
            if main:
                aliases.setdefault(f"{thing.id}_{main.name}", thing.id)
        return aliases

    def knows(self, identifier: str) -> bool:
        """Says whether the id names an entity, a region or a side area (``plate_1.left``)."""
        name = self.canonical(identifier)
        reference, dot, side = name.partition(".")
        if dot:
            return side in SIDES and reference in self.entities
        return name in self.entities or any(r.id == name for r in self.regions)

    def require(self, identifier: str, where: str) -> str:
        """Returns the canonical id.

        Raises:
            SceneError: The scene does not know the id; the remedy names the nearest one.
        """
        if self.knows(identifier):
            return self.canonical(identifier)
        choices = [*self.entities, *(r.id for r in self.regions)]
        raise SceneError.at(
            "unknown-entity",
            where,
            f"There is no {identifier!r} in scene {self.name!r}.",
            did_you_mean(identifier, choices),
        )

    def initial_state(self) -> State:
        """Returns the facts that the file itself states (placements and joint positions)."""
        return self._stated

    @cached_property
    def _stated(self) -> State:
        facts: set[Literal] = {Literal("hand_empty")}
        facts |= {Literal("filled", (o.id,)) for o in self.objects if o.contents >= FILLED}
        for thing in self.things:
            kind: Kind = kind_of(thing.kind)
            joints = thing.joints if isinstance(thing, Fixture) else {}
            for part in kind.parts:
                entity = self.canonical(f"{thing.id}_{part.name}")
                position = joints.get(part.name, 0.0)
                if part.openable:
                    facts.add(Literal("open" if position >= 0.5 else "closed", (entity,)))
                if part.switchable:
                    facts.add(Literal("turned_on" if position >= 0.5 else "turned_off", (entity,)))
            if thing.placement:
                support = self.canonical(thing.placement.on)
                facts.add(Literal("in" if thing.placement.inside else "on", (thing.id, support)))
                for region in self.regions:
                    if not thing.placement.inside and self.canonical(region.on) == support:
                        inside = all(
                            abs(a - b) <= h for a, b, h in zip(thing.placement.xy, region.xy, region.half, strict=True)
                        )
                        if inside:
                            facts.add(Literal("on", (thing.id, region.id)))
        return frozenset(facts)

    def findings(self) -> tuple[Finding, ...]:
        """Returns warnings, such as a kind that falls back to a labelled box."""
        found = []
        for thing in self.things:
            if thing.mesh is not None or (thing.kind in KINDS and KINDS[thing.kind].shaped):
                continue
            known = thing.kind in KINDS
            found.append(
                Finding(
                    "no-shape" if known else "unknown-kind",
                    f"{'objects' if isinstance(thing, ObjectSpec) else 'fixtures'}.{thing.id}",
                    f"There is no {'shape of ' if known else ''}kind {thing.kind!r}; a labelled box stands in for it.",
                    "Plan up to the symbolic gate, or give a mesh." if known else did_you_mean(thing.kind, KINDS),
                    "warning",
                )
            )
        return tuple(found)

    def canonical_json(self) -> str:
        """Returns the scene as canonical JSON (sorted keys, no spaces)."""
        return json.dumps(self.model_dump(mode="json", by_alias=True), sort_keys=True, separators=(",", ":"))

    @cached_property
    def sha256(self) -> str:
        """The sha256 of the canonical JSON, as hex."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()

    def __copy__(self) -> Self:
        """Returns a copy that works out anew what follows from its fields: `model_copy` changes them."""
        copied = super().__copy__()
        for name in [n for n in copied.__dict__ if n not in type(self).model_fields]:
            del copied.__dict__[name]
        return copied


def load_scene(path: Path) -> Scene:
    """Reads a ``*.scene.yaml`` file.

    Raises:
        SceneError: The file cannot be read, is not YAML, or does not fit the schema.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SceneError.at("too-large", str(path), "The file is over 1 MB.", "Split the scene.")
        data = yaml.load(read_plain(path, MAX_BYTES).decode(), Loader=StrictLoader)  # noqa: S506
    except OSError as error:
        raise SceneError.at(
            "unreadable", str(path), f"The file cannot be read: {error.strerror}.", "Check the path."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise SceneError.at("bad-yaml", str(path), f"This is not YAML: {error}.", "Correct the YAML.") from error
    scene = parse_scene(data, str(path))
    for robot in scene.robots:
        if not stays_beside(robot.kind):
            what = f"{robot.kind!r} leads out of the scene's folder."
            raise SceneError.at("path-leaves-folder", f"robots.{robot.id}", what, "Put it beside the scene file.")
    return scene


def parse_scene(data: object, where: str = "scene") -> Scene:
    """Validates plain data as a scene.

    Raises:
        SceneError: It does not fit the schema; the message lists every fault with its path.
    """
    try:
        return Scene.model_validate(data)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'scene'}: {e['msg']}" for e in error.errors(include_url=False)[:8]
        )
        raise SceneError.at("bad-scene", where, faults, "See `rehearse scene schema` for the format.") from error


def dump_scene(scene: Scene) -> str:
    """Returns the scene as YAML text that `load_scene` reads back to the same scene."""
    data = scene.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return yaml.safe_dump({"schema": scene.schema_id, **data}, sort_keys=False, allow_unicode=True)


def resting(identifier: str, kind: str, on: str, x: float = 0.0, y: float = 0.0, yaw: float = 0.0) -> ObjectSpec:
    """Returns an object of ``kind`` that rests on ``on`` at an offset [m] and heading [rad]."""
    return ObjectSpec(id=identifier, kind=kind, placement=Placement(on=on, xy=(x, y), yaw=yaw))


__all__ = [
    "Beside",
    "Entity",
    "Fixture",
    "Limits",
    "ObjectSpec",
    "Person",
    "Placement",
    "PoseSpec",
    "Region",
    "RobotSpec",
    "Scene",
    "Thing",
    "Zone",
    "dump_scene",
    "load_scene",
    "parse_scene",
    "resting",
    "yaw_quaternion",
]
