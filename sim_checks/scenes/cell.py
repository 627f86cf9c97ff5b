"""`arrange_cell`: one seeded factory cell: a bench, two trays, a fixture with its pin, boxes and flat parts.

Places are in the bench's frame [m]; the arm stands on the -x side. Right is +y. There is no vehicle; a conveyor is in
`line.py`.
"""

import math
from dataclasses import dataclass, field

from numpy.random import Generator

from sim_checks.scenes.layout import BASE_X, CLEARANCE, TRIES
from skills.formats.footprints import Standing, overlap
from skills.scene import Fixture, ObjectSpec, Placement, PoseSpec, RobotSpec, Scene

NEAREST, FURTHEST, ASIDE = 0.44, 0.74, 0.24
"""Distance of things from the arm's base, and from the middle line [m]; the trays stand further out.
Source: the reach map of the cell's arm, its hand pointing down, less a margin."""
COLOURS = ("red", "blue", "green", "yellow", "white", "orange")
PARTS = (3, 5)
"""Boxes and flat parts, least and most."""
FLAT = {"flat part": "grey", "cover": "silver", "base plate": "black"}
"""What flat parts are called -> their colour."""
LENGTHS, WIDTHS, THICKNESSES = (0.06, 0.08), (0.042, 0.055), (0.012, 0.02)
"""Sizes of flat parts [m]; their footprint is at most a box's."""
PINS = (0.017, 0.02)
"""Radius of the pin [m]."""
SLACK = 0.008
"""How much wider the fixture's bore is [m]: a cup does not centre what it holds, as fingers do along one line."""
FOOT = 0.02
"""Room around the fixture beyond that of an unknown thing [m]."""
IN_TRAY = 0.5
"""How often a box, or what lies about, begins in a tray."""
TRAYS = {"left_tray": -1.0, "right_tray": 1.0}
SPOTS = (-0.07, 0.07)
"""Where things lie in a tray, along its longer edge [m]."""
CLUTTER = ("can", "block", "butter", "cookies", "cream_cheese", "chocolate_pudding")
"""What is left lying about."""


@dataclass
class Cell:
    """A cell in the making.

    Args:
        rng: Source of every choice.
        standing: What stands on the bench, each with room around it [m].
        objects: What there is so far.
        free: Places in trays that are free.
        across: Whether the trays' longer edges are across the way from the arm, not along it; flat parts begin
            in such trays too.
    """

    rng: Generator
    standing: list[tuple[Standing, float]] = field(default_factory=list)
    objects: list[ObjectSpec] = field(default_factory=list)
    free: list[tuple[str, float]] = field(default_factory=lambda: [(tray, spot) for tray in TRAYS for spot in SPOTS])
    across: bool = False

    def between(self, low: float, high: float, digits: int = 3) -> float:
        """Returns a number in a range."""
        return round(float(self.rng.uniform(low, high)), digits)

    def spot(self, kind: str, room: float = 0.0) -> Placement | None:
        """Returns a free place within reach, and keeps it; None where there is none."""
        for _ in range(TRIES):
            distance, turn = self.between(NEAREST, FURTHEST), self.between(-0.5, 0.5)
            x, y = round(BASE_X + distance * math.cos(turn), 3), round(distance * math.sin(turn), 3)
            yaw = self.between(-math.pi, math.pi) if room == 0.0 else 0.0
            standing = Standing(kind, x, y, yaw)
            taken = (overlap(standing, other, CLEARANCE + room + more, sweeps=True) for other, more in self.standing)
            if abs(y) <= ASIDE and not any(taken):
                self.standing.append((standing, room))
                return Placement(on="bench", xy=(x, y), yaw=yaw)
        return None

    def lay(self, kind: str) -> Placement | None:
        """Returns a free place in a tray or on the bench, and keeps it; None where there is none."""
        if self.free and self.rng.random() < IN_TRAY:
            tray, along = self.free.pop(int(self.rng.integers(len(self.free))))
            if self.across:
                return Placement(on=tray, inside=True, xy=(0.0, along))
            return Placement(on=tray, inside=True, xy=(along, 0.0), yaw=round(math.pi / 2, 4))
        return self.spot(kind)

    def add(self, label: str, kind: str, place: Placement, **params: float | str) -> None:
        """Adds a thing that goes by its label."""
        identifier = label.replace(" ", "_")
        self.objects.append(ObjectSpec(id=identifier, kind=kind, label=label, placement=place, params=params))

    def scene(self, name: str, robot: str, fixture: Fixture) -> Scene:
        """Returns the scene: a bench with what there is and a fixture on it, and an arm behind it.

        Args:
            name: The scene's name.
            robot: Kind of the robot.
            fixture: What is fixed on the bench.
        """
        bench = Fixture(id="bench", kind="counter", label="bench", pose=PoseSpec(position=(0.0, 0.0, 0.0)))
        base = PoseSpec(position=(BASE_X, 0.0, 0.0))
        return Scene(
            schema="rehearse.scene/1",
            name=name,
            robots=(RobotSpec.model_validate({"id": "arm", "kind": robot, "pose": base}),),
            fixtures=(bench, fixture),
            objects=tuple(self.objects),
        )


