"""Suite ``own``: generated requests from a seed, nouns and templates that training never sees; goals exact."""

from collections.abc import Callable, Sequence

import numpy as np

from planner.bench.language.generated import read_all
from planner.bench.language.reader import Reader
from planner.bench.language.table import Line
from planner.factory import generate, lexicon
from planner.factory.generate import Example

SEED = 880_001
"""Seed of the suite; training draws from pairs (seed, chunk), its evaluation from another."""
COUNT = 2000


def drawn(count: int = COUNT, seed: int = SEED) -> list[Example]:
    """Returns the suite's examples: over withheld nouns and templates where the lexicon withholds some.

    Args:
        count: How many.
        seed: Seed of the generator.
    """
    withheld: Callable[[], Sequence[lexicon.Concept]] | None = getattr(lexicon, "withheld", None)
    words = tuple(withheld()) if withheld is not None else None
    return list(generate.examples(np.random.default_rng(seed), count, words))


def measure(reader: Reader, count: int = COUNT) -> tuple[Line, ...]:
    """Returns one line for each example."""
    return read_all(drawn(count), reader)
