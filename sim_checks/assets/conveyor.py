"""Conveyors: driven rollers between two rails, a light barrier and a stop at the end. Things travel along +x."""

import math

from sim_checks.assets.asset import Drive
from sim_checks.assets.colours import colour_of, darker
from sim_checks.assets.model import Model, surface
from sim_checks.assets.primitives import Joint, Link, Shape, box, cylinder, turn_x
from skills.belt import END, START
from skills.geometry import Pose

GAP = 0.003
"""Gap between two rollers [m]."""
WALL = 0.01
"""Thickness of rails and stop [m]."""
BEAM = 0.006
"""Height of the light barrier over the rollers [m]: low enough for flat parts."""
BEFORE = 0.02
"""Distance of the light barrier from the stop [m]: what it stops does not run into the stop."""
ROLLER = 0.25
"""Mass of a roller [kg]."""


def conveyor(
    *,
    length: float = 0.44,
    width: float = 0.15,
    height: float = 0.07,
    rail: float = 0.02,
    radius: float = 0.012,
    speed: float = 0.12,
    torque: float = 0.5,
    station: float = 0.16,
    colour: str = "silver",
    rollers: str = "dark",
    mass: float = 12.0,
) -> Model:
    """Returns a conveyor; what it is made of stands still or turns, and nothing but the rollers carries.

    Args:
        length: Length, the stop included [m].
        width: Width between the rails [m].
        height: Height of the rollers' top [m].
        rail: How much higher the rails are [m].
        radius: Radius of a roller [m].
        speed: How fast things are carried [m/s].
        torque: Most that turns a roller [Nm].
        station: Length of the start and of the end [m].
        colour: Colour name of the frame.
        rollers: Colour name of the rollers.
        mass: Mass [kg].
    """
    paint, dark = colour_of(colour), colour_of(rollers)
    half, level = length / 2, height - 2 * radius
    pitch = 2 * radius + GAP
    count = math.floor((length - WALL - GAP) / pitch)
    if count < 2 or level <= 0.01 or 2 * station > length - WALL:
        raise ValueError("it is too short or too low for its rollers and its two ends")
    first = (length - WALL - (count - 1) * pitch) / 2 - half
    across, top = width / 2 + WALL / 2, height + rail
    deck = level - 0.002
    frame: list[Shape] = [box((length - WALL, width, deck), (-WALL / 2, 0, deck / 2), darker(paint, 0.8))]
    frame += [box((length, WALL, top), (0, side * across, top / 2), paint) for side in (1, -1)]
    frame.append(box((WALL, width, top), (half - WALL / 2, 0, top / 2), colour_of("yellow")))
    beam = half - WALL - BEFORE
    lamp = darker(colour_of("red"))
    for side in (1, -1):
        frame.append(box((0.008, WALL + 0.002, 0.012), (beam, side * across, top - 0.006), lamp, solid=False))
    links, joints = [Link("base", tuple(frame), mass)], []
    for index in range(count):
        bar = cylinder(radius, width - 0.004, (0, 0, 0), dark, rotation=turn_x(math.pi / 2))
        links.append(Link(f"roller_{index}", (bar,), ROLLER))
        at = Pose((first + index * pitch, 0.0, height - radius))
        joints.append(Joint(f"turn_{index}", "base", f"roller_{index}", "continuous", at, (0, 1, 0), 0, 0, 0.0, 0.0))
    ends = (station / 2, width / 2)
    drive = Drive(
        joints=tuple(j.name for j in joints),
        radius=radius,
        speed=speed,
        torque=torque,
        barrier=((beam, -width / 2, height + BEAM), (beam, width / 2, height + BEAM)),
        length=length,
    )
    regions = {
        START: surface("base", (station / 2 - half, 0, height), ends),
        END: surface("base", (half - WALL - station / 2, 0, height), ends),
    }
    return Model(tuple(links), tuple(joints), regions, friction=0.8, centre=(0.0, 0.0, height / 2), drive=drive)
