"""Boxes: packets, cartons, blocks, sponges."""

from sim_checks.assets.colours import colour_of, darker
from sim_checks.assets.grasps import across_box
from sim_checks.assets.model import Model
from sim_checks.assets.primitives import Link, box


def packet(
    *,
    length: float = 0.06,
    width: float = 0.06,
    height: float = 0.06,
    colour: str = "grey",
    mark: str = "",
    mass: float = 0.2,
) -> Model:
    """Returns a box.

    Args:
        length: Extent along x [m].
        width: Extent along y [m].
        height: Extent along z [m].
        colour: Colour name.
        mark: Colour name of a band around it, if any.
        mass: Mass [kg].
    """
    paint = colour_of(colour)
    shapes = [box((length, width, height), (0, 0, height / 2), paint)]
    if mark:
        band = (length + 0.0012, width + 0.0012, height * 0.4)
        shapes.append(box(band, (0, 0, height * 0.55), colour_of(mark), solid=False))
    return Model((Link("base", tuple(shapes), mass),), grasps=tuple(across_box(length, width, height)))


def carton(
    *,
    length: float = 0.06,
    width: float = 0.06,
    height: float = 0.13,
    colour: str = "white",
    mark: str = "blue",
    mass: float = 0.35,
) -> Model:
    """Returns a drink carton: a tall box with a folded top (decoration)."""
    body = packet(length=length, width=width, height=height, colour=colour, mark=mark, mass=mass)
    fold = box((length, width * 0.3, 0.004), (0, 0, height + 0.002), darker(colour_of(mark or colour)), solid=False)
    link = body.links[0]
    return Model((Link("base", (*link.shapes, fold), mass),), grasps=body.grasps)


def sponge(
    *, length: float = 0.09, width: float = 0.055, height: float = 0.03, colour: str = "yellow", mass: float = 0.05
) -> Model:
    """Returns a kitchen sponge with a scouring side."""
    pad = box((length, width, height), (0, 0, height / 2), colour_of(colour))
    scour = box((length + 0.0012, width + 0.0012, height * 0.3), (0, 0, height * 0.86), colour_of("green"), solid=False)
    grasps = across_box(length, width, height, force=20.0)
    return Model((Link("base", (pad, scour), mass),), grasps=tuple(grasps), friction=0.9)
