"""The office kitchen of SayCan as a scene, one for each row: places, a person, and one of every object of the file."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from planner.bench.language.made import furniture, person, scene, thing
from planner.bench.language.saycan_words import classes, plain
from skills.scene import Fixture, ObjectSpec, Scene

USER = "user"
_SOURCE = re.compile(
    r"\b(?:from|off|on|out of|clear|clean)\s+(?:off\s+|of\s+)?the\s+(close counter|counter|table|drawer)\b"
)
NUMBERS = {"two": 2, "three": 3, "four": 4}


class Kitchen(NamedTuple):
    """A row's scene.

    Args:
        scene: The scene.
        name_of: Thing id -> the object's name.
        source: Place that the request takes things from, or None.
    """

    scene: Scene
    name_of: Mapping[str, str]
    source: str | None


def kitchen_for(text: str, placed: Sequence[tuple[str, str]], labels: Mapping[str, str]) -> Kitchen:
    """Returns the scene in which a row's request makes sense.

    Places are called as the request calls them; the plan's objects stand where the request says that they are; all
    others stand on a counter or table by the request's hash, off the plan's destination and the named source.

    Args:
        text: The request.
        placed: The plan's objects and destinations.
        labels: Name of each object -> its label.
    """
    said = plain(text)
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(said.encode()).digest()[:8], "big"))
    counters = ["close_counter", "far_counter"] if "close counter" in said else ["counter"]
    source = _source(said, {place for _, place in placed})
    if source == "counter":
        source = counters[0]
    goals = {counters[0] if place == "counter" else place for _, place in placed}
    tops = ["table", *counters]
    free = [t for t in tops if t not in goals and t != source] or [t for t in tops if t != source]
    moved = {name for name, _ in placed}
    things: list[ObjectSpec] = []
    name_of: dict[str, str] = {}
    for name, label in labels.items():
        where = source if source and name in moved else str(free[int(rng.integers(len(free)))])
        for copy in range(copies(said, [n for n, _ in placed].count(name))):
            identifier = "o_" + re.sub(r"[^a-z0-9]+", "_", name) + (f"_{copy + 1}" if copy else "")
            name_of[identifier] = name
            shown = f"open {label}" if "open can" in said and name in moved else label
            things.append(thing(identifier, "item", shown, where, _spot(len(things)), inside=where == "drawer"))
    made = scene("saycan_kitchen", _furniture(counters), things, [person(USER, 1.5, 0.0)])
    if source in tops:
        made = _beside(made, said, source, name_of)
    return Kitchen(made, name_of, source)


def copies(said: str, count: int) -> int:
    """Returns how many of an object there are: as many as the plan places where the request says a number, else one."""
    return min(count, max((n for word, n in NUMBERS.items() if word in said.split()), default=1)) or 1


def _source(said: str, goals: set[str]) -> str | None:
    """Returns the place that the request takes things from, or None."""
    for found in _SOURCE.findall(said):
        name = str(found).replace(" ", "_")
        if name not in goals and not (name == "close_counter" and "counter" in goals):
            return name
    return None


def _beside(made: Scene, said: str, source: str, name_of: Mapping[str, str]) -> Scene:
    """Puts two things of other kinds beside the ones that a request for all of one kind means."""
    words = set(re.findall(r"[a-z]+", said))
    named = [
        objects for said_words, objects in classes().kinds if said_words & words and objects != classes().everything
    ]
    if not named or not words & {"all", "every"}:
        return made
    others = [o.id for o in made.objects if not any(name_of[o.id] in objects for objects in named)][:2]
    moved = tuple(
        thing(o.id, o.kind, o.label, source, _spot(k)) if o.id in others else o for k, o in enumerate(made.objects)
    )
    return made.model_copy(update={"objects": moved})


def _furniture(counters: Sequence[str]) -> list[Fixture]:
    found = [furniture("table", "table", "table", 0.0, 0.0)]
    for k, name in enumerate(counters):
        found.append(furniture(name, "counter", name.replace("_", " "), -1.5 + 0.4 * k, 1.5 + 1.5 * k))
    found.append(furniture("trash", "bin", "trash can", 1.0, 2.0))
    found.append(furniture("drawer", "drawer", "drawer", -1.5, -1.5))
    return found


def _spot(number: int) -> tuple[float, float]:
    """Returns an offset on a top [m]; neighbours are 12 cm apart."""
    return (0.12 * (number % 4) - 0.18, 0.12 * (number // 4) - 0.3)
