"""The area on one side of a thing, where the scene file declares none."""

from sim_checks.bullet.world import BulletWorld
from skills.geometry import Box, Pose

GAP = 0.03
"""Distance of the area from the thing [m]."""
HALF = 0.05
"""Half of the area's edge [m]."""
DIRECTIONS = {"front": (1.0, 0.0), "back": (-1.0, 0.0), "right": (0.0, 1.0), "left": (0.0, -1.0)}
"""Sides in the viewer's frame. Source: `skills.scene`."""


def beside(world: BulletWorld, reference: str, side: str) -> Box:
    """Returns the square beside ``reference``, at the height that it stands on."""
    bounds = world.bounds(reference)
    x, y, _ = bounds.centre
    along, across = DIRECTIONS[side]
    reach_x = (bounds.upper[0] - bounds.lower[0]) / 2 + GAP + HALF
    reach_y = (bounds.upper[1] - bounds.lower[1]) / 2 + GAP + HALF
    place = (x + along * reach_x, y + across * reach_y, bounds.lower[2] + 0.005)
    return Box(Pose(place), (HALF, HALF, 0.005))
