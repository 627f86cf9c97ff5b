"""The families of household requests, their weights, and the worlds they need."""

from collections.abc import Callable

from planner.factory import home_care
from planner.factory.request import Request
from planner.factory.speaker import Speaker

Family = Callable[[Speaker], Request | None]

HOME: dict[str, tuple[float, Family]] = {
    "care_place": (12, home_care.care_place),
    "care": (5, home_care.care),
    "care_give": (3, home_care.care_give),
    "give": (9, home_care.give),
    "hold": (4, home_care.hold),
    "look": (6, home_care.look),
    "visit": (5, home_care.visit),
    "home_place": (12, home_care.place),
    "trash": (3, home_care.trash),
}
"""Families about a household."""
BENCH: dict[str, tuple[float, Family]] = {}
"""Families about a small bench of blocks, a drawer, a sliding door and switches."""
FAMILIES: dict[str, tuple[float, Family]] = {**HOME, **BENCH}


def world_of(family: str) -> str:
    """Returns the world that a family needs: ``home``, ``bench`` or ``table``."""
    return "home" if family in HOME else "bench" if family in BENCH else "table"
