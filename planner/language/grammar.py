"""The draft's token language: what may follow what, so that an ill-typed draft cannot be written.

A draft is ``BOS literal... SEP call... EOS`` or ``BOS refusal EOS``. A draft that begins with ``ask`` is one of
several readings of an under-specified request. A literal is a predicate, then its entities; a side area is a side
token before its reference (``on mug right plate``). Entities are pointers: token ``len(VOCABULARY) + i`` is row
``i`` of the table.
"""

from typing import Literal as Choice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.language.table import EntityTable
from skills.symbols import SIDES

REFUSALS = {
    "refuse_missing": "I do not see such a thing in this scene.",
    "refuse_unable": "This is outside what this robot's skills can do.",
    "refuse_unsafe": "This could hurt somebody or break something, so the robot will not do it.",
}
ASK = "ask"
PREDICATE_TOKENS = (
    *("on", "in", "open", "closed", "turned_on", "turned_off", "holding", "given", "visited"),
    *("hot", "cold", "clean", "sliced", "turned_left", "turned_right", "moved_left", "moved_right"),
)
SKILL_TOKENS = (
    *("pick", "place_on", "place_in", "open_it", "close_it", "turn_on_it", "turn_off_it", "push"),
    *("navigate_to", "hand_over", "heat", "chill", "rinse", "cut"),
    *("rotate_left", "rotate_right", "slide_left", "slide_right"),
)
UNDRAFTED = ("press", "pull", "inspect", "wipe", "stack", "insert", "wait_until", "pour", "convey")
"""Skills of the catalogue that the embedded model does not know: its vocabulary is frozen with its weights."""
SKILL_OF = {"open_it": "open", "close_it": "close", "turn_on_it": "turn_on", "turn_off_it": "turn_off"}
VOCABULARY = ("pad", "bos", "sep", "eos", *REFUSALS, ASK, *PREDICATE_TOKENS, *SIDES, *SKILL_TOKENS)
TOKEN = {name: i for i, name in enumerate(VOCABULARY)}
WORDS = len(VOCABULARY)
PAD, BOS, SEP, EOS = (TOKEN[t] for t in ("pad", "bos", "sep", "eos"))
MAX_LITERALS = 12
MAX_STEPS = 28

SLOTS = (
    "start",
    "goal_first",
    "goal_next",
    "step",
    "end",
    "movable",
    "graspable",
    "place",
    "side",
    "reference",
    "container",
    "openable",
    "switchable",
    "slidable",
    "landmark",
    "person",
    "heater",
    "cooler",
    "washer",
)
SLOT = {name: i for i, name in enumerate(SLOTS)}
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "on": ("movable", "place"),
    "in": ("graspable", "container"),
    "open": ("openable",),
    "closed": ("openable",),
    "turned_on": ("switchable",),
    "turned_off": ("switchable",),
    "pick": ("graspable",),
    "place_on": ("graspable", "place"),
    "place_in": ("graspable", "container"),
    "open_it": ("openable",),
    "close_it": ("openable",),
    "turn_on_it": ("switchable",),
    "turn_off_it": ("switchable",),
    "push": ("movable", "place"),
    "holding": ("graspable",),
    "given": ("graspable", "person"),
    "visited": ("landmark",),
    "hot": ("graspable",),
    "cold": ("graspable",),
    "clean": ("graspable",),
    "sliced": ("movable",),
    "turned_left": ("movable",),
    "turned_right": ("movable",),
    "moved_left": ("slidable",),
    "moved_right": ("slidable",),
    "navigate_to": ("landmark",),
    "hand_over": ("graspable", "person"),
    "heat": ("graspable", "heater"),
    "chill": ("graspable", "cooler"),
    "rinse": ("graspable", "washer"),
    "cut": ("movable",),
    "rotate_left": ("movable",),
    "rotate_right": ("movable",),
    "slide_left": ("slidable",),
    "slide_right": ("slidable",),
}
"""The slot of each argument; ``place`` is a surface or a side token followed by a ``reference``."""


def _words_of_slot() -> NDArray[np.bool_]:
    allowed = np.zeros((len(SLOTS), WORDS), dtype=bool)
    for slot, names in {
        "start": (*PREDICATE_TOKENS, *REFUSALS, ASK),
        "goal_first": PREDICATE_TOKENS,
        "goal_next": (*PREDICATE_TOKENS, "sep"),
        "step": (*SKILL_TOKENS, "eos"),
        "end": ("eos",),
        "place": SIDES,
        "side": SIDES,
    }.items():
        allowed[SLOT[slot], [TOKEN[n] for n in names]] = True
    return allowed


WORDS_OF_SLOT = _words_of_slot()
"""Which vocabulary tokens each slot admits, as (slots, words)."""


