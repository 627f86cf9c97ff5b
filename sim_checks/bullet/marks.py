"""Marks for pictures: zones as frames, people as a pole on a disc, things in red. To be seen, never to be hit."""

from collections.abc import Mapping, Sequence

from sim_checks.bullet.world import BulletWorld
from skills.geometry import Box
from skills.scene_parts import Person

Colour = tuple[float, float, float, float]
RED: Colour = (0.85, 0.1, 0.1, 1.0)
BLUE: Colour = (0.15, 0.35, 0.85, 1.0)
EDGE_M = 0.003
"""Half of the thickness of a drawn edge [m]."""
POLE_M = 1.0
"""Height of the pole that stands for a person [m]."""


def draw(world: BulletWorld, zones: Mapping[str, Box], people: Sequence[Person]) -> list[int]:
    """Adds marks that can be seen and not touched; returns their bodies, for `wipe`.

    Args:
        world: The world; nothing that moves in it changes.
        zones: Keep-out boxes.
        people: People.
    """
    bodies = [body for box in zones.values() for body in _frame(world, box)]
    for person in people:
        x, y, _ = person.position
        bodies.append(_cylinder(world, person.radius, 0.004, (x, y, 0.002)))
        bodies.append(_cylinder(world, 0.02, POLE_M, (x, y, POLE_M / 2)))
    return bodies


def wipe(world: BulletWorld, bodies: Sequence[int]) -> None:
    """Removes what `draw` added."""
    for body in bodies:
        world.client.removeBody(body)


def redden(world: BulletWorld, things: Sequence[str]) -> None:
    """Paints things red, for the rest of the rehearsal."""
    for name in things:
        if name in world.movable:
            world.client.changeVisualShape(world.things[name].body, -1, rgbaColor=RED)


def _frame(world: BulletWorld, box: Box) -> list[int]:
    """Returns the twelve edges of a box."""
    found, (x, y, z) = [], box.pose.position
    for axis in range(3):
        half = [EDGE_M] * 3
        half[axis] = max(box.half[axis], EDGE_M)
        shape = world.client.createVisualShape(world.client.GEOM_BOX, halfExtents=half, rgbaColor=RED)
        first, second = (k for k in range(3) if k != axis)
        for a in (-1, 1):
            for b in (-1, 1):
                at = [x, y, z]
                at[first] += a * box.half[first]
                at[second] += b * box.half[second]
                found.append(_body(world, shape, at))
    return found


def _cylinder(world: BulletWorld, radius: float, height: float, at: tuple[float, float, float]) -> int:
    client = world.client
    shape = client.createVisualShape(client.GEOM_CYLINDER, radius=radius, length=height, rgbaColor=BLUE)
    return _body(world, shape, at)


def _body(world: BulletWorld, shape: int, at: Sequence[float]) -> int:
    return int(world.client.createMultiBody(0.0, -1, shape, list(at)))
