"""Candidate scoring: a network that scores every literal which the scene admits, for comparison with pointing.

It shares the reading half of `Grounder`; a goal is every literal over one half. It writes no steps.
"""

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from planner.factory.training.evaluate import goal_runs
from planner.language.grammar import ARGUMENTS, PREDICATE_TOKENS, REFUSALS, SLOT, TOKEN, WORDS, rows_of_slot
from planner.language.network import Grounder, Size
from skills.symbols import SIDES

if TYPE_CHECKING:
    from planner.factory.generate import Example
    from planner.language.collate import Inputs
    from planner.language.table import EntityTable

FORMS: tuple[tuple[str, str | None], ...] = (
    *((name, None) for name in PREDICATE_TOKENS),
    *(("on", side) for side in SIDES),
)
"""Literal forms: a predicate, and for ``on`` the side of its target."""
Runs = frozenset[tuple[int, ...]]


def literal_sets(batch: "list[Example]") -> list[Runs]:
    """Returns the goal of each example as a set of token runs."""
    return [goal_runs(e.tokens) for e in batch]


class CandidateScorer(nn.Module):
    """Scores of all literals: (form, first entity, second entity), and of the refusals."""

    def __init__(self, size: Size | None = None) -> None:
        super().__init__()
        self.reader = Grounder(size)
        width = self.reader.size.width
        for name in ("words", "decoder", "out_norm", "word_scores", "pointer", "target", "pointed"):
            delattr(self.reader, name)
        self.first = nn.Linear(width, len(FORMS) * 64)
        self.second = nn.Linear(width, len(FORMS) * 64)
        self.single = nn.Linear(width, len(FORMS))
        self.whole = nn.Linear(width, len(REFUSALS))

    def forward(self, inputs: "Inputs") -> tuple[Tensor, Tensor, Tensor]:
        """Returns scores of pairs (batch, forms, rows, rows), of single entities (batch, forms, rows), of refusals."""
        memory = self.reader.remember(inputs)
        states = memory.states[:, memory.tokens :]
        count, rows, _ = states.shape
        a = self.first(states).view(count, rows, len(FORMS), 64).permute(0, 2, 1, 3)
        b = self.second(states).view(count, rows, len(FORMS), 64).permute(0, 2, 1, 3)
        pairs = torch.matmul(a, b.transpose(-1, -2)) / 8.0 - 4.0
        return pairs, self.single(states).transpose(1, 2) - 4.0, self.whole(memory.states[:, 0])

    def loss(self, inputs: "Inputs", tables: "list[EntityTable]", goals: list[Runs]) -> Tensor:
        """Returns the summed binary cross entropy of all admissible literals, per request."""
        pairs, singles, whole = self(inputs)
        pair_ok, single_ok = admissible(tables, pairs.shape[-1])
        pair_goal, single_goal = np.zeros(pair_ok.shape, np.float32), np.zeros(single_ok.shape, np.float32)
        refusal = np.zeros(whole.shape, np.float32)
        for b, goal in enumerate(goals):
            for run in goal:
                place = _place(run)
                if place is None:
                    names = [TOKEN[r] for r in REFUSALS]
                    if run[0] in names:
                        refusal[b, names.index(run[0])] = 1.0
                elif len(place) == 2:
                    single_goal[(b, *place)] = 1.0
                else:
                    pair_goal[(b, *place)] = 1.0
        cross = nn.functional.binary_cross_entropy_with_logits
        total = cross(pairs.float(), torch.from_numpy(pair_goal), reduction="none")[torch.from_numpy(pair_ok)].sum()
        total = (
            total
            + cross(singles.float(), torch.from_numpy(single_goal), reduction="none")[torch.from_numpy(single_ok)].sum()
        )
        return (total + cross(whole.float(), torch.from_numpy(refusal), reduction="sum")) / len(goals)


def _place(run: tuple[int, ...]) -> tuple[int, ...] | None:
    """Returns (form, rows...) of a literal's tokens, or None for a refusal or a question."""
    names = {TOKEN[name]: name for name in PREDICATE_TOKENS}
    if run[0] not in names:
        return None
    side = next((s for s in SIDES if TOKEN[s] in run[1:]), None)
    return (FORMS.index((names[run[0]], side)), *(t - WORDS for t in run[1:] if t >= WORDS))


def admissible(tables: "list[EntityTable]", rows: int) -> "tuple[np.ndarray, np.ndarray]":
    """Returns which pairs (batch, forms, rows, rows) and single entities (batch, forms, rows) the grammar admits."""
    pairs = np.zeros((len(tables), len(FORMS), rows, rows), bool)
    singles = np.zeros((len(tables), len(FORMS), rows), bool)
    for b, table in enumerate(tables):
        slots, n = rows_of_slot(table), len(table)
        for f, (name, side) in enumerate(FORMS):
            kinds = ARGUMENTS[name]
            first = slots[SLOT[kinds[0]]]
            if len(kinds) == 1:
                singles[b, f, :n] = first
                continue
            second = slots[SLOT["reference" if side else kinds[1]]]
            pairs[b, f, :n, :n] = first[:, None] & second[None, :] & ~np.eye(n, dtype=bool)
    return pairs, singles


def scored_goals(model: CandidateScorer, inputs: "Inputs", tables: "list[EntityTable]") -> list[Runs]:
    """Returns the goal of each request: every literal over one half, or the likeliest, or a refusal."""
    pairs, singles, whole = (x.float() for x in model(inputs))
    pair_ok, single_ok = admissible(tables, pairs.shape[-1])
    pairs = torch.sigmoid(pairs).masked_fill(~torch.from_numpy(pair_ok), 0.0)
    singles = torch.sigmoid(singles).masked_fill(~torch.from_numpy(single_ok), 0.0)
    refusals = torch.sigmoid(whole)
    found: list[Runs] = []
    for b in range(len(tables)):
        if float(refusals[b].max()) > 0.5:
            found.append(frozenset({(TOKEN[list(REFUSALS)[int(refusals[b].argmax())]],)}))
            continue
        runs = [_run(int(f), (int(i), int(j))) for f, i, j in (pairs[b] > 0.5).nonzero()]
        runs += [_run(int(f), (int(i),)) for f, i in (singles[b] > 0.5).nonzero()]
        found.append(frozenset(runs))
    return found


def _run(form: int, rows: tuple[int, ...]) -> tuple[int, ...]:
    name, side = FORMS[form]
    pointers = [WORDS + r for r in rows]
    if side is not None:
        pointers.insert(len(pointers) - 1, TOKEN[side])
    return (TOKEN[name], *pointers)
