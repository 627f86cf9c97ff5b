"""Constrained decoding: a small beam over what the grammar admits."""

import math
from typing import TYPE_CHECKING, NamedTuple

from planner.language.collate import inputs_of
from planner.language.encoder import SentenceEncoder
from planner.language.grammar import EOS, WORDS, Writer
from planner.language.table import EntityTable

if TYPE_CHECKING:
    import torch

    from planner.language.network import Grounder, Memory

LONGEST = 150


class Decoded(NamedTuple):
    """A finished draft with its probability.

    Args:
        writer: The draft's calls.
        confidence: Probability of the sequence, 0 to 1.
    """

    writer: Writer
    confidence: float


def decode(
    model: "Grounder", encoder: SentenceEncoder, text: str, table: EntityTable, beam: int = 3, refusals: bool = True
) -> list[Decoded]:
    """Returns the best drafts, best first.

    Args:
        model: The network.
        encoder: The frozen sentence encoder.
        text: The request.
        table: The scene's entities, at least one.
        beam: How many prefixes are kept.
        refusals: Whether a refusal may be written.
    """
    import torch

    with torch.inference_mode():
        memory = model.remember(inputs_of(encoder, encoder.tokens([text.lower()]), [table]))
        greedy = _search(model, memory, table, 1, refusals)
        if beam == 1 or (greedy and greedy[0].confidence > 0.5):  # nothing else can be likelier
            return greedy
        return _search(model, memory, table, beam, refusals) or greedy


def _search(model: "Grounder", memory: "Memory", table: EntityTable, beam: int, refusals: bool) -> list[Decoded]:
    """Returns the finished drafts of one beam, best first."""
    import torch

    with torch.inference_mode():
        alive: list[tuple[float, Writer]] = [(0.0, Writer(table, refusals))]
        finished: list[tuple[float, Writer]] = []
        for length in range(LONGEST):
            tokens = torch.tensor([w.tokens for _, w in alive])
            scores = model.write(_repeated(memory, len(alive)), tokens)[:, -1].float()
            allowed = torch.stack([torch.from_numpy(w.allowed()) for _, w in alive])
            if length >= LONGEST - 20:
                allowed = _hurried(allowed)
            chances = torch.log_softmax(scores.masked_fill(~allowed, -math.inf), -1)
            total = torch.tensor([s for s, _ in alive])[:, None] + chances
            best = total.flatten().topk(min(beam, total.numel()))
            following: list[tuple[float, Writer]] = []
            for value, flat in zip(best.values.tolist(), best.indices.tolist(), strict=True):
                if value == -math.inf:
                    continue
                origin, token = divmod(flat, total.shape[1])
                writer = alive[origin][1].copy()
                writer.push(token)
                (finished if writer.done else following).append((value, writer))
            finished.sort(key=lambda f: -f[0])
            alive = following[:beam]
            if not alive or (finished and finished[0][0] >= alive[0][0]):
                break
    return [Decoded(w, math.exp(s)) for s, w in finished]


def _repeated(memory: "Memory", count: int) -> "Memory":
    from planner.language.network import Memory

    return Memory(memory.states.expand(count, -1, -1), memory.blind.expand(count, -1, -1, -1), memory.tokens)


def _hurried(allowed: "torch.Tensor") -> "torch.Tensor":
    """Takes the end of the draft wherever the grammar offers it."""
    done = allowed[:, EOS].clone()
    allowed = allowed.clone()
    allowed[done] = False
    allowed[done, EOS] = True
    return allowed


__all__ = ["WORDS", "Decoded", "decode"]
