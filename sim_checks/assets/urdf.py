"""URDF text of links and joints, with exact inertia."""

import math
from collections.abc import Iterable

import numpy as np

from sim_checks.assets.outline import HULL_MARGIN
from sim_checks.assets.primitives import Joint, Link, Shape
from skills.geometry import Pose

MAX_SHAPES = 300
"""Collision shapes that the engine takes per link. Source: measured."""


def urdf_text(name: str, links: Iterable[Link], joints: Iterable[Joint]) -> str:
    """Returns the URDF of a thing, one element per line."""
    lines = ['<?xml version="1.0"?>', f'<robot name="{name}">']
    for link in links:
        lines += _link(link)
    for joint in joints:
        lines += _joint(joint)
    return "\n".join([*lines, "</robot>", ""])


def _number(value: float) -> str:
    text = f"{value:.9g}"
    return "0" if text in {"-0", "0"} else text


def _numbers(values: Iterable[float]) -> str:
    return " ".join(_number(float(v)) for v in values)


def _origin(pose: Pose) -> str:
    """Returns an origin element; URDF's rpy are fixed-axis roll, pitch and yaw [rad]."""
    m = pose.rotation
    pitch = math.atan2(-m[2, 0], math.hypot(m[0, 0], m[1, 0]))
    if abs(m[2, 0]) > 1 - 1e-9:  # straight up or down: roll and yaw are one angle
        roll, yaw = math.atan2(-m[1, 2], m[1, 1]), 0.0
    else:
        roll, yaw = math.atan2(m[2, 1], m[2, 2]), math.atan2(m[1, 0], m[0, 0])
    return f'<origin xyz="{_numbers(pose.position)}" rpy="{_numbers((roll, pitch, yaw))}"/>'


def _geometry(shape: Shape, margin: float = 0.0) -> str:
    """Returns the geometry; a cylinder is made smaller by the margin that the engine adds."""
    if shape.kind == "box":
        return f'<geometry><box size="{_numbers(shape.size)}"/></geometry>'
    x, z = shape.size[0] - 2 * margin, shape.size[2] - 2 * margin
    return f'<geometry><cylinder radius="{_number(x / 2)}" length="{_number(z)}"/></geometry>'


def _inertial(link: Link) -> list[str]:
    weights = np.array([s.volume * s.density if s.solid else 0.0 for s in link.shapes])
    masses = link.mass * weights / weights.sum()
    places = np.array([s.pose.position for s in link.shapes])
    centre = masses @ places / link.mass
    inertia = np.zeros((3, 3))
    for shape, mass, place in zip(link.shapes, masses, places, strict=True):
        offset = place - centre
        inertia += shape.inertia(mass) + mass * (offset @ offset * np.eye(3) - np.outer(offset, offset))
    inertia[np.abs(inertia) < 1e-9 * inertia.max()] = 0.0
    names = (("ixx", 0, 0), ("iyy", 1, 1), ("izz", 2, 2), ("ixy", 0, 1), ("ixz", 0, 2), ("iyz", 1, 2))
    parts = " ".join(f'{n}="{_number(inertia[i, j])}"' for n, i, j in names)
    return [
        f'<inertial><origin xyz="{_numbers(centre)}"/>',
        f'<mass value="{_number(link.mass)}"/><inertia {parts}/></inertial>',
    ]


def _link(link: Link) -> list[str]:
    solid = [s for s in link.shapes if s.solid]
    if len(solid) > MAX_SHAPES:
        raise ValueError(f"link {link.name!r} has {len(solid)} collision shapes; the engine takes {MAX_SHAPES}")
    lines = [f'<link name="{link.name}">', *_inertial(link)]
    for shape in link.shapes:
        rgba = _numbers(shape.colour)
        material = f'<material name="{"-".join(f"{c:.3g}" for c in shape.colour)}"><color rgba="{rgba}"/></material>'
        lines.append(f"<visual>{_origin(shape.pose)}{_geometry(shape)}{material}</visual>")
    lines += [f"<collision>{_origin(s.pose)}{_geometry(s, HULL_MARGIN)}</collision>" for s in solid]
    return [*lines, "</link>"]


def _joint(joint: Joint) -> list[str]:
    return [
        f'<joint name="{joint.name}" type="{joint.kind}">',
        f'<parent link="{joint.parent}"/><child link="{joint.child}"/>',
        f'{_origin(joint.pose)}<axis xyz="{_numbers(joint.axis)}"/>',
        f'<limit lower="{_number(joint.lower)}" upper="{_number(joint.upper)}" effort="100" velocity="5"/>',
        f'<dynamics damping="{_number(joint.damping)}" friction="{_number(joint.friction)}"/>',
        "</joint>",
    ]
