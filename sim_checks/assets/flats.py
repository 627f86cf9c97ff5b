"""Flat things: plates and books."""

import math

from sim_checks.assets.asset import Grasp
from sim_checks.assets.colours import colour_of, darker
from sim_checks.assets.grasps import DOWN, both_ways, rim
from sim_checks.assets.model import Model
from sim_checks.assets.primitives import Link, box, cylinder
from sim_checks.assets.vessels import ring


def plate(
    *, radius: float = 0.068, height: float = 0.022, wall: float = 0.004, colour: str = "white", mass: float = 0.2
) -> Model:
    """Returns a plate with a raised lip, 15 degrees off the vertical.

    Args:
        radius: Outer radius at the lip [m].
        height: Height of the lip [m].
        wall: Thickness [m].
        colour: Colour name.
        mass: Mass [kg].
    """
    paint, count = colour_of(colour), 10
    tilt = math.radians(15.0)
    base = radius - (height - 0.001) * math.tan(tilt)
    shapes = [cylinder(base, 0.004, (0, 0, 0.002), darker(paint, 0.95))]
    shapes += ring(base, radius, 0.001, height, wall, count, paint)
    middle = radius - wall / 2 / math.cos(tilt)
    grasps = rim(middle, height, tilt, wall, count, depth=0.005, style="lip", opening=0.03)
    return Model((Link("base", tuple(shapes), mass),), grasps=tuple(grasps))


def book(
    *, length: float = 0.10, width: float = 0.026, height: float = 0.14, colour: str = "black", mass: float = 0.25
) -> Model:
    """Returns a book that stands upright: ``length`` along x, its thickness along y.

    Args:
        length: Width of a page [m].
        width: Thickness [m].
        height: Height of a page [m].
        colour: Colour name of the cover.
        mass: Mass [kg].
    """
    cover = colour_of(colour)
    pages = (length - 0.004, width - 0.006, height + 0.0016)
    shapes = (
        box((length, width, height), (0, 0, height / 2), cover),
        box(pages, (0.003, 0, height / 2), colour_of("cream"), solid=False),
        box((length * 0.6, width + 0.0012, height * 0.12), (0, 0, height * 0.75), colour_of("cream"), solid=False),
    )
    z, across = height - 0.022, (0.0, 1.0, 0.0)
    grasps: list[Grasp] = []
    for share, cost in ((0.0, 0.0), (0.6, 0.1), (-0.6, 0.1)):
        grasps += both_ways((share * (length / 2 - 0.012), 0, z), DOWN, across, width, 40.0, cost=cost, opening=0.06)
    for sign in (1.0, -1.0):
        for tilt, rise, cost in ((0.6, 0.7, 0.3), (0.9, 0.78, 0.35), (0.3, 0.7, 0.4)):
            at = (sign * (length / 2 - 0.018), 0, height * rise)
            slant = (-sign * math.cos(tilt), 0.0, -math.sin(tilt))
            grasps += both_ways(at, slant, across, width, 40.0, "side", cost=cost, opening=0.06)
    return Model((Link("base", shapes, mass),), grasps=tuple(grasps))
