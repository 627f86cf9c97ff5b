"""Shelves of two boards; the lower board is deeper, so that things can be set on it from above."""

from sim_checks.assets.colours import colour_of, darker
from sim_checks.assets.model import Model, container, surface
from sim_checks.assets.primitives import Link, box


def shelf(
    *,
    width: float = 0.30,
    depth: float = 0.22,
    step: float = 0.08,
    lower: float = 0.19,
    upper: float = 0.275,
    board: float = 0.01,
    colour: str = "wood",
    mass: float = 4.0,
) -> Model:
    """Returns a shelf that is open to the front (+x).

    Args:
        width: Extent along y [m].
        depth: Depth of the lower board along x [m].
        step: How far the upper board stays behind the lower one [m].
        lower: Free height under the lower board [m].
        upper: Height of the upper board's underside [m].
        board: Thickness [m].
        colour: Colour name.
        mass: Mass [kg].
    """
    paint = colour_of(colour)
    x, y, front = depth / 2, width / 2, depth / 2 - step
    shallow, middle = front + x, (front - x) / 2
    top = upper + board
    side = darker(paint, 0.9)
    shapes = [
        box((depth, width, board), (0, 0, lower + board / 2), paint),
        box((shallow, width, board), (middle, 0, upper + board / 2), paint),
        box((board, width - 2 * board, upper - lower - board), (board / 2 - x, 0, (upper + lower + board) / 2), side),
    ]
    for sign in (-1.0, 1.0):
        at = sign * (y - board / 2)
        shapes.append(box((depth, board, lower), (0, at, lower / 2), side))
        shapes.append(box((shallow, board, upper - lower - board), (middle, at, (upper + lower + board) / 2), side))
    inner = y - board
    return Model(
        (Link("base", tuple(shapes), mass),),
        regions={
            "bottom_region": container("base", (-x, -inner, 0.0), (x, inner, lower)),
            "top_region": container("base", (board - x, -inner, lower + board), (x, inner, upper)),
            "top_side": surface("base", (middle, 0, top), (shallow / 2, y)),
        },
        friction=0.6,
    )


def rack(
    *, width: float = 0.24, depth: float = 0.16, height: float = 0.09, colour: str = "walnut", mass: float = 2.0
) -> Model:
    """Returns a wine rack: two trestles, three rods and a top with a low rail.

    Args:
        width: Extent along y [m].
        depth: Extent along x [m].
        height: Height of the top [m].
        colour: Colour name.
        mass: Mass [kg].
    """
    paint = colour_of(colour)
    x, y, board = depth / 2, width / 2, 0.01
    shapes = [box((depth, width, board), (0, 0, height - board / 2), paint)]
    for sign in (-1.0, 1.0):
        shapes.append(
            box((depth, board, height - board), (0, sign * (y - board / 2), (height - board) / 2), darker(paint, 0.9))
        )
    for place in (-0.05, 0.0, 0.05):
        shapes.append(box((0.008, width - 2 * board, 0.008), (place, 0, 0.02), darker(paint, 0.8)))
    return Model(
        (Link("base", tuple(shapes), mass),),
        regions={"top_region": surface("base", (0, 0, height), (x, y))},
        friction=0.6,
    )
