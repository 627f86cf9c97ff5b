"""Labels are data: what a scene calls a thing, cut down to plain words before a model sees it."""

import unicodedata
from collections.abc import Iterable

LABEL_CHARACTERS = 60
"""Longest label that is shown. Source: our own; the longest label of LIBERO's scenes has 44."""
SPEECH_CHARACTERS = 400
"""Longest sentence of a model that is shown to a person. Source: our own."""
_KEPT = frozenset(" -'.,/&()%+")


def plain_label(text: str, most: int = LABEL_CHARACTERS) -> str:
    """Returns a label as plain words: letters, digits and ``-'.,/&()%+``, one line, at most ``most`` characters.

    What chat templates and Markdown read as structure (``<|``, ``[``, ``#``, backticks, line breaks, invisible
    characters) does not survive, so a label cannot begin a turn or end the block that it stands in.

    Args:
        text: The label, as a scene file or a person wrote it.
        most: Longest result.
    """
    return _fit(
        (c if c.isalnum() or unicodedata.category(c)[0] == "M" or c in _KEPT else " " for c in _nfkc(text)), most
    )


def plain_speech(text: str, most: int = SPEECH_CHARACTERS) -> str:
    """Returns a model's sentence as one printable line for a person, at most ``most`` characters.

    Args:
        text: What the model said.
        most: Longest result.
    """
    return _fit((c if unicodedata.category(c)[0] not in "CZ" else " " for c in _nfkc(text)), most)


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _fit(characters: Iterable[str], most: int) -> str:
    words = " ".join("".join(characters).split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
