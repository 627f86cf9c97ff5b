"""`Parameter`: the typed arguments of skills and predicates, checked against a scene."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal as Choice

from skills.errors import did_you_mean
from skills.finding import Finding
from skills.kinds import kind_of
from skills.scene import Entity, Scene
from skills.symbols import SIDES

ParameterType = Choice[
    "graspable",
    "movable",
    "surface",
    "container",
    "openable",
    "switchable",
    "area",
    "slidable",
    "landmark",
    "person",
    "heater",
    "cooler",
    "washer",
    "pressable",
    "visible",
    "wiper",
    "peg",
    "slot",
    "event",
    "vessel",
    "conveyor",
]

WORDS: Mapping[str, str] = {
    "graspable": "an object that the gripper can pick up",
    "movable": "an object that can be moved",
    "surface": "something that things can be placed on",
    "container": "something that things can be placed in",
    "openable": "a drawer or door",
    "switchable": "something with a knob or switch",
    "area": "a region of a support, or the area beside a thing",
    "slidable": "an object, or a door that slides sideways",
    "landmark": "a piece of furniture, an appliance or a person to go to",
    "person": "a person",
    "heater": "an appliance that heats",
    "cooler": "an appliance that cools",
    "washer": "a place with running water",
    "pressable": "something with a button that springs back",
    "visible": "an object or a piece of furniture to look at",
    "wiper": "something that surfaces are wiped with",
    "peg": "something that is made to stand in a slot",
    "slot": "a slot that pegs fit in",
    "vessel": "an open vessel that the gripper can pick up",
    "conveyor": "something that carries things from its start to its end",
    "event": "the name of a fact that an appliance here brings about by itself",
}
"""What each type means, in words."""

_ENTITY: Mapping[str, Callable[[Entity], bool]] = {
    "graspable": lambda e: e.graspable,
    "movable": lambda e: e.role == "object",
    "surface": lambda e: e.surface or (e.role == "object" and not e.container),
    "container": lambda e: e.container,
    "openable": lambda e: e.openable,
    "switchable": lambda e: e.switchable,
    "area": lambda e: False,
    "event": lambda e: False,
    "vessel": lambda e: e.graspable and e.vessel,
    "slidable": lambda e: e.role == "object" or e.slidable,
    "landmark": lambda e: e.role in ("fixture", "table", "person"),
    "person": lambda e: e.role == "person",
    "heater": lambda e: e.heater,
    "cooler": lambda e: e.cooler,
    "washer": lambda e: e.washer,
    "pressable": lambda e: e.pressable,
    "visible": lambda e: e.role in ("object", "fixture"),
    "wiper": lambda e: e.role == "object" and kind_of(e.kind).wipes,
    "peg": lambda e: e.graspable and kind_of(e.kind).peg,
    "slot": lambda e: e.container and kind_of(e.kind).slotted,
    "conveyor": lambda e: e.parent is None and kind_of(e.kind).conveys,
}

EVENTS: Mapping[str, ParameterType] = {"hot": "heater", "cold": "cooler", "clean": "washer"}
"""Facts that come about by themselves -> what brings them about."""

PREDICATE_TYPES: Mapping[str, tuple[ParameterType, ...]] = {
    "on": ("movable", "surface"),
    "in": ("movable", "container"),
    "open": ("openable",),
    "closed": ("openable",),
    "turned_on": ("switchable",),
    "turned_off": ("switchable",),
    "holding": ("graspable",),
    "hot": ("movable",),
    "cold": ("movable",),
    "clean": ("movable",),
    "sliced": ("movable",),
    "given": ("graspable", "person"),
    "visited": ("landmark",),
    "turned_left": ("movable",),
    "turned_right": ("movable",),
    "moved_left": ("slidable",),
    "moved_right": ("slidable",),
    "moved_back": ("movable",),
    "wiped": ("area",),
    "pressed": ("pressable",),
    "inspected": ("visible",),
    "stacked": ("graspable", "movable"),
    "inserted": ("peg", "slot"),
    "filled": ("vessel",),
    "hand_empty": (),
}
"""Types of each predicate's arguments."""