def arrange_cell(clutter: int, robot: str, name: str, rng: Generator) -> Scene | None:
    """Returns one arrangement, or None when something found no room.

    Args:
        clutter: Number of things beside the cell's own, at most one of each kind.
        robot: Kind of the robot.
        name: The scene's name.
        rng: Source of every choice.
    """
    cell = Cell(rng)
    for identifier, side in TRAYS.items():
        xy = (cell.between(-0.16, -0.08), side * cell.between(0.31, 0.33))
        cell.standing.append((Standing("tray", *xy, 0.0), 0.0))
        cell.add(identifier.replace("_", " "), "tray", Placement(on="bench", xy=xy))
    fixture, radius = cell.spot("peg_holder", FOOT), cell.between(*PINS)
    pin = cell.spot("peg")
    if fixture is None or pin is None:
        return None
    cell.add("pin", "peg", pin, radius=radius, height=0.1, mass=0.12)
    if not parts(cell) or not clutter_about(cell, clutter):
        return None
    bore = round(radius + SLACK, 3)
    holder = Fixture(id="fixture", kind="peg_holder", label="fixture", placement=fixture, params={"bore": bore})
    return cell.scene(name, robot, holder)


def parts(cell: Cell) -> bool:
    """Lays out boxes, some of them in trays, and flat parts; returns whether there was room.

    Args:
        cell: The cell in the making.
    """
    rng = cell.rng
    paints = [COLOURS[i] for i in rng.permutation(len(COLOURS))]
    names = [list(FLAT)[i] for i in rng.permutation(len(FLAT))]
    count = int(rng.integers(PARTS[0], PARTS[1] + 1))
    flat = int(rng.integers(1, min(count, len(names)) + 1))
    for paint in paints[: count - flat]:
        place = cell.lay("box")
        if place is None:
            return False
        cell.add(f"{paint} box", "box", place, colour=paint)
    for name in names[:flat]:
        place = cell.lay("box") if cell.across else cell.spot("box")
        if place is None:
            return False
        sizes = (cell.between(*LENGTHS), cell.between(*WIDTHS), cell.between(*THICKNESSES))
        length, width, height = sizes
        cell.add(name, "box", place, length=length, width=width, height=height, colour=FLAT[name], mass=0.15)
    return True


def clutter_about(cell: Cell, count: int) -> bool:
    """Leaves things lying about; returns whether there was room, and there are as many kinds.

    Args:
        cell: The cell in the making.
        count: How many.
    """
    for index in cell.rng.permutation(len(CLUTTER))[:count]:
        kind = CLUTTER[int(index)]
        place = cell.lay(kind)
        if place is None:
            return False
        cell.add(kind.replace("_", " "), kind, place)
    return count <= len(CLUTTER)
