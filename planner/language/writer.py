"""The automaton that decoding walks: writes a draft token by token, so that each stays well-typed."""

import numpy as np
from numpy.typing import NDArray

from planner.language.grammar import (
    ARGUMENTS,
    ASK,
    BOS,
    EOS,
    MAX_LITERALS,
    MAX_STEPS,
    REFUSALS,
    SEP,
    SKILL_OF,
    SLOT,
    TOKEN,
    VOCABULARY,
    WORDS,
    Admits,
    Call,
    Only,
)
from planner.language.table import EntityTable
from skills.graph import Draft, Step
from skills.symbols import Goal, Literal

_REFUSE = np.array([TOKEN[name] for name in REFUSALS])
_ASKING = np.arange(WORDS) == TOKEN[ASK]


class Writer:
    """The automaton that decoding walks: says what may come next, and reads the calls written so far.

    Args:
        table: The scene's entities.
        refusals: Whether a refusal may be written.
        only: ``"ask"`` for a reading of an under-specified request, ``"act"`` for none; None admits both.
    """

    def __init__(self, table: EntityTable, refusals: bool = True, only: Only | None = None) -> None:
        self.table = table
        self.refusals, self.only = refusals, only
        self._admits = Admits(table)
        self.tokens = [BOS]
        self.goal: list[Call] = []
        self.steps: list[Call] = []
        self.refusal: str | None = None
        self.asks = False
        self.done = False
        self._stepping = False
        self._name: str | None = None
        self._args: list[int] = []
        self._side: str | None = None
        self._pending: list[str] = []

    def copy(self) -> "Writer":
        """Returns an independent copy."""
        other = object.__new__(Writer)
        other.__dict__.update(self.__dict__)
        for name in ("tokens", "goal", "steps", "_args", "_pending"):
            setattr(other, name, list(getattr(self, name)))
        return other

    def allowed(self) -> NDArray[np.bool_]:
        """Returns the mask of tokens that may come next, as (words + rows,)."""
        masks = self._admits.masks
        if self._pending:
            slot = self._slot()
            mask: NDArray[np.bool_] = masks[SLOT[slot]].copy()
            if slot in ("place", "side") and not self._admits.free("reference", self._args):
                mask[:WORDS] = False
            for row in self._args:
                mask[WORDS + row] = False
            return mask
        if self.refusal is not None:
            return np.array(masks[SLOT["end"]])
        if self._stepping:
            return np.array(masks[SLOT["end" if len(self.steps) >= MAX_STEPS else "step"]])
        mask = masks[SLOT["goal_next" if self.goal else "goal_first" if self.asks else "start"]].copy()
        if len(self.goal) >= MAX_LITERALS:
            mask[:WORDS] = False
            mask[SEP] = True
        if len(self.tokens) == 1:
            if not self.refusals:
                mask[_REFUSE] = False
            if self.only is not None:
                mask[:WORDS] &= _ASKING if self.only == "ask" else ~_ASKING
        return mask

    def unbound(self) -> NDArray[np.bool_]:
        """Returns the mask of first tokens that the scene admits, whatever this writer is restricted to."""
        return np.array(self._admits.masks[SLOT["start"]])

    def _slot(self) -> str:
        slot = self._pending[0]
        if slot == "place" and not self.table.rows[self._args[0]].graspable:
            return "side"
        return slot

    def push(self, token: int) -> None:
        """Writes one allowed token."""
        self.tokens.append(token)
        if self._pending:
            slot = self._slot()
            self._pending.pop(0)
            if slot in ("place", "side") and token < WORDS:
                self._side = VOCABULARY[token]
                self._pending.insert(0, "reference")
            else:
                self._args.append(token - WORDS)
            if not self._pending and self._name is not None:
                calls = self.steps if self._stepping else self.goal
                calls.append(Call(self._name, tuple(self._args), self._side))
                self._name, self._args, self._side = None, [], None
        elif token == SEP:
            self._stepping = True
        elif token == EOS:
            self.done = True
        elif token == TOKEN[ASK]:
            self.asks = True
        elif VOCABULARY[token] in REFUSALS:
            self.refusal = VOCABULARY[token]
        else:
            self._name = VOCABULARY[token]
            self._pending = list(ARGUMENTS[self._name])


def draft_of(table: EntityTable, writer: Writer, confidence: float) -> Draft:
    """Returns the draft that a finished writer holds."""
    if writer.refusal is not None:
        return Draft(Goal(()), refusal=REFUSALS[writer.refusal], confidence=confidence)

    def args(call: Call) -> tuple[str, ...]:
        ids = [table.rows[r].id for r in call.rows]
        if call.side is not None:
            ids[-1] = f"{ids[-1]}.{call.side}"
        return tuple(ids)

    literals = tuple(dict.fromkeys(Literal(c.name, args(c)) for c in writer.goal))
    steps = tuple(Step(SKILL_OF.get(c.name, c.name), args(c)) for c in writer.steps)
    return Draft(Goal(literals), steps, confidence=confidence)
