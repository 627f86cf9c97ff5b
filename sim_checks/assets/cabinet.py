"""Cabinets with three drawers. Origin 4 cm behind the front, x to the front."""

import numpy as np

from sim_checks.assets.asset import AssetRegion, Mechanism
from sim_checks.assets.colours import Colour, colour_of, darker
from sim_checks.assets.containers import walls
from sim_checks.assets.model import Model, container, surface
from sim_checks.assets.primitives import Joint, Link, Shape, box
from skills.geometry import Pose

FRONT = 0.04
"""Distance of the front from the origin [m]: an open drawer keeps to its own half of a table."""
BOARD = 0.008
PANEL = 0.012
UPRIGHT_BAR = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
"""Axes of an upright bar's handle frame: x outward, y up."""


def upright_handle(
    at: tuple[float, float, float], standoff: float, bar: tuple[float, float], colour: Colour
) -> list[Shape]:
    """Returns an upright bar with two posts.

    Args:
        at: Point on the panel's face behind the bar's middle [m].
        standoff: Distance of the bar's axis from the face [m].
        bar: (length, thickness) [m].
        colour: Colour.
    """
    x, y, z = at
    length, thick = bar
    shapes = [box((thick, thick, length), (x + standoff, y, z), colour)]
    reach = standoff - thick / 2
    for sign in (-1, 1):
        post = z + sign * (length / 2 - 0.004)
        shapes.append(box((reach, thick * 0.8, 0.008), (x + reach / 2, y, post), colour))
    return shapes


def cabinet(
    *,
    width: float = 0.25,
    depth: float = 0.21,
    travel: float = 0.15,
    bottom: float = 0.098,
    middle: float = 0.078,
    top: float = 0.078,
    standoff: float = 0.035,
    colour: str = "wood",
    handle: str = "black",
    friction: float = 3.0,
    mass: float = 8.0,
) -> Model:
    """Returns a cabinet with a bottom, a middle and a top drawer.

    Args:
        width: Outer width along y [m].
        depth: Outer depth along x [m].
        travel: How far a drawer slides [m].
        bottom: Height of the bottom drawer's front [m].
        middle: Height of the middle drawer's front [m].
        top: Height of the top drawer's front [m].
        standoff: Distance of a handle's bar from its panel [m].
        colour: Colour name of the wood.
        handle: Colour name of the handles.
        friction: Dry friction of a drawer [N].
        mass: Mass [kg].
    """
    paint, metal = colour_of(colour), colour_of(handle)
    height = 2 * BOARD + bottom + middle + top
    back, lip, y = FRONT - depth, FRONT - PANEL - 0.001, width / 2
    deep, centre = lip - back, (lip + back) / 2
    carcass = (
        box((deep, BOARD, height - 2 * BOARD), (centre, y - BOARD / 2, height / 2), paint),
        box((deep, BOARD, height - 2 * BOARD), (centre, BOARD / 2 - y, height / 2), paint),
        box((BOARD, width - 2 * BOARD, height - 2 * BOARD), (back + BOARD / 2, 0, height / 2), darker(paint)),
        box((deep, width, BOARD), (centre, 0, BOARD / 2), paint),
        box((depth, width, BOARD), (FRONT - depth / 2, 0, height - BOARD / 2), paint),
    )
    links, joints = [Link("base", carcass, mass * 0.7)], []
    regions: dict[str, AssetRegion] = {
        "top_side": surface("base", (FRONT - depth / 2, 0, height), (depth / 2, width / 2))
    }
    mechanisms: dict[str, Mechanism] = {}
    floor, bar = BOARD, (0.055, 0.014)
    for name, rise in (("bottom", bottom), ("middle", middle), ("top", top)):
        shapes, region, grip = _drawer(
            floor, rise, FRONT - travel - 0.005, y - BOARD - 0.003, standoff, bar, paint, metal
        )
        links.append(Link(f"{name}_drawer", tuple(shapes), mass * 0.1))
        joints.append(
            Joint(
                f"{name}_slide",
                "base",
                f"{name}_drawer",
                "prismatic",
                Pose(),
                (1, 0, 0),
                0.0,
                travel + 0.005,
                5.0,
                friction,
            )
        )
        regions[f"{name}_region"] = AssetRegion(f"{name}_drawer", region.box)
        mechanisms[f"{name}_region"] = Mechanism(
            joint=f"{name}_slide",
            closed=0.0,
            opened=travel,
            friction=friction,
            damping=5.0,
            handle_link=f"{name}_drawer",
            link_from_handle=grip,
            bar=bar,
            kind="slide",
        )
        floor += rise
    return Model(tuple(links), tuple(joints), regions, mechanisms, friction=0.6, centre=(0, 0, height / 2))


def _drawer(
    floor: float,
    rise: float,
    back: float,
    side: float,
    standoff: float,
    bar: tuple[float, float],
    paint: Colour,
    metal: Colour,
) -> tuple[list[Shape], AssetRegion, Pose]:
    """Returns a drawer's shapes, its inside and its handle frame, all in the cabinet's frame when shut."""
    face, wall, base = FRONT - PANEL, 0.005, floor + 0.003
    inside = darker(paint, 1.12)
    wide = side + 0.009
    panel = box((PANEL, 2 * wide, rise - 0.004), (FRONT - PANEL / 2, 0, floor + rise / 2), darker(paint, 0.92))
    rim = base + min(0.055, rise - 0.016)
    shapes = [panel, box((face - back, 2 * side, wall), ((face + back) / 2, 0, base + wall / 2), inside)]
    sides = walls((back, face), (-side, side), (base + wall, rim), wall, inside)
    shapes += sides[:3]
    middle = (FRONT, 0.0, floor + rise / 2)
    shapes += upright_handle(middle, standoff, bar, metal)
    region = container("drawer", (back + wall, wall - side, base + wall), (face, side - wall, floor + rise - 0.002))
    grip = Pose.from_rotation((FRONT + standoff, 0.0, middle[2]), UPRIGHT_BAR)
    return shapes, region, grip
