"""The parts of a scene file: robots, things, regions, zones, people and limits, as validated values.

Metres, radians, kilograms, z up, quaternions (x, y, z, w).
"""

import math
from typing import Annotated
from typing import Literal as Choice

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    field_validator,
    model_serializer,
    model_validator,
)

from skills.errors import did_you_mean
from skills.geometry import Pose
from skills.kinds import kind_of
from skills.robots.names import is_file, names, shipped

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Finite = Annotated[float, Field(allow_inf_nan=False, ge=-100.0, le=100.0)]
MOST_BEADS = 24
"""Most beads in one vessel: each makes every step of the simulation dearer."""
Triple = tuple[Finite, Finite, Finite]
Side = Choice["left", "right", "front", "back"]


class Strict(BaseModel):
    """A part of a scene: frozen, and no field beside the declared ones."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class PoseSpec(Strict):
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


class Placement(Strict):
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


class Thing(Strict):
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
    """A movable thing.

    Args:
        contents: How many beads are in it, in the place of what it would hold; for open vessels.
    """

    contents: Annotated[int, Field(ge=0, le=MOST_BEADS)] = 0

    @model_validator(mode="after")
    def _holds(self) -> "ObjectSpec":
        if self.contents and not kind_of(self.kind).vessel:
            raise ValueError(f"{self.kind!r} is no open vessel, so it has no 'contents'")
        return self

    @model_serializer(mode="wrap")
    def _without_nothing(self, plain: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Returns the fields; one without contents reads as things did before there were any."""
        data: dict[str, object] = plain(self)
        if not self.contents:
            data.pop("contents", None)
        return data


class Beside(Strict):
    """Says that a region is the area on one side of a thing."""

    reference: Identifier
    side: Side


class Region(Strict):
    """A named rectangle on a support, centred at ``xy`` from the support's centre [m]."""

    id: Identifier
    on: Identifier
    xy: tuple[Finite, Finite]
    half: tuple[Annotated[float, Field(gt=0, le=10)], Annotated[float, Field(gt=0, le=10)]]
    beside: Beside | None = None
    label: Annotated[str, Field(max_length=120)] | None = None


class Zone(Strict):
    """A keep-out box in the world."""

    id: Identifier
    centre: Triple
    half: Triple


class Person(Strict):
    """A person near the robot."""

    id: Identifier
    position: Triple
    radius: Annotated[float, Field(gt=0, le=3)] = 0.3
    label: Annotated[str, Field(max_length=120)] | None = None


class RobotSpec(Strict):
    """A robot and where its base stands; ``kind`` names a shipped robot, or a description beside the scene file."""

    id: Identifier = "panda"
    kind: Annotated[str, Field(min_length=1, max_length=400)] = "franka_panda"
    pose: PoseSpec

    @field_validator("kind")
    @classmethod
    def _known(cls, value: str) -> str:
        if shipped(value) is None and not is_file(value):
            raise ValueError(f"{value!r} is neither a shipped robot nor a .yaml file. " + did_you_mean(value, names()))
        return value


class Limits(Strict):
    """What the robot may do in this scene."""

    joint_speed_share: Annotated[float, Field(gt=0, le=1)] = 0.5
    tool_speed: Annotated[float, Field(gt=0, le=2)] = 0.6


class Entity(BaseModel):
    """What symbols and sentences may refer to: a thing or a part of one.

    Args:
        id: Entity id.
        words: What people call it.
        role: ``object``, ``fixture``, ``table``, ``part`` or ``person``.
        parent: Id of the thing that a part belongs to, else None.
        kind: Kind of the thing (of the parent, for a part).
        part: Part name, for a part.
    """

    model_config = ConfigDict(frozen=True)
    id: str
    words: str
    role: Choice["object", "fixture", "table", "part", "person"]
    kind: str
    parent: str | None = None
    part: str | None = None
    surface: bool = False
    container: bool = False
    openable: bool = False
    switchable: bool = False
    pressable: bool = False
    graspable: bool = False
    slidable: bool = False
    heater: bool = False
    cooler: bool = False
    washer: bool = False
    vessel: bool = False
