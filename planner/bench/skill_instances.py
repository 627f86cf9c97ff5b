"""`draw_call`: a random call of a skill that is feasible by sizes and places, without asking the planner.

What the motion planner can do plays no part here, so that its failures count.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import product

from numpy.random import Generator

from sim_checks.assets.build import build_asset
from skills import catalogue
from skills.belt import start_of
from skills.formats.footprints import DRAWERS, Standing, overlap
from skills.graph import Step
from skills.kinds import kind_of
from skills.parameter import EVENTS, candidates, misfits
from skills.scene import ObjectSpec, Scene, Thing
from skills.symbols import SIDES, Literal, State

NEAREST, FURTHEST = 0.38, 0.70
"""Distance of a place on the table from the robot's base [m]."""
MARGIN = 0.006
"""Room around a thing in a container, on every side [m]."""
FLAT_TOPS = frozenset(("box", "block", "cookies", "cream_cheese", "butter", "chocolate_pudding"))
"""Kinds on which another thing can be stacked."""
BEHIND = 0.06
"""Room behind a thing for the hand that pushes it [m]."""
ACROSS = (-0.07, 0.0, 0.07)
"""Where that room is looked at, to either side of the way [m]: the hand is 20 cm wide."""
NEAR_PUSH, FAR_PUSH = 0.06, 0.32
"""Way of a push [m]."""
SLIDE = 0.10
"""Way of a slide to one side [m]."""
UNDER = 0.10
"""Height that a hand needs under an open drawer to grip a handle [m]: half of its own, and its wrist."""
LEVEL = 0.5
"""Cosine of the tilt below which a hand counts as level."""
ENTRY = 0.06
"""Height that the hand needs above a thing that goes in from the front [m]."""
IN_HAND = 0.07
"""Largest half extent of what is laid into a hand [m]."""
FROM_THE_FRONT = ("microwave", "fridge", "shelf", "wooden_two_layer_shelf")


def draw_call(skill: str, scene: Scene, rng: Generator, most: int = 400) -> list[Step]:
    """Returns feasible calls of ``skill`` in ``scene`` in random order, the kinds of target taking turns.

    Args:
        skill: Name of the skill.
        scene: A generated scene.
        rng: Source of the order.
        most: Most calls that are looked at.
    """
    parameters = catalogue.get(skill).parameters
    state = scene.initial_state()
    every = list(product(*(candidates(p.type, scene) for p in parameters)))
    groups: dict[str, list[Step]] = {}
    for index in rng.permutation(len(every))[: most * 4]:
        args = every[int(index)]
        if misfits(parameters, args, scene, "args", skill) or not feasible(skill, args, scene, state):
            continue
        groups.setdefault(_family(args, scene), []).append(Step(skill, args))
    names = sorted(groups)
    order = [groups[names[int(i)]] for i in rng.permutation(len(names))]
    longest = max(map(len, order), default=0)
    return [group[k] for k in range(longest) for group in order if k < len(group)]


def feasible(skill: str, args: Sequence[str], scene: Scene, state: State) -> bool:
    """Says whether sizes, places and burdens allow a call."""
    thing = scene.thing(args[0]) if args[0] in {t.id for t in scene.things} else None
    if thing is not None and _burdened(args[0], state):
        return False
    match skill:
        case "place_on":
            return thing is not None and _fits_on(thing, args[1], scene, state)
        case "stack":
            flat = scene.entities[args[1]].kind in FLAT_TOPS
            return thing is not None and flat and _fits_on(thing, args[1], scene, state)
        case "place_in" | "insert":
            return thing is not None and _fits_in(thing, args[1], scene, state)
        case "push":
            return thing is not None and _pushable(thing, _centre(args[1], scene), scene)
        case "slide_left" | "slide_right":
            return thing is not None and _pushable(thing, _aside(thing, skill == "slide_left", scene), scene)
        case "wipe":
            return args[1] in {r.id for r in scene.regions} and not _burdened(args[1], state)
        case "pull":
            return thing is not None and _drawable(thing, scene)
        case "heat" | "chill":
            return thing is not None and _fits_in(thing, args[1], scene, state)
        case "wait_until":
            maker = EVENTS[args[1]]  # what stands in a basin is not yet under the water
            places = candidates(maker, scene) if maker != "washer" else ()
            return thing is not None and any(_fits_in(thing, place, scene, state) for place in places)
        case "convey":
            graspable = scene.entities[args[0]].graspable
            return thing is not None and graspable and _fits_on(thing, start_of(args[1]), scene, state)
        case "hand_over":
            return thing is not None and max(_half(thing)[:2]) <= IN_HAND
        case "pour":
            return thing is not None and getattr(thing, "contents", 0) > 0 and not _burdened(args[1], state)
        case "rinse":
            return thing is not None
        case "rotate_left" | "rotate_right":
            return thing is not None and kind_of(thing.kind).graspable
        case _:
            if skill in ("open", "close") and _overhung(args[0], scene, state):
                return False
            return not catalogue.get(skill).ground(args, scene, state).blocking(state)


