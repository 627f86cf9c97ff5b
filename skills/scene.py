"""`Scene`: the digital twin as one YAML file. Metres, radians, z up, quaternions (x, y, z, w).

The viewer stands on the +x side and looks at the robot: front is +x, back is -x, right is +y and
left is -y (the frame of LIBERO's sentences, mirrored from the robot's own).
"""

import hashlib
import json
import math
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any
from typing import Literal as Choice

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from skills.errors import SceneError, did_you_mean
from skills.finding import Finding
from skills.geometry import Pose, yaw_quaternion
from skills.kinds import KINDS, Kind, kind_of
from skills.symbols import SIDES, Literal, State

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Finite = Annotated[float, Field(allow_inf_nan=False, ge=-100.0, le=100.0)]
Triple = tuple[Finite, Finite, Finite]
Side = Choice["left", "right", "front", "back"]
MAX_BYTES = 1_000_000


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class PoseSpec(_Strict):
    """A full pose in the world."""

    position: Triple
    orientation: tuple[Finite, Finite, Finite, Finite] = (0.0, 0.0, 0.0, 1.0)

    @field_validator("orientation")
    @classmethod
    def _unit(cls, value: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        norm = math.sqrt(sum(c * c for c in value))
        if norm < 1e-6:
            raise ValueError("a quaternion of length zero is no orientation; use [0, 0, 0, 1]")
        return (value[0] / norm, value[1] / norm, value[2] / norm, value[3] / norm)

    def pose(self) -> Pose:
        """Returns the pose as a value."""
        return Pose(self.position, self.orientation)


class Placement(_Strict):
    """Rests on a support: ``xy`` is the offset from the support's own centre in world axes.

    Args:
        on: Entity id of the support (table, part, object), or of the container it lies in.
        xy: Offset of the thing's centre from the support's centre [m], in world axes.
        yaw: Heading [rad].
        inside: True when it lies *in* ``on`` (a drawer, a basket) rather than on it.
    """

    on: Identifier
    xy: tuple[Finite, Finite] = (0.0, 0.0)
    yaw: Finite = 0.0
    inside: bool = False


class Thing(_Strict):
    """A fixture or a movable object; exactly one of ``pose`` and ``placement`` is given.

    Args:
        id: Entity id.
        kind: A name in `skills.kinds.KINDS`; an unknown kind becomes a labelled box.
        label: What people call it, if not the kind's own words.
        params: Parameters of the shape generator (sizes [m], colour names).
        mass: Mass [kg], if not the generator's own.
        friction: Lateral friction coefficient, if not the generator's own.
        mesh: A URDF or OBJ file beside the scene file, relative path.
    """

    id: Identifier
    kind: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    label: Annotated[str, Field(max_length=120)] | None = None
    pose: PoseSpec | None = None
    placement: Placement | None = None
    params: dict[str, Finite | Annotated[str, Field(max_length=64)]] = {}
    mass: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)] | None = None
    friction: Annotated[float, Field(ge=0, le=5, allow_inf_nan=False)] | None = None
    mesh: Annotated[str, Field(max_length=200)] | None = None

    @model_validator(mode="after")
    def _one_place(self) -> "Thing":
        if (self.pose is None) == (self.placement is None):
            raise ValueError("give exactly one of 'pose' and 'placement'")
        return self


class Fixture(Thing):
    """A fixed thing; ``joints`` maps a part name to its opening or switch position, 0 to 1."""

    joints: dict[str, Annotated[float, Field(ge=0, le=1)]] = {}


class ObjectSpec(Thing):
    """A movable thing."""


class Beside(_Strict):
    """Says that a region is the area on one side of a thing."""

    reference: Identifier
    side: Side


class Region(_Strict):
    """A named rectangle on a support, centred at ``xy`` from the support's centre [m]."""

    id: Identifier
    on: Identifier
    xy: tuple[Finite, Finite]
    half: tuple[Annotated[float, Field(gt=0, le=10)], Annotated[float, Field(gt=0, le=10)]]
    beside: Beside | None = None
    label: Annotated[str, Field(max_length=120)] | None = None


class Zone(_Strict):
    """A keep-out box in the world."""

    id: Identifier
    centre: Triple
    half: Triple


