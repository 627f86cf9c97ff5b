"""Suite ``own``: generated requests about things whose names training never sees; half in frames it never sees."""

from collections.abc import Iterator
from itertools import islice

from planner.bench.language.case import Case
from planner.bench.language.generated import Heard, case_of, heard
from planner.bench.language.unheard import unheard
from planner.factory.generate import Example
from planner.factory.training.evaluate import held_out

SEED = 880_001
"""Seed of the suite; training draws from pairs (seed, chunk), its own evaluation from another seed."""
COUNT = 2000
FIRST = 64
"""Examples drawn at first; twice as many each time that they do not suffice."""


def drawn(count: int = COUNT, seed: int = SEED) -> list[Heard]:
    """Returns requests with one meaning: in the factory's frames and in withheld ones by turns.

    Args:
        count: How many.
        seed: Seed of the generators.
    """
    known = heard(_known(seed), (count + 1) // 2)
    new = heard(unheard(seed), count // 2)
    return [item for pair in zip(known, new, strict=False) for item in pair] + known[len(new) :]


def _known(seed: int) -> Iterator[Example]:
    """Yields the factory's requests, every family equally often, so that no change of what training sees changes them.

    Those that call for a question are left out: they are another suite's.
    """
    done, count = 0, FIRST
    while True:
        for example in islice(held_out(count, seed, unseen=True, evenly=True), done, None):
            if not example.family.startswith("ask"):
                yield example
        done, count = count, 2 * count


def cases(count: int = COUNT) -> list[Case]:
    """Returns the suite's requests."""
    return [case_of(number, item) for number, item in enumerate(drawn(count), 1)]
