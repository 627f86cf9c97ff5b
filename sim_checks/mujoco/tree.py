"""`BodyTree`: one URDF as bodies, joints and shapes of a specification. Masses in [kg], lengths in [m]."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal
from xml.etree.ElementTree import Element

import numpy as np

from sim_checks.assets.outline import outline_of, pose_of
from sim_checks.mujoco.engine import mujoco
from sim_checks.mujoco.shapes import Vertices, add_shape, place
from skills.geometry import Pose

Root = Literal["fixed", "free"]


@dataclass
class BodyTree:
    """Adds the links of a URDF below the world; names are ``THING/LINK`` and ``THING/JOINT``.

    Args:
        spec: The specification.
        name: The thing's id.
        urdf: The parsed URDF; its root link's frame is the thing's frame.
        vertices: Reads a mesh.
        root: Whether the thing can move.
        shell: Take a link's inertia from the box around its shapes, as the rehearsal does for robots.
        geoms: What was added.
        joints: Joint name -> the joint.
        bodies: Link name -> the body.
    """

    spec: Any
    name: str
    urdf: Element
    vertices: Vertices
    root: Root = "fixed"
    shell: bool = False
    geoms: list[Any] = field(default_factory=list)
    joints: dict[str, Any] = field(default_factory=dict)
    bodies: dict[str, Any] = field(default_factory=dict)

    def add(self, world_from_thing: Pose) -> "BodyTree":
        """Adds everything and returns itself."""
        links = {link.get("name", ""): link for link in self.urdf.findall("link")}
        joints = self.urdf.findall("joint")
        children = {_end(j, "child") for j in joints}
        root = next(name for name in links if name not in children)
        body = self._body(self.spec.worldbody, links[root], world_from_thing, moves=self.root == "free")
        if self.root == "free":
            body.add_freejoint(name=self.name)
        for joint in _downwards(root, joints):
            parent, child = self.bodies[_end(joint, "parent")], links[_end(joint, "child")]
            moves = joint.get("type") != "fixed"
            below = self._body(parent, child, pose_of(joint.find("origin")), moves)
            if moves:
                self._joint(below, joint)
        return self

    def _body(self, parent: Any, link: Element, pose: Pose, moves: bool) -> Any:
        name = link.get("name", "")
        body = parent.add_body(name=f"{self.name}/{name}")
        place(body, pose)
        self.bodies[name] = body
        for index, collision in enumerate(link.findall("collision")):
            label = f"{self.name}/{name}/{index}"
            self.geoms.append(add_shape(self.spec, body, collision, label, self.vertices))
        self._inertial(body, link)
        return body

    def _inertial(self, body: Any, link: Element) -> None:
        """Gives a body the URDF's mass and centre, and the URDF's inertia or that of the box around it."""
        inertial = link.find("inertial")
        mass = _number(inertial.find("mass") if inertial is not None else None, "value")
        if inertial is None or mass <= 0:
            return
        centre = pose_of(inertial.find("origin"))
        body.explicitinertial, body.mass = True, mass
        place_inertia(body, centre)
        if self.shell:
            meshes = {m.get("filename", ""): self.vertices(m.get("filename", "")) for m in link.iter("mesh")}
            holder = Element("robot")
            holder.append(link)
            points = outline_of(holder, meshes)[link.get("name", "")]
            x, y, z = (points.max(axis=0) - points.min(axis=0)) if len(points) else np.full(3, 0.02)
            body.inertia = [mass / 12 * float(s) for s in (y * y + z * z, x * x + z * z, x * x + y * y)]
            return
        tensor = inertial.find("inertia")
        body.fullinertia = [_number(tensor, n) for n in ("ixx", "iyy", "izz", "ixy", "ixz", "iyz")]

    def _joint(self, body: Any, joint: Element) -> None:
        name, kind = joint.get("name", ""), joint.get("type", "")
        added = body.add_joint(name=f"{self.name}/{name}")
        added.type = mujoco.mjtJoint.mjJNT_SLIDE if kind == "prismatic" else mujoco.mjtJoint.mjJNT_HINGE
        axis = joint.find("axis")
        added.axis = [float(v) for v in (axis.get("xyz", "1 0 0") if axis is not None else "1 0 0").split()]
        limit = joint.find("limit")
        if kind != "continuous" and limit is not None:
            added.limited = mujoco.mjtLimited.mjLIMITED_TRUE
            added.range = (_number(limit, "lower"), _number(limit, "upper"))
        self.joints[name] = added


def place_inertia(body: Any, centre: Pose) -> None:
    """Gives a body its inertial frame."""
    x, y, z, w = centre.orientation
    body.ipos, body.iquat = centre.position, (w, x, y, z)


def _downwards(root: str, joints: list[Element]) -> Iterator[Element]:
    """Yields joints so that a link's own joint comes before those it carries."""
    for joint in joints:
        if _end(joint, "parent") == root:
            yield joint
            yield from _downwards(_end(joint, "child"), joints)


def _end(joint: Element, which: str) -> str:
    end = joint.find(which)
    return end.get("link", "") if end is not None else ""


def _number(element: Element | None, name: str) -> float:
    return float(element.get(name, "0")) if element is not None else 0.0
