"""`--lm local:PATH_OR_ID`: any Hugging Face causal model on this machine, bound to the answer's schema."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.language.large.errors import LanguageModelError
from planner.language.large.model import Completion
from prompts import Message

if TYPE_CHECKING:
    from planner.language.large.local_chat import LocalChat

HUB_TIMEOUT_S = 3.0
"""How long a hub may take to say that it is there [s]."""


class LocalCompleter:
    """Asks a model that is loaded, at the first request, into this process.

    Weights are read from safetensors alone, and no code that comes with a model is ever run.

    Args:
        source: A folder with the model, or its id on a hub (a copy in the hub's cache is preferred).
        most_tokens: Longest answer, in tokens.
    """

    def __init__(self, source: str, most_tokens: int = 1024) -> None:
        self._source, self._most_tokens = source, most_tokens

    @cached_property
    def chat(self) -> "LocalChat":
        """The model as a langchain chat model.

        Raises:
            LanguageModelError: There is no such model, or it is not safetensors with a fast tokenizer.
        """
        from planner.language.large.constrain import Grammar
        from planner.language.large.local_chat import LocalChat

        model, tokenizer = _loaded(self._source)
        width = int(model.get_output_embeddings().weight.shape[0])
        grammar = Grammar(tokenizer, width)
        return LocalChat(model=model, tokenizer=tokenizer, grammar=grammar, most_tokens=self._most_tokens)

    def ready(self) -> None:
        """Loads the model.

        Raises:
            LanguageModelError: It cannot be loaded.
        """
        _ = self.chat

    def complete(self, messages: Sequence[Message], schema: Mapping[str, Any], deadline_s: float) -> Completion:
        """Returns the model's answer; decoding cannot leave the schema.

        Raises:
            LanguageModelError: The model cannot be loaded, or the request is longer than it can read.
        """
        from langsmith import tracing_context

        chat = self.chat
        with tracing_context(enabled=False):  # nothing leaves the machine, whatever the environment asks for
            said = chat.invoke([m.to_json() for m in messages], schema=schema, deadline_s=deadline_s)
        return Completion(str(said.text), said.response_metadata.get("finish_reason") == "length")


def _loaded(source: str) -> tuple[Any, Any]:
    """Returns the model and its tokenizer.

    Raises:
        LanguageModelError: They cannot be had.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    local = _local_only(source)
    options: dict[str, Any] = {"local_files_only": local, "trust_remote_code": False}
    try:
        tokenizer = AutoTokenizer.from_pretrained(source, **options)
        model: Any = AutoModelForCausalLM.from_pretrained(source, use_safetensors=True, dtype="auto", **options)
    except Exception as error:  # the one border to what a model folder can hold
        what = f"{source!r} cannot be loaded: {' '.join(str(error).split())[:300]}"
        remedy = "Give a folder with config.json, *.safetensors and tokenizer.json, or the id of such a model."
        raise LanguageModelError.at("no-model", "--lm", what, remedy) from error
    if not tokenizer.is_fast or tokenizer.eos_token_id is None:
        what = f"{source!r} has no fast tokenizer with an end token, which constrained decoding needs."
        raise LanguageModelError.at("no-model", "--lm", what, "Use a model that ships tokenizer.json.")
    return model.to("cuda" if torch.cuda.is_available() else "cpu").eval(), tokenizer


def _local_only(source: str) -> bool:
    """Says whether the model must be found on this machine: it is a folder, it is in the cache, or no hub answers."""
    if Path(source).is_dir():
        return True
    from huggingface_hub import HfApi, try_to_load_from_cache

    try:
        if isinstance(try_to_load_from_cache(source, "config.json"), str):
            return True
        HfApi().model_info(source, timeout=HUB_TIMEOUT_S)
    except Exception:  # no such id, no network, offline mode: the loader says which
        return True
    return False
