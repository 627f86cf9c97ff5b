"""The chores of `rehearse bench household`: what each asks for in a home, and what a home needs for it."""

from collections.abc import Callable

from numpy.random import Generator

from planner.bench.furnishing import swapped
from planner.bench.skill_instances import feasible
from skills.scene import Fixture, Scene
from skills.symbols import Goal, Literal

LOW = frozenset(("butter", "cream_cheese", "cookies"))
"""Kinds that fit in a drawer."""
TREATED = frozenset(("mug", "bowl", "milk"))
"""Kinds that are heated or chilled."""
CABINET = ("white_cabinet",)
"""Kind of the cabinet that every home has."""


def kitted(chore: str, scene: Scene) -> Scene:
    """Returns the home with what a chore needs: to heat, a microwave in place of the cabinet."""
    return (swapped(scene, CABINET, _microwave) or scene) if chore == "heat" else scene


def _microwave(old: Fixture) -> Fixture:
    return Fixture(id="microwave", kind="microwave", placement=old.placement)


def fetch(scene: Scene, rng: Generator) -> Goal | None:
    """Returns the goal of bringing things from the kitchen to the places at the dining table."""
    things = _standing(scene, ("counter", "sideboard"))
    chosen = [things[i] for i in rng.permutation(len(things))[:2]]
    if len(chosen) < 2:
        return None
    places = [r.id for r in scene.regions]
    return Goal(tuple(Literal("on", pair) for pair in zip(chosen, places, strict=True)))


def clear(scene: Scene, rng: Generator) -> Goal | None:
    """Returns the goal of clearing the dining table: everything on it to the sideboard or the counter."""
    things = _standing(scene, ("dining_table",))
    if not 2 <= len(things) <= 4:
        return None
    return Goal(tuple(Literal("on", (t, ("sideboard", "counter")[int(rng.integers(2))])) for t in things))


def put_away(scene: Scene, rng: Generator) -> Goal | None:
    """Returns the goal of putting a low thing into a drawer, the drawer closed, and one more thing on the counter."""
    low = [t for t in _standing(scene, ("dining_table", "sideboard")) if scene.thing(t).kind in LOW]
    others = [t for t in _standing(scene, ("dining_table", "sideboard")) if scene.thing(t).kind not in LOW]
    if not low or not others:
        return None
    drawer = f"cabinet_{('top', 'middle')[int(rng.integers(2))]}_region"
    away = (Literal("in", (low[0], drawer)), Literal("closed", (drawer,)))
    return Goal((*away, Literal("on", (others[int(rng.integers(len(others)))], "counter"))))


def tidy(scene: Scene, rng: Generator) -> Goal | None:
    """Returns the goal of bringing something from the table to the counter, and something from there to a place."""
    here, there = _standing(scene, ("dining_table",)), _standing(scene, ("counter", "sideboard"))
    if not here or not there:
        return None
    back = Literal("on", (here[int(rng.integers(len(here)))], "counter"))
    return Goal((back, Literal("on", (there[int(rng.integers(len(there)))], "place_1"))))


def set_table(scene: Scene, rng: Generator) -> Goal | None:
    """Returns the goal of a mug or a bowl from the kitchen at each place of the dining table."""
    vessels = [t for t in _standing(scene, ("counter", "sideboard")) if scene.thing(t).kind in ("mug", "bowl")]
    if len(vessels) < 2:
        return None
    chosen = [vessels[i] for i in rng.permutation(len(vessels))[:2]]
    return Goal(tuple(Literal("on", (t, r.id)) for t, r in zip(chosen, scene.regions, strict=True)))


def _standing(scene: Scene, furniture: tuple[str, ...]) -> list[str]:
    """Returns the things that stand on some furniture."""
    return [o.id for o in scene.objects if o.placement is not None and o.placement.on in furniture]


def heat(scene: Scene, rng: Generator) -> Goal | None:
    """Returns the goal of something hot from the microwave at a place of the dining table."""
    fitting = _fitting(scene, "heat", "microwave")
    if not fitting:
        return None
    chosen = fitting[int(rng.integers(len(fitting)))]
    return Goal((Literal("hot", (chosen,)), Literal("on", (chosen, scene.regions[0].id))))


def chill(scene: Scene, rng: Generator) -> Goal | None:
    """Returns the goal of something cold in the shut fridge."""
    fitting = _fitting(scene, "chill", "fridge")
    if not fitting:
        return None
    chosen = fitting[int(rng.integers(len(fitting)))]
    return Goal((Literal("cold", (chosen,)), Literal("in", (chosen, "fridge"))))


def _fitting(scene: Scene, skill: str, appliance: str) -> list[str]:
    """Returns the things that an appliance may treat, by size and by how a hand can hold them, none of metal."""
    state = scene.initial_state()
    things = _standing(scene, ("counter", "sideboard", "dining_table"))
    return [t for t in things if scene.thing(t).kind in TREATED and feasible(skill, (t, appliance), scene, state)]


CHORES: dict[str, Callable[[Scene, Generator], Goal | None]] = {
    "fetch": fetch,
    "clear": clear,
    "put_away": put_away,
    "tidy": tidy,
    "set_table": set_table,
    "heat": heat,
    "chill": chill,
}
"""Name of a chore -> draws its goal in a home, or None where the home does not suit."""
