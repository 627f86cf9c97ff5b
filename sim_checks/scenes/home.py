"""`generate_home`: a kitchen and a dining place a few metres apart, for a robot that drives; from one seed, proved.

The floor lies at z = 0, the robot starts in its middle. The counter stands along +x, the dining table towards -x, the
sideboard along +y; what stands on counter and sideboard looks into the room.
"""

import math
from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations

from numpy.random import Generator, default_rng

from sim_checks.errors import EngineError
from sim_checks.scenes.generate import Generated
from sim_checks.scenes.proof import at_rest
from skills.errors import SceneError
from skills.finding import Finding
from skills.formats.footprints import Standing, overlap
from skills.scene import Fixture, ObjectSpec, Placement, PoseSpec, Region, RobotSpec, Scene

TRIES = 30
"""Arrangements tried for one seed."""
ROOM = (5.0, 4.6)
"""Floor along x and along y [m]."""
CLEARANCE = 0.05
"""Gap between two things on one surface [m]."""
KINDS = ("can", "mug", "bowl", "bottle", "milk", "box", "cream_cheese", "tomato_sauce", "butter", "ketchup", "cookies")
"""What stands about."""
COLOURS = ("red", "blue", "green", "yellow", "white", "orange")
PAINTED = frozenset(("box", "mug", "bowl", "bottle"))
"""Kinds that are painted."""
SETTING = 0.07
"""Half of the edge of a place at the dining table [m]."""
THINGS = (5, 8)
"""Things that stand about, least and most."""


@dataclass(frozen=True)
class Surface:
    """Where things may stand on one piece of furniture, from its middle.

    Args:
        id: The furniture's id.
        x: Range [m].
        y: Range [m].
    """

    id: str
    x: tuple[float, float]
    y: tuple[float, float]


SURFACES = (
    Surface("counter", (-0.20, -0.06), (-1.0, 1.0)),
    Surface("dining_table", (-0.24, 0.24), (-0.42, 0.42)),
    Surface("sideboard", (-0.55, 0.0), (-0.14, -0.02)),
)


@dataclass
class _Home:
    """A home in the making."""

    rng: Generator
    fixtures: list[Fixture] = field(default_factory=list)
    objects: list[ObjectSpec] = field(default_factory=list)
    standing: dict[str, list[Standing]] = field(default_factory=dict)

    def between(self, low: float, high: float, digits: int = 3) -> float:
        return round(float(self.rng.uniform(low, high)), digits)

    def fits(self, on: str, candidate: Standing) -> bool:
        return not any(overlap(candidate, other, CLEARANCE, sweeps=True) for other in self.standing.get(on, []))

    def keep(self, on: str, candidate: Standing) -> None:
        self.standing.setdefault(on, []).append(candidate)


def generate_home(seed: int, robot: str = "home") -> Generated:
    """Returns the home of a seed: the same arguments, the same scene.

    Args:
        seed: Seed of every choice.
        robot: Kind of the robot; it needs a base that drives.

    Raises:
        SceneError: Nothing valid was found.
    """
    faults: Counter[str] = Counter()
    for attempt in range(TRIES):
        scene = _arrange(f"home_{seed}", robot, default_rng([seed, 77, attempt]))
        wrong: tuple[Finding, ...] = ()
        if scene is None:
            wrong = (Finding("no-room", "layout", "Something found no room.", "Another seed."),)
        else:
            try:
                wrong, _ = at_rest(scene, None)
            except EngineError as error:
                wrong = (error.finding,)
        if scene is not None and not wrong:
            return Generated(scene, attempt + 1, dict(faults))
        faults.update({f.code for f in wrong})
    what = f"None of {TRIES} homes is valid: {', '.join(f'{c} ({n}x)' for c, n in faults.most_common(3))}."
    raise SceneError.at("no-scene", f"--seed {seed}", what, "Take another seed.")


def _arrange(name: str, robot: str, rng: Generator) -> Scene | None:
    """Returns one arrangement, or None when something found no room."""
    home = _Home(rng)
    _furnish(home)
    regions = _settings(home)
    for _ in range(int(rng.integers(THINGS[0], THINGS[1] + 1))):
        if not _stand(home):
            return None
    start = PoseSpec(position=(0.0, 0.0, 0.0))
    return Scene(
        schema="rehearse.scene/1",
        name=name,
        robots=(RobotSpec.model_validate({"id": "robot", "kind": robot, "pose": start}),),
        fixtures=tuple(home.fixtures),
        objects=tuple(home.objects),
        regions=regions,
    )


