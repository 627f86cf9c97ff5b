"""The table of CALVIN as a scene: three blocks, a sliding cabinet, a drawer, a light bulb and a led.

Each scene makes one of the file's symbolic preconditions true; what the precondition leaves open is drawn from the
sentence's hash.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from planner.bench.language.made import furniture, held, scene, thing
from skills.scene import Fixture, ObjectSpec, Scene
from skills.symbols import Literal, State

BLOCKS = ("red_block", "blue_block", "pink_block")
LABELS = {
    "table": "table",
    "cabinet": "sliding cabinet with a shelf",
    "door": "sliding door of the cabinet",
    "drawer": "drawer",
    "bulb": "yellow light bulb with a switch",
    "led": "green led light with a button",
    **{block: block.replace("_", " ") for block in BLOCKS},
}
"""What the things are called: as a user of such a table would write them into a scene file."""
BLOCK = "dish"
"""The kind of a block: the generic thing that other things may be put on."""
PLACES = ("table", "slider_left", "slider_right", "drawer")
SPOTS = {"red_block": (0.1, -0.15), "blue_block": (0.1, 0.0), "pink_block": (0.1, 0.15)}
"""Where a block stands on its support, from its centre [m]."""


class Table(NamedTuple):
    """A scene and the facts that hold in it."""

    scene: Scene
    facts: State


def table_for(sentence: str, conditions: Sequence[Mapping[str, Any]]) -> Table:
    """Returns a table on which one of the conditions holds.

    Args:
        sentence: Its hash chooses the condition, and what the condition leaves open.
        conditions: Symbolic preconditions: ``red_block``, ``slider``, ``drawer``, ... to values or lists of them.
    """
    digest = hashlib.sha256(sentence.encode()).digest()
    rng = np.random.default_rng(int.from_bytes(digest[:8], "big"))

    def pick(options: Sequence[Any]) -> Any:
        return options[int(rng.integers(len(options)))]

    chosen = pick(conditions)
    at = {name: pick(value) if isinstance(value, list) else value for name, value in chosen.items()}
    at.setdefault("slider", pick(("left", "right")))
    at.setdefault("drawer", pick(("open", "closed")))
    for lamp in ("lightbulb", "led"):
        at.setdefault(lamp, pick((0, 1)))
    for block in BLOCKS:
        at.setdefault(block, pick(PLACES))
    return _built(at)


def _built(at: Mapping[str, Any]) -> Table:
    """Returns the table in which every variable has its value."""
    top = next((b for b in BLOCKS if at[b] == "stacked_top"), None)
    bottom = next((b for b in BLOCKS if at[b] == "stacked_bottom"), None)
    blocks = [_block(name, str(at[name]), bottom if name == top else None) for name in BLOCKS]
    made = scene("calvin_table", _fixtures(at), blocks)
    facts = set(made.initial_state())
    facts.add(Literal("moved_left" if at["slider"] == "left" else "moved_right", ("door",)))
    gripped = [name for name in BLOCKS if at[name] == "grasped"]
    if gripped:
        facts -= {Literal("hand_empty")}
        facts.add(Literal("holding", (gripped[0],)))
    return Table(made, frozenset(facts))


def _fixtures(at: Mapping[str, Any]) -> list[Fixture]:
    return [
        furniture("table", "table", LABELS["table"], 0.0, 0.0),
        furniture("cabinet", "bin", LABELS["cabinet"], -0.25, 0.0),
        furniture("door", "sliding_door", LABELS["door"], -0.18, 0.0),
        furniture("drawer", "drawer", LABELS["drawer"], 0.35, 0.0, inside=float(at["drawer"] == "open")),
        furniture("bulb", "lamp", LABELS["bulb"], -0.25, 0.3, switch=float(at["lightbulb"])),
        furniture("led", "lamp", LABELS["led"], -0.25, -0.3, switch=float(at["led"])),
    ]


def _block(name: str, place: str, below: str | None) -> ObjectSpec:
    label, spot = LABELS[name], SPOTS[name]
    if place == "grasped":
        return held(name, BLOCK, label)
    if below is not None:
        return thing(name, BLOCK, label, below)
    if place.startswith("slider"):
        return thing(name, BLOCK, label, "cabinet", (0.0, -0.1 if place.endswith("left") else 0.1), inside=True)
    if place == "drawer":
        return thing(name, BLOCK, label, "drawer", (0.0, spot[1]), inside=True)
    return thing(name, BLOCK, label, "table", spot)
