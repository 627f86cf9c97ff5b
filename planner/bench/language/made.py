"""Scenes of a benchmark, built from a few words: furniture, things, people."""

from collections.abc import Iterable

from skills.scene import Fixture, ObjectSpec, Person, Placement, PoseSpec, RobotSpec, Scene

ROBOT = (RobotSpec(pose=PoseSpec(position=(-0.65, 0.0, 0.0))),)


def furniture(
    identifier: str, kind: str, label: str | None, x: float, y: float, z: float = 0.0, **joints: float
) -> Fixture:
    """Returns a fixed thing at a place in the world [m]; ``joints`` are openings by part, 0 to 1."""
    return Fixture(id=identifier, kind=kind, label=label, pose=PoseSpec(position=(x, y, z)), joints=joints)


def thing(
    identifier: str,
    kind: str,
    label: str | None,
    on: str,
    xy: tuple[float, float] = (0.0, 0.0),
    inside: bool = False,
) -> ObjectSpec:
    """Returns a thing that stands on (or lies in) another, at an offset from its centre [m]."""
    return ObjectSpec(id=identifier, kind=kind, label=label, placement=Placement(on=on, xy=xy, inside=inside))


def held(identifier: str, kind: str, label: str | None) -> ObjectSpec:
    """Returns a thing that stands on nothing, because the hand holds it."""
    return ObjectSpec(id=identifier, kind=kind, label=label, pose=PoseSpec(position=(-0.2, 0.0, 0.4)))


def person(identifier: str, x: float, y: float, label: str | None = None) -> Person:
    """Returns a person at a place on the floor [m]."""
    return Person(id=identifier, position=(x, y, 0.0), label=label)


def scene(
    name: str, fixtures: Iterable[Fixture], objects: Iterable[ObjectSpec], people: Iterable[Person] = ()
) -> Scene:
    """Returns the scene."""
    return Scene(
        schema="rehearse.scene/1",
        name=name,
        robots=ROBOT,
        fixtures=tuple(fixtures),
        objects=tuple(objects),
        people=tuple(people),
    )
