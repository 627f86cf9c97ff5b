"""What carries what: the symbolic reading of supports, contents and enclosing doors."""

from functools import lru_cache

from skills.scene import Region, Scene
from skills.symbols import SIDES, Literal, State

_PLACES = ("on", "in")


def places(entity: str, state: State) -> frozenset[Literal]:
    """Returns the facts that say where ``entity`` is (``on`` and ``in``)."""
    return frozenset(_all_places(state).get(entity, ()))


def fits(entity: str, state: State) -> frozenset[Literal]:
    """Returns the facts that say where ``entity`` stands squarely, and who was given it; they end when it is moved."""
    return frozenset(f for f in state if f.predicate in ("stacked", "inserted", "given") and f.args[0] == entity)


def beside(entity: str, state: State) -> frozenset[Literal]:
    """Returns the facts that say what stands in the areas beside ``entity``; they end when it is moved."""
    return frozenset(_all_places(state).get(f"{entity}.", ()))


@lru_cache(maxsize=256)
def _all_places(state: State) -> dict[str, list[Literal]]:
    """Returns where everything is, by thing; and what is beside a thing, by its id and a dot."""
    found: dict[str, list[Literal]] = {}
    for fact in state:
        predicate, args = fact
        if predicate not in _PLACES:
            continue
        entity, place = args
        if entity in found:
            found[entity].append(fact)
        else:
            found[entity] = [fact]
        if "." in place:
            found.setdefault(place.partition(".")[0] + ".", []).append(fact)
    return found


def burden(entity: str, scene: Scene) -> frozenset[Literal]:
    """Returns every fact that would put another object of ``scene`` on or in ``entity``."""
    return _burden(entity, tuple([o.id for o in scene.objects]))


@lru_cache(maxsize=4096)
def _burden(entity: str, objects: tuple[str, ...]) -> frozenset[Literal]:
    others = [o for o in objects if o != entity]
    return frozenset(Literal(predicate, (other, entity)) for other in others for predicate in _PLACES)


def region_of(identifier: str, scene: Scene) -> Region | None:
    """Returns the scene region with this id, or None."""
    return next((r for r in scene.regions if r.id == identifier), None)


def carriers(identifier: str, scene: Scene, state: State) -> tuple[str, ...]:
    """Returns the entities that directly carry an entity, a region or a side area.

    A region lies on its support; the area beside a thing lies on what carries that thing.
    """
    if identifier not in scene.entities:
        region = region_of(identifier, scene)
        if region is not None:
            return (scene.canonical(region.on),)
        reference, dot, side = identifier.partition(".")
        if dot and side in SIDES:
            return tuple(c for c in carriers(reference, scene, state) if c in scene.entities)
    return tuple(sorted([place for _, (_, place) in _all_places(state).get(identifier, ())]))


def doors(identifier: str, scene: Scene, state: State) -> tuple[str, ...]:
    """Returns the openable containers that enclose ``identifier``, itself included, innermost first.

    All of them must be open for a hand to reach it.
    """
    seen = [identifier]
    for current in seen:  # grows while it is walked over
        seen += [c for c in carriers(current, scene, state) if c not in seen]
    enclosing = [scene.entities[s] for s in seen if s in scene.entities]
    return tuple([e.id for e in enclosing if e.openable and e.container])


def grounds(scene: Scene) -> tuple[str, ...]:
    """Returns where a thing can be put down in general: the tables, else every fixed surface."""
    tables = [e.id for e in scene.entities.values() if e.role == "table"]
    fixed = [e.id for e in scene.entities.values() if e.surface and e.role in ("fixture", "part")]
    return tuple(tables or fixed)
