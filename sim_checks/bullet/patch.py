"""`patch_under`: what lies flat under the lip of a cup, found by rays."""

import math
from typing import NamedTuple

import numpy as np

from sim_checks.bullet.client import BulletClient
from skills.geometry import Pose
from skills.robots.suction import Suction

RINGS = ((12, 0.97), (4, 0.35))
"""Rays around the lip and near its middle: how many, and at which share of its radius."""
LIPS = 64
"""Filter group of lips: they collide with everything, and rays of cups do not see them."""
BEHIND = 0.004
"""How far behind the lip a ray begins [m], within the link that carries it."""
NOTHING, NOT_FLAT, NOT_SQUARE = "nothing under the cup", "not flat under the cup", "not square to the cup"


_TURNS = [(2 * math.pi * k / count, share) for count, share in RINGS for k in range(count)]
_PATTERN = np.array([(share * math.cos(turn), share * math.sin(turn)) for turn, share in _TURNS])
"""Where the rays run, in radii, shape (n, 2)."""


class Patch(NamedTuple):
    """A surface that closes a cup."""

    body: int
    link: int
    gap: float
    """Largest distance of the lip from it [m]; negative where it is pressed in."""


def patch_under(client: BulletClient, world_from_lip: Pose, about: Suction) -> Patch | str:
    """Returns the surface that closes the cup, or why there is none; changes nothing.

    Every ray must meet the same link of the same body; those around the lip at like depth, near enough and square
    enough.

    Args:
        client: Where; after a body was set outright, it needs `performCollisionDetection` first.
        world_from_lip: The cup's tool frame.
        about: The cup.
    """
    origin, axes = np.asarray(world_from_lip.position), world_from_lip.rotation
    points = origin + about.radius * _PATTERN @ axes[:, :2].T
    reach = BEHIND + about.gap + about.flat
    begin, end = points - BEHIND * axes[:, 2], points + (reach - BEHIND) * axes[:, 2]
    hits = client.rayTestBatch(begin.tolist(), end.tolist(), collisionFilterMask=~LIPS)
    met = {(hit[0], hit[1]) for hit in hits}
    if len(met) != 1 or hits[0][0] < 0:
        return NOTHING if len(met) == 1 else NOT_FLAT
    around = hits[: RINGS[0][0]]
    depths = [hit[2] * reach - BEHIND for hit in around]
    if max(depths) - min(depths) > about.flat:
        return NOT_FLAT
    if any(-float(np.dot(hit[4], axes[:, 2])) < math.cos(about.tilt) for hit in around):
        return NOT_SQUARE
    if max(depths) > about.gap:
        return NOTHING
    return Patch(hits[0][0], hits[0][1], max(depths))