def _overhung(part: str, scene: Scene, state: State) -> bool:
    """Says whether the drawer right above an entity's own is open: no hand with its wrist fits under it.

    The handle of a drawer is `UNDER` or less below the bottom of the next; a hand that grips it is higher than that.
    """
    own = scene.entities[part]
    low, high = DRAWERS.get(own.part or "", (0.0, 0.0))
    others = (e for e in scene.entities.values() if e.parent == own.parent and Literal("open", (e.id,)) in state)
    return any(0.0 < DRAWERS.get(e.part or "", (0.0, 0.0))[0] - (low + high) / 2 < UNDER for e in others)


def _family(args: Sequence[str], scene: Scene) -> str:
    """Returns what kind of target a call has."""
    target = args[-1]
    if "." in target:
        return "beside"
    entity = scene.entities.get(target)
    return "area" if entity is None else f"{entity.role} {entity.kind if entity.role != 'table' else ''}"


def _burdened(entity: str, state: State) -> bool:
    return any(f.predicate in ("on", "in") and f.args[1] == entity for f in state)


def _half(thing: Thing) -> tuple[float, float, float]:
    """Returns the half extents of a thing [m]."""
    return build_asset(thing.kind, thing.params).half


def _fits_on(thing: Thing, target: str, scene: Scene, state: State) -> bool:
    entity, (hx, hy, _) = scene.entities.get(target), _half(thing)
    radius = math.hypot(hx, hy)
    if entity is None:
        return _free_spot(thing, target, scene)
    if entity.role == "table":
        return True
    if _burdened(target, state):
        return False
    if entity.role == "object":
        top = _half(scene.thing(target))
        if entity.kind == "plate":
            return radius <= 0.075 and thing.kind != "plate"
        if entity.kind in FLAT_TOPS:
            low = _half(thing)[2] <= 0.05
            return low and max(hx, hy) <= max(top[:2]) + 0.005 and min(hx, hy) <= min(top[:2]) + 0.005
        bowl = entity.kind.endswith("bowl")
        return bowl and (thing.kind.endswith("bowl") or radius <= 0.040)
    region = _region(scene, target)
    return region is not None and radius <= min(region[:2]) + 0.01


def _fits_in(thing: Thing, container: str, scene: Scene, state: State) -> bool:
    region, half = _region(scene, container), _half(thing)
    if region is None or _burdened(container, state):
        return False
    across = max(half[:2]) + MARGIN <= max(region[:2]) and min(half[:2]) + MARGIN <= min(region[:2])
    entity = scene.entities[container]
    if entity.kind.endswith("cabinet"):
        return across and 2 * half[2] + MARGIN <= 2 * region[2]
    if kind_of(entity.kind).slotted:
        return kind_of(thing.kind).peg
    if entity.kind in FROM_THE_FRONT:
        return across and 2 * half[2] + ENTRY <= 2 * region[2] and _held_level(thing)
    return across and half[2] + MARGIN <= 2 * region[2]


def _held_level(thing: Thing) -> bool:
    """Says whether a level hand can hold the thing: what is held from above alone does not go under a roof."""
    grasps = build_asset(thing.kind, thing.params).grasps
    return any(abs(float(g.thing_from_tool.rotation[2, 2])) < LEVEL for g in grasps)


def _region(scene: Scene, entity: str) -> tuple[float, float, float] | None:
    """Returns the half extents of an entity's own region [m], or None."""
    found = scene.entities[entity]
    thing = scene.thing(found.parent or found.id)
    main = kind_of(thing.kind).main
    part = found.part or (main.name if main else None)
    region = build_asset(thing.kind, thing.params).regions.get(part or "")
    return region.box.half if region else None


