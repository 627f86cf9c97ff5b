"""`RobotTree`: what a robot's URDF says of its links and joints."""

import math
from functools import cached_property
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

import numpy as np

from skills.errors import RobotError
from skills.geometry import Pose
from skills.scene_parts import PoseSpec


class RobotTree:
    """The tree of links of one URDF.

    Args:
        text: URDF text.
        where: What it is called in findings.

    Raises:
        RobotError: It is not a URDF whose links form one tree.
    """

    def __init__(self, text: str, where: str) -> None:
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise fault(where, "A document type is not allowed.", "Remove it.")
        try:
            element = fromstring(text)  # noqa: S314
        except (ParseError, ValueError) as error:
            raise fault(where, f"This is not well-formed: {error}.", "Correct the XML.") from error
        if element.tag != "robot":
            raise fault(where, "The outermost element is not <robot>.", "Give a URDF file.")
        self.links = {link.get("name", ""): link for link in element.findall("link")}
        self.joints = {joint.get("name", ""): joint for joint in element.findall("joint")}
        self.parents = {_end(j, "child"): _end(j, "parent") for j in self.joints.values()}
        roots = self.links.keys() - self.parents.keys()
        if len(roots) != 1 or not {*self.parents, *self.parents.values()} <= self.links.keys():
            raise fault(where, "The links do not form one tree.", "Join every link but one to a parent.")
        self.root = roots.pop()
        if any(self._way(link)[-1] != self.root for link in self.links):
            raise fault(where, "The joints form a circle.", "Let the links form a tree.")

    @cached_property
    def limits(self) -> dict[str, tuple[float, float, float, float]]:
        """Joint -> (lower, upper, effort, speed); zeros where the URDF says nothing."""
        return {name: _limits(joint) for name, joint in self.joints.items()}

    def moves(self, joint: str) -> bool:
        """Says whether a joint is not fixed."""
        return self.joints[joint].get("type") != "fixed"

    def apart(self, first: str, second: str) -> int:
        """Returns the number of joints between two links."""
        one, other = self._way(first), self._way(second)
        return len(one) + len(other) - 2 * len(set(one) & set(other))

    def below(self, link: str) -> frozenset[str]:
        """Returns ``link`` and every link beyond it."""
        return frozenset(name for name in self.links if link in self._way(name))

    def mounted(self, base: str) -> frozenset[str]:
        """Returns the base, what carries it, and what is fixed to these: all that never moves."""
        still = set(self._way(base))
        fixed = [j for j in self.joints.values() if j.get("type") == "fixed"]
        while more := {_end(j, "child") for j in fixed if _end(j, "parent") in still} - still:
            still |= more
        return frozenset(still)

    def along(self, first: str, last: str) -> Pose:
        """Returns first_from_last over the joints between two links, each at position 0.

        Raises:
            RobotError: ``last`` is not beyond ``first``.
        """
        carriers = {_end(j, "child"): j for j in self.joints.values()}
        chain: list[Pose] = []
        link = last
        while link != first:
            if link not in carriers:
                raise fault("hand.tool", f"The link {last!r} is not beyond {first!r}.", "Name a link of the hand.")
            chain.append(_origin(carriers[link]))
            link = _end(carriers[link], "parent")
        pose = chain[-1] if chain else Pose()
        for step in reversed(chain[:-1]):
            pose = pose @ step
        return pose

    def part(self, links: frozenset[str], kept: str = "") -> str:
        """Returns the URDF of some links alone: those that have shapes or carry others, and ``kept``."""
        carrying = {_end(j, "parent") for j in self.joints.values() if _end(j, "child") in links} | {kept}
        shown = {n for n in links if n in carrying or self.links[n].find("collision") is not None}
        parts = [link for name, link in self.links.items() if name in shown]
        parts += [j for j in self.joints.values() if {_end(j, "parent"), _end(j, "child")} <= shown]
        return f'<robot name="hand">{"".join(tostring(p, encoding="unicode") for p in parts)}</robot>'

    def _way(self, link: str) -> list[str]:
        """Returns the links from ``link`` to the root (or once round a circle)."""
        way = [link]
        while way[-1] in self.parents and len(way) <= len(self.parents):
            way.append(self.parents[way[-1]])
        return way


