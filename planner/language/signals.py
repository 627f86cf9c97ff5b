"""Signals of under-specification: what the network shows, beside the probability of ``ask``, of a request's readings.

The goal is written twice, greedily: as a draft that acts, and as one reading of a question. At each pointer the rows
that would come to the same thing (alike, on one support, carrying the like) count as one. Reading the request is shared
with decoding; the signals themselves cost two short drafts. The order of the rows carries nothing: the network reads
them as a set, so there is no ensemble over orders here.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.language.collate import inputs_of
from planner.language.encoder import SentenceEncoder
from planner.language.grammar import ASK, REFUSALS, SEP, TOKEN, WORDS, Only
from planner.language.spelling import mended
from planner.language.table import EntityTable
from planner.language.writer import Writer

if TYPE_CHECKING:
    from planner.language.network import Grounder, Memory

NAMES = ("ask", "refuse", "margin", "top")
"""The signals: log-odds of ``ask`` and of a refusal; the least lead, in log-probability, of a row that the acting draft
points at over the next that differs; the least share of a row that the reading points at. Source: of nine tried, what
the others added to these lay within the error (docs/benchmarks.md)."""
BATCH = 32
"""Requests that the network reads at once."""
LONGEST_GOAL = 40
"""Most tokens of a goal that are looked at."""
LEAST = 1e-6
"""Least probability that a logarithm is taken of."""


class Signals(NamedTuple):
    """What the network shows of one request.

    Args:
        chance: Probability of ``ask`` at the first token, 0 to 1.
        missing: Probability there that something named is not here, 0 to 1.
        values: One number for each of `NAMES`.
    """

    chance: float
    missing: float
    values: tuple[float, ...]


class Written(NamedTuple):
    """A goal that was written greedily.

    Args:
        tokens: From BOS on.
        chances: Probabilities of what was admitted at each token. # (tokens - 1) of (words + rows,)
    """

    tokens: list[int]
    chances: list[NDArray[np.float64]]


def signals(
    network: "Grounder", encoder: SentenceEncoder, requests: Sequence[tuple[str, EntityTable]]
) -> list[Signals]:
    """Returns the signals of requests, as decoding finds them, in their order.

    Args:
        network: The network.
        encoder: The sentence encoder.
        requests: Texts and the tables of their scenes, none of them empty.
    """
    import torch

    found: list[Signals | None] = [None] * len(requests)
    order = sorted(range(len(requests)), key=lambda k: (len(requests[k][1]), len(requests[k][0])))
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        tables = [requests[k][1] for k in chosen]
        texts = [mended(requests[k][0], [r.words for r in requests[k][1].rows], encoder) for k in chosen]
        with torch.inference_mode():
            memory = network.remember(inputs_of(encoder, encoder.tokens(texts), tables))
        for k, one in zip(chosen, read(network, memory, tables), strict=True):
            found[k] = one
    return [f for f in found if f is not None]


def read(network: "Grounder", memory: "Memory", tables: Sequence[EntityTable]) -> list[Signals]:
    """Returns the signals of a batch that the network has read.

    Args:
        network: The network.
        memory: The requests and their scenes.
        tables: The scenes' entities.
    """
    first, acts = written(network, memory, tables, "act")
    _, readings = written(network, memory, tables, "ask")
    return [_signals(*parts) for parts in zip(tables, first, acts, readings, strict=True)]


def written(
    network: "Grounder", memory: "Memory", tables: Sequence[EntityTable], only: Only
) -> tuple[list[NDArray[np.float64]], list[Written]]:
    """Returns the chances of all first tokens, and the greedy goals of one sort.

    Args:
        network: The network.
        memory: The requests and their scenes.
        tables: The scenes' entities.
        only: Drafts that act, or readings of a question.
    """
    import torch

    writers = [Writer(table, only=only) for table in tables]
    chances: list[list[NDArray[np.float64]]] = [[] for _ in tables]
    first: list[NDArray[np.float64]] = []
    for length in range(1, LONGEST_GOAL):
        live = [b for b, w in enumerate(writers) if not w.done and w.tokens[-1] != SEP and w.allowed().any()]
        if not live:
            break
        tokens = torch.tensor([writers[b].tokens for b in live])
        part = memory._replace(states=memory.states[live], blind=memory.blind[live])
        with torch.inference_mode():
            scores = network.write(part, tokens)[:, -1].float().numpy().astype(np.float64)
        if length == 1:
            first = [_softmax(row, writers[b].unbound()) for row, b in zip(scores, live, strict=True)]
            first = first if len(live) == len(tables) else _padded(first, live, tables)
        for row, b in zip(scores, live, strict=True):
            share = _softmax(row, writers[b].allowed())
            chances[b].append(share)
            writers[b].push(int(share.argmax()))
    return first, [Written(w.tokens, c) for w, c in zip(writers, chances, strict=True)]


def _padded(
    found: list[NDArray[np.float64]], live: Sequence[int], tables: Sequence[EntityTable]
) -> list[NDArray[np.float64]]:
    """Returns the chances with zeros for requests to which nothing can be said."""
    every = [np.zeros(WORDS + len(t)) for t in tables]
    for row, b in zip(found, live, strict=True):
        every[b] = row
    return every


def _softmax(row: NDArray[np.float64], allowed: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Returns the chances of what is admitted."""
    kept = np.where(allowed, row[: len(allowed)], -np.inf)
    chances: NDArray[np.float64] = np.exp(kept - kept.max())
    return np.asarray(chances / chances.sum(), dtype=np.float64)


def _signals(table: EntityTable, first: NDArray[np.float64], act: Written, reading: Written) -> Signals:
    """Returns one request's signals."""
    groups = same(table)
    chance = float(first[TOKEN[ASK]])
    refuse = sum(float(first[TOKEN[r]]) for r in REFUSALS)
    merged = [_merged(c, groups) for c in _pointers(act)]
    gaps = [_log(top) - _log(second) for top, second in (_two(m) for m in merged)]
    top = min((float(_merged(c, groups).max()) for c in _pointers(reading)), default=1.0)
    missing = float(first[TOKEN["refuse_missing"]])
    return Signals(chance, missing, (_logit(chance), _logit(refuse), min(gaps, default=0.0), top))


def same(table: EntityTable) -> NDArray[np.int64]:
    """Returns a number for each row, the same for rows which it makes no difference to exchange."""
    seen: dict[object, int] = {}
    numbers = []
    for index, row in enumerate(table.rows):
        held = tuple(sorted(o.words for o in table.rows if o.support == index))
        key: object = (row.words, row.support, row.inside, held) if row.role == "object" else index
        numbers.append(seen.setdefault(key, len(seen)))
    return np.array(numbers, dtype=np.int64)


def _pointers(draft: Written) -> list[NDArray[np.float64]]:
    """Returns the chances of the rows, each time that one was pointed at."""
    pairs = zip(draft.tokens[1:], draft.chances, strict=True)
    return [chances[WORDS:] for token, chances in pairs if token >= WORDS]


def _merged(rows: NDArray[np.float64], groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """Returns the chances of groups of rows, among rows alone."""
    share = np.bincount(groups, rows)
    return np.asarray(share / max(float(share.sum()), LEAST), dtype=np.float64)


def _two(shares: NDArray[np.float64]) -> tuple[float, float]:
    """Returns the two largest, the second 0 where there is one alone."""
    order = np.sort(shares)[::-1]
    return float(order[0]), float(order[1]) if len(order) > 1 else 0.0


def _log(chance: float) -> float:
    return math.log(max(chance, LEAST))


def _logit(chance: float) -> float:
    return _log(chance) - _log(1.0 - chance)
