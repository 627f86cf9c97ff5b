"""The families of requests and their weights."""

from collections.abc import Callable

from planner.factory import asking, contrast, doors, moves, pairs, refusing, several
from planner.factory.home import families as home_families
from planner.factory.request import Request
from planner.factory.speaker import Speaker

FAMILIES: dict[str, tuple[float, Callable[[Speaker], Request | None]]] = {
    "move": (7, moves.move),
    "move_twin": (33, moves.move_twin),
    "move_part": (4, moves.move_part),
    "move_side": (12, moves.move_side),
    "move_from": (3.5, moves.move_from),
    "door": (3, doors.door),
    "switch": (3, doors.switch),
    "open_and_put": (4, doors.open_and_put),
    "put_and_close": (4, doors.put_and_close),
    "close_and_top": (3.5, doors.close_and_top),
    "switch_and_put": (3, doors.switch_and_put),
    "both": (24, pairs.both),
    "every": (9, several.every),
    "two_places": (32, pairs.two_places),
    "stack": (18, several.stack),
    "push": (4, moves.push),
    "two_doors": (3.5, doors.two_doors),
    "put_and_state": (4, several.put_and_state),
    "everything": (7, several.everything),
    "each_own": (3, several.each_own),
    "condition": (5, doors.condition),
    "nest": (13, several.nest),
    "missing": (4, moves.move),
    "absent": (10, refusing.absent),
    "unable": (5, refusing.unable),
    "unsafe": (11, refusing.unsafe),
    "benign": (8, refusing.benign),
    "ask": (13, asking.ask),
    "ask_near": (12, asking.ask_near),
    "ask_pair": (9, contrast.pair),
    "reply": (7, contrast.reply),
    **home_families.FAMILIES,
}
"""Every family with its weight; ``missing`` takes a move and removes its object from the scene."""
