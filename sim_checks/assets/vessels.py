"""Vessels: bowls, ramekins, mugs, pans and moka pots, as compounds of wall segments."""

import math

from sim_checks.assets.asset import Grasp
from sim_checks.assets.colours import Colour, colour_of, darker
from sim_checks.assets.grasps import DOWN, across_round, both_ways, rim, round_side
from sim_checks.assets.model import Model
from sim_checks.assets.primitives import Link, Shape, box, cylinder, turn_y, turn_z


def ring(
    lower: float, upper: float, base: float, height: float, wall: float, count: int, colour: Colour
) -> list[Shape]:
    """Returns wall segments of a round vessel.

    Args:
        lower: Outer distance of the walls from the axis at the bottom [m].
        upper: Outer distance at the rim [m].
        base: Height where the walls start [m].
        height: Height of the rim [m].
        wall: Thickness [m].
        count: Number of segments.
        colour: Their colour.
    """
    tilt = math.atan2(upper - lower, height - base)
    slope = (height - base) / math.cos(tilt)
    middle = (lower + upper) / 2 - wall / 2 / math.cos(tilt)
    span = 2 * (0.4 * lower + 0.6 * upper) * math.tan(math.pi / count)
    shapes: list[Shape] = []
    for index in range(count):
        angle = index * 2 * math.pi / count
        at = (middle * math.cos(angle), middle * math.sin(angle), (base + height) / 2)
        shapes.append(box((wall, span, slope), at, colour, turn_z(angle) @ turn_y(tilt)))
    return shapes


def _handle(start: float, reach: float, low: float, high: float, colour: Colour) -> list[Shape]:
    """Returns a C handle on the +x side: an upright bar and two struts."""
    bar = box((0.010, 0.014, high - low), (start + reach, 0, (low + high) / 2), colour)
    struts = [box((reach, 0.012, 0.010), (start + reach / 2, 0, z), colour) for z in (low + 0.006, high - 0.006)]
    return [bar, *struts]


def _handle_grasps(at: float, z: float, cost: float) -> list[Grasp]:
    """Returns grasps of an upright handle bar: from above, and 45 degrees from outside."""
    slanted = (-1.0, 0.0, -1.0)
    return [
        *both_ways((at, 0, z), DOWN, (0, 1, 0), 0.014, 30.0, "top", cost=cost, opening=0.06),
        *both_ways((at, 0, z), slanted, (0, 1, 0), 0.014, 30.0, "side", cost=cost + 0.05, opening=0.06),
    ]


def _clear_of_handle(grasps: list[Grasp]) -> list[Grasp]:
    """Returns the grasps that do not close along x, where the handle is."""
    return [g for g in grasps if abs(g.thing_from_tool.rotation[0, 1]) < 0.9]


def bowl(
    *,
    radius: float = 0.058,
    base: float = 0.032,
    height: float = 0.05,
    wall: float = 0.005,
    colour: str = "black",
    edge: str = "",
    mass: float = 0.18,
) -> Model:
    """Returns an open bowl with leaning walls.

    Args:
        radius: Outer radius at the rim [m].
        base: Radius of the foot [m].
        height: Height [m].
        wall: Thickness of the wall [m].
        colour: Colour name.
        edge: Colour name of the rim's glaze, if any.
        mass: Mass [kg].
    """
    paint, count = colour_of(colour), 10
    tilt = math.atan2(radius - base, height - 0.002)
    shapes = [cylinder(base, 0.006, (0, 0, 0.003), darker(paint, 0.9), density=2.0)]
    shapes += ring(base, radius, 0.002, height, wall, count, paint)
    if edge:
        shapes += [
            _unsolid(s)
            for s in ring(
                radius - 0.001, radius + 0.001, height - 0.004, height + 0.001, wall + 0.001, count, colour_of(edge)
            )
        ]
    middle = radius - wall / 2 / math.cos(tilt)
    return Model((Link("base", tuple(shapes), mass),), grasps=tuple(rim(middle, height, tilt, wall, count)))


def _from_behind(grasps: list[Grasp]) -> list[Grasp]:
    """Returns the side grasps whose hand comes from the side away from the handle (which is at +x)."""
    return [g for g in grasps if g.thing_from_tool.rotation[0, 2] > 0.6]


