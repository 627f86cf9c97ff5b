"""`Description`: a robot as one YAML file."""

import hashlib
import json
from pathlib import Path
from typing import Annotated
from typing import Literal as Choice

import yaml
from pydantic import Field, ValidationError, model_validator

from skills.body import EMBODIED, MOBILE
from skills.errors import RobotError
from skills.plain_file import read_plain
from skills.robots.parts import (
    ALL_ABILITIES,
    Abilities,
    AnyGripper,
    Arm,
    Attached,
    Base,
    Chain,
    File,
    Frame,
    Hand,
    Limb,
    Pairs,
    Reach,
)
from skills.scene_parts import Identifier, PoseSpec, Strict
from skills.strict_yaml import StrictLoader

MAX_BYTES = 100_000
"""Largest description that is read."""
ENGINE_DATA = "pybullet_data:"
"""Begins the path of a URDF among the models that come with the physics engine."""


class Description(Strict):
    """Everything that planners and gates know of a robot beside its shapes.

    Args:
        name: What it is called.
        words: One line for people.
        urdf: URDF of the arm (and hand): a file beside the description, or ``pybullet_data:PATH``.
        mount: Where the base stands, seen from the place that the scene gives to its robot.
        attached: Further files, fixed to the first, before any hand.
        base: The base, if it moves.
        arm: The chain of joints.
        hand: What is on its end, and the tool frame.
        gripper: Its fingers, or its cup.
        reach: A bound on where the wrist can be; none: every pose is tried.
        others: Further arms.
        pairs: Links that may or always touch; none: derived from the chain.
        abilities: The kinds of body request that it can carry out.
        frames: Named frames.
    """

    schema_id: Choice["rehearse.robot/1"] = Field("rehearse.robot/1", alias="schema")
    name: Identifier
    words: Annotated[str, Field(max_length=200)] = ""
    urdf: File
    mount: PoseSpec | None = None
    attached: Annotated[tuple[Attached, ...], Field(max_length=4)] = ()
    base: Base | None = None
    arm: Arm
    hand: Hand
    gripper: AnyGripper
    reach: Reach | None = None
    others: Annotated[tuple[Limb, ...], Field(max_length=1)] = ()
    pairs: Pairs | None = None
    abilities: Abilities = ALL_ABILITIES
    frames: Annotated[tuple[Frame, ...], Field(max_length=64)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Description":
        able = EMBODIED | (MOBILE if self.base else frozenset())
        unknown = set(self.abilities) - able
        if unknown:
            raise ValueError(f"no such body can do {', '.join(sorted(unknown))}; use {', '.join(sorted(able))}")
        joints = [joint for chain in self.chains for joint in chain.joints]
        if len(set(joints)) != len(joints):
            raise ValueError("two chains share a joint")
        names = [f.name for f in self.frames]
        if len(set(names)) != len(names):
            raise ValueError("a frame is named twice")
        return self

    @property
    def limbs(self) -> tuple[Limb, ...]:
        """Every arm with what is on its end, the first one first."""
        first = Limb(arm=self.arm, hand=self.hand, gripper=self.gripper, reach=self.reach)
        return (first, *self.others)

    @property
    def chains(self) -> tuple[Chain, ...]:
        """Every chain of driven joints: the base if it moves, then the arms. A motion has a column for each joint."""
        return (*((self.base,) if self.base else ()), *(limb.arm for limb in self.limbs))

    @property
    def sha256(self) -> str:
        """The sha256 of the canonical JSON, as hex; of a plain arm as it was before bases and second arms."""
        absent = {name for name in ("attached", "base", "others") if not getattr(self, name)}
        data = self.model_dump(mode="json", by_alias=True, exclude=absent)
        return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def load_description(path: Path) -> Description:
    """Reads a ``*.robot.yaml`` file.

    Raises:
        RobotError: The file cannot be read, is not YAML, or does not fit the schema.
    """
    try:
        data = yaml.load(read_plain(path, MAX_BYTES).decode(), Loader=StrictLoader)  # noqa: S506
    except OSError as error:
        what = f"The file cannot be read: {error.strerror}."
        raise RobotError.at("unreadable", str(path), what, "Check the path.") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError, TypeError) as error:
        raise RobotError.at("bad-yaml", str(path), f"This is not YAML: {error}.", "Correct the YAML.") from error
    return parse_description(data, str(path))


def parse_description(data: object, where: str = "robot") -> Description:
    """Validates plain data as a description.

    Raises:
        RobotError: It does not fit the schema; the message lists every fault with its path.
    """
    try:
        return Description.model_validate(data)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'robot'}: {e['msg']}" for e in error.errors(include_url=False)[:8]
        )
        raise RobotError.at("bad-robot", where, faults, "See `rehearse robot schema` for the format.") from error
