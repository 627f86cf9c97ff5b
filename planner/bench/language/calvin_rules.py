"""CALVIN's success rules, read off symbolic states instead of poses and contacts.

Source: the rules' names and arguments are the file's own (``task_oracle``); what each means is in
``calvin_env/envs/tasks.py`` of mees/calvin_env: an object turned, moved sideways on its surface, lifted off the surface
that it lay on, put down from the hand, moved from the table into the drawer; a door or light changed; blocks newly
carrying one another, or no longer.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from planner.bench.language.calvin_scene import BLOCKS
from skills.symbols import Literal, State

SURFACES = {"base_link": ("on", "table"), "plank_link": ("in", "cabinet"), "drawer_link": ("in", "drawer")}
"""The file's surface links -> where our scene says that a thing is."""
DOORS = {
    ("base__slide", True): ("moved_left", "door"),
    ("base__slide", False): ("moved_right", "door"),
    ("base__drawer", True): ("open", "drawer"),
    ("base__drawer", False): ("closed", "drawer"),
}
"""Joint, and whether it moves towards larger values -> the fact that becomes true."""
LIGHTS = {"lightbulb": "bulb", "led": "led"}


def achieved(oracle: Mapping[str, Sequence[Any]], start: State, end: State) -> frozenset[str]:
    """Returns the tasks whose rule says that they were done between two states.

    Args:
        oracle: Task -> rule and its arguments, as the file has them.
        start: Facts before.
        end: Facts after.
    """
    return frozenset(task for task, rule in oracle.items() if _RULES[rule[0]](rule[1:], start, end))


def _block(name: str) -> str:
    """Returns our id of ``block_red``."""
    return f"{name.removeprefix('block_')}_block"


def _new(literal: Literal, start: State, end: State) -> bool:
    return literal in end and literal not in start


def _rotate(args: Sequence[Any], start: State, end: State) -> bool:
    return _new(Literal("turned_left" if args[1] > 0 else "turned_right", (_block(args[0]),)), start, end)


def _push(args: Sequence[Any], start: State, end: State) -> bool:
    return _new(Literal("moved_right" if args[1] > 0 else "moved_left", (_block(args[0]),)), start, end)


def _door(args: Sequence[Any], start: State, end: State) -> bool:
    predicate, thing = DOORS[args[0], args[1] > 0]
    return _new(Literal(predicate, (thing,)), start, end)


def _lift(args: Sequence[Any], start: State, end: State) -> bool:
    block = _block(args[0])
    predicate, support = SURFACES[args[3]]
    return Literal(predicate, (block, support)) in start and _new(Literal("holding", (block,)), start, end)


def _place(args: Sequence[Any], start: State, end: State) -> bool:
    predicate, support = SURFACES[args[1]]
    return any(
        Literal("holding", (b,)) in start
        and Literal("holding", (b,)) not in end
        and Literal(predicate, (b, support)) in end
        for b in BLOCKS
    )


def _push_into(args: Sequence[Any], start: State, end: State) -> bool:
    source, target = SURFACES[args[2]], SURFACES[args[4]]
    return any(
        Literal(source[0], (b, source[1])) in start and Literal(target[0], (b, target[1])) in end
        for b in map(_block, args[0])
    )


def _light(args: Sequence[Any], start: State, end: State) -> bool:
    return _new(Literal("turned_on" if args[2] else "turned_off", (LIGHTS[args[0]],)), start, end)


def _carried(state: State) -> set[str]:
    """Returns the blocks that stand on another block."""
    return {f.args[0] for f in state if f.predicate == "on" and f.args[0] in BLOCKS and f.args[1] in BLOCKS}


def _stack(args: Sequence[Any], start: State, end: State) -> bool:
    return bool(_carried(end) - _carried(start))


def _unstack(args: Sequence[Any], start: State, end: State) -> bool:
    return bool(_carried(start) - _carried(end))


_RULES: dict[str, Callable[[Sequence[Any], State, State], bool]] = {
    "rotate_object": _rotate,
    "push_object": _push,
    "move_door_rel": _door,
    "lift_object": _lift,
    "place_object": _place,
    "push_object_into": _push_into,
    "toggle_light": _light,
    "stack_objects": _stack,
    "unstack_objects": _unstack,
}