def fixed_joint(name: str, parent: str, child: str, pose: PoseSpec) -> str:
    """Returns the URDF text of a joint that fixes ``child`` to ``parent``."""
    roll, pitch, yaw = _rpy(pose.pose().rotation)
    xyz = " ".join(f"{c:.9g}" for c in pose.position)
    origin = f'<origin xyz="{xyz}" rpy="{roll:.9g} {pitch:.9g} {yaw:.9g}"/>'
    return f'\n<joint name="{name}" type="fixed"><parent link="{parent}"/><child link="{child}"/>{origin}</joint>'


def prefixed(text: str, prefix: str) -> str:
    """Returns the text of a URDF with ``prefix`` before the names of its links and joints."""
    root = fromstring(text)  # noqa: S314
    for element, attribute in (("link", "name"), ("joint", "name")):
        for found in root.findall(element):
            found.set(attribute, prefix + found.get(attribute, ""))
    for path, attribute in (("joint/parent", "link"), ("joint/child", "link"), ("joint/mimic", "joint")):
        for found in root.findall(path):
            found.set(attribute, prefix + found.get(attribute, ""))
    return tostring(root, encoding="unicode")


def marker_link(name: str) -> str:
    """Returns the URDF text of a link that stands for a frame alone."""
    inertia = '<inertia ixx="1e-6" ixy="0" ixz="0" iyy="1e-6" iyz="0" izz="1e-6"/>'
    return f'\n<link name="{name}"><inertial><mass value="0.001"/>{inertia}</inertial></link>'


def fault(where: str, what: str, remedy: str) -> RobotError:
    """Returns the error of a description whose files do not hold what it says."""
    return RobotError.at("bad-robot", where, what, remedy)


def _end(joint: Element, which: str) -> str:
    end = joint.find(which)
    return end.get("link", "") if end is not None else ""


def _rpy(m: np.ndarray) -> tuple[float, float, float]:
    """Returns fixed-axis roll, pitch and yaw [rad] of a (3, 3) rotation."""
    pitch = math.atan2(-m[2, 0], math.hypot(m[0, 0], m[1, 0]))
    if abs(m[2, 0]) > 1 - 1e-9:  # straight up or down: roll and yaw are one angle
        return math.atan2(-m[1, 2], m[1, 1]), pitch, 0.0
    return math.atan2(m[2, 1], m[2, 2]), pitch, math.atan2(m[1, 0], m[0, 0])


def _numbers(text: str, count: int) -> list[float]:
    """Returns the numbers of an attribute."""
    try:
        values = [float(word) for word in text.split()]
    except ValueError as error:
        raise fault("urdf", f"{text!r} is no list of numbers.", "Write plain numbers.") from error
    if len(values) != count or not np.isfinite(values).all():
        raise fault("urdf", f"{text!r} is not {count} finite numbers.", "Write plain numbers.")
    return values


def _origin(joint: Element) -> Pose:
    """Returns parent_from_child of a joint at position 0."""
    origin = joint.find("origin")
    if origin is None:
        return Pose()
    x, y, z = _numbers(origin.get("xyz", "0 0 0"), 3)
    pose = Pose((x, y, z))
    for axis, angle in zip((2, 1, 0), reversed(_numbers(origin.get("rpy", "0 0 0"), 3)), strict=True):
        if angle:
            turned = [0.0, 0.0, 0.0, math.cos(angle / 2)]
            turned[axis] = math.sin(angle / 2)
            pose = pose @ Pose((0, 0, 0), (turned[0], turned[1], turned[2], turned[3]))
    return pose


def _limits(joint: Element) -> tuple[float, float, float, float]:
    limit = joint.find("limit")
    if limit is None:
        return (0.0, 0.0, 0.0, 0.0)
    lower, upper, effort, speed = (_numbers(limit.get(n, "0"), 1)[0] for n in ("lower", "upper", "effort", "velocity"))
    return (lower, upper, effort, speed)
