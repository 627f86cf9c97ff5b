"""Grasp candidates: tool frames from an approach and a closing direction.

The pads reach about 1 cm beyond the tool's origin, so a tool point is at least 1.2 cm above a floor.
"""

import math
from collections.abc import Sequence

import numpy as np

from sim_checks.assets.asset import Grasp, GraspStyle
from skills.geometry import Pose

WIDEST = 0.066
"""Widest thing that fits between the fingers with 7 mm to spare on either side [m]."""
LOWEST = 0.013
"""Lowest tool point above the underside of a thing, for an upright hand [m]."""
DOWN = (0.0, 0.0, -1.0)


def tool_pose(at: Sequence[float], approach: Sequence[float], closing: Sequence[float]) -> Pose:
    """Returns thing_from_tool: origin ``at`` [m], z along ``approach``, y as near to ``closing`` as possible."""
    z = np.asarray(approach, dtype=float)
    z = z / np.linalg.norm(z)
    y = np.asarray(closing, dtype=float)
    y = y - (y @ z) * z
    y = y / np.linalg.norm(y)
    return Pose.from_rotation(at, np.column_stack([np.cross(y, z), y, z]))


def both_ways(
    at: Sequence[float],
    approach: Sequence[float],
    closing: Sequence[float],
    width: float,
    force: float = 20.0,
    style: GraspStyle = "top",
    depth: float = 0.10,
    cost: float = 0.0,
    opening: float = 0.08,
) -> list[Grasp]:
    """Returns the grasp and the one with the hand turned by half a turn about its approach."""
    back = [-c for c in closing]
    return [Grasp(tool_pose(at, approach, way), width, force, style, depth, cost, opening) for way in (closing, back)]


def across_box(length: float, width: float, height: float, force: float = 30.0, cost: float = 0.0) -> list[Grasp]:
    """Returns top grasps across the sides of an upright box that are narrow enough.

    Args:
        length: Extent along x [m].
        width: Extent along y [m].
        height: Extent along z [m].
        force: Force per finger [N].
        cost: Cost of the best one.
    """
    z = max(LOWEST, height - 0.022)
    grasps: list[Grasp] = []
    for across, along, closing, axis in (
        (width, length, (0.0, 1.0, 0.0), (1.0, 0.0, 0.0)),
        (length, width, (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
    ):
        if across > WIDEST:
            continue
        slack = max(0.0, along / 2 - 0.015)
        for share in (0.0, 0.5, -0.5) if slack > 0.008 else (0.0,):
            at = (axis[0] * share * slack, axis[1] * share * slack, z)
            price = cost + 0.3 * abs(share) + 2.0 * max(0.0, across - 0.045)
            grasps += both_ways(at, DOWN, closing, across, force, cost=price)
    return grasps


def across_round(
    radius: float, z: float, turns: int = 8, force: float = 40.0, phase: float = 0.0, cost: float = 0.0
) -> list[Grasp]:
    """Returns top grasps across a round thing of ``radius`` [m], tool point at height ``z`` [m]."""
    grasps: list[Grasp] = []
    for index in range(turns // 2):
        angle = phase + index * 2 * math.pi / turns
        grasps += both_ways((0.0, 0.0, z), DOWN, (math.cos(angle), math.sin(angle), 0.0), 2 * radius, force, cost=cost)
    return grasps


def round_side(
    radius: float, z: float, turns: int = 12, force: float = 40.0, tilt: float = 0.0, cost: float = 0.0
) -> list[Grasp]:
    """Returns grasps from the side, the closing direction level, the hand ``tilt`` [rad] above the horizon."""
    grasps: list[Grasp] = []
    for index in range(turns):
        angle = index * 2 * math.pi / turns
        approach = (-math.cos(angle) * math.cos(tilt), -math.sin(angle) * math.cos(tilt), -math.sin(tilt))
        closing = (-math.sin(angle), math.cos(angle), 0.0)
        grasps += both_ways((0.0, 0.0, z), approach, closing, 2 * radius, force, "side", 0.16, cost)
    return grasps


def rim(
    radius: float,
    height: float,
    tilt: float,
    wall: float,
    turns: int,
    depth: float = 0.018,
    force: float = 20.0,
    style: GraspStyle = "rim",
    cost: float = 0.0,
    skip: Sequence[float] = (),
    opening: float = 0.05,
) -> list[Grasp]:
    """Returns grasps of a wall from above, the hand parallel to the wall.

    Args:
        radius: Distance of the wall's middle from the axis at the rim [m].
        height: Height of the rim [m].
        tilt: Outward lean of the wall from the vertical [rad].
        wall: Thickness of the wall [m].
        turns: Number of wall segments; one pair of grasps at the middle of each.
        depth: How far the tool point lies below the rim, along the wall [m].
        force: Force per finger [N].
        style: ``rim`` or ``lip``.
        cost: Cost.
        skip: Directions [rad] to leave out (a handle is there).
        opening: Gripper opening during the approach [m].
    """
    grasps: list[Grasp] = []
    for index in range(turns):
        angle = index * 2 * math.pi / turns
        if any(abs(math.remainder(angle - other, 2 * math.pi)) < 0.6 for other in skip):
            continue
        c, s = math.cos(angle), math.sin(angle)
        up = (math.sin(tilt) * c, math.sin(tilt) * s, math.cos(tilt))
        normal = (math.cos(tilt) * c, math.cos(tilt) * s, -math.sin(tilt))
        at = (radius * c - depth * up[0], radius * s - depth * up[1], height - depth * up[2])
        down = (-up[0], -up[1], -up[2])
        grasps += both_ways(at, down, normal, wall, force, style, cost=cost, opening=opening)
    return grasps
