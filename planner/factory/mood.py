"""Wishes said in a roundabout way: a matrix ("it would please me to see that ...") around a clause or an infinitive."""

import re
from functools import cache

import numpy as np

from planner.factory.lexicon import read

CHOICE = re.compile(r"\[([^\]]*)\]")
"""A choice in a frame: ``[a|b]``."""
CLAUSES = 0.2
"""Share of requests for one act that are said as a wish that something be so. Source: our own."""
MATRIX = 0.2
"""Share of imperatives that get a matrix or a tail. Source: our own."""


@cache
def moods() -> dict[str, list[str]]:
    """Returns matrices and clauses by sort."""
    return {str(sort): list(found) for sort, found in read("moods").items()}


def drawn(sort: str, rng: np.random.Generator) -> str:
    """Returns one of the entries of a sort with its choices drawn."""

    def one(options: list[str]) -> str:
        return options[int(rng.integers(len(options)))]

    return CHOICE.sub(lambda m: one(m.group(1).split("|")), one(moods()[sort]))


def wished(sort: str, rng: np.random.Generator, **slots: str) -> str:
    """Returns a wish that something be so.

    Args:
        sort: What is wished: a sort of clause in ``moods.yaml``.
        rng: Source of every choice.
        slots: What fills the clause.
    """
    clause, matrix = drawn(sort, rng).format_map(slots), drawn("that", rng)
    if clause.startswith("!"):
        return tailed(clause[1:], rng, 0.3)
    if "{x}" in matrix:
        return matrix.replace("{x}", clause)
    return tailed(f"{matrix}{',' if matrix.split()[0] in ('in', 'ideally', 'if', 'to') else ''} {clause}", rng, 0.3)


def around(text: str, rng: np.random.Generator) -> str:
    """Returns an imperative behind a matrix, before a tail, or both."""
    draw = rng.random()
    if draw < 0.75:
        text = f"{drawn('to' if draw < 0.4 else 'so', rng)} {text}"
    return tailed(text, rng, 0.25 if draw < 0.75 else 1.0)


def tailed(text: str, rng: np.random.Generator, share: float) -> str:
    """Returns the text, with a given probability with a tail."""
    return f"{text}, {drawn('tail', rng)}" if rng.random() < share else text
