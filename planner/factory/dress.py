"""Dresses a bare sentence: chatter before and after, case, punctuation, typing slips."""

from dataclasses import replace

import numpy as np

from planner.factory.lexicon import read, speech
from planner.language.layout import LABEL_WORDS, plain_label
from planner.language.table import EntityTable

SOILED = 0.03
"""Share of examples in which one label carries text that a stranger put there. Source: our own."""
JUNK: tuple[str, ...] = tuple(read("junk"))

NEIGHBOURS = {
    "a": "sq",
    "e": "wr",
    "i": "uo",
    "o": "ip",
    "t": "ry",
    "n": "bm",
    "s": "ad",
    "r": "et",
    "l": "k",
    "d": "sf",
    "c": "xv",
    "m": "n",
    "p": "o",
    "u": "yi",
    "h": "gj",
    "g": "fh",
}


def dressed(text: str, verbal: bool, rng: np.random.Generator) -> str:
    """Returns the sentence as a person might type it.

    Args:
        text: The bare sentence, lower case.
        verbal: Whether it starts with an imperative verb.
        rng: Source of every choice.
    """
    words = speech()
    draw = rng.random()
    if verbal and draw < 0.27:
        before = words["before"]
        chosen = before[int(rng.integers(len(before)))]
        text = f"{chosen if isinstance(chosen, str) else chosen[0]} {text}"
    elif not verbal and draw < 0.06:
        text = f"{['hey,', 'ok,', 'so', 'well,', 'hi robot,', 'now'][int(rng.integers(6))]} {text}"
    if rng.random() < 0.13:
        after = words["after"]
        text = f"{text}{', ' if rng.random() < 0.5 else ' '}{after[int(rng.integers(len(after)))]}"
    if rng.random() < 0.07:
        text = slipped(text, rng)
    if rng.random() < 0.3:
        text += [".", ".", "!", " ."][int(rng.integers(4))]
    return text


def slipped(text: str, rng: np.random.Generator) -> str:
    """Returns the text with one or two typing slips."""
    letters = list(text)
    for _ in range(1 + int(rng.random() < 0.3)):
        i = int(rng.integers(1, max(2, len(letters) - 1)))
        if i >= len(letters) or not letters[i].isalpha():
            continue
        kind = rng.random()
        if kind < 0.3:
            letters[i] = ""
        elif kind < 0.55 and i + 1 < len(letters):
            letters[i], letters[i + 1] = letters[i + 1], letters[i]
        elif kind < 0.8:
            letters[i] *= 2
        else:
            near = NEIGHBOURS.get(letters[i], letters[i])
            letters[i] = near[int(rng.integers(len(near)))]
    return "".join(letters)


def soiled(table: EntityTable, rng: np.random.Generator) -> EntityTable:
    """Returns the table, rarely with one label that carries words meant to mislead; they change nothing."""
    if rng.random() >= SOILED:
        return table
    i = int(rng.integers(len(table)))
    junk = JUNK[int(rng.integers(len(JUNK)))]
    words = plain_label(f"{table.rows[i].words} {junk}")
    rows = list(table.rows)
    rows[i] = replace(rows[i], words=" ".join(words.split()[:LABEL_WORDS]))
    return EntityTable(rows)