def _furnish(home: _Home) -> None:
    """Puts up the furniture, and on it a cabinet, a fridge and a shelf."""
    counter, table, board = home.between(0.82, 0.90), home.between(0.72, 0.78), home.between(0.70, 0.80)
    places: dict[str, tuple[str, tuple[float, float, float], dict[str, float | str]]] = {
        "floor": ("floor", (0.0, 0.0, 0.0), {"length": ROOM[0], "width": ROOM[1]}),
        "counter": ("counter", (2.15, home.between(-0.3, 0.3), counter), _solid(0.62, 2.4, counter)),
        "dining_table": (
            "table",
            (home.between(-1.5, -1.2), home.between(-0.9, -0.3), table),
            {"length": 0.8, "width": 1.2, "height": table - 0.05},
        ),
        "sideboard": ("counter", (home.between(-0.6, 0.0), 2.0, board), _solid(1.5, 0.46, board)),
    }
    for identifier, (kind, position, params) in places.items():
        pose, label = PoseSpec(position=position), identifier.replace("_", " ") if identifier != "floor" else None
        home.fixtures.append(Fixture(id=identifier, kind=kind, label=label, pose=pose, params=params))
    side = 1.0 if home.rng.random() < 0.5 else -1.0
    _fix(home, "cabinet", "white_cabinet", "counter", (0.06, side * home.between(0.55, 0.8)), math.pi)
    _fix(home, "fridge", "fridge", "counter", (0.02, -side * home.between(0.6, 0.85)), math.pi)
    _fix(home, "shelf", "wooden_two_layer_shelf", "sideboard", (home.between(0.3, 0.5), 0.0), -math.pi / 2)


def _solid(length: float, width: float, height: float) -> dict[str, float | str]:
    return {"length": length, "width": width, "thickness": round(height - 0.01, 3)}


def _fix(home: _Home, identifier: str, kind: str, on: str, xy: tuple[float, float], yaw: float) -> None:
    home.keep(on, Standing(kind, *xy, yaw))
    place = Placement(on=on, xy=xy, yaw=round(yaw, 4))
    home.fixtures.append(Fixture(id=identifier, kind=kind, placement=place))


def _settings(home: _Home) -> tuple[Region, ...]:
    """Returns two places at the dining table, at opposite edges, kept free."""
    found = []
    for number, side in enumerate((-1.0, 1.0), 1):
        xy = (side * 0.24, home.between(-0.25, 0.25))
        home.keep("dining_table", Standing("plate", *xy, 0.0))
        label = f"{'window' if side < 0 else 'kitchen'} seat's place"
        found.append(Region(id=f"place_{number}", on="dining_table", xy=xy, half=(SETTING, SETTING), label=label))
    return tuple(found)


def _stand(home: _Home) -> bool:
    """Stands one more thing somewhere; returns whether there was room."""
    rng = home.rng
    taken = {(o.kind, o.params.get("colour")) for o in home.objects}
    every = [(k, c) for k in KINDS for c in (COLOURS if k in PAINTED else (None,)) if (k, c) not in taken]
    kind, colour = every[int(rng.integers(len(every)))]
    for _ in range(60):
        surface = SURFACES[int(rng.integers(len(SURFACES)))]
        x, y, yaw = home.between(*surface.x), home.between(*surface.y), home.between(-math.pi, math.pi)
        candidate = Standing(kind, x, y, yaw)
        if home.fits(surface.id, candidate):
            home.keep(surface.id, candidate)
            name = f"{colour} {kind}" if colour else None
            identifier = f"{colour}_{kind}" if colour else kind
            params: dict[str, float | str] = {"colour": colour} if colour else {}
            place = Placement(on=surface.id, xy=(x, y), yaw=yaw)
            home.objects.append(ObjectSpec(id=identifier, kind=kind, label=name, placement=place, params=params))
            return True
    return False


def apart(scene: Scene) -> float:
    """Returns the largest distance between two pieces of furniture that stand on the floor [m]."""
    spots = [f.pose.position for f in scene.fixtures if f.pose is not None and f.kind != "floor"]
    return max(math.dist(a[:2], b[:2]) for a, b in combinations(spots, 2))
