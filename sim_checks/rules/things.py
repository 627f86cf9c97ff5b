"""`things_of`: what is known of every thing of a scene, by its label, its kind, and what the scene makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim_checks.rules.naming import Reading, read_name
from sim_checks.rules.words import words
from skills.kinds import KINDS
from skills.scene import Entity, Scene
from skills.scene_parts import Region
from skills.symbols import SIDES

_GENERIC = frozenset("item dish vessel furniture bin cupboard drawer lamp".split())
"""Kinds that say how a thing is built, and not what it is. Source: our own, after `skills.kinds`."""
_ON_TOP = frozenset(("heater", "fire", "heat", "hob", "exit", "soft_furnishing", "tinder", "socket"))
"""What the top of a thing shares with the thing: nothing lies in an oven that stands on it."""
_WILD = 6
"""An animal or vehicle of this size that a gripper can pick up is a toy."""


@dataclass(frozen=True)
class Thing:
    """What is known of one entity, region or side area.

    Args:
        id: Its id.
        words: What people call it.
        properties: What it is; empty when nothing is known.
        size: From 1 (a coin) to 6 (a car), where it is known.
        noun: The word that says so.
    """

    id: str
    words: str
    properties: frozenset[str]
    size: int | None = None
    noun: str = ""


Known = Mapping[str, frozenset[str]]
"""Further properties by id, as another source knows them (a user's file, the planner's likeness of words)."""


def things_of(scene: Scene, more: Known | None = None) -> dict[str, Thing]:
    """Returns what is known of every entity and region of a scene, by id.

    Args:
        scene: The scene.
        more: Properties to be added, by id.
    """
    found = {e.id: _thing(e, scene) for e in scene.entities.values()}
    for region in scene.regions:
        found[region.id] = _region(region, found, scene)
    for name, extra in (more or {}).items():
        if name in found:
            old = found[name]
            both = words().closed(old.properties | extra)
            found[name] = Thing(name, old.words, both, old.size, old.noun)
    return found


def area(identifier: str, things: Mapping[str, Thing]) -> Thing | None:
    """Returns a thing, or the area beside one ("stove.left"), which counts for what it blocks alone."""
    if identifier in things:
        return things[identifier]
    reference, dot, side = identifier.partition(".")
    if not dot or side not in SIDES or reference not in things:
        return None
    beside = things[reference]
    blocked = frozenset(("exit",)) if side in ("front", "back") else frozenset()
    return Thing(identifier, f"the area {side} of the {beside.words}", beside.properties & blocked, None, beside.noun)


def _thing(entity: Entity, scene: Scene) -> Thing:
    if entity.role == "person":
        return _person(entity, scene)
    whole = scene.entities[entity.parent] if entity.parent else entity
    label = next((t.label for t in scene.things if t.id == whole.id), None)
    fixed = whole.role != "object"
    reading = read_name(label, fixed) if label else Reading()
    if not reading and whole.kind not in _GENERIC:
        reading = read_name(KINDS[whole.kind].words if whole.kind in KINDS else whole.kind, fixed)
    if not reading:
        reading = read_name(whole.id, fixed)
    properties = set(reading.properties)
    if whole.role == "object" and reading.size == _WILD and {"animal", "vehicle"} & properties:
        properties, reading = {"toy", "plastic", "burnable", "known"}, Reading(frozenset(("toy",)), 2, reading.noun)
    properties |= _made(whole, properties)
    if entity.part and not entity.container:
        appliance = "appliance" in properties
        properties &= _ON_TOP | (frozenset() if appliance else {"gadget", "electronic"}) | {"fixed", "furniture"}
    return Thing(entity.id, entity.words, words().closed(properties), reading.size, reading.noun)


def _made(entity: Entity, properties: set[str]) -> set[str]:
    """Returns what the scene itself says by what a thing affords, where its name says nothing of the kind."""
    said = set()
    if entity.heater and not {"heat", "heater", "hob"} & properties:
        said.add("oven")
    if entity.cooler:
        said.add("cold_store")
    if entity.washer:
        said |= {"basin", "wet"}
    if entity.role in ("fixture", "table") and properties:
        said.add("fixed")
    return said


def _person(entity: Entity, scene: Scene) -> Thing:
    """Returns a person; a name that says nothing ("Mia") is a person all the same, and a pet is an animal."""
    label = next((p.label for p in scene.people if p.id == entity.id), None)
    reading = read_name(label or entity.id)
    living = reading.properties if "living" in reading.properties else frozenset(("person",))
    if label and "child" not in living:
        other = read_name(entity.id).properties
        living = living | (other & {"child", "baby"})
    return Thing(entity.id, entity.words, words().closed(living), None, reading.noun or "person")


def _region(region: Region, things: Mapping[str, Thing], scene: Scene) -> Thing:
    """Returns a region: what its label or id says of a place, and what its support is."""
    label = region.label or region.id
    reading = read_name(label, fixed=True)
    support = things.get(scene.canonical(region.on))
    place = {"exit", "lying_place", "child_place", "animal_place"}
    said = (reading.properties & place) | (support.properties if support else frozenset())
    return Thing(region.id, label.replace("_", " "), words().closed(said), None, reading.noun)
