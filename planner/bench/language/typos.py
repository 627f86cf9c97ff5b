"""One typo a sentence: two letters swapped, one dropped, doubled, or hit beside its key."""

import re

import numpy as np

KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORTEST = 4
"""Words shorter than this stay as they are: "on" and "in" would become each other."""


def with_typo(text: str, rng: np.random.Generator) -> str:
    """Returns the text with one typo in one of its longer words; the text itself where it has none.

    Args:
        text: A sentence.
        rng: Source of the choice.
    """
    words = list(re.finditer(rf"[A-Za-z]{{{SHORTEST},}}", text))
    if not words:
        return text
    word = words[int(rng.integers(len(words)))]
    at = word.start() + int(rng.integers(1, len(word.group()) - 1))
    return text[:at] + _slip(text[at], text[at + 1], int(rng.integers(4)), rng) + text[at + 2 :]


def _slip(letter: str, following: str, sort: int, rng: np.random.Generator) -> str:
    """Returns what is typed instead of two letters."""
    if sort == 0 and letter != following:
        return following + letter
    if sort == 1:
        return following
    if sort == 2:
        return letter + letter + following
    row = next((r for r in KEYS if letter.lower() in r), "")
    place = row.find(letter.lower())
    beside = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    return (beside[int(rng.integers(len(beside)))] if beside else letter + letter) + following
