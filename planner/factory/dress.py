"""Dresses a bare sentence: chatter before and after, spelling, punctuation, typing slips; and soils labels."""

import re
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from planner.factory.lexicon import read
from planner.factory.mood import MATRIX, around
from planner.language.layout import LABEL_WORDS, plain_label
from planner.language.table import EntityTable

SOILED = 0.03
"""Share of examples in which one label carries text that a stranger put there. Source: our own."""
SLIPS = 0.12
"""Share of sentences with one typing slip. Source: our own."""
CLIPPED = 0.04
"""Share of sentences without articles. Source: our own."""
FUNCTION_WORDS = frozenset(
    "the and then with that this from into onto over under your please have which should would could their them "
    "both each what when there after before next just".split()
)
"""Longer words that say nothing of the things: slips spare them, since they cost nothing to read."""
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


@cache
def chatter() -> dict[str, Any]:
    """Returns what people say around a request."""
    return dict(read("chatter"))


@cache
def junk() -> tuple[str, ...]:
    """Returns words that a stranger might put behind a label."""
    return tuple(read("junk"))


@cache
def neighbours() -> dict[str, str]:
    """Returns the keys beside and above or below each key."""
    found: dict[str, str] = {}
    for r, row in enumerate(KEYS):
        for c, key in enumerate(row):
            near = row[max(0, c - 1) : c] + row[c + 1 : c + 2]
            for other in (r - 1, r + 1):
                if 0 <= other < len(KEYS):
                    near += KEYS[other][c : c + 1]
            found[key] = near
    return found


def _one(options: list[Any], rng: np.random.Generator) -> Any:
    return options[int(rng.integers(len(options)))]


def dressed(text: str, verbal: bool, rng: np.random.Generator) -> str:
    """Returns the sentence as a person might type it.

    Args:
        text: The bare sentence, lower case.
        verbal: Whether it starts with an imperative verb.
        rng: Source of every choice.
    """
    words = chatter()
    text = text.replace(" 'd ", "'d ")
    if verbal and rng.random() < MATRIX:
        text = around(text, rng)
    elif verbal and rng.random() < 0.2:
        text = f"{_one(_one(words['orders'], rng), rng)} {text}"
    if rng.random() < 0.1:
        text = f"{_one(_one(words['calls'], rng), rng)} {text}"
    if rng.random() < 0.15:
        text = f"{text}{', ' if rng.random() < 0.5 else ' '}{_one(_one(words['after'], rng), rng)}"
    if rng.random() < 0.3:
        text = respelt(text, rng)
    if rng.random() < CLIPPED:
        text = re.sub(r"\b(the|a|an|my|our) ", "", text)
    if rng.random() < SLIPS:
        text = slipped(text, rng)
    draw = rng.random()
    if draw < 0.04:
        text = text.replace(",", "")
    elif draw < 0.06:
        text = text.replace("'", "")
    elif draw < 0.07:
        text = text.replace(" ", "  ", 1)
    if rng.random() < 0.35:
        text += _one([".", ".", ".", ".", "!", " .", "...", "!!", ";"], rng)
    return text


def respelt(text: str, rng: np.random.Generator) -> str:
    """Returns the text in British or in American spelling."""
    new = int(rng.random() < 0.5)
    for pair in chatter()["spellings"]:
        if pair[1 - new] in text:
            text = re.sub(rf"\b{pair[1 - new]}", pair[new], text)
    return text


def slipped(text: str, rng: np.random.Generator) -> str:
    """Returns the text with one typing slip in one of its content words."""
    spots = [m.span() for m in re.finditer(r"[a-z]{4,}", text) if m.group() not in FUNCTION_WORDS]
    if not spots:
        return text
    start, end = spots[int(rng.integers(len(spots)))]
    i = int(rng.integers(start + (end - start > 4), end))
    kind = rng.random()
    if kind < 0.3:
        if i == end - 1:
            i -= 1
        if text[i] == text[i + 1]:
            return text[:i] + text[i + 1 :]
        return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    if kind < 0.55:
        return text[:i] + text[i + 1 :]
    if kind < 0.75:
        return text[:i] + text[i] + text[i:]
    near = neighbours()[text[i]]
    typed = near[int(rng.integers(len(near)))]
    return text[:i] + typed + text[i + (kind < 0.93) :]


def soiled(table: EntityTable, rng: np.random.Generator) -> EntityTable:
    """Returns the table, rarely with one label that carries words meant to mislead; they change nothing."""
    if rng.random() >= SOILED:
        return table
    i = int(rng.integers(len(table)))
    words = plain_label(f"{table.rows[i].words} {junk()[int(rng.integers(len(junk())))]}")
    rows = list(table.rows)
    rows[i] = replace(rows[i], words=" ".join(words.split()[:LABEL_WORDS]))
    return EntityTable(rows)
