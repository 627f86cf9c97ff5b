"""`lay_out`: one seeded arrangement of a theme, its things kept apart by their footprints."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from numpy.random import Generator

from sim_checks.scenes.theme import COLOURS, LOW_THINGS, PAINTED, STANDS, Theme
from skills.formats.footprints import Standing, overlap
from skills.kinds import kind_of
from skills.scene import Fixture, ObjectSpec, Placement, PoseSpec, Region, RobotSpec, Scene

BASE_X = -0.65
"""Where the robot stands on the table [m]."""
NEAREST, FURTHEST = 0.38, 0.68
"""Distance of things from the robot's base [m]. Source: reach table of a Panda on its own table, less a margin."""
ASIDE = 0.38
"""Largest distance of things from the middle line [m]."""
CLEARANCE = 0.035
"""Gap between two things, for a finger to go between [m]."""
THINGS = 3
"""Things of the theme itself in every scene, besides the distractors."""
AREA = 0.055
"""Half of the edge of a marked area [m]."""
OPEN_SHARE, ON_SHARE, NESTED_SHARE = 0.35, 0.35, 0.2
"""How often a fixture has something open, a stove is on, and a thing lies on or in another."""
TRIES = 60


@dataclass
class _Layout:
    """An arrangement in the making."""

    rng: Generator
    standing: list[Standing] = field(default_factory=list)
    fixtures: list[Fixture] = field(default_factory=list)
    objects: list[ObjectSpec] = field(default_factory=list)
    words: set[str] = field(default_factory=set)

    def one_of(self, choices: Sequence[str]) -> str:
        """Returns one of the choices."""
        return choices[int(self.rng.integers(len(choices)))]

    def chance(self, share: float) -> bool:
        """Says yes with this probability."""
        return bool(self.rng.random() < share)

    def new(self, kind: str) -> bool:
        """Says whether one more of this kind can be told from what is there: by its colour, or as the only one."""
        alike = sum(o.kind == kind for o in self.objects)
        return alike < (len(COLOURS) if kind in PAINTED else 1)

    def free(self, candidate: Standing, clearance: float) -> bool:
        """Says whether the candidate keeps clear of all that stands, and of what doors and drawers sweep."""
        return not any(overlap(candidate, other, clearance, sweeps=True) for other in self.standing)


def lay_out(theme: Theme, clutter: int, robot: str, name: str, rng: Generator) -> Scene | None:
    """Returns one arrangement, or None when something found no room.

    Args:
        theme: What to draw from.
        clutter: Number of distractors.
        robot: Kind of the robot.
        name: The scene's name.
        rng: Source of every choice.
    """
    layout = _Layout(rng)
    groups = [theme.fixtures[i] for i in rng.permutation(len(theme.fixtures))]
    for group in groups[: int(rng.integers(1, 4))]:
        _stand_fixture(layout, layout.one_of(group))
    if layout.chance(0.6) and not _stand(layout, layout.one_of(theme.containers)):
        return None
    chosen = [theme.things[i] for i in rng.permutation(len(theme.things))[:THINGS]]
    others = (*theme.distractors, *theme.things)
    for index in range(THINGS + clutter):
        kind = chosen[index] if index < len(chosen) else layout.one_of([k for k in others if layout.new(k)])
        nested = layout.chance(NESTED_SHARE) and _nest(layout, kind)
        if not nested and not _stand(layout, kind):
            return None
    area = _area(layout)
    return Scene(
        schema="rehearse.scene/1",
        name=name,
        robots=(RobotSpec.model_validate({"kind": robot, "pose": PoseSpec(position=(BASE_X, 0.0, 0.0))}),),
        fixtures=(Fixture(id="table", kind=theme.table, pose=PoseSpec(position=(0.0, 0.0, 0.0))), *layout.fixtures),
        objects=tuple(layout.objects),
        regions=(area,) if area else (),
    )


