"""Grasps for a cup: where a thing has a flat patch near its centre of mass, and what the vacuum bears there."""

import math
from collections.abc import Sequence
from itertools import product

import numpy as np

from sim_checks.assets.asset import Grasp
from sim_checks.bullet.client import GRAVITY
from sim_checks.bullet.patch import patch_under
from sim_checks.motion.planning import NO_SEAL, TOO_HEAVY, Planning
from skills.geometry import Pose, Vector3
from skills.robots.suction import OFF, Suction

OFFSETS = (0.0, 0.012, -0.012, 0.024, -0.024)
"""Distances from the centre of mass along either edge of a face at which a patch is looked for [m]."""
YAWS = 4
"""Turns of the hand about the cup's axis."""
FACES: dict[Vector3, float] = {
    (0.0, 0.0, 1.0): 0.0,
    (1.0, 0.0, 0.0): 1.0,
    (-1.0, 0.0, 0.0): 1.0,
    (0.0, 1.0, 0.0): 1.0,
    (0.0, -1.0, 0.0): 1.0,
    (0.0, 0.0, -1.0): 1.0,
}
"""Outward direction in the thing's frame -> cost of a patch there: what hangs by its side loads the seal across."""
PER_M = 15.0
"""Cost of a distance of 1 m from the centre of mass."""
OUT = 0.03
"""Where the looks for a face begin, outside of the thing [m]."""
HASTE = 1.5
"""Load that a motion adds to the weight, as a factor on it. Source: our own, over the lifts and carries of a cell."""


def cup_grasps(planning: Planning, entity: str, cup: Suction) -> tuple[Grasp, ...]:
    """Returns a fixed number of ways to set the cup on a thing, as it lies now; the index identifies one.

    Some have no seal: `why_not` says which.

    Args:
        planning: The planning world.
        entity: The thing.
        cup: The cup.
    """
    thing = planning.world.things[entity]
    world_from_thing = planning.world.pose(entity)
    half, centre = np.asarray(thing.asset.half), np.asarray(thing.frame_from_inertial.position)
    middle = np.array([0.0, 0.0, half[2]])
    _clear(planning)
    grasps: list[Grasp] = []
    for outward, cost in FACES.items():
        out = np.asarray(outward)
        along, across = np.roll(out, 1), np.roll(out, 2)
        for one, two in product(OFFSETS, OFFSETS):
            at = centre + one * along + two * across
            level = float(out @ middle + abs(out) @ half)  # of the face of the bounding box
            begin = at + (level + OUT - float(out @ at)) * out
            found = _surface(planning, world_from_thing, begin, out, planning.world.body(entity))
            lip = begin - (OUT if found is None else found) * out + cup.gap / 2 * out
            price = cost + PER_M * math.hypot(one, two)
            for yaw in range(YAWS):
                turned = math.cos(2 * math.pi * yaw / YAWS) * along + math.sin(2 * math.pi * yaw / YAWS) * across
                pose = Pose.from_rotation(lip.tolist(), np.column_stack([np.cross(turned, -out), turned, -out]))
                grasps.append(Grasp(pose, 0.0, style="top", cost=price, opening=OFF))
    return tuple(grasps)


def why_not(planning: Planning, entity: str, grasp: Grasp, cup: Suction) -> str | None:
    """Returns why the cup would not hold a thing by a grasp, or None: no seal, or too heavy for it there.

    Args:
        planning: The planning world, the thing where it lies.
        entity: The thing.
        grasp: The grasp.
        cup: The cup.
    """
    thing = planning.world.things[entity]
    lip = planning.world.pose(entity) @ grasp.thing_from_tool
    _clear(planning)
    patch = patch_under(planning.robot.client, lip, cup)
    if isinstance(patch, str) or patch.body != thing.body:
        return NO_SEAL
    mass = planning.robot.client.getDynamicsInfo(thing.body, -1)[0]
    weight = lip.rotation.T @ np.array([0.0, 0.0, -HASTE * mass * GRAVITY])
    arm = np.asarray((grasp.thing_from_tool.inverse() @ thing.frame_from_inertial).position)
    x, y, z = (float(v) for v in weight)
    a, b, c = (float(v) for v in np.cross(arm, weight))
    return TOO_HEAVY if cup.load((x, y, z), (a, b, c)) > 1.0 else None


def _clear(planning: Planning) -> None:
    """Brings hand and arm out of the way of rays, and bodies up to date for them."""
    for ghost in planning.ghosts:
        ghost.away()
    planning.robot.place(planning.joints, planning.width)
    planning.robot.client.performCollisionDetection()


def _surface(
    planning: Planning, world_from_thing: Pose, begin: Sequence[float] | np.ndarray, out: np.ndarray, body: int
) -> float | None:
    """Returns how far inwards of a point (in the thing's frame) the thing begins [m], or None."""
    depth = 2 * OUT + 0.5
    start = np.asarray(begin, dtype=float)
    first = world_from_thing.transform(_triple(start))
    last = world_from_thing.transform(_triple(start - depth * out))
    hit = planning.robot.client.rayTest(first, last)[0]
    return float(hit[2]) * depth if hit[0] == body else None


def _triple(values: np.ndarray) -> Vector3:
    x, y, z = (float(v) for v in values)
    return (x, y, z)