class Person(_Strict):
    """A person near the robot."""

    id: Identifier
    position: Triple
    radius: Annotated[float, Field(gt=0, le=3)] = 0.3


class RobotSpec(_Strict):
    """A robot and where its base stands."""

    id: Identifier = "panda"
    kind: Choice["franka_panda"] = "franka_panda"
    pose: PoseSpec


class Limits(_Strict):
    """What the robot may do in this scene."""

    joint_speed_share: Annotated[float, Field(gt=0, le=1)] = 0.5
    tool_speed: Annotated[float, Field(gt=0, le=2)] = 0.6


class Entity(BaseModel):
    """What symbols and sentences may refer to: a thing or a part of one.

    Args:
        id: Entity id.
        words: What people call it.
        role: ``object``, ``fixture``, ``table`` or ``part``.
        parent: Id of the thing that a part belongs to, else None.
        kind: Kind of the thing (of the parent, for a part).
        part: Part name, for a part.
    """

    model_config = ConfigDict(frozen=True)
    id: str
    words: str
    role: Choice["object", "fixture", "table", "part"]
    kind: str
    parent: str | None = None
    part: str | None = None
    surface: bool = False
    container: bool = False
    openable: bool = False
    switchable: bool = False
    graspable: bool = False


class Scene(_Strict):
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
        for identifier in ids:
            if ids.count(identifier) > 1:
                raise ValueError(f"the id {identifier!r} is used more than once")
        names = set(self.entities)
        for thing in self.things:
            if thing.placement and self.canonical(thing.placement.on) not in names:
                raise ValueError(
                    f"{thing.id!r} is placed on {thing.placement.on!r}, which is not in the scene. "
                    + did_you_mean(thing.placement.on, names)
                )
        for region in self.regions:
            if self.canonical(region.on) not in names:
                raise ValueError(f"region {region.id!r} lies on {region.on!r}, which is not in the scene")
            if region.beside and region.beside.reference not in names:
                raise ValueError(f"region {region.id!r} is beside {region.beside.reference!r}, which is not here")
        return self

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
        """Every entity by id: things in file order, each followed by its parts."""
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
                graspable=role == "object" and kind.graspable,
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
                    )
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
        facts: set[Literal] = {Literal("hand_empty")}
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
        return tuple(
            Finding(
                "unknown-kind",
                f"{'objects' if isinstance(t, ObjectSpec) else 'fixtures'}.{t.id}",
                f"There is no kind {t.kind!r}; a labelled box stands in for it.",
                did_you_mean(t.kind, KINDS),
                "warning",
            )
            for t in self.things
            if t.kind not in KINDS and t.mesh is None
        )

    def canonical_json(self) -> str:
        """Returns the scene as canonical JSON (sorted keys, no spaces)."""
        return json.dumps(self.model_dump(mode="json", by_alias=True), sort_keys=True, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        """The sha256 of the canonical JSON, as hex."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()


class _Loader(yaml.SafeLoader):
    """A safe loader that refuses aliases and duplicate keys, and reads booleans as YAML 1.2 does.

    ``on`` is a word here, as in ``on: table``; only ``true`` and ``false`` are booleans.
    """

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not allowed")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.YAMLError(f"the key {key!r} is given twice")
        return super().construct_mapping(node, deep)


def load_scene(path: Path) -> Scene:
    """Reads a ``*.scene.yaml`` file.

    Raises:
        SceneError: The file cannot be read, is not YAML, or does not fit the schema.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SceneError.at("too-large", str(path), "The file is over 1 MB.", "Split the scene.")
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    except OSError as error:
        raise SceneError.at(
            "unreadable", str(path), f"The file cannot be read: {error.strerror}.", "Check the path."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise SceneError.at("bad-yaml", str(path), f"This is not YAML: {error}.", "Correct the YAML.") from error
    return parse_scene(data, str(path))


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
    "Entity",
    "Fixture",
    "Limits",
    "ObjectSpec",
    "Placement",
    "PoseSpec",
    "Region",
    "RobotSpec",
    "Scene",
    "dump_scene",
    "load_scene",
    "parse_scene",
    "resting",
    "yaw_quaternion",
]
