"""Predicates judged from geometry and joint state, with LIBERO's meaning.

`WorldView` is the port: a simulated or an observed world answers these questions, and `holds` decides.
"""

from typing import Protocol

from skills.geometry import Bounds, Box, Pose
from skills.symbols import Goal, Literal

ON_RADIUS = 0.03
"""Largest horizontal distance of centres for `on` an object [m]. Source: LIBERO's check_ontop."""


class WorldView(Protocol):
    """What a predicate may ask of a world. All ids are canonical entity ids."""

    def pose(self, entity: str) -> Pose:
        """Returns world_from_thing (for a part: its region's pose)."""

    def bounds(self, entity: str) -> Bounds:
        """Returns the axis-aligned bounds of a thing [m]."""

    def region(self, entity: str) -> Box | None:
        """Returns the region box of a thing, part or scene region, or None."""

    def opening(self, entity: str) -> float | None:
        """Returns the opening of a drawer or door (or the turn of a knob), 0 to 1, or None."""

    def touching(self, first: str, second: str) -> bool:
        """Says whether two things (a part counts as its thing) are in contact."""

    def held(self) -> str | None:
        """Returns the entity between the fingers, or None."""


OPEN_SHARE = 0.7
CLOSED_SHARE = 0.06
ON_SHARE = 0.5


def holds(literal: Literal, world: WorldView) -> bool:
    """Says whether ``literal`` holds in ``world``."""
    raise NotImplementedError


def missing(goal: Goal, world: WorldView) -> tuple[Literal, ...]:
    """Returns the goal's literals that do not hold."""
    return tuple(literal for literal in goal.literals if not holds(literal, world))
