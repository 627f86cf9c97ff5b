"""`SchemaProcessor`: masks every token that would leave a JSON schema; the grammar is llguidance's."""

import json
from collections.abc import Mapping
from typing import Any

import llguidance
import numpy as np
import torch
from llguidance.hf import from_tokenizer
from llguidance.numpy import allocate_token_bitmask, fill_next_token_bitmask
from transformers import LogitsProcessor, PreTrainedTokenizerFast

from planner.language.large.errors import LanguageModelError


class Grammar:
    """A tokenizer made ready for masks; kept as long as its model (making it costs about a second).

    Args:
        tokenizer: The model's fast tokenizer.
        vocabulary: Width of the model's logits; at least the tokenizer's own.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerFast, vocabulary: int) -> None:
        self.vocabulary = vocabulary
        self._tokenizer = from_tokenizer(tokenizer, n_vocab=vocabulary)

    def processor(self, schema: Mapping[str, Any], prompt: int) -> "SchemaProcessor":
        """Returns a processor for one generation.

        Args:
            schema: JSON schema of the answer.
            prompt: Number of tokens of the prompt.

        Raises:
            LanguageModelError: The schema cannot be made a grammar.
        """
        options: Any = {"whitespace_flexible": False, "item_separator": ",", "key_separator": ":"}
        text = llguidance.LLMatcher.grammar_from_json_schema(json.dumps(schema), overrides=options)
        matcher = llguidance.LLMatcher(self._tokenizer, text, log_level=0)
        if matcher.is_error():
            what = f"The answer's schema cannot be enforced: {matcher.get_error()[:200]}"
            raise LanguageModelError.at("lm-schema", "--lm", what, "Report this.")
        return SchemaProcessor(matcher, self.vocabulary, prompt)


class SchemaProcessor(LogitsProcessor):
    """Sets the logits of forbidden tokens to minus infinity. For one sequence, greedy or sampled; no beams.

    Args:
        matcher: The grammar's state.
        vocabulary: Width of the logits.
        prompt: Number of tokens before the answer.
    """

    def __init__(self, matcher: llguidance.LLMatcher, vocabulary: int, prompt: int) -> None:
        self.matcher = matcher
        self._seen = prompt
        self._bits = allocate_token_bitmask(1, vocabulary)

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        """Returns the masked scores.  # (1, tokens), (1, vocabulary) -> (1, vocabulary)."""
        new = input_ids[0, self._seen :].tolist()
        self._seen += len(new)
        if new and not self.matcher.is_stopped():
            self.matcher.consume_tokens(new)
        fill_next_token_bitmask(self.matcher, self._bits)
        allowed = np.unpackbits(self._bits.view(np.uint8), bitorder="little")[: scores.shape[-1]].astype(bool)
        mask = torch.from_numpy(allowed).to(scores.device)
        return scores.masked_fill(~mask, float("-inf"))  # type: ignore[return-value]
