"""The families of requests and their weights."""

from collections.abc import Callable

from planner.factory import doors, moves, several
from planner.factory.lexicon import speech
from planner.factory.request import Request
from planner.factory.speaker import Speaker


def unable(speaker: Speaker) -> Request | None:
    """Something outside the skills."""
    text = speaker.pick(speech()["unable"])
    for key in ("a", "b"):
        if f"{{{key}}}" in text:
            row = speaker.row(speaker.world.objects())
            said = speaker.name(row) if row is not None else None
            if said is None:
                return None
            text = text.replace(f"{{{key}}}", said, 1)
    text = text.replace("{t}", "the table")
    return Request(text, [], True, refusal="refuse_unable")


FAMILIES: dict[str, tuple[float, Callable[[Speaker], Request | None]]] = {
    "move": (9, moves.move),
    "move_twin": (30, moves.move_twin),
    "move_part": (6, moves.move_part),
    "move_side": (6, moves.move_side),
    "move_from": (3, moves.move_from),
    "door": (3, doors.door),
    "switch": (2, doors.switch),
    "open_and_put": (4, doors.open_and_put),
    "put_and_close": (5, doors.put_and_close),
    "close_and_top": (3, doors.close_and_top),
    "switch_and_put": (4, doors.switch_and_put),
    "both": (8, several.both),
    "every": (6, several.every),
    "two_places": (9, several.two_places),
    "stack": (9, several.stack),
    "push": (3, moves.push),
    "two_doors": (4, doors.two_doors),
    "put_and_state": (3, several.put_and_state),
    "nest": (3, several.nest),
    "missing": (1.5, moves.move),
    "unable": (2, unable),
}
"""Every family with its weight; ``missing`` takes a move and removes its object from the scene."""