def _stand_fixture(layout: _Layout, kind: str) -> None:
    """Stands a fixture on one side, where there is room for it; else leaves it out."""
    rng, stand = layout.rng, STANDS[kind]
    parts = [p for p in kind_of(kind).parts if p.openable or p.switchable]
    opened: dict[str, float] = {}
    if parts:
        part = parts[int(rng.integers(len(parts)))]
        if layout.chance(OPEN_SHARE if part.openable else ON_SHARE):
            opened[part.name] = 1.0
    for _ in range(TRIES):
        side = 1.0 if rng.random() < 0.5 else -1.0
        x, aside = float(rng.uniform(*stand.x)), float(rng.uniform(*stand.aside))
        yaw = side * stand.yaw
        standing = Standing(kind, x, side * aside, yaw, frozenset(opened))
        if layout.free(standing, 0.02):
            layout.standing.append(standing)
            hinge = {"hinge": "right" if math.sin(yaw) > 0 else "left"} if kind == "microwave" else {}
            place = Placement(on="table", xy=(round(x, 4), round(side * aside, 4)), yaw=round(yaw, 4))
            layout.fixtures.append(
                Fixture(id=_short(kind), kind=kind, placement=place, joints=opened, params=dict(hinge))
            )
            return


def _stand(layout: _Layout, kind: str) -> bool:
    """Stands a thing on the table within reach; returns whether there was room."""
    rng = layout.rng
    inner = 0.06 if not kind_of(kind).graspable else 0.0
    for _ in range(TRIES):
        distance = math.sqrt(float(rng.uniform((NEAREST + inner) ** 2, (FURTHEST - inner) ** 2)))
        turn = float(rng.uniform(-1.0, 1.0))
        x, y = BASE_X + distance * math.cos(turn), distance * math.sin(turn)
        yaw = round(float(rng.uniform(-math.pi, math.pi)), 4) if inner == 0.0 else 0.0
        if abs(y) > ASIDE or x < BASE_X + 0.3:
            continue
        standing = Standing(kind, x, y, yaw)
        if layout.free(standing, CLEARANCE):
            layout.standing.append(standing)
            _add(layout, kind, Placement(on="table", xy=(round(x, 4), round(y, 4)), yaw=yaw))
            return True
    return False


def _nest(layout: _Layout, kind: str) -> bool:
    """Puts a thing on a plate, on a cabinet, or, if it is low, in an open drawer; returns whether that was possible."""
    taken = {o.placement.on for o in layout.objects if o.placement}
    places = []
    for thing in (*layout.fixtures, *layout.objects):
        if thing.kind.endswith("cabinet") and isinstance(thing, Fixture):
            places.append((f"{thing.id}_top_side", False))
            if kind in LOW_THINGS:
                places += [(f"{thing.id}_{part}", True) for part in thing.joints]
        if thing.kind == "plate" and kind not in ("plate", "chefmate_8_frypan"):
            places.append((thing.id, False))
    places = [p for p in places if p[0] not in taken]
    if not places or not kind_of(kind).graspable:
        return False
    on, inside = places[int(layout.rng.integers(len(places)))]
    _add(layout, kind, Placement(on=on, inside=inside))
    return True


def _add(layout: _Layout, kind: str, place: Placement) -> None:
    """Adds a thing with an id and a name of its own."""
    colour, label = {}, None
    if kind in PAINTED:
        start = int(layout.rng.integers(len(COLOURS)))
        for step in range(len(COLOURS)):
            paint = COLOURS[(start + step) % len(COLOURS)]
            if f"{paint} {kind}" not in layout.words:
                colour, label = {"colour": paint}, f"{paint} {kind}"
                layout.words.add(label)
                break
    stem = label.replace(" ", "_") if label else _short(kind)
    ids = {o.id for o in layout.objects} | {f.id for f in layout.fixtures}
    identifier = next(i for i in (stem, *(f"{stem}_{n}" for n in range(2, 99))) if i not in ids)
    layout.objects.append(ObjectSpec(id=identifier, kind=kind, label=label, placement=place, params=dict(colour)))


def _area(layout: _Layout) -> Region | None:
    """Returns a free marked area on the table, if there is room for one."""
    for _ in range(TRIES):
        x, y = float(layout.rng.uniform(-0.28, 0.0)), float(layout.rng.uniform(-0.30, 0.30))
        if layout.free(Standing("box", x, y, 0.0), AREA):
            half = (AREA, AREA)
            return Region(id="marked_area", on="table", xy=(round(x, 4), round(y, 4)), half=half, label="marked area")
    return None


def _short(kind: str) -> str:
    """Returns the id for a kind: its last plain word or two."""
    usual = {"wooden_cabinet": "cabinet", "white_cabinet": "cabinet", "flat_stove": "stove", "wine_rack": "rack"}
    usual |= {"wooden_two_layer_shelf": "shelf", "desk_caddy": "caddy", "wooden_tray": "tray"}
    return usual.get(kind, kind)
