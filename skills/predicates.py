"""Predicates judged from geometry and joint state, with LIBERO's meaning.

`WorldView` is the port: a simulated or an observed world answers these questions, and `holds` decides.
"""

import math
from collections.abc import Callable, Iterator
from typing import Protocol

from skills.errors import VocabularyError, did_you_mean
from skills.geometry import Bounds, Box, Pose, Vector3
from skills.scene import ObjectSpec, Scene
from skills.symbols import FILLED, PREDICATES, Goal, Literal, State

ON_RADIUS = 0.03
"""Largest horizontal distance of centres for `on` an object [m]. Source: LIBERO's check_ontop."""
RISE = 0.001
"""How much higher the lowest point of a thing must be than that of the thing it is on [m]. Source: our own."""
SINK = 0.01
"""How far below a support plane the lowest point of what rests on it may be [m]. Source: our own."""


class WorldView(Protocol):
    """What a predicate may ask of a world. All ids are canonical entity ids."""

    def pose(self, entity: str) -> Pose:
        """Returns world_from_thing (for a part: its region's pose)."""

    def centre(self, entity: str) -> Vector3:
        """Returns the point whose place decides "in" and "on" [m, world]."""

    def bounds(self, entity: str) -> Bounds:
        """Returns the axis-aligned bounds of a thing [m]."""

    def region(self, entity: str) -> Box | None:
        """Returns the region box of a thing, part or scene region, or None."""

    def opening(self, entity: str) -> float | None:
        """Returns the opening of a drawer or door (or the turn of a knob), 0 to 1, or None."""

    def touching(self, first: str, second: str) -> bool:
        """Says whether two things (a part or region counts as its thing) are in contact."""

    def held(self) -> str | None:
        """Returns the entity between the fingers, or None."""

    def start(self, entity: str) -> Pose:
        """Returns world_from_thing of a movable thing before anything was done."""

    def visited(self, entity: str) -> bool:
        """Says whether the robot has been at a landmark since the start."""

    def contents(self, entity: str) -> int:
        """Returns how many beads are in a vessel, in the place of what it would hold."""

    def happened(self, event: Literal) -> bool:
        """Says whether something that leaves no trace has been seen to happen since the start."""


OPEN_SHARE = 0.7
CLOSED_SHARE = 0.06
ON_SHARE = 0.5
SQUARE = 0.6
"""Share of the lower thing's half extents within which the middle of what is stacked on it must be. Source: our own."""
LEAN = math.radians(10.0)
"""Largest lean of what counts as upright [rad]. Source: our own."""
DOWN = 0.008
"""Largest gap between a slot's floor and what is inserted [m]. Source: our own."""
TURNED = math.radians(45.0)
"""Least turn that counts as turned [rad]. Source: our own."""
SLID = 0.04
"""Least way sideways that counts as moved [m]. Source: our own."""


def _on(world: WorldView, thing: str, support: str) -> bool:
    """Contact, from above, and centred: over the region, or within `ON_RADIUS` of an object's centre."""
    region = world.region(support)
    if region is not None:
        x, y, _ = region.pose.inverse().transform(world.centre(thing))
        if abs(x) > region.half[0] or abs(y) > region.half[1]:
            return False
        plane = region.pose.transform((0.0, 0.0, -region.half[2]))[2]
        lowest = world.bounds(thing).lower[2]
        rests = lowest <= plane + SINK if "." in support else world.touching(thing, support)
        return lowest >= plane - SINK and rests
    (ax, ay, _), (bx, by, _) = world.centre(thing), world.centre(support)
    if (ax - bx) ** 2 + (ay - by) ** 2 >= ON_RADIUS**2:
        return False
    return world.bounds(thing).lower[2] > world.bounds(support).lower[2] + RISE and world.touching(thing, support)


def _in(world: WorldView, thing: str, container: str) -> bool:
    """The centre is inside the region's box."""
    region = world.region(container)
    return region is not None and region.contains(world.centre(thing))


def _upright(world: WorldView, thing: str) -> float:
    """Returns how far a thing leans from how it stood at the start [rad]."""
    lean = world.pose(thing).rotation[:, 2] @ world.start(thing).rotation[:, 2]
    return math.acos(min(1.0, max(-1.0, float(lean))))


def _stacked(world: WorldView, upper: str, lower: str) -> bool:
    """On it, with the middle well inside the lower one's bounds, and both upright."""
    if not _on(world, upper, lower):
        return False
    (x, y, _), (least, most) = world.centre(upper), world.bounds(lower)
    inner = [SQUARE * (most[k] - least[k]) / 2 for k in (0, 1)]
    middle = [(most[k] + least[k]) / 2 for k in (0, 1)]
    square = abs(x - middle[0]) <= inner[0] and abs(y - middle[1]) <= inner[1]
    return square and max(_upright(world, upper), _upright(world, lower)) <= LEAN


def _inserted(world: WorldView, peg: str, slot: str) -> bool:
    """In it, upright, and down to its bottom."""
    region = world.region(slot)
    if region is None or not _in(world, peg, slot):
        return False
    floor = region.pose.transform((0.0, 0.0, -region.half[2]))[2]
    straight = abs(float(world.pose(peg).rotation[2, 2])) >= math.cos(LEAN)
    return straight and world.bounds(peg).lower[2] <= floor + DOWN


