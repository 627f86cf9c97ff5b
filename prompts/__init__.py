"""Prompts for large language models: messages, and versioned templates read from files.

- `Message`: one turn of a conversation. `Template`: a versioned text with named fields, checked on
  reading. `templates/`: the texts (``decompose.v1.md``).

Imports nothing of ours; `planner.language` is its reader.
"""

from prompts.message import Message
from prompts.template import Template, TemplateError, load_template

__all__ = ["Message", "Template", "TemplateError", "load_template"]
