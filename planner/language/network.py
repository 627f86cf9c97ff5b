"""`Grounder`: the trained network. Joint attention over words and entities, then a pointer decoder.

Biases that attention gets besides its own scores: encoder similarity between a word and an entity,
and geometric or support relations between two entities. Words and entities share one projection.
"""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from planner.language.collate import NUMBERS_IN, RELATIONS_IN, SIMILARITIES, Inputs
from planner.language.grammar import WORDS
from planner.language.layers import ENCODER_WIDTH, Block, EncoderLayer, Seen

FAR_BELOW = -1e4


@dataclass(frozen=True)
class Size:
    """Hyperparameters of the network.

    Args:
        width: Model width.
        heads: Attention heads.
        layers: Joint layers.
        decoder_layers: Decoder layers.
        inner: Width of the feed-forward layers, as a multiple of `width`.
        longest: Longest draft in tokens.
        biased: Whether similarity and relations bias the attention.
        adapted: How many of the encoder's last layers are trained copies, for the request's words; entities and
            similarities keep the frozen ones.
    """

    width: int = 256
    heads: int = 8
    layers: int = 4
    decoder_layers: int = 2
    inner: int = 2
    longest: int = 160
    biased: bool = True
    adapted: int = 0

    def to_json(self) -> dict[str, int]:
        """Returns the sizes as plain data."""
        return asdict(self)


class Prefixes(NamedTuple):
    """What the decoder keeps of the prefixes that it has read, so that a step costs one token.

    Args:
        past: Keys and values of each layer. # (prefixes, heads, length, width / heads)
        cross: Keys and values of the memory, of each layer; a batch of one.
        blind: Bias that hides padding.
        pointed: What each entity looks like as an input. # (1, rows, width)
        targets: What a pointer is compared with. # (1, rows, width)
        length: Tokens read so far.
    """

    past: tuple[Seen | None, ...]
    cross: tuple[Seen, ...]
    blind: Tensor
    pointed: Tensor
    targets: Tensor
    length: int

    def kept(self, origins: Tensor) -> "Prefixes":
        """Returns the prefixes with these indices, in this order."""
        past = tuple(None if p is None else (p[0][origins], p[1][origins]) for p in self.past)
        return self._replace(past=past)


class Memory(NamedTuple):
    """What the decoder reads.

    Args:
        states: Words, then entities. # (batch, tokens + rows, width)
        blind: Bias that hides padding. # (batch, 1, 1, tokens + rows)
        tokens: Number of word tokens.
    """

    states: Tensor
    blind: Tensor
    tokens: int


