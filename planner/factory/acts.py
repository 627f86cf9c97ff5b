"""What a sentence asks for, as acts in order; and the goal and steps that follow from them."""

from typing import NamedTuple

from planner.factory.world import World
from planner.language.grammar import Call


class Act(NamedTuple):
    """One thing to be done.

    Args:
        kind: ``move``, ``push``, ``open``, ``close``, ``turn_on`` or ``turn_off``.
        rows: The rows it concerns; for ``move`` and ``push`` the object and the target.
        side: Side of the target, if the place beside it is meant.
    """

    kind: str
    rows: tuple[int, ...]
    side: str | None = None


STATES = {"open": "open", "close": "closed", "turn_on": "turned_on", "turn_off": "turned_off"}
CALLS = {"open": "open_it", "close": "close_it", "turn_on": "turn_on_it", "turn_off": "turn_off_it"}


def goal_of(world: World, acts: list[Act]) -> list[Call]:
    """Returns the literals that hold at the end; a later act on the same thing overrides an earlier one."""
    last: dict[tuple[str, int], Call] = {}
    for act in acts:
        subject = act.rows[0]
        if act.kind in STATES:
            key = ("door" if act.kind in ("open", "close") else "switch", subject)
            call = Call(STATES[act.kind], act.rows)
        else:
            key = ("place", subject)
            inside = act.side is None and world.rows[act.rows[1]].container
            call = Call("in" if inside else "on", act.rows, act.side)
        last.pop(key, None)
        last[key] = call
    return list(last.values())


def steps_of(world: World, acts: list[Act]) -> list[Call]:
    """Returns the skill calls, in order; doors that stand in the way are opened first."""
    rows = world.rows
    opened = {i: r.opened for i, r in enumerate(rows) if r.openable}
    powered = {i: r.powered for i, r in enumerate(rows) if r.switchable}
    place: dict[int, tuple[int, str | None]] = {i: (r.support, None) for i, r in enumerate(rows)}
    steps: list[Call] = []
    for act in acts:
        first = act.rows[0]
        if act.kind in ("open", "close"):
            if opened[first] != (act.kind == "open"):
                steps.append(Call(CALLS[act.kind], (first,)))
                opened[first] = act.kind == "open"
        elif act.kind in ("turn_on", "turn_off"):
            if powered[first] != (act.kind == "turn_on"):
                steps.append(Call(CALLS[act.kind], (first,)))
                powered[first] = act.kind == "turn_on"
        elif place[first] != (act.rows[1], act.side):
            second = act.rows[1]
            for door in (place[first][0], second if act.side is None else -1):
                if opened.get(door) is False:
                    steps.append(Call("open_it", (door,)))
                    opened[door] = True
            place[first] = (second, act.side)
            if act.kind == "push":
                steps.append(Call("push", act.rows, act.side))
                continue
            inside = act.side is None and rows[second].container
            steps.append(Call("pick", (first,)))
            steps.append(Call("place_in" if inside else "place_on", act.rows, act.side))
    return steps
