"""Made-up scenes: tables, furniture with doors and switches, things on and in each other, regions and people."""

import random

from skills.scene import Beside, Fixture, ObjectSpec, Person, Placement, PoseSpec, Region, RobotSpec, Scene

FURNITURE = (
    "wooden_cabinet",
    "microwave",
    "fridge",
    "flat_stove",
    "sink",
    "drawer",
    "cupboard",
    "lamp",
    "bin",
    "sliding_door",
    "burner",
    "wooden_two_layer_shelf",
    "conveyor",
)
THINGS = ("mug", "can", "plate", "bowl", "item", "dish", "vessel", "basket", "tray", "sponge", "pan")
DOORS = {
    "wooden_cabinet": ("top_region", "middle_region", "bottom_region"),
    "microwave": ("heating_region",),
    "fridge": ("heating_region",),
    "drawer": ("inside",),
    "cupboard": ("inside",),
}
SWITCHES = {"flat_stove": "cook_region", "lamp": "switch", "burner": "plate"}


def made_up(chance: random.Random) -> Scene:
    """Returns a scene; where things stand is right for symbols and means nothing in metres.

    Args:
        chance: Where the choices come from.
    """
    floor = PoseSpec(position=(0.0, 0.0, 0.0))
    fixtures = [Fixture(id="table", kind="table", pose=floor)]
    if chance.random() < 0.5:
        fixtures.append(Fixture(id="counter", kind="counter", pose=floor))
    tables = [f.id for f in fixtures]
    for index, kind in enumerate(chance.sample(FURNITURE, chance.randint(2, 4))):
        parts = (*DOORS.get(kind, ()), *filter(None, [SWITCHES.get(kind)]))
        where = {"placement": Placement(on=chance.choice(tables))} if chance.random() < 0.7 else {"pose": floor}
        joints = {part: float(chance.random() < 0.4) for part in parts}
        fixtures.append(Fixture.model_validate({"id": f"f{index}", "kind": kind, "joints": joints, **where}))
    bare = Scene(schema="rehearse.scene/1", name="made_up", robots=(RobotSpec(pose=floor),), fixtures=tuple(fixtures))
    objects: list[ObjectSpec] = []
    for index in range(chance.randint(3, 6)):
        scene = bare.model_copy(update={"objects": tuple(objects)}) if not objects else _with(bare, objects)
        objects.append(_thing(f"o{index}", scene, chance))
    regions = [Region(id="zone", on=chance.choice(tables), xy=(5.0, 5.0), half=(0.1, 0.1))]
    if chance.random() < 0.4:
        beside = Beside(reference=chance.choice(objects).id, side="left")
        regions.append(Region(id="spot", on="table", xy=(7.0, 7.0), half=(0.1, 0.1), beside=beside))
    people = [Person(id="person", position=(1.0, 1.0, 0.0))] if chance.random() < 0.5 else []
    return Scene.model_validate(
        {**_with(bare, objects).model_dump(by_alias=True), "regions": regions, "people": people}
    )


def _with(scene: Scene, objects: list[ObjectSpec]) -> Scene:
    return Scene.model_validate({**scene.model_dump(by_alias=True), "objects": objects})


def _thing(name: str, scene: Scene, chance: random.Random) -> ObjectSpec:
    """Returns an object on a surface, in a container, or on another object of the scene."""
    entities = list(scene.entities.values())
    holders = [e.id for e in entities if e.container]
    tops = [e.id for e in entities if e.surface and e.role != "table"]
    tops += [e.id for e in entities if e.role == "object" and not e.container]
    draw = chance.random()
    inside = bool(holders) and draw < 0.3
    if inside:
        on = chance.choice(holders)
    else:
        on = (
            chance.choice(tops) if tops and draw < 0.5 else chance.choice([e.id for e in entities if e.role == "table"])
        )
    return ObjectSpec(id=name, kind=chance.choice(THINGS), placement=Placement(on=on, inside=inside))