def _given(world: WorldView, thing: str, person: str) -> bool:
    """It rests on the person's palm, and the fingers have let go."""
    return world.held() != thing and _on(world, thing, person)


def _share(world: WorldView, entity: str) -> float:
    """Returns the opening, or NaN (which no comparison accepts) for what does not open."""
    opening = world.opening(entity)
    return float("nan") if opening is None else opening


def _turned(world: WorldView, thing: str) -> float:
    """Returns how far a thing has been turned counterclockwise since the start, seen from above [rad]."""
    first, now = world.start(thing), world.pose(thing)
    return math.remainder(
        (Pose((0, 0, 0), now.orientation) @ Pose((0, 0, 0), first.orientation).inverse()).yaw, math.tau
    )


def _slid(world: WorldView, thing: str) -> float:
    """Returns how far a thing has come to the left since the start [m]; the viewer's left is -y."""
    return world.start(thing).position[1] - world.pose(thing).position[1]


RULES: dict[str, Callable[..., bool]] = {
    "on": _on,
    "in": _in,
    "open": lambda world, entity: _share(world, entity) >= OPEN_SHARE,
    "closed": lambda world, entity: _share(world, entity) <= CLOSED_SHARE,
    "turned_on": lambda world, entity: _share(world, entity) >= ON_SHARE,
    "turned_off": lambda world, entity: _share(world, entity) < ON_SHARE,
    "holding": lambda world, entity: world.held() == entity,
    "hand_empty": lambda world: world.held() is None,
    "visited": lambda world, place: world.visited(place),
    "turned_left": lambda world, thing: _turned(world, thing) >= TURNED,
    "turned_right": lambda world, thing: _turned(world, thing) <= -TURNED,
    "moved_left": lambda world, thing: _slid(world, thing) >= SLID,
    "moved_right": lambda world, thing: _slid(world, thing) <= -SLID,
    "moved_back": lambda world, thing: world.start(thing).position[0] - world.pose(thing).position[0] >= SLID,
    "hot": lambda world, thing: world.happened(Literal("hot", (thing,))),
    "cold": lambda world, thing: world.happened(Literal("cold", (thing,))),
    "clean": lambda world, thing: world.happened(Literal("clean", (thing,))),
    "given": _given,
    "filled": lambda world, vessel: world.contents(vessel) >= FILLED,
    "stacked": _stacked,
    "inserted": _inserted,
    "wiped": lambda world, area: world.happened(Literal("wiped", (area,))),
    "pressed": lambda world, button: world.happened(Literal("pressed", (button,))),
    "inspected": lambda world, thing: world.happened(Literal("inspected", (thing,))),
    **{name: lambda world, *entities: False for name, p in PREDICATES.items() if not p.observed},
}
"""Predicate name -> the rule that decides it; what no world shows never counts as seen."""


def holds(literal: Literal, world: WorldView) -> bool:
    """Says whether ``literal`` holds in ``world``.

    Raises:
        VocabularyError: The predicate is unknown.
    """
    if literal.predicate not in RULES:
        raise VocabularyError.at(
            "unknown-predicate",
            str(literal),
            f"There is no predicate {literal.predicate!r}.",
            did_you_mean(literal.predicate, RULES),
        )
    return RULES[literal.predicate](world, *literal.args)


def missing(goal: Goal, world: WorldView) -> tuple[Literal, ...]:
    """Returns the goal's literals that do not hold."""
    return tuple(literal for literal in goal.literals if not holds(literal, world))


def facts_of(scene: Scene, world: WorldView) -> State:
    """Returns every literal about the scene's entities and regions that holds in ``world``."""
    return frozenset(literal for literal in _candidates(scene, world) if holds(literal, world))


def _candidates(scene: Scene, world: WorldView) -> Iterator[Literal]:
    """Yields the literals that might hold: joints, the hand, and objects against what they can be in or on."""
    yield Literal("hand_empty")
    for entity in scene.entities.values():
        if entity.openable:
            yield Literal("open", (entity.id,))
            yield Literal("closed", (entity.id,))
        if entity.switchable:
            yield Literal("turned_on", (entity.id,))
            yield Literal("turned_off", (entity.id,))
    for spec in scene.things:
        if scene.entities[spec.id].role == "table":
            continue
        movable = isinstance(spec, ObjectSpec)
        if movable:
            yield Literal("holding", (spec.id,))
        for entity in scene.entities.values():
            if spec.id in (entity.id, entity.parent):
                continue
            if entity.container and movable:
                yield Literal("in", (spec.id, entity.id))
            if entity.surface or (entity.role == "object" and not entity.container):
                yield Literal("on", (spec.id, entity.id))
        for region in scene.regions:
            yield Literal("on", (spec.id, region.id))
        if scene.entities[spec.id].vessel and any(o.contents for o in scene.objects):
            yield Literal("filled", (spec.id,))
        if movable:
            yield from (Literal("given", (spec.id, person.id)) for person in scene.people)
