"""Layers of the network: attention with an additive bias, blocks of it, and the sentence encoder's kind of layer."""

import torch
from torch import Tensor, nn

Seen = tuple[Tensor, Tensor]
"""Keys and values, each as (batch, heads, tokens, width / heads)."""
ENCODER_WIDTH, ENCODER_HEADS, ENCODER_INNER = 384, 12, 1536


class Attention(nn.Module):
    """Multi-head attention by plain batched products, with an additive bias."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.memory = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def remember(self, memory: Tensor) -> tuple[Tensor, Tensor]:
        """Returns keys and values of a memory, each as (batch, heads, keys, width / heads)."""
        count, _, width = memory.shape
        k, v = self.memory(memory).view(count, -1, 2, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        return k, v

    def look(self, x: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
        """Returns the attended values; ``bias`` is (batch, heads or 1, queries, keys)."""
        count, queries, width = x.shape
        size = width // self.heads
        q = self.query(x).view(count, queries, self.heads, size).transpose(1, 2)
        scores = torch.matmul(q, k.transpose(-1, -2)) * size**-0.5 + bias
        values = torch.matmul(torch.softmax(scores, -1), v)
        return self.out(values.transpose(1, 2).reshape(count, queries, width))  # type: ignore[no-any-return]

    def forward(self, x: Tensor, memory: Tensor, bias: Tensor) -> Tensor:
        """Returns the attended values; ``bias`` is (batch, heads or 1, queries, keys)."""
        return self.look(x, *self.remember(memory), bias)


class Block(nn.Module):
    """One pre-norm transformer block, with cross attention if asked."""

    def __init__(self, width: int, heads: int, inner: int, cross: bool) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.attend = Attention(width, heads)
        self.cross_norm = nn.LayerNorm(width) if cross else None
        self.cross = Attention(width, heads) if cross else None
        self.feed_norm = nn.LayerNorm(width)
        self.feed = nn.Sequential(nn.Linear(width, inner * width), nn.GELU(), nn.Linear(inner * width, width))

    def forward(
        self, x: Tensor, bias: Tensor, memory: Tensor | None = None, memory_bias: Tensor | None = None
    ) -> Tensor:
        """Returns the block's output, same shape as ``x``."""
        y = self.norm(x)
        x = x + self.attend(y, y, bias)
        if self.cross is not None and self.cross_norm is not None and memory is not None and memory_bias is not None:
            x = x + self.cross(self.cross_norm(x), memory, memory_bias)
        return x + self.feed(self.feed_norm(x))  # type: ignore[no-any-return]

    def extend(self, x: Tensor, past: Seen | None, cross: Seen, blind: Tensor) -> tuple[Tensor, Seen]:
        """Returns the block's output for one more token, and all keys and values so far.

        Args:
            x: The new token. # (batch, 1, width)
            past: Keys and values of the tokens before it, or None.
            cross: Keys and values of the memory; a batch of one serves every prefix.
            blind: Bias that hides the memory's padding.
        """
        y = self.norm(x)
        k, v = self.attend.remember(y)
        if past is not None:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        x = x + self.attend.look(y, k, v, x.new_zeros(()))
        assert self.cross is not None and self.cross_norm is not None
        x = x + self.cross.look(self.cross_norm(x), *cross, blind)
        return x + self.feed(self.feed_norm(x)), (k, v)


class EncoderLayer(nn.Module):
    """One post-norm layer as the sentence encoder has them, so that its weights can be trained on."""

    def __init__(self) -> None:
        super().__init__()
        self.attend = Attention(ENCODER_WIDTH, ENCODER_HEADS)
        self.norm = nn.LayerNorm(ENCODER_WIDTH, eps=1e-12)
        self.feed = nn.Sequential(
            nn.Linear(ENCODER_WIDTH, ENCODER_INNER), nn.GELU(), nn.Linear(ENCODER_INNER, ENCODER_WIDTH)
        )
        self.feed_norm = nn.LayerNorm(ENCODER_WIDTH, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Returns the layer's output, same shape as ``x``."""
        x = self.norm(x + self.attend(x, x, bias))
        return self.feed_norm(x + self.feed(x))  # type: ignore[no-any-return]

    def copy(self, weights: dict[str, Tensor]) -> None:
        """Takes over the weights of an encoder's layer, by the names that BERT gives them."""
        own = {"attend.query": "attention.self.query", "attend.out": "attention.output.dense"}
        own |= {"norm": "attention.output.LayerNorm", "feed.0": "intermediate.dense", "feed.2": "output.dense"}
        own |= {"feed_norm": "output.LayerNorm"}
        parts = ("weight", "bias")
        state = {f"{k}.{part}": weights[f"{v}.{part}"] for k, v in own.items() for part in parts}
        for part in parts:
            both = [weights[f"attention.self.{name}.{part}"] for name in ("key", "value")]
            state[f"attend.memory.{part}"] = torch.cat(both)
        self.load_state_dict(state)