@dataclass(frozen=True)
class Parameter:
    """One argument of a skill.

    Args:
        name: The argument's name, for example ``"target"``.
        type: Which entities fit.
    """

    name: str
    type: ParameterType


def accepts(kind: ParameterType, identifier: str, scene: Scene) -> bool:
    """Says whether the canonical id ``identifier`` fits the type ``kind`` in ``scene``."""
    if kind == "event":
        return identifier in candidates(kind, scene)
    entity = scene.entities.get(identifier)
    if entity is not None:
        return _ENTITY[kind](entity)
    return kind in ("surface", "area") and scene.knows(identifier)


def candidates(kind: ParameterType, scene: Scene) -> tuple[str, ...]:
    """Returns every id of ``scene`` that fits: entities, regions, side areas of objects; or names of facts."""
    if kind == "event":
        return tuple(name for name, maker in EVENTS.items() if candidates(maker, scene))
    fitting = [e.id for e in scene.entities.values() if _ENTITY[kind](e)]
    if kind in ("surface", "area"):
        fitting += [r.id for r in scene.regions]
        things = [e for e in scene.entities.values() if e.role in ("object", "fixture")]
        fitting += [
            f"{e.id}.{side}" for e in things for side in SIDES if scene.canonical(f"{e.id}.{side}") not in fitting
        ]
    return tuple(fitting)


def _bases(identifier: str, scene: Scene) -> set[str]:
    """Returns what an id is about: the entity; a region's support and the thing it is beside; a side area's thing."""
    name = scene.canonical(identifier)
    region = next((r for r in scene.regions if r.id == name), None)
    if region is None:
        return {name.partition(".")[0]}
    return {scene.canonical(region.on), region.beside.reference if region.beside else name}


def misfits(
    parameters: Sequence[Parameter], args: Sequence[str], scene: Scene, where: str, name: str
) -> tuple[Finding, ...]:
    """Returns what is wrong with ``args`` for ``parameters``; nothing when they fit.

    Args:
        parameters: The declared parameters.
        args: Ids, as written.
        scene: The scene that knows the ids.
        where: Path of the argument list, for example ``"nodes[2].args"``.
        name: What takes the arguments, for messages.
    """
    if len(args) != len(parameters):
        names = ", ".join(p.name for p in parameters)
        return (
            Finding(
                "wrong-arity",
                where,
                f"{name!r} takes {len(parameters)} arguments, not {len(args)}.",
                f"Write {name}({names}).",
            ),
        )
    found = []
    if any(_bases(a, scene) & _bases(b, scene) for a, b in combinations(args, 2)):
        what = f"{name}({', '.join(args)}) relates a thing to itself."
        found.append(Finding("self-reference", where, what, "Name two different things."))
    for index, (parameter, arg) in enumerate(zip(parameters, args, strict=True)):
        place = f"{where}[{index}]"
        if parameter.type == "event":
            if not accepts("event", arg, scene):
                what = f"{arg!r} is not {WORDS['event']}, which {name!r} needs as its {parameter.name!r}."
                found.append(Finding("wrong-type", place, what, did_you_mean(arg, candidates("event", scene))))
        elif not scene.knows(arg):
            what = f"There is no {arg!r} in scene {scene.name!r} for the argument {parameter.name!r} of {name!r}."
            everything = [*scene.entities, *(r.id for r in scene.regions), *candidates(parameter.type, scene)]
            found.append(Finding("unknown-entity", place, what, did_you_mean(arg, everything)))
        elif not accepts(parameter.type, scene.canonical(arg), scene):
            what = f"{arg!r} is not {WORDS[parameter.type]}, which {name!r} needs as its {parameter.name!r}."
            remedy = did_you_mean(arg, candidates(parameter.type, scene))
            found.append(Finding("wrong-type", place, what, remedy))
    return tuple(found)
