"""Peg holders: a foot with an upright tube, its mouth flared to lead a peg in."""

from sim_checks.assets.colours import colour_of, darker
from sim_checks.assets.model import Model, container
from sim_checks.assets.primitives import Link, box
from sim_checks.assets.vessels import ring

FLOOR = 0.006
"""Thickness of the tube's floor [m]."""


def holder(
    *,
    bore: float = 0.020,
    flare: float = 0.010,
    depth: float = 0.045,
    wall: float = 0.005,
    edge: float = 0.09,
    headroom: float = 0.07,
    colour: str = "grey",
    mass: float = 2.0,
) -> Model:
    """Returns a holder.

    Args:
        bore: Inner radius of the tube [m].
        flare: How much wider its mouth is [m].
        depth: Depth of the tube, the mouth included [m].
        wall: Thickness of the tube [m].
        edge: Edge of the foot [m].
        headroom: How far above the mouth a thing's middle still counts as inside [m].
        colour: Colour name.
        mass: Mass [kg].
    """
    paint, outer = colour_of(colour), bore + wall
    throat, top = FLOOR + depth - flare, FLOOR + depth
    shapes = [
        box((edge, edge, FLOOR), (0, 0, FLOOR / 2), darker(paint, 0.8)),
        *ring(outer, outer, FLOOR, throat, wall, 12, paint),
        *ring(outer, outer + flare, throat, top, wall, 12, darker(paint, 0.9)),
    ]
    inside = container("base", (-bore, -bore, FLOOR), (bore, bore, top + headroom))
    return Model((Link("base", tuple(shapes), mass),), regions={"slot_region": inside})
