"""`Reference`: words that single out one entity."""

from typing import NamedTuple


class Reference(NamedTuple):
    """A referring expression.

    Args:
        text: The words, with their article.
        mode: How it singles out, for counting: ``name``, ``use``, ``left``, ``next``, ...
    """

    text: str
    mode: str
