"""`arrange_line`: one seeded factory cell with a conveyor before the arm: trays, boxes, flat parts.

Places are in the bench's frame [m]; the arm stands on the -x side. Right is +y. The conveyor runs to either side.
"""

import math

from numpy.random import Generator

from sim_checks.scenes.cell import TRAYS, Cell, clutter_about, parts
from skills.formats.footprints import Standing
from skills.scene import Fixture, Placement, Scene

AHEAD, ASIDE = (0.06, 0.09), (-0.02, 0.02)
"""Where the middle of the conveyor is, its ends within reach [m]."""
TRAY_X, TRAY_Y = (-0.21, -0.18), (0.30, 0.32)
"""Where the trays are; their longer edges are across the way from the arm [m]."""
SPOTS = (-0.08, 0.0, 0.08)
"""Where things lie in a tray, along its longer edge [m]."""
SPEEDS = (0.08, 0.14)
"""How fast the conveyor carries [m/s]."""


def arrange_line(clutter: int, robot: str, name: str, rng: Generator) -> Scene | None:
    """Returns one arrangement, or None when something found no room.

    Args:
        clutter: Number of things beside the cell's own, at most one of each kind.
        robot: Kind of the robot.
        name: The scene's name.
        rng: Source of every choice.
    """
    cell = Cell(rng, free=[(tray, spot) for tray in TRAYS for spot in SPOTS], across=True)
    quarter = round(math.pi / 2, 4)
    at, yaw = (cell.between(*AHEAD), cell.between(*ASIDE)), quarter if rng.random() < 0.5 else -quarter
    cell.standing.append((Standing("conveyor", *at, yaw), 0.0))
    for identifier, side in TRAYS.items():
        xy = (cell.between(*TRAY_X), side * cell.between(*TRAY_Y))
        cell.standing.append((Standing("tray", *xy, quarter), 0.0))
        cell.add(identifier.replace("_", " "), "tray", Placement(on="bench", xy=xy, yaw=quarter))
    if not parts(cell) or not clutter_about(cell, clutter):
        return None
    place = Placement(on="bench", xy=at, yaw=yaw)
    belt = Fixture(id="conveyor", kind="conveyor", placement=place, params={"speed": cell.between(*SPEEDS)})
    return cell.scene(name, robot, belt)
