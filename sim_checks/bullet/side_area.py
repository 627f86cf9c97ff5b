"""The area on one side of a thing, where the scene file declares none."""

from skills.geometry import Bounds, Box, Pose

GAP = 0.03
"""Distance of the area from the thing [m]."""
HALF = 0.05
"""Half of the area's edge [m]."""
DIRECTIONS = {"front": (1.0, 0.0), "back": (-1.0, 0.0), "right": (0.0, 1.0), "left": (0.0, -1.0)}
"""Sides in the viewer's frame. Source: `skills.scene`."""


def beside(bounds: Bounds, side: str) -> Box:
    """Returns the square beside a thing with these bounds [m], at the height that it stands on."""
    x, y, _ = bounds.centre
    along, across = DIRECTIONS[side]
    reach_x = (bounds.upper[0] - bounds.lower[0]) / 2 + GAP + HALF
    reach_y = (bounds.upper[1] - bounds.lower[1]) / 2 + GAP + HALF
    place = (x + along * reach_x, y + across * reach_y, bounds.lower[2] + 0.005)
    return Box(Pose(place), (HALF, HALF, 0.005))
