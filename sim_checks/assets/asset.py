"""`Asset`: a generated shape with what hands and predicates need to know of it.

Frames: a thing's frame stands on its support: origin at the centre of the footprint, z = 0 at the
underside, z up, x to the thing's own front (where its handles are). The tool frame of a gripper has
its origin midway between the finger pads, z along the approach, y along the closing direction.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from skills.geometry import Box, Pose, Vector3

GraspStyle = Literal["top", "side", "rim", "lip"]


@dataclass(frozen=True)
class Grasp:
    """One way to hold a thing.

    Args:
        thing_from_tool: Tool frame in the thing's frame at the moment of closing.
        width: Width of what is between the fingers [m], at most 0.075.
        force: Force per finger [N].
        style: Where it holds.
        depth: Distance to back off along the approach for the pregrasp [m].
        cost: Lower is tried first.
        opening: Gripper opening during the approach [m]; narrower than full where a finger goes inside a rim.
    """

    thing_from_tool: Pose
    width: float
    force: float = 20.0
    style: GraspStyle = "top"
    depth: float = 0.10
    cost: float = 0.0
    opening: float = 0.08


@dataclass(frozen=True)
class Mechanism:
    """A joint that people open, close or turn.

    Args:
        joint: Joint name in the URDF.
        closed: Joint position that counts as fully closed / off [m or rad].
        opened: Joint position that counts as fully open / on [m or rad].
        friction: Dry friction [N or Nm], applied by a velocity motor with target 0.
        damping: Joint damping.
        handle_link: Link that carries the handle.
        link_from_handle: Handle frame in that link: origin in the middle of the bar, x outward from the
            panel, y along the bar.
        bar: (length, thickness) of the bar [m].
        kind: ``slide`` (drawer), ``hinge`` (door), ``knob`` or ``button``.
        spring: Force with which it comes back to ``closed`` by itself [N or Nm]; 0 where it stays.
    """

    joint: str
    closed: float
    opened: float
    friction: float
    damping: float
    handle_link: str
    link_from_handle: Pose
    bar: tuple[float, float]
    kind: Literal["slide", "hinge", "knob", "button"]
    spring: float = 0.0


@dataclass(frozen=True)
class Drive:
    """Rollers that turn together and carry what lies on them, in contact and by friction alone.

    Args:
        joints: Their joints.
        radius: Of each roller [m].
        speed: Of a roller's surface while they turn, towards the thing's front [m/s].
        torque: Most that turns a roller, or holds it while they stand [Nm].
        barrier: The two ends of the light barrier, in the root link's frame [m]; what interrupts it stops the rollers.
        length: How far a thing is carried, at most [m].
    """

    joints: tuple[str, ...]
    radius: float
    speed: float
    torque: float
    barrier: tuple[Vector3, Vector3]
    length: float


@dataclass(frozen=True)
class AssetRegion:
    """A region of a thing: where "in" and "on" are judged.

    Args:
        link: Link that carries it ("base" for the root link).
        box: Box in that link's frame. For a surface, its lower face (z = -half) is the support plane.
    """

    link: str
    box: Box


@dataclass(frozen=True)
class Asset:
    """A generated shape.

    Args:
        kind: The kind it was generated for.
        urdf: URDF text, collision-true (boxes, cylinders, convex parts), with inertia and colours.
        half: Half extents of the bounding box in the thing's frame [m].
        regions: Part name -> region.
        mechanisms: Part name -> joint that opens, closes or turns it.
        grasps: Candidates, best first (empty for what can not be picked).
        files: Further files (convex OBJ parts) by relative name, referenced from the URDF.
        mass: Total mass [kg].
        friction: Lateral friction coefficient of its links.
        shapes: Number of collision shapes that the URDF declares (asserted after loading).
        centre: The point whose place decides "in" and "on", in the thing's frame [m].
        drive: Its driven rollers, if it has any.
    """

    kind: str
    urdf: str
    half: Vector3
    mass: float
    friction: float
    shapes: int
    regions: Mapping[str, AssetRegion] = field(default_factory=dict)
    mechanisms: Mapping[str, Mechanism] = field(default_factory=dict)
    grasps: tuple[Grasp, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    centre: Vector3 = (0.0, 0.0, 0.0)
    drive: Drive | None = None

    @property
    def rolls(self) -> bool:
        """Whether it has a cylinder to roll on, longer than its radius (a foot's disc does not count)."""
        found = re.findall(r'<cylinder radius="([^"]+)" length="([^"]+)"', self.urdf)
        return any(float(length) > float(radius) for radius, length in found)

    @property
    def sha256(self) -> str:
        """Hash over the URDF and its files, as hex."""
        digest = hashlib.sha256(self.urdf.encode())
        for name in sorted(self.files):
            digest.update(name.encode() + b"\0" + self.files[name])
        return digest.hexdigest()
