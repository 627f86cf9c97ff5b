"""The families of requests and their weights."""

from collections.abc import Callable

from planner.factory import asking, doors, moves, pairs, refusing, several
from planner.factory.home import families as home_families
from planner.factory.request import Request
from planner.factory.speaker import Speaker

FAMILIES: dict[str, tuple[float, Callable[[Speaker], Request | None]]] = {
    "move": (9, moves.move),
    "move_twin": (34, moves.move_twin),
    "move_part": (6, moves.move_part),
    "move_side": (12, moves.move_side),
    "move_from": (4, moves.move_from),
    "door": (3, doors.door),
    "switch": (2, doors.switch),
    "open_and_put": (5, doors.open_and_put),
    "put_and_close": (5, doors.put_and_close),
    "close_and_top": (3, doors.close_and_top),
    "switch_and_put": (4, doors.switch_and_put),
    "both": (14, pairs.both),
    "every": (8, several.every),
    "two_places": (20, pairs.two_places),
    "stack": (14, several.stack),
    "push": (4, moves.push),
    "two_doors": (3, doors.two_doors),
    "put_and_state": (4, several.put_and_state),
    "everything": (2, several.everything),
    "each_own": (1.5, several.each_own),
    "condition": (2, doors.condition),
    "nest": (7, several.nest),
    "missing": (4.5, moves.move),
    "absent": (8, refusing.absent),
    "unable": (8, refusing.unable),
    "unsafe": (9, refusing.unsafe),
    "benign": (7, refusing.benign),
    "ask": (18, asking.ask),
    "ask_near": (15, asking.ask_near),
    **home_families.FAMILIES,
}
"""Every family with its weight; ``missing`` takes a move and removes its object from the scene."""
