"""The families of household requests, their weights, and the worlds they need."""

from collections.abc import Callable

from planner.factory.home import care as home_care
from planner.factory.home import errands as home_errands
from planner.factory.home import hazard as home_hazard
from planner.factory.home import many as home_many
from planner.factory.home import refuse as home_refuse
from planner.factory.home import sweep as home_sweep
from planner.factory.home import talk as home_talk
from planner.factory.home import toys as home_toys
from planner.factory.home import wants as home_wants
from planner.factory.request import Request
from planner.factory.speaker import Speaker

Family = Callable[[Speaker], Request | None]

HOME: dict[str, tuple[float, Family]] = {
    "care_place": (15, home_care.care_place),
    "care": (4, home_care.care),
    "care_give": (3, home_care.care_give),
    "give": (13, home_care.give),
    "hold": (7, home_care.hold),
    "look": (5, home_care.look),
    "visit": (6, home_care.visit),
    "home_place": (12, home_care.place),
    "trash": (3.5, home_care.trash),
    "alike": (6, home_many.alike),
    "nested": (11, home_many.nested),
    "all_of": (13, home_many.all_of),
    "give_several": (4.5, home_many.give_several),
    "long_list": (15, home_errands.long_list),
    "two_errands": (14, home_errands.two_errands),
    "situation": (4, home_errands.situation),
    "put_away": (3, home_errands.put_away),
    "listed": (13, home_many.listed),
    "treat_alike": (3.5, home_many.treat_alike),
    "back": (3, home_talk.back),
    "instead": (3.5, home_talk.instead),
    "give_it": (3, home_talk.give_it),
    "care_it": (3, home_talk.care_it),
    "door_again": (3, home_talk.door_again),
    "same_with": (5, home_talk.same_with),
    "home_absent": (12, home_refuse.absent),
    "home_missing": (3.5, home_refuse.missing),
    "hazard": (16, home_hazard.hazard),
    "beyond": (12, home_hazard.beyond),
    "harmless": (17, home_hazard.harmless),
    "senseless": (10, home_hazard.senseless),
    "no_appliance": (3.5, home_refuse.no_appliance),
}
"""Families about a household."""
BENCH: dict[str, tuple[float, Family]] = {
    "turn": (3, home_toys.turn),
    "slide": (3, home_toys.slide),
    "slide_door": (3.5, home_toys.slide_door),
    "handle": (2.5, home_toys.handle),
    "light": (3.5, home_toys.light),
    "place_held": (5, home_toys.place_held),
    "push_in": (2.5, home_toys.push_in),
    "stack_blocks": (5, home_toys.stack),
    "unstack": (3.5, home_toys.unstack),
    "lift": (3, home_toys.lift),
}
"""Families about a small bench of blocks, a drawer, a sliding door and switches."""
CANTEEN: dict[str, tuple[float, Family]] = {
    "want": (26, home_wants.want),
    "want_several": (14, home_wants.want_several),
    "want_all": (20, home_sweep.want_all),
    "restock": (5, home_sweep.restock),
    "which": (6, home_wants.which),
    "canteen_visit": (12, home_care.visit),
    "canteen_give": (8, home_care.give),
    "canteen_place": (9, home_care.place),
    "canteen_hold": (4, home_care.hold),
    "canteen_trash": (3, home_care.trash),
    "canteen_list": (4, home_many.listed),
}
"""Families about an office kitchen, where things are asked for by kind and quality."""
FAMILIES: dict[str, tuple[float, Family]] = {**HOME, **BENCH, **CANTEEN}


def world_of(family: str) -> str:
    """Returns the world that a family needs: ``home``, ``bench``, ``canteen`` or ``table``."""
    if family in CANTEEN:
        return "canteen"
    return "home" if family in HOME else "bench" if family in BENCH else "table"