class Grounder(nn.Module):
    """The network; see the module's docstring.

    Args:
        size: Hyperparameters.
    """

    def __init__(self, size: Size | None = None) -> None:
        super().__init__()
        self.size = size = size or Size()
        width, heads = size.width, size.heads
        self.top = nn.ModuleList(EncoderLayer() for _ in range(size.adapted))
        self.project = nn.Linear(ENCODER_WIDTH, width)
        self.kind = nn.Parameter(torch.zeros(2, width))
        self.numbers = nn.Sequential(nn.Linear(NUMBERS_IN, width), nn.GELU(), nn.Linear(width, width))
        self.similar = nn.Linear(SIMILARITIES, 2 * heads * size.layers)
        self.related = nn.Linear(RELATIONS_IN, heads * size.layers)
        self.blocks = nn.ModuleList(Block(width, heads, size.inner, cross=False) for _ in range(size.layers))
        self.memory_norm = nn.LayerNorm(width)
        self.words = nn.Embedding(WORDS, width)
        self.positions = nn.Parameter(torch.zeros(size.longest, width))
        self.pointed = nn.Linear(width, width)
        self.decoder = nn.ModuleList(Block(width, heads, size.inner, cross=True) for _ in range(size.decoder_layers))
        self.out_norm = nn.LayerNorm(width)
        self.word_scores = nn.Linear(width, WORDS)
        self.pointer = nn.Linear(width, width)
        self.target = nn.Linear(width, width)
        nn.init.normal_(self.words.weight, std=0.3)

    def remember(self, inputs: Inputs) -> Memory:
        """Returns the joint states of words and entities."""
        count, tokens = inputs.text_mask.shape
        rows = inputs.entity_mask.shape[1]
        text = self.project(self._heard(inputs)) + self.kind[0]
        entities = self.project(inputs.entities * 4.0) + self.kind[1] + self.numbers(inputs.numbers)
        x = torch.cat([text, entities], 1)
        layers, heads = self.size.layers, self.size.heads
        if not self.size.biased:
            inputs = inputs._replace(
                similarity=torch.zeros_like(inputs.similarity), relations=torch.zeros_like(inputs.relations)
            )
        similar = self.similar(inputs.similarity).view(count, tokens, rows, 2, layers, heads)
        related = self.related(inputs.relations).view(count, rows, rows, layers, heads).permute(3, 0, 4, 1, 2)
        forth = similar[:, :, :, 0].permute(3, 0, 4, 1, 2)
        back = similar[:, :, :, 1].permute(3, 0, 4, 2, 1)
        keys = torch.cat([inputs.text_mask, inputs.entity_mask], 1)
        blind = torch.where(keys, 0.0, FAR_BELOW)[:, None, None, :].to(forth.dtype)
        flat = torch.zeros(count, heads, tokens, tokens, dtype=forth.dtype)
        for i, block in enumerate(self.blocks):
            top = torch.cat([flat, forth[i]], -1)
            x = block(x, torch.cat([top, torch.cat([back[i], related[i]], -1)], -2) + blind)
        return Memory(self.memory_norm(x), blind, tokens)

    def _heard(self, inputs: Inputs) -> Tensor:
        """Returns the states of the request's words: the encoder's, its last layers replaced by the trained copies."""
        x = inputs.text[-1 - self.size.adapted]
        blind = torch.where(inputs.text_mask, 0.0, FAR_BELOW)[:, None, None, :]
        for layer in self.top:
            x = layer(x, blind.to(x.dtype))
        return x

    def adapt(self, layers: list[dict[str, Tensor]]) -> None:
        """Takes over the weights of the encoder's last layers, to train them on."""
        for layer, weights in zip(self.top, layers, strict=True):
            assert isinstance(layer, EncoderLayer)
            layer.copy(weights)

    def write(self, memory: Memory, tokens: Tensor) -> Tensor:
        """Returns the scores of the next token after each prefix, as (batch, length, words + rows)."""
        states, blind, split = memory
        entities = states[:, split:]
        pointers = self.pointed(entities)
        length = tokens.shape[1]
        row = (tokens - WORDS).clamp(min=0)
        spoken = self.words(tokens.clamp(max=WORDS - 1))
        shown = torch.gather(pointers, 1, row[..., None].expand(-1, -1, pointers.shape[-1]))
        x = torch.where((tokens >= WORDS)[..., None], shown.to(spoken.dtype), spoken) + self.positions[:length]
        causal = torch.full((length, length), FAR_BELOW).triu(1)[None, None].to(x.dtype)
        for block in self.decoder:
            x = block(x, causal, states, blind)
        x = self.out_norm(x)
        targets = self.target(entities)
        scores = torch.bmm(self.pointer(x), targets.transpose(1, 2)) * self.size.width**-0.5
        return torch.cat([self.word_scores(x), scores], -1)

    def _writers(self) -> list[Block]:
        return [b for b in self.decoder if isinstance(b, Block)]

    def begin(self, memory: Memory) -> Prefixes:
        """Returns the empty prefix over the memory of one request."""
        states, blind, split = memory
        entities = states[:, split:]
        cross = tuple(b.cross.remember(states) for b in self._writers() if b.cross is not None)
        none: tuple[Seen | None, ...] = (None,) * len(cross)
        return Prefixes(none, cross, blind, self.pointed(entities), self.target(entities), 0)

    def extend(self, prefixes: Prefixes, tokens: Tensor) -> tuple[Tensor, Prefixes]:
        """Returns the scores of what may follow once each prefix got one more token, and the longer prefixes.

        Args:
            prefixes: What was read before.
            tokens: One token for each prefix. # (prefixes,)
        """
        spoken = self.words(tokens.clamp(max=WORDS - 1))
        shown = prefixes.pointed[0][(tokens - WORDS).clamp(min=0)]
        x = torch.where((tokens >= WORDS)[:, None], shown, spoken) + self.positions[prefixes.length]
        x, past = x[:, None], []
        for block, before, cross in zip(self._writers(), prefixes.past, prefixes.cross, strict=True):
            x, seen = block.extend(x, before, cross, prefixes.blind)
            past.append(seen)
        x = self.out_norm(x)[:, 0]
        pointers = self.pointer(x) @ prefixes.targets[0].T * self.size.width**-0.5
        scores = torch.cat([self.word_scores(x), pointers], -1)
        return scores, prefixes._replace(past=tuple(past), length=prefixes.length + 1)

    def forward(self, inputs: Inputs, tokens: Tensor) -> Tensor:
        """Returns the scores of the next token after each prefix (teacher forcing)."""
        return self.write(self.remember(inputs), tokens)

    def shape(self) -> dict[str, Any]:
        """Returns the hyperparameters as plain data."""
        return self.size.to_json()
