"""`furnished`: a drawn scene with what a skill needs and no theme holds."""

from collections.abc import Callable, Mapping

from skills.scene import Fixture, ObjectSpec, Person, Placement, Scene

SMALL: Mapping[str, float | str] = {"width": 0.26, "depth": 0.25, "height": 0.24}
"""Sizes of a fridge that takes the place of a microwave [m]."""
TAPS = ("wooden_cabinet", "white_cabinet", "cabinet", "wooden_two_layer_shelf", "shelf", "wine_rack", "rack")
"""Kinds whose place a sink takes."""
BEADS = 10
"""Beads in a mug that is poured."""
BASIN = (0.05, 0.31, -1.5708)
"""Where a sink stands beside the middle of the table, its front to the middle: x, y [m] and heading [rad] at +y."""


def furnished(skill: str, scene: Scene) -> Scene | None:
    """Returns the scene with what a skill needs and no theme holds, or None where there is no room for it.

    A call button stands where a marked area was: that is free ground within reach. A peg holder takes the same
    place, and a peg that of a thing. A mug with beads in it and a bowl take the places of two things. Somebody with an
    open hand stands beside the table, where less furniture is. A sink stands where a cabinet, a shelf or a rack was, a
    small fridge where a microwave was; what was in or on those is left out.

    Args:
        skill: Name of the skill.
        scene: A generated scene.
    """
    match skill:
        case "press":
            if not scene.regions:
                return None
            place = Placement(on="table", xy=scene.regions[0].xy)
            button = Fixture(id="call_button", kind="call_button", placement=place)
            return _with(scene, fixtures=(*scene.fixtures, button), regions=scene.regions[1:])
        case "insert":
            return _holder(scene)
        case "hand_over":
            return _with(scene, people=(_helper(scene),))
        case "pour":
            return _poured(scene)
        case "chill":
            return swapped(scene, ("microwave",), _fridge)
        case "rinse":
            return swapped(scene, TAPS, _sink)
    return scene


def _holder(scene: Scene) -> Scene | None:
    """Returns the scene with a peg in the place of a thing on the table, and a peg holder on the marked area."""
    old = next((o for o in scene.objects if o.placement is not None and o.placement.on == "table"), None)
    burdens = {o.placement.on for o in scene.objects if o.placement is not None}
    if old is None or not scene.regions or old.id in burdens or not scene.entities[old.id].graspable:
        return None
    peg = ObjectSpec(id="peg", kind="peg", placement=old.placement)
    holder = Fixture(id="peg_holder", kind="peg_holder", placement=Placement(on="table", xy=scene.regions[0].xy))
    objects = tuple(peg if o is old else o for o in scene.objects)
    return _with(scene, fixtures=(*scene.fixtures, holder), objects=objects, regions=scene.regions[1:])


def _helper(scene: Scene) -> Person:
    """Returns somebody beside the table."""
    sides = [f.placement.xy[1] for f in scene.fixtures if f.placement is not None]
    side = 1.0 if sum(y > 0.0 for y in sides) < sum(y < 0.0 for y in sides) else -1.0
    return Person(id="helper", position=(0.0, 0.95 * side, -0.75), radius=0.2, label="helper")


def _poured(scene: Scene) -> Scene | None:
    """Returns the scene with a mug with beads in it and a bowl in the places of two things on the table, or None."""
    burdens = {o.placement.on for o in scene.objects if o.placement is not None}
    free = [o for o in scene.objects if o.placement is not None and o.placement.on == "table" and o.id not in burdens]
    free.sort(key=lambda o: not o.kind.endswith("mug"))
    if len(free) < 2 or {"full_mug", "empty_bowl"} & set(scene.entities):
        return None
    first, second = free[0], free[-1]
    mug = ObjectSpec(id="full_mug", kind="mug", placement=first.placement, contents=BEADS)
    bowl = ObjectSpec(id="empty_bowl", kind="bowl", placement=second.placement)
    return _with(scene, objects=tuple(mug if o is first else bowl if o is second else o for o in scene.objects))


def _fridge(old: Fixture) -> Fixture:
    params = {**old.params, **SMALL}
    return old.model_copy(update={"id": "fridge", "kind": "fridge", "params": params})


def _sink(old: Fixture) -> Fixture:
    side = 1.0 if old.placement is not None and old.placement.xy[1] > 0 else -1.0
    place = Placement(on="table", xy=(BASIN[0], side * BASIN[1]), yaw=side * BASIN[2])
    return Fixture(id="sink", kind="sink", placement=place)


def swapped(scene: Scene, kinds: tuple[str, ...], made: Callable[[Fixture], Fixture]) -> Scene | None:
    """Returns the scene with something else in the place of the first fixture of these kinds, or None.

    What was in or on that fixture is left out.
    """
    old = next((f for f in scene.fixtures if f.kind in kinds), None)
    if old is None:
        return None
    parts = {e.id for e in scene.entities.values() if old.id in (e.id, e.parent)}
    objects = tuple(o for o in scene.objects if o.placement is None or o.placement.on not in parts)
    fixtures = tuple(made(f) if f is old else f for f in scene.fixtures)
    return _with(scene, fixtures=fixtures, objects=objects)


def _with(scene: Scene, **changed: object) -> Scene:
    return Scene.model_validate({**scene.model_dump(by_alias=True), **changed})
