"""Stoves: a low plate with a burner and an upright bar knob in front of it."""

import numpy as np

from sim_checks.assets.asset import Mechanism
from sim_checks.assets.colours import colour_of, darker
from sim_checks.assets.model import Model, surface
from sim_checks.assets.primitives import Joint, Link, box, cylinder
from skills.geometry import Pose

QUARTER = 1.5708


def stove(
    *,
    length: float = 0.25,
    width: float = 0.22,
    height: float = 0.03,
    friction: float = 0.1,
    colour: str = "dark",
    mass: float = 4.0,
) -> Model:
    """Returns a stove; the knob turns a quarter about z from off (its bar along y) to on (along x).

    Args:
        length: Extent along x [m].
        width: Extent along y [m].
        height: Height of the plate [m].
        friction: Dry friction of the knob [Nm].
        colour: Colour name of the plate.
        mass: Mass [kg].
    """
    paint = colour_of(colour)
    burner, knob_x = -0.03, length / 2 - 0.03
    plate = (
        box((length, width, height), (0, 0, height / 2), paint),
        cylinder(0.08, 0.001, (burner, 0, height + 0.0005), darker(colour_of("red"), 0.7), solid=False),
        cylinder(0.06, 0.001, (burner, 0, height + 0.0012), darker(paint, 0.6), solid=False),
    )
    bar = (0.05, 0.015)
    knob = (
        cylinder(0.018, 0.010, (0, 0, 0.006), colour_of("silver")),
        box((bar[1], bar[0], 0.024), (0, 0, 0.023), colour_of("silver")),
        box((bar[1] * 0.3, bar[0] * 0.45, 0.0012), (0, bar[0] * 0.22, 0.0352), colour_of("red"), solid=False),
    )
    axes = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    axes[:, 2] = np.cross(axes[:, 0], axes[:, 1])
    turn = Joint(
        "knob_turn",
        "base",
        "knob",
        "revolute",
        Pose((knob_x, 0, height)),
        (0, 0, -1),
        -0.15,
        QUARTER + 0.3,
        0.01,
        friction,
    )
    mechanism = Mechanism(
        joint="knob_turn",
        closed=0.0,
        opened=QUARTER,
        friction=friction,
        damping=0.01,
        handle_link="knob",
        link_from_handle=Pose.from_rotation((0.0, 0.0, 0.024), axes),
        bar=bar,
        kind="knob",
    )
    return Model(
        (Link("base", plate, mass), Link("knob", knob, 0.05)),
        (turn,),
        {"cook_region": surface("base", (burner, 0, height), (0.09, 0.10))},
        {"cook_region": mechanism},
        friction=0.7,
    )
