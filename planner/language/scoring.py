"""How likely given drafts are: one teacher-forced pass over several token sequences of one request."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from planner.language.collate import inputs_of
from planner.language.encoder import SentenceEncoder
from planner.language.grammar import BOS, PAD, SEP, SKILL_OF, TOKEN, WORDS, Call
from planner.language.table import EntityTable
from planner.language.writer import Writer
from skills.symbols import SIDES, Goal, Literal

if TYPE_CHECKING:
    from planner.language.network import Grounder

ROWS_AT_ONCE = 64
"""How many sequences are read in one pass."""


def score(
    model: "Grounder", encoder: SentenceEncoder, text: str, table: EntityTable, sequences: Sequence[Sequence[int]]
) -> list[float]:
    """Returns the log-probability of each token sequence, given the text, in their order.

    Args:
        model: The network.
        encoder: The frozen sentence encoder.
        text: The request.
        table: The scene's entities, at least one.
        sequences: Tokens from BOS on; they may stop before the end of a draft. One that the grammar does not admit
            scores minus infinity.
    """
    import torch

    masks = [_masks(table, sequence) for sequence in sequences]
    known = [k for k, mask in enumerate(masks) if mask is not None]
    found = [-math.inf] * len(sequences)
    if not known:
        return found
    with torch.inference_mode():
        memory = model.remember(inputs_of(encoder, encoder.tokens([text.lower()]), [table]))
        for start in range(0, len(known), ROWS_AT_ONCE):
            part = known[start : start + ROWS_AT_ONCE]
            longest = max(len(sequences[k]) for k in part)
            tokens = torch.tensor([[*sequences[k], *[PAD] * (longest - len(sequences[k]))] for k in part])
            states = memory.states.expand(len(part), -1, -1)
            blind = memory.blind.expand(len(part), -1, -1, -1)
            scores = model.write(memory._replace(states=states, blind=blind), tokens).float()
            for row, k in enumerate(part):
                steps = len(sequences[k]) - 1
                closed = ~torch.from_numpy(masks[k])
                chances = torch.log_softmax(scores[row, :steps].masked_fill(closed, -math.inf), -1)
                found[k] = float(chances.gather(1, torch.tensor(sequences[k][1:])[:, None]).sum())
    return found


def _masks(table: EntityTable, sequence: Sequence[int]) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]] | None":
    """Returns what the grammar admits at each place of a sequence, or None when it does not admit the sequence."""
    writer, masks = Writer(table), []
    for token in sequence[1:]:
        allowed = writer.allowed()
        if writer.done or not 0 <= token < len(allowed) or not allowed[token]:
            return None
        masks.append(allowed)
        writer.push(token)
    return np.stack(masks) if masks else np.zeros((0, WORDS + len(table)), dtype=bool)


def goal_tokens(goal: Goal, table: EntityTable) -> list[int] | None:
    """Returns a goal as tokens, from BOS to SEP, or None when the grammar has no words for it.

    Args:
        goal: What must hold in the end; its arguments are ids of rows, or side areas of them.
        table: The rows.
    """
    index = {row.id: i for i, row in enumerate(table.rows)}
    tokens = [BOS]
    for literal in goal.literals:
        call = _call(literal, index)
        if call is None:
            return None
        tokens += call.tokens()
    return [*tokens, SEP]


def _call(literal: Literal, index: dict[str, int]) -> Call | None:
    names, side = list(literal.args), None
    if names and names[-1] not in index:
        names[-1], _, side = names[-1].partition(".")
        if side not in SIDES:
            return None
    known = literal.predicate in TOKEN and literal.predicate not in SKILL_OF
    if not (known and all(n in index for n in names)):
        return None
    return Call(literal.predicate, tuple(index[n] for n in names), side)
