"""Round things: cans and bottles."""

from sim_checks.assets.colours import colour_of
from sim_checks.assets.grasps import across_round, round_side
from sim_checks.assets.model import Model
from sim_checks.assets.primitives import Link, cylinder


def can(
    *, radius: float = 0.031, height: float = 0.09, colour: str = "silver", mark: str = "red", mass: float = 0.25
) -> Model:
    """Returns a tin can with a paper band.

    Args:
        radius: Radius [m].
        height: Height [m].
        colour: Colour name of the metal.
        mark: Colour name of the band.
        mass: Mass [kg].
    """
    body = cylinder(radius, height, (0, 0, height / 2), colour_of(colour))
    band = cylinder(radius + 0.0010, height * 0.8, (0, 0, height / 2), colour_of(mark), solid=False)
    grasps = across_round(radius, max(0.013, height - 0.02))
    if height > 0.085:
        grasps += round_side(radius, height - 0.014, tilt=0.6, cost=0.5)
    return Model((Link("base", (body, band), mass),), grasps=tuple(grasps))


def bottle(
    *,
    radius: float = 0.029,
    height: float = 0.16,
    neck: float = 0.014,
    colour: str = "green",
    mark: str = "cream",
    cap: str = "red",
    mass: float = 0.3,
) -> Model:
    """Returns a bottle: body, shoulder and neck with a cap.

    Args:
        radius: Radius of the body [m].
        height: Height with the cap [m].
        neck: Radius of the neck and cap [m].
        colour: Colour name of the glass.
        mark: Colour name of the label.
        cap: Colour name of the cap.
        mass: Mass [kg].
    """
    body, top = height * 0.62, height * 0.26
    shoulder = height - body - top
    glass = colour_of(colour)
    shapes = (
        cylinder(radius, body, (0, 0, body / 2), glass),
        cylinder((radius + neck) / 2, shoulder, (0, 0, body + shoulder / 2), glass, density=0.6),
        cylinder(neck, top, (0, 0, height - top / 2), glass, density=0.5),
        cylinder(neck + 0.0012, top * 0.5, (0, 0, height - top / 4 + 0.0005), colour_of(cap), solid=False),
        cylinder(radius + 0.0010, body * 0.5, (0, 0, body * 0.5), colour_of(mark), solid=False),
    )
    grasps = across_round(neck, height - 0.018)
    level = max(0.08, body - 0.015)
    grasps += round_side(radius, level, tilt=0.35, cost=0.3) + round_side(radius, level, cost=0.4)
    return Model((Link("base", shapes, mass),), grasps=tuple(grasps))