def rows_of_slot(table: EntityTable) -> NDArray[np.bool_]:
    """Returns which rows each slot admits, as (slots, rows)."""
    allowed = np.zeros((len(SLOTS), len(table)), dtype=bool)
    for i, row in enumerate(table.rows):
        allowed[SLOT["movable"], i] = row.role == "object"
        allowed[SLOT["graspable"], i] = row.graspable
        allowed[SLOT["place"], i] = row.surface
        allowed[SLOT["reference"], i] = row.role in ("object", "fixture")
        allowed[SLOT["container"], i] = row.container
        allowed[SLOT["openable"], i] = row.openable
        allowed[SLOT["switchable"], i] = row.switchable
        allowed[SLOT["slidable"], i] = row.role == "object" or row.slidable
        allowed[SLOT["landmark"], i] = row.role in ("fixture", "table", "person")
        allowed[SLOT["person"], i] = row.role == "person"
        allowed[SLOT["heater"], i] = row.heater
        allowed[SLOT["cooler"], i] = row.cooler
        allowed[SLOT["washer"], i] = row.washer
    return allowed


Only = Choice["ask", "act"]
"""What a draft may be restricted to: one reading of an under-specified request, or anything else."""
FIRST_SLOTS = {BOS: "start", TOKEN[ASK]: "goal_first"}
_CALLS = np.array([TOKEN[name] for name in ARGUMENTS])
_PREDICATES = np.array([TOKEN[name] for name in PREDICATE_TOKENS])
_REFUSING = frozenset(TOKEN[r] for r in REFUSALS)


class Call(NamedTuple):
    """A literal or skill call over row indices; ``side`` names a side of the last argument."""

    name: str
    rows: tuple[int, ...]
    side: str | None = None

    def tokens(self) -> list[int]:
        """Returns the call as tokens."""
        pointers = [WORDS + r for r in self.rows]
        if self.side is not None:
            pointers.insert(len(pointers) - 1, TOKEN[self.side])
        return [TOKEN[self.name], *pointers]


def tokens_of(goal: list[Call], steps: list[Call], refusal: str | None = None, ask: bool = False) -> list[int]:
    """Returns the token sequence of a draft, from BOS to EOS; ``ask`` marks it as one of several readings."""
    if refusal is not None:
        return [BOS, TOKEN[refusal], EOS]
    flat = [t for call in goal for t in call.tokens()]
    return [BOS, *([TOKEN[ASK]] if ask else []), *flat, SEP, *(t for call in steps for t in call.tokens()), EOS]


def slots_of(tokens: list[int]) -> list[int]:
    """Returns the slot that each token after BOS fills; for training."""
    slots: list[int] = []
    pending: list[str] = []
    stepping = False
    for previous, token in zip(tokens, tokens[1:], strict=False):
        if pending:
            slot = pending.pop(0)
            if slot == "place" and token < WORDS:
                pending.insert(0, "reference")
        elif previous in _REFUSING:
            slot = "end"
        else:
            slot = FIRST_SLOTS.get(previous, "step" if stepping else "goal_next")
            stepping = stepping or token == SEP
            pending = list(ARGUMENTS.get(VOCABULARY[token], ()))
        slots.append(SLOT[slot])
    return slots


class Admits:
    """What a scene admits in each slot, worked out once for all drafts about it.

    Args:
        table: The scene's entities.
    """

    def __init__(self, table: EntityTable) -> None:
        self.rows = rows_of_slot(table)
        words = WORDS_OF_SLOT.copy()
        possible = {slots: self._possible(slots) for slots in set(ARGUMENTS.values())}
        words[:, _CALLS] &= np.array([possible[slots] for slots in ARGUMENTS.values()])
        words[:, TOKEN[ASK]] &= words[SLOT["goal_first"]][_PREDICATES].any()
        self.masks: NDArray[np.bool_] = np.concatenate([words, self.rows], 1)

    def free(self, slot: str, taken: list[int]) -> bool:
        """Says whether a slot has a row that is not taken."""
        return int(self.rows[SLOT[slot]].sum()) > sum(bool(self.rows[SLOT[slot], row]) for row in taken)

    def _possible(self, slots: tuple[str, ...]) -> bool:
        """Says whether a call with such arguments can be completed, whichever first argument is chosen."""
        first = self.rows[SLOT[slots[0]]]
        if len(slots) == 1 or not first.any():
            return bool(first.any())
        second = self.rows[SLOT[slots[1]]]
        left = second.sum() - (first & second)  # rows that are left for the second argument, by first argument
        if slots[1] != "place":
            return bool((left[first] > 0).all())
        graspable = self.rows[SLOT["graspable"]]
        beside = int(self.rows[SLOT["reference"]].sum()) > 1
        return beside or bool(((left > 0) & graspable)[first].all())
