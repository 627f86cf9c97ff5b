"""Prompts for large language models: messages, and versioned texts and examples read from files.

- `Message`: one turn of a conversation. `Template`: a versioned text with named fields, checked on
  reading. `templates/`: the texts (``decompose.v1.md``, ``repair.v1.md``).
- `Example`: a worked request with its scene and its right answer. `examples/`: the shipped ones; a test
  passes each through the compiler and the symbolic gate.
- `data_block`, `plain_label`, `plain_speech`: what keeps data from being read as instructions.

Imports nothing of ours; `planner.language` is its reader.
"""

from prompts.block import data_block
from prompts.example import Example, ExampleError, load_examples
from prompts.label import plain_label, plain_speech
from prompts.message import Message
from prompts.template import Template, TemplateError, load_template

__all__ = [
    "Example",
    "ExampleError",
    "Message",
    "Template",
    "TemplateError",
    "data_block",
    "load_examples",
    "load_template",
    "plain_label",
    "plain_speech",
]
