"""Tables, counters and floors: z = 0 is the top; everything else lies below."""

from sim_checks.assets.colours import colour_of, darker
from sim_checks.assets.model import Model, surface
from sim_checks.assets.primitives import Link, box


def table(
    *,
    length: float = 1.7,
    width: float = 1.4,
    thickness: float = 0.04,
    height: float = 0.75,
    colour: str = "oak",
    mass: float = 40.0,
) -> Model:
    """Returns a table that a robot can be bolted to.

    Args:
        length: Extent along x [m].
        width: Extent along y [m].
        thickness: Thickness of the top [m].
        height: Height of the top above the floor [m]; the legs are decoration.
        colour: Colour name.
        mass: Mass [kg].
    """
    paint = colour_of(colour)
    legs = [
        box(
            (0.05, 0.05, height),
            (sx * (length / 2 - 0.06), sy * (width / 2 - 0.06), -height / 2 - thickness),
            darker(paint),
            solid=False,
        )
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    top = box((length, width, thickness), (0, 0, -thickness / 2), paint)
    region = surface("base", (0, 0, 0), (length / 2, width / 2))
    return Model((Link("base", (top, *legs), mass),), regions={"top_surface": region}, friction=0.8, centre=(0, 0, 0))


def counter(
    *, length: float = 1.7, width: float = 1.4, thickness: float = 0.3, colour: str = "stone", mass: float = 200.0
) -> Model:
    """Returns a counter: a solid block below its top, ``thickness`` [m] deep."""
    return table(length=length, width=width, thickness=thickness, height=0.001, colour=colour, mass=mass)


def floor(*, length: float = 3.0, width: float = 3.0, colour: str = "stone", mass: float = 1000.0) -> Model:
    """Returns a piece of floor."""
    return table(length=length, width=width, thickness=0.05, height=0.001, colour=colour, mass=mass)
