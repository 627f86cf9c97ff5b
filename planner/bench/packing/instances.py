"""`Instance`: one of LLM3's packing problems, and the scene that it becomes here.

Boxes and basket are smaller here by one factor, `SCALE`: their boxes of 7 cm leave 5 mm beside each of the fingers of
our hand, which opens 8 cm, and a box that stands 5 mm and 5 degrees elsewhere (the declared perturbation) would not fit
between them. Places stay as they are, and so does the hand: it needs a larger share of the basket than theirs.

Their basket is a flat plate that nothing holds back. Here it has a rim 2 cm high, inside the same outer size.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from skills.errors import SceneError
from skills.geometry import Pose
from skills.plain_file import read_plain
from skills.scene import Fixture, ObjectSpec, Placement, PoseSpec, RobotSpec, Scene
from skills.symbols import Goal, Literal

SCALE = 0.06 / 0.07
"""Size of a box or basket here over its size there."""
DENSITY = 1.0 / 0.07**3
"""Mass of a box here over its volume [kg/m^3]: a cube of 7 cm weighs 1 kg there."""
RIM = 0.02
"""Height of the basket's rim [m]."""
WALL = 0.004
"""Thickness of the basket's rim and floor [m]."""
TOP = 0.05
"""Height up to which the centre of a box counts as in the basket [m]: what stands on another box does not."""
TABLE_X = 0.6
"""Where the table's middle is, in front of the arm's base [m]."""
BASKET = "basket"
COLOURS = ("red", "blue", "green", "yellow")
"""Colours that the shape generator has by the names that they use."""
MAX_BYTES = 1_000_000


class _Part(BaseModel):
    """A part of their files; fields that are not used here are left out."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    x: float = Field(ge=-2, le=2)
    y: float = Field(ge=-2, le=2)
    w: float = Field(gt=0, le=1)
    l: float = Field(gt=0, le=1)  # noqa: E741  their word


class _Box(_Part):
    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")
    h: float = Field(gt=0, le=1)


class _Problem(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    basket: _Part
    boxes: dict[str, _Box] = Field(min_length=1, max_length=20)


@dataclass(frozen=True)
class Instance:
    """One packing problem.

    Args:
        setting: The file's name, for example ``hard_box_small_basket``.
        index: Its number there.
        scene: What it becomes here.
    """

    setting: str
    index: int
    scene: Scene

    @property
    def boxes(self) -> tuple[str, ...]:
        """Ids of the boxes, in their order."""
        return tuple(box.id for box in self.scene.objects)

    @property
    def basket(self) -> Pose:
        """Where the basket stands."""
        placement = self.scene.thing(BASKET).placement
        assert placement is not None
        return Pose((TABLE_X + placement.xy[0], placement.xy[1], 0.0))

    @property
    def goal(self) -> Goal:
        """Every box in the basket."""
        return Goal(tuple(Literal("in", (box, BASKET)) for box in self.boxes))


def read_instances(folder: Path, pattern: str = "*") -> list[Instance]:
    """Returns the instances of a folder, in order of setting and number.

    Args:
        folder: Holds ``envs/task_instances/*.json``, or those files themselves.
        pattern: Which, matched against the setting and against setting/number.

    Raises:
        SceneError: There is none, or a file is not readable.
    """
    files = sorted((folder / "envs" / "task_instances").glob("*.json")) or sorted(folder.glob("*.json"))
    found = [
        instance
        for path in files
        for instance in _read(path)
        if fnmatch(instance.setting, pattern) or fnmatch(f"{instance.setting}/{instance.index}", pattern)
    ]
    if not found:
        what = f"There is no instance that matches {pattern!r}."
        raise SceneError.at("no-tasks", str(folder), what, "Give the folder that holds envs/task_instances/*.json.")
    return found


def _read(path: Path) -> Iterator[Instance]:
    """Yields the instances of one file."""
    try:
        data = json.loads(read_plain(path, MAX_BYTES))
        problems = TypeAdapter(dict[int, _Problem]).validate_python(data)
    except (OSError, ValueError, RecursionError) as error:  # a ValidationError is a ValueError
        what = f"{error.error_count()} fields are wrong" if isinstance(error, ValidationError) else str(error)
        raise SceneError.at("bad-instances", str(path), f"{what}.", "Give LLM3's own files.") from error
    for index, problem in sorted(problems.items()):
        yield Instance(path.stem, index, _scene(problem, f"{path.stem}_{index}"))


def _scene(problem: _Problem, name: str) -> Scene:
    """Returns the scene of one problem: the arm at the origin, its table's top at z = 0."""
    table = Fixture(id="table", kind="table", pose=PoseSpec(position=(TABLE_X, 0.0, 0.0)))
    sizes = {"length": problem.basket.w * SCALE, "width": problem.basket.l * SCALE, "height": RIM, "wall": WALL}
    basket = Fixture(
        id=BASKET,
        kind="basket",
        placement=Placement(on="table", xy=(problem.basket.x - TABLE_X, problem.basket.y)),
        params={**sizes, "headroom": TOP - RIM, "colour": "brown"},
    )
    return Scene(
        schema="rehearse.scene/1",
        name=name,
        robots=(RobotSpec(pose=PoseSpec(position=(0.0, 0.0, 0.0))),),
        fixtures=(table, basket),
        objects=tuple(map(_box, problem.boxes.values())),
    )


def _box(box: _Box) -> ObjectSpec:
    """Returns one box."""
    length, width, height = (size * SCALE for size in (box.w, box.l, box.h))
    words = box.name.replace("_", " ")
    colour = next(({"colour": c} for c in COLOURS if c in words.split()), {})
    return ObjectSpec(
        id=box.name,
        kind="box",
        label=words,
        params={"length": length, "width": width, "height": height, **colour},
        mass=DENSITY * length * width * height,
        placement=Placement(on="table", xy=(box.x - TABLE_X, box.y)),
    )
