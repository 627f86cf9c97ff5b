"""Spelling of a request: a slip of the keyboard is mended where it is plain which word was meant.

A word that the sentence encoder knows as a whole, or that stands in a label of the scene, is never touched. Any other
is compared with the words of the scene's labels, at one slip's distance; then, for swapped letters alone, with the
words that the encoder knows. It is changed only where exactly one word is so near. (Other slips lead from rare words to
common ones, "rinse" to "rise", more often than back from a slip.)
"""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
"""Shorter words stay as they are: too many others are near them."""
SHORTEST_KNOWN = 5
"""Shortest word that is compared with all known words. Source: our own; on generated requests no name was changed."""


class Words(Protocol):
    """Who knows words: the sentence encoder."""

    def knows(self, word: str) -> bool:
        """Says whether a word in lower case is one that its vocabulary has whole."""


def mended(text: str, labels: Iterable[str], words: Words) -> str:
    """Returns a request in lower case with plain slips mended.

    Args:
        text: The request.
        labels: What the things of the scene are called.
        words: Who knows words.
    """
    here = {w for label in labels for w in re.findall(r"[a-z]+", label.lower())}
    here |= {f"{w}s" for w in here} | {w[:-1] for w in here if w.endswith("s")}

    def word(found: re.Match[str]) -> str:
        said = found.group()
        if len(said) < SHORTEST or said in here or words.knows(said):
            return said
        near = {w for w in slips(said) if w in here and len(w) >= SHORTEST}
        if not near and len(said) >= SHORTEST_KNOWN:
            near = {w for w in swapped(said) if words.knows(w)}
        return near.pop() if len(near) == 1 else said

    return re.sub(r"(?<![a-z'])[a-z]+(?![a-z'])", word, text.lower())


def slips(word: str) -> Iterator[str]:
    """Yields the words that differ by one letter more, one less, one other, or two swapped."""
    yield from swapped(word)
    for k in range(len(word) + 1):
        head, tail = word[:k], word[k:]
        if tail:
            yield head + tail[1:]
        for letter in LETTERS:
            yield head + letter + tail
            if tail and letter != tail[0]:
                yield head + letter + tail[1:]


def swapped(word: str) -> Iterator[str]:
    """Yields the words that differ by two neighbouring letters swapped."""
    for k in range(len(word) - 1):
        if word[k] != word[k + 1]:
            yield word[:k] + word[k + 1] + word[k] + word[k + 2 :]
