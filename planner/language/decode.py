"""Constrained decoding: a small beam over what the grammar admits."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from planner.language.collate import inputs_of
from planner.language.encoder import SentenceEncoder
from planner.language.grammar import ASK, EOS, TOKEN, Only
from planner.language.table import EntityTable
from planner.language.writer import Writer

if TYPE_CHECKING:
    import torch

    from planner.language.network import Grounder, Memory

LONGEST = 150
SURE = 0.5
"""A greedy draft likelier than this needs no beam: nothing else can be likelier."""


class Decoded(NamedTuple):
    """A finished draft with its probability.

    Args:
        writer: The draft's calls.
        confidence: Probability of the sequence, 0 to 1, among what was admitted.
        ask: Probability that the request is under-specified, 0 to 1.
        missing: Probability that it names something which is not here, 0 to 1.
    """

    writer: Writer
    confidence: float
    ask: float = 0.0
    missing: float = 0.0


class First(NamedTuple):
    """Probabilities at the first token: of ``ask`` and of ``refuse_missing``, 0 to 1."""

    ask: float = 0.0
    missing: float = 0.0


def decode(
    model: "Grounder",
    encoder: SentenceEncoder,
    text: str,
    table: EntityTable,
    beam: int = 3,
    refusals: bool = True,
    only: Only | None = None,
    memory: "Memory | None" = None,
) -> list[Decoded]:
    """Returns the best drafts, best first.

    Args:
        model: The network.
        encoder: The frozen sentence encoder.
        text: The request.
        table: The scene's entities, at least one.
        beam: How many prefixes are kept.
        refusals: Whether a refusal may be written.
        only: ``"ask"`` for readings of an under-specified request alone, ``"act"`` for none of these.
        memory: The request and its scene as `remembered` gave them, if they were read before.
    """
    import torch

    with torch.inference_mode():
        memory = memory or remembered(model, encoder, text, table)
        start = Writer(table, refusals, only)
        greedy = search(model, memory, start, 1)
        if beam == 1 or (only != "ask" and greedy[0].confidence > SURE):
            return greedy
        return search(model, memory, start, beam) or greedy


def remembered(model: "Grounder", encoder: SentenceEncoder, text: str, table: EntityTable) -> "Memory":
    """Returns a request and its scene as the network remembers them.

    Args:
        model: The network.
        encoder: The frozen sentence encoder.
        text: The request.
        table: The scene's entities, at least one.
    """
    import torch

    with torch.inference_mode():
        return model.remember(inputs_of(encoder, encoder.tokens([text.lower()]), [table]))


def search(model: "Grounder", memory: "Memory", start: Writer, beam: int) -> list[Decoded]:
    """Returns the finished drafts of one beam, best first.

    Args:
        model: The network.
        memory: The request and its scene, as the network remembers them.
        start: An empty draft; says what may be written.
        beam: How many prefixes are kept.
    """
    import torch

    if beam == 1:
        return [_greedy(model, memory, start)]
    alive: list[tuple[float, Writer]] = [(0.0, start)]
    finished: list[tuple[float, Writer]] = []
    first, prefixes = First(), model.begin(memory)
    for length in range(LONGEST):
        scores, prefixes = model.extend(prefixes, torch.tensor([w.tokens[-1] for _, w in alive]))
        if length == 0:
            first = first_chances(scores[0], start)
        allowed = torch.stack([torch.from_numpy(w.allowed()) for _, w in alive])
        if length >= LONGEST - 20:
            allowed = _hurried(allowed)
        chances = torch.log_softmax(scores.masked_fill(~allowed, -math.inf), -1)
        total = torch.tensor([s for s, _ in alive])[:, None] + chances
        best = total.flatten().topk(min(beam, total.numel()))
        following: list[tuple[float, Writer, int]] = []
        for value, flat in zip(best.values.tolist(), best.indices.tolist(), strict=True):
            if value == -math.inf:
                continue
            origin, token = divmod(flat, total.shape[1])
            writer = alive[origin][1].copy()
            writer.push(token)
            if writer.done:
                finished.append((value, writer))
            else:
                following.append((value, writer, origin))
        finished.sort(key=lambda f: -f[0])
        alive = [(value, writer) for value, writer, _ in following]
        if not alive or len(finished) >= beam:
            break
        if finished and start.only is None and finished[0][0] >= alive[0][0]:
            break
        prefixes = prefixes.kept(torch.tensor([origin for _, _, origin in following]))
    return [Decoded(w, math.exp(s), *first) for s, w in finished]


class Greedy:
    """Writes the draft that takes the likeliest admitted token each time, one token a step.

    Args:
        model: The network.
        memory: The request and its scene, as the network remembers them.
        start: An empty draft; says what may be written.
        given: Tokens from BOS on that are written whatever is likelier, for timing; none: the network's own.
    """

    def __init__(self, model: "Grounder", memory: "Memory", start: Writer, given: Sequence[int] = ()) -> None:
        self.writer = start.copy()
        self.first = First()
        self._model, self._start, self._given = model, start, given
        self._prefixes, self._total = model.begin(memory), 0.0

    @property
    def done(self) -> bool:
        """Whether the draft is finished."""
        return self.writer.done or len(self.writer.tokens) > LONGEST

    def step(self) -> None:
        """Writes one more token."""
        import torch

        writer, length = self.writer, len(self.writer.tokens)
        scores, self._prefixes = self._model.extend(self._prefixes, torch.tensor([writer.tokens[-1]]))
        if length == 1:
            self.first = first_chances(scores[0], self._start)
        allowed = writer.allowed()
        if length > LONGEST - 20 and allowed[EOS]:
            allowed[:] = False
            allowed[EOS] = True
        found = np.where(allowed, scores[0].numpy(), -np.inf)
        token = self._given[length] if length < len(self._given) else int(found.argmax())
        self._total -= math.log(float(np.exp(found - found[token]).sum()))
        writer.push(token)

    def result(self) -> Decoded:
        """Returns the draft as far as it is written."""
        return Decoded(self.writer, math.exp(self._total), *self.first)


def _greedy(model: "Grounder", memory: "Memory", start: Writer) -> Decoded:
    """Returns the draft that takes the likeliest admitted token each time."""
    greedy = Greedy(model, memory, start)
    while not greedy.done:
        greedy.step()
    return greedy.result()


def first_chances(scores: "torch.Tensor", start: Writer) -> First:
    """Returns the chances among all first tokens that the scene admits, whatever ``start`` forbids."""
    import torch

    free = torch.from_numpy(start.unbound())
    if not bool(free.any()):
        return First()
    chances = torch.softmax(scores.masked_fill(~free, -math.inf), -1)
    return First(float(chances[TOKEN[ASK]]), float(chances[TOKEN["refuse_missing"]]))


def _hurried(allowed: "torch.Tensor") -> "torch.Tensor":
    """Takes the end of the draft wherever the grammar offers it."""
    done = allowed[:, EOS].clone()
    allowed = allowed.clone()
    allowed[done] = False
    allowed[done, EOS] = True
    return allowed


__all__ = ["Decoded", "Greedy", "decode", "first_chances", "remembered", "search"]