def mug(
    *,
    radius: float = 0.033,
    height: float = 0.088,
    wall: float = 0.004,
    colour: str = "white",
    edge: str = "",
    mass: float = 0.2,
) -> Model:
    """Returns a mug with a handle on its +x side.

    Args:
        radius: Outer radius [m].
        height: Height [m].
        wall: Thickness of the wall [m].
        colour: Colour name.
        edge: Colour name of the rim's upper half, if any.
        mass: Mass [kg].
    """
    paint, count = colour_of(colour), 8
    reach = 0.028
    shapes = [cylinder(radius - 0.001, 0.006, (0, 0, 0.003), paint, density=2.0)]
    shapes += ring(radius, radius, 0.001, height, wall, count, paint)
    shapes += _handle(radius - 0.002, reach, 0.022, 0.074, colour_of(edge) if edge else paint)
    if edge:
        upper = ring(
            radius + 0.0012, radius + 0.0012, height * 0.6, height + 0.0012, wall + 0.0012, count, colour_of(edge)
        )
        shapes += [_unsolid(s) for s in upper]
    at = radius - 0.002 + reach - 0.004
    grasps = _handle_grasps(at, 0.055, 0.1)
    grasps += rim(radius - wall / 2, height, 0.0, wall, count, cost=0.0, skip=(0.0,))
    grasps += _clear_of_handle(across_round(radius, height - 0.02, 8, 30.0, math.pi / 4, cost=0.2))
    for tilt, z, cost in ((0.15, 0.055, 0.5), (0.5, height - 0.013, 0.45), (0.8, height - 0.014, 0.4)):
        grasps += _from_behind(round_side(radius, z, count, 30.0, tilt, cost))
    return Model((Link("base", tuple(shapes), mass),), grasps=tuple(grasps), centre=(0, 0, height / 2))


def ramekin(
    *,
    radius: float = 0.042,
    base: float = 0.036,
    height: float = 0.042,
    wall: float = 0.005,
    colour: str = "white",
    mass: float = 0.18,
) -> Model:
    """Returns a small steep baking dish with a glazed rim."""
    return bowl(radius=radius, base=base, height=height, wall=wall, colour=colour, edge="brown", mass=mass)


def pan(
    *,
    radius: float = 0.076,
    height: float = 0.035,
    reach: float = 0.15,
    wall: float = 0.004,
    colour: str = "dark",
    mass: float = 0.24,
) -> Model:
    """Returns a frying pan whose long handle points along +x.

    Args:
        radius: Outer radius at the rim [m].
        height: Height of the rim [m].
        reach: Length of the handle [m].
        wall: Thickness of the wall [m].
        colour: Colour name.
        mass: Mass [kg].
    """
    paint, count, base = colour_of(colour), 10, radius - 0.011
    z = height - 0.006
    shapes = [cylinder(base, 0.004, (0, 0, 0.002), paint, density=0.5)]
    shapes += [_lighter(s) for s in ring(base, radius, 0.001, height, wall, count, paint)]
    shapes.append(box((reach, 0.018, 0.014), (radius - 0.008 + reach / 2, 0, z), darker(paint, 0.6), density=0.5))
    grasps: list[Grasp] = []
    for share, cost in ((0.45, 0.0), (0.65, 0.05), (0.85, 0.1), (0.3, 0.15)):
        x = radius - 0.008 + share * reach
        grasps += both_ways((x, 0, z), DOWN, (0, 1, 0), 0.018, 60.0, cost=cost, opening=0.06)
        grasps += both_ways((x, 0, z), (-1, 0, -1), (0, 1, 0), 0.018, 60.0, cost=cost + 0.3, opening=0.06)
    return Model((Link("base", tuple(shapes), mass),), grasps=tuple(grasps), centre=(0, 0, height / 2))


def moka(*, radius: float = 0.036, height: float = 0.135, colour: str = "silver", mass: float = 0.35) -> Model:
    """Returns a moka pot: boiler, waist, jug with a lid knob, a spout and a handle on its +x side.

    Args:
        radius: Radius of the boiler [m].
        height: Height without the lid's knob [m].
        colour: Colour name of the metal.
        mass: Mass [kg].
    """
    metal, dark = colour_of(colour), colour_of("black")
    boiler, jug = height * 0.45, height * 0.45
    waist = height - boiler - jug
    slim = radius - 0.006
    shapes = [
        cylinder(radius, boiler, (0, 0, boiler / 2), metal, density=2.0),
        cylinder(slim - 0.004, waist, (0, 0, boiler + waist / 2), darker(metal, 0.8)),
        cylinder(slim, jug, (0, 0, height - jug / 2), metal, density=0.6),
        cylinder(0.007, 0.010, (0, 0, height + 0.005), dark),
        *_handle(slim - 0.002, 0.034, height - 0.062, height - 0.004, dark),
        box((0.014, 0.018, 0.016), (-slim - 0.004, 0, height - 0.012), metal),
    ]
    grasps = _clear_of_handle(across_round(slim, height - 0.012, 8, 40.0, math.pi / 4, cost=0.0))
    grasps += _handle_grasps(slim + 0.029, height - 0.03, 0.2)
    return Model((Link("base", tuple(shapes), mass),), grasps=tuple(grasps), centre=(0, 0, height / 2))


def _unsolid(shape: Shape) -> Shape:
    return Shape(shape.kind, shape.size, shape.pose, shape.colour, shape.density, False)


def _lighter(shape: Shape) -> Shape:
    return Shape(shape.kind, shape.size, shape.pose, shape.colour, 0.5, shape.solid)
