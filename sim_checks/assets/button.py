"""Call buttons: a low box with a round button that springs back."""

import numpy as np

from sim_checks.assets.asset import Mechanism
from sim_checks.assets.colours import colour_of
from sim_checks.assets.model import Model
from sim_checks.assets.primitives import Joint, Link, box, cylinder
from skills.geometry import Pose

SLACK = 0.001
"""Way of the button beyond fully pressed [m]."""
UPWARD = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
"""Axes of the handle frame: x outward, which is up."""


def button(
    *,
    edge: float = 0.08,
    height: float = 0.04,
    radius: float = 0.02,
    travel: float = 0.01,
    spring: float = 4.0,
    colour: str = "grey",
    cap: str = "red",
    mass: float = 1.0,
) -> Model:
    """Returns a box with a button on its top that a force of ``spring`` holds up.

    Args:
        edge: Edge of the box from above [m].
        height: Height of the box [m].
        radius: Radius of the button [m].
        travel: How far the button goes down [m].
        spring: Force that it takes [N].
        colour: Colour name of the box.
        cap: Colour name of the button.
        mass: Mass [kg].
    """
    sunk, rise = travel + SLACK + 0.002, travel + 0.006
    wall, inner = (edge - 2 * radius) / 2 - 0.002, radius + 0.002
    side, paint = inner + wall / 2, colour_of(colour)
    low = height - sunk
    body = (
        box((edge, edge, low), (0, 0, low / 2), paint),
        *(box((wall, edge, sunk), (sign * side, 0, low + sunk / 2), paint) for sign in (1, -1)),
        *(box((2 * inner, wall, sunk), (0, sign * side, low + sunk / 2), paint) for sign in (1, -1)),
    )
    knob = cylinder(radius, rise + 0.001, (0, 0, (rise + 0.001) / 2), colour_of(cap))
    slide = Joint(
        "button_slide",
        "base",
        "button",
        "prismatic",
        Pose((0.0, 0.0, height - 0.001)),
        (0, 0, -1),
        0.0,
        travel + SLACK,
        2.0,
        0.0,
    )
    mechanism = Mechanism(
        joint="button_slide",
        closed=0.0,
        opened=travel,
        friction=0.0,
        damping=2.0,
        handle_link="button",
        link_from_handle=Pose.from_rotation((0.0, 0.0, rise + 0.001), UPWARD),
        bar=(2 * radius, 2 * radius),
        kind="button",
        spring=spring,
    )
    links = (Link("base", body, mass), Link("button", (knob,), 0.02))
    return Model(links, (slide,), {}, {"button": mechanism}, friction=0.7, centre=(0.0, 0.0, height / 2))
