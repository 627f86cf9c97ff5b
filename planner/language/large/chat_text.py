"""`chat_text`: a conversation as the one text that a local model continues."""

from collections.abc import Mapping, Sequence
from typing import Any


def chat_text(tokenizer: Any, messages: Sequence[Mapping[str, Any]]) -> str:
    """Returns the conversation in the model's own chat format, ready for its answer.

    A model whose format knows no system turn gets that text at the head of the first user turn; one without a
    chat format gets headings. Our data blocks hold no character that any of these reads as structure.

    Args:
        tokenizer: The model's tokenizer.
        messages: ``{"role": ..., "content": ...}`` each.
    """
    if not getattr(tokenizer, "chat_template", None):
        return "".join(f"{m['role']}:\n{m['content']}\n\n" for m in messages) + "assistant:\n"
    from jinja2 import TemplateError

    try:
        return _rendered(tokenizer, messages)
    except TemplateError:
        system, first, *rest = messages
        merged = {"role": "user", "content": f"{system['content']}\n\n{first['content']}"}
        return _rendered(tokenizer, [merged, *rest])


def _rendered(tokenizer: Any, messages: Sequence[Mapping[str, Any]]) -> str:
    return str(tokenizer.apply_chat_template(list(messages), tokenize=False, add_generation_prompt=True))
