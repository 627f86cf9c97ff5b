"""Spelling of a request: a slip of the keyboard is mended where it is plain which word was meant.

A word that the sentence encoder knows as a whole, that stands in a label of the scene, or that is in the frequency list
of English words, is never touched. Any other is compared with the words of the scene's labels, at one slip's distance,
and is changed where exactly one of them is so near; then with the frequency list, by a noisy channel: how often a word
is written, times how likely fingers slip that way. It is changed where one word leads all others by far.

Source of the channel: Norvig, How to write a spelling corrector (2007). Source of the list: symspellpy, MIT.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Protocol

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
"""Shorter words stay as they are: too many others are near them."""
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""Rows of a keyboard: a finger hits the key beside the one it means."""
RARE_SLIP = 0.003
"""How much less likely a slip is that no finger explains: a letter in the place of a far one, or one too many."""
PREFIXES, ENDINGS = ("un", "re", "de", "non", "pre", "mis"), ("s", "es", "ed", "er", "ers", "ing", "ly", "ish", "less")
"""What makes a known word another that no list need have."""
LEAD = 3.0
"""How many times as likely as the next word the meant one must be. Source: our own, on generated requests."""
LEAST = 300_000.0
"""Least weight of a word that is put in, in occurrences of the list. Source: our own."""


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
        if len(said) < SHORTEST or said in here or words.knows(said) or said in frequencies():
            return said
        near = {w for w in slips(said) if w in here and len(w) >= SHORTEST}
        if near:
            return near.pop() if len(near) == 1 else said
        return said if derived(said, words) else meant(said, frequencies()) or said

    return re.sub(r"(?<![a-z'])[a-z]+(?![a-z'])", word, text.lower())


def derived(word: str, words: Words) -> bool:
    """Says whether a word is a known one with a prefix or an ending, such as "unbar" and "teether"."""
    stems = [word.removeprefix(p) for p in PREFIXES if word.startswith(p)]
    stems += [word.removesuffix(e) for e in ENDINGS if word.endswith(e) and len(word) - len(e) > len("bar")]
    return any(len(s) >= len("bar") and (words.knows(s) or s in frequencies()) for s in stems)


@cache
def frequencies() -> Mapping[str, int]:
    """Returns how often English words are written, for some 80,000 of them."""
    text = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    return {word: int(count) for word, count in (line.split() for line in text.splitlines())}


def meant(word: str, counts: Mapping[str, int]) -> str | None:
    """Returns the word that was meant by one that nobody knows, or None where several may be.

    Args:
        word: What was typed, in lower case.
        counts: Occurrences of the words that may be meant.
    """
    weights = {w: counts[w] * likely(w, word) for w in set(slips(word)) if w in counts and len(w) >= SHORTEST - 1}
    best, *others = sorted(weights, key=lambda w: -weights[w])[:2] or [""]
    if not best or weights[best] < LEAST or (others and weights[best] < LEAD * weights[others[0]]):
        return None
    return best


def likely(wanted: str, typed: str) -> float:
    """Returns how likely a slip of one key is, 1 for those that fingers make: swapped, left out, doubled, beside."""
    k = next((i for i, (a, b) in enumerate(zip(wanted, typed, strict=False)) if a != b), min(len(wanted), len(typed)))
    if len(typed) < len(wanted):
        return 1.0
    if len(typed) > len(wanted):
        return 1.0 if k > 0 and typed[k] == typed[k - 1] else RARE_SLIP
    if wanted[k + 1 : k + 2] and wanted[k : k + 2] == typed[k : k + 2][::-1]:
        return 1.0
    row = next((r for r in KEYS if wanted[k] in r), "")
    return 1.0 if typed[k] in row and abs(row.find(typed[k]) - row.find(wanted[k])) == 1 else RARE_SLIP


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
