"""Collates texts and tables into the tensors that the network reads."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from planner.language.encoder import SentenceEncoder
from planner.language.grammar import PAD, WORDS_OF_SLOT, rows_of_slot, slots_of
from planner.language.relations import NUMBERS, RELATIONS, arrays_of
from planner.language.table import EntityTable

if TYPE_CHECKING:
    import torch

DIRECT = 6
INDIRECT = 11
SIMILARITIES = DIRECT + INDIRECT
ALIKE_LEVELS = (0.5, 0.7, 0.9)
NUMBERS_IN = NUMBERS + 4 * len(ALIKE_LEVELS)
RELATIONS_IN = RELATIONS + 1


class Inputs(NamedTuple):
    """What the network reads.

    Args:
        text: Token states under each layer of the encoder, and of its last. # each (batch, tokens, 384)
        text_mask: # (batch, tokens)
        entities: Pooled descriptions. # (batch, rows, 384)
        entity_mask: # (batch, rows)
        numbers: # (batch, rows, NUMBERS_IN)
        similarity: Word token to entity. # (batch, tokens, rows, SIMILARITIES)
        relations: # (batch, rows, rows, RELATIONS_IN)
    """

    text: "tuple[torch.Tensor, ...]"
    text_mask: "torch.Tensor"
    entities: "torch.Tensor"
    entity_mask: "torch.Tensor"
    numbers: "torch.Tensor"
    similarity: "torch.Tensor"
    relations: "torch.Tensor"


class Targets(NamedTuple):
    """What the network should write.

    Args:
        tokens: From BOS to EOS, padded. # (batch, length)
        allowed: Mask of admissible tokens at each position after BOS. # (batch, length - 1, words + rows)
    """

    tokens: "torch.Tensor"
    allowed: "torch.Tensor"


def inputs_of(encoder: SentenceEncoder, token_ids: list[list[int]], tables: list[EntityTable]) -> Inputs:
    """Returns the inputs of a batch."""
    import torch

    arrays = arrays_of(tables)
    encoded = encoder.encode_tokens(token_ids)
    count, rows = arrays.mask.shape
    states, words, pooled = encoder.phrases([[r.words for r in t.rows] for t in tables], rows)
    mask = torch.from_numpy(arrays.mask)
    unit = torch.nn.functional.normalize
    text, lexical = unit(encoded.states, dim=-1), unit(encoded.embeddings, dim=-1)

    def best(tokens: torch.Tensor, parts: torch.Tensor) -> torch.Tensor:
        scores = torch.bmm(tokens.to(parts.dtype), parts.flatten(1, 2).transpose(1, 2))
        return scores.view(count, -1, rows, parts.shape[2]).amax(-1).float()

    whole = torch.bmm(text, pooled.transpose(1, 2))
    near, same = best(text, states), best(lexical, words)
    blind = (~mask)[:, None, :] * -10.0
    shares = [torch.softmax(scores + blind, -1) for scores in (whole * 20, near * 20, same * 10)]
    pooled = pooled * mask[..., None]
    likeness = torch.bmm(pooled, pooled.transpose(1, 2))
    relations = torch.cat([torch.from_numpy(arrays.relations), likeness[..., None]], -1)
    alike = torch.from_numpy(arrays.alike)
    delta = torch.from_numpy(arrays.delta)
    sign = torch.tanh(delta / 0.03)
    numbers = [torch.from_numpy(arrays.numbers)]
    for level in ALIKE_LEVELS:
        weight = torch.sigmoid((likeness - level) * 30) * alike * (1 - torch.eye(rows))
        total = weight.sum(-1, keepdim=True)
        rank = (weight[..., None] * sign).sum(2) / total.clamp(min=0.5)
        spread = (weight[..., None] * delta**2).sum(2)
        along = torch.where(spread[..., :1] > spread[..., 1:], rank[..., :1], rank[..., 1:])
        middle = (1 - along.abs()) * (total / 2).clamp(max=1.0)
        numbers.append(torch.cat([rank, total / 3, middle], -1))
    indirect = _indirect((shares[0] + shares[1]) / 2, relations, likeness, alike)
    similarity = torch.cat([torch.stack([whole, near, same, *shares], -1), indirect], -1)
    return Inputs(encoded.layers, encoded.mask, pooled, mask, torch.cat(numbers, -1), similarity, relations)


def _indirect(
    share: "torch.Tensor", relations: "torch.Tensor", likeness: "torch.Tensor", alike: "torch.Tensor"
) -> "torch.Tensor":
    """Returns how far a word means what an entity stands on, lies in, is near to, and so on.

    Args:
        share: How far a word means an entity. # (batch, tokens, rows)
        relations: # (batch, rows, rows, RELATIONS_IN)
        likeness: Cosine of descriptions. # (batch, rows, rows)
        alike: # (batch, rows, rows)
    """
    import torch

    near, across, along = relations[..., 6], relations[..., 7], relations[..., 8]
    kin = torch.sigmoid((likeness - 0.6) * 40) * alike
    # nearest of its kin: no entity like i is nearer to j
    closest = (near[:, None] * kin[..., None]).amax(2)
    leads = ((near >= closest - 1e-6) & (kin.sum(-1, keepdim=True) > 1.5)).float()
    ways = torch.stack(
        [
            *(relations[..., k] for k in (2, 4, 0, 10, 12, 13)),
            leads,
            *(torch.relu(side) * near for side in (across, -across, along, -along)),
        ],
        -1,
    )  # (batch, rows i, rows j, INDIRECT)
    count, rows = ways.shape[:2]
    spread = ways.permute(0, 2, 1, 3).reshape(count, rows, rows * INDIRECT)
    return torch.bmm(share, spread).view(count, -1, rows, INDIRECT)


def targets_of(sequences: list[list[int]], tables: list[EntityTable]) -> Targets:
    """Returns the targets of a batch."""
    import torch

    longest, rows = max(map(len, sequences)), max(map(len, tables))
    tokens = np.full((len(sequences), longest), PAD, np.int64)
    allowed = np.zeros((len(sequences), longest - 1, WORDS_OF_SLOT.shape[1] + rows), bool)
    for b, (sequence, table) in enumerate(zip(sequences, tables, strict=True)):
        tokens[b, : len(sequence)] = sequence
        slots = slots_of(sequence)
        allowed[b, : len(slots), : WORDS_OF_SLOT.shape[1]] = WORDS_OF_SLOT[slots]
        start = WORDS_OF_SLOT.shape[1]
        allowed[b, : len(slots), start : start + len(table)] = rows_of_slot(table)[slots]
        allowed[b, len(slots) :, PAD] = True
    return Targets(torch.from_numpy(tokens), torch.from_numpy(allowed))
