"""Boxes with a door: microwaves and fridges. Origin 10 cm behind the front, x to the front."""

from sim_checks.assets.asset import Mechanism
from sim_checks.assets.cabinet import UPRIGHT_BAR, upright_handle
from sim_checks.assets.colours import colour_of, darker
from sim_checks.assets.model import Model, container, surface
from sim_checks.assets.primitives import Joint, Link, box
from skills.geometry import Pose

FRONT = 0.10
"""Distance of the front from the origin [m]."""
DOOR = 0.014


def cupboard(
    *,
    width: float = 0.26,
    depth: float = 0.25,
    height: float = 0.24,
    foot: float = 0.03,
    wall: float = 0.01,
    standoff: float = 0.035,
    opened: float = 1.6,
    hinge: str = "left",
    colour: str = "white",
    handle: str = "dark",
    friction: float = 0.5,
    mass: float = 10.0,
) -> Model:
    """Returns a box whose door opens to the front.

    Args:
        width: Outer width along y [m].
        depth: Outer depth along x, door included [m].
        height: Outer height, foot included [m].
        foot: Height of the foot, over which the door swings [m].
        wall: Thickness of the walls [m].
        standoff: Distance of the handle's bar from the door [m].
        opened: Angle that counts as fully open [rad].
        hinge: Side on which the door hangs, ``left`` or ``right`` of whoever stands before it.
        colour: Colour name of the body.
        handle: Colour name of the handle and the window.
        friction: Dry friction of the hinge [Nm].
        mass: Mass [kg].
    """
    paint, dark = colour_of(colour), colour_of(handle)
    back, lip, y = FRONT - depth, FRONT - DOOR - 0.001, width / 2
    deep, centre = lip - back, (lip + back) / 2
    floor = foot + wall
    tall, level = height - floor - wall, (height - wall + floor) / 2
    shell = (
        box((deep, wall, tall), (centre, y - wall / 2, level), paint),
        box((deep, wall, tall), (centre, wall / 2 - y, level), paint),
        box((wall, width - 2 * wall, tall), (back + wall / 2, 0, level), darker(paint)),
        box((deep, width, wall), (centre, 0, floor - wall / 2), darker(paint, 0.9)),
        box((deep - 0.02, width - 0.02, foot), (centre, 0, foot / 2), dark),
        box((deep, width, wall), (centre, 0, height - wall / 2), paint),
    )
    side = -1.0 if hinge == "left" else 1.0
    pivot = Pose((FRONT - DOOR / 2, side * (y - 0.002), (height + foot) / 2))
    span = width - 0.006
    bar, radius = (0.10, 0.014), span - 0.03
    leaf_height = height - foot - 0.004
    leaf = (
        box((DOOR, span, leaf_height), (0, -side * span / 2, 0), paint),
        box((DOOR + 0.001, span * 0.6, leaf_height * 0.6), (0, -side * span * 0.42, 0), dark, solid=False),
        *upright_handle((DOOR / 2, -side * radius, 0), standoff, bar, dark),
    )
    door = Joint("door_hinge", "base", "door", "revolute", pivot, (0, 0, side), 0.0, opened + 0.25, 0.1, friction)
    mechanism = Mechanism(
        joint="door_hinge",
        closed=0.0,
        opened=opened,
        friction=friction,
        damping=0.1,
        handle_link="door",
        link_from_handle=Pose.from_rotation((DOOR / 2 + standoff, -side * radius, 0.0), UPRIGHT_BAR),
        bar=bar,
        kind="hinge",
    )
    return Model(
        (Link("base", shell, mass * 0.9), Link("door", leaf, mass * 0.1)),
        (door,),
        {
            "heating_region": container("base", (back + wall, wall - y, floor), (lip, y - wall, height - wall)),
            "top_side": surface("base", (centre, 0, height), (deep / 2, y)),
        },
        {"heating_region": mechanism},
        friction=0.6,
        centre=(0, 0, height / 2),
    )
