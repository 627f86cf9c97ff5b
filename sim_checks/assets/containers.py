"""Open containers: baskets, trays, desk caddies and sinks, each of a few boxes."""

from sim_checks.assets.asset import AssetRegion
from sim_checks.assets.colours import Colour, colour_of, darker
from sim_checks.assets.model import Model, container
from sim_checks.assets.primitives import Link, Shape, box


def walls(
    x: tuple[float, float], y: tuple[float, float], z: tuple[float, float], wall: float, colour: Colour
) -> list[Shape]:
    """Returns the four walls of a rectangle, given its outer limits [m]."""
    (x0, x1), (y0, y1), (z0, z1) = x, y, z
    height, middle = z1 - z0, (z0 + z1) / 2
    shade = darker(colour, 0.88)
    return [
        box((x1 - x0, wall, height), ((x0 + x1) / 2, y0 + wall / 2, middle), colour),
        box((x1 - x0, wall, height), ((x0 + x1) / 2, y1 - wall / 2, middle), colour),
        box((wall, y1 - y0 - 2 * wall, height), (x0 + wall / 2, (y0 + y1) / 2, middle), shade),
        box((wall, y1 - y0 - 2 * wall, height), (x1 - wall / 2, (y0 + y1) / 2, middle), shade),
    ]


def crate(
    *,
    length: float = 0.23,
    width: float = 0.23,
    height: float = 0.09,
    wall: float = 0.006,
    headroom: float = 0.05,
    colour: str = "oak",
    mass: float = 0.5,
) -> Model:
    """Returns an open box: a basket (high walls) or a tray (low walls).

    Args:
        length: Outer extent along x [m].
        width: Outer extent along y [m].
        height: Height of the walls [m].
        wall: Thickness [m].
        headroom: How far above the walls a thing's centre still counts as inside [m].
        colour: Colour name.
        mass: Mass [kg].
    """
    paint = colour_of(colour)
    x, y = length / 2, width / 2
    floor = box((length, width, wall), (0, 0, wall / 2), darker(paint, 0.95))
    shapes = (floor, *walls((-x, x), (-y, y), (wall, height), wall, paint))
    inside = container("base", (wall - x, wall - y, wall), (x - wall, y - wall, height + headroom))
    return Model((Link("base", shapes, mass),), regions={"contain_region": inside})


def caddy(
    *,
    slot: float = 0.046,
    reach: float = 0.118,
    height: float = 0.07,
    wall: float = 0.004,
    colour: str = "wood",
    mass: float = 1.0,
) -> Model:
    """Returns a desk caddy: front and back slots along y, left (-y) and right (+y) slots between them along x.

    Args:
        slot: Inner width of the front and back slots [m].
        reach: Inner length of the left and right slots [m].
        height: Height of the walls [m].
        wall: Thickness [m].
        colour: Colour name.
        mass: Mass [kg].
    """
    paint = colour_of(colour)
    long = 2 * slot + reach + 4 * wall
    broad = reach + 2 * wall
    x, y, inner = long / 2, broad / 2, reach / 2
    shapes = [box((long, broad, wall), (0, 0, wall / 2), darker(paint, 0.9))]
    shapes += walls((-x, x), (-y, y), (wall, height), wall, paint)
    rise, middle = height - wall, (height + wall) / 2
    for side in (-1.0, 1.0):
        shapes.append(box((wall, broad - 2 * wall, rise), (side * (inner + wall / 2), 0, middle), paint))
    shapes.append(box((reach, wall, rise), (0, 0, middle), paint))
    top = height + 0.06
    regions: dict[str, AssetRegion] = {
        "front_contain_region": container("base", (inner + wall, wall - y, wall), (x - wall, y - wall, top)),
        "back_contain_region": container("base", (wall - x, wall - y, wall), (-inner - wall, y - wall, top)),
        "left_contain_region": container("base", (-inner, wall - y, wall), (inner, -wall / 2, top)),
        "right_contain_region": container("base", (-inner, wall / 2, wall), (inner, y - wall, top)),
    }
    return Model((Link("base", tuple(shapes), mass),), regions=regions)


def sink(
    *, length: float = 0.30, width: float = 0.34, height: float = 0.10, colour: str = "silver", mass: float = 5.0
) -> Model:
    """Returns a sink: a steel basin with a tap at its back."""
    model = crate(length=length, width=width, height=height, wall=0.008, headroom=0.05, colour=colour, mass=mass)
    steel, x = darker(colour_of(colour), 0.8), -length / 2 - 0.015
    tap = (
        box((0.024, 0.024, height + 0.14), (x, 0, (height + 0.14) / 2), steel),
        box((0.12, 0.02, 0.02), (x + 0.06, 0, height + 0.13), steel),
    )
    base = Link("base", (*model.links[0].shapes, *tap), mass)
    outlet, top = x + 0.11, height + 0.118
    water = container("base", (outlet - 0.006, -0.006, 0.01), (outlet + 0.006, 0.006, top))
    regions = {"basin_region": model.regions["contain_region"], "tap_region": water}
    return Model((base,), regions=regions, centre=(0, 0, height / 2))