def _standing(scene: Scene) -> Mapping[str, Standing]:
    """Returns everything that stands on the table itself, by id."""
    found = {}
    for thing in scene.things:
        place = thing.placement
        if place is not None and scene.entities[place.on].role == "table":
            joints = getattr(thing, "joints", {})
            opened = frozenset(p for p, q in joints.items() if q > 0.3)
            found[thing.id] = Standing(thing.kind, *place.xy, place.yaw, opened)
    return found


def _centre(target: str, scene: Scene) -> tuple[float, float] | None:
    """Returns the middle of a region or of the area beside a thing [m], or None."""
    for region in scene.regions:
        if region.id == target:
            return region.xy
    reference, _, side = target.partition(".")
    standing = _standing(scene).get(reference)
    if side not in SIDES or standing is None:
        return None
    corners = [p for polygon, part in standing.polygons() if not part.sweep for p in polygon.tolist()]
    xs, ys = [p[0] for p in corners], [p[1] for p in corners]
    reach = 0.08
    middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    return {
        "front": (max(xs) + reach, middle[1]),
        "back": (min(xs) - reach, middle[1]),
        "right": (middle[0], max(ys) + reach),
        "left": (middle[0], min(ys) - reach),
    }[side]


def _reachable(scene: Scene, at: tuple[float, float]) -> bool:
    base = scene.robots[0].pose.position
    return NEAREST <= math.hypot(at[0] - base[0], at[1] - base[1]) <= FURTHEST and at[0] - base[0] >= 0.3


def _free_spot(thing: Thing, target: str, scene: Scene) -> bool:
    """Says whether the thing would stand free in the middle of an area on the table."""
    at = _centre(target, scene)
    return at is not None and _reachable(scene, at) and _clear(thing, at, 0.0, scene, 0.01)


def _clear(thing: Thing, at: tuple[float, float], yaw: float, scene: Scene, clearance: float) -> bool:
    there = Standing(thing.kind, *at, yaw)
    others = (s for name, s in _standing(scene).items() if name != thing.id)
    return not any(overlap(there, other, clearance, sweeps=False) for other in others)


def _aside(thing: Thing, leftwards: bool, scene: Scene) -> tuple[float, float] | None:
    """Returns where a thing is when it has been slid to one side [m], or None."""
    here = _standing(scene).get(thing.id)
    return None if here is None else (here.x, here.y - SLIDE if leftwards else here.y + SLIDE)


def _drawable(thing: Thing, scene: Scene) -> bool:
    """Says whether a thing that a hand can grip has a free way towards the robot."""
    here = _standing(scene).get(thing.id)
    if here is None or not isinstance(thing, ObjectSpec) or not kind_of(thing.kind).graspable:
        return False
    spots = [(here.x - SLIDE * k / 4, here.y) for k in range(1, 5)]
    return _reachable(scene, spots[-1]) and all(_clear(thing, spot, here.yaw, scene, 0.02) for spot in spots)


def _pushable(thing: Thing, at: tuple[float, float] | None, scene: Scene) -> bool:
    """Says whether the straight way to a point on the table is free, and the ground behind the thing."""
    here = _standing(scene).get(thing.id)
    if here is None or at is None or not isinstance(thing, ObjectSpec) or not _reachable(scene, at):
        return False
    way = (at[0] - here.x, at[1] - here.y)
    length = math.hypot(*way)
    if not NEAR_PUSH <= length <= FAR_PUSH:
        return False
    along = (way[0] / length, way[1] / length)
    hx, hy, _ = _half(thing)
    back = math.hypot(hx, hy) + BEHIND
    behind = (here.x - along[0] * back, here.y - along[1] * back)
    heading = math.atan2(along[1], along[0])
    hand = [Standing("box", behind[0] - along[1] * o, behind[1] + along[0] * o, heading) for o in ACROSS]
    others = [s for name, s in _standing(scene).items() if name != thing.id]
    if not _reachable(scene, behind) or any(overlap(h, o, 0.03, sweeps=False) for h in hand for o in others):
        return False
    steps = max(2, math.ceil(length / 0.03))
    spots = [(here.x + way[0] * k / steps, here.y + way[1] * k / steps) for k in range(1, steps + 1)]
    return all(_clear(thing, spot, here.yaw, scene, 0.02) for spot in spots)
