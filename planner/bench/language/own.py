"""Suite ``own``: generated requests from a seed of its own, about things whose names training never sees."""

from collections.abc import Iterator

from planner.bench.language.case import Case
from planner.bench.language.generated import Heard, case_of, heard
from planner.factory.evaluate import held_out
from planner.factory.generate import Example

SEED = 880_001
"""Seed of the suite; training draws from pairs (seed, chunk), its own evaluation from another seed."""
COUNT = 2000
BATCH = 500
"""Examples drawn at once."""


def drawn(count: int = COUNT, seed: int = SEED) -> list[Heard]:
    """Returns requests with one meaning, about withheld things; what calls for a question is another suite's.

    Args:
        count: How many.
        seed: Seed of the generator.
    """
    return heard((e for e in _endless(seed) if not e.family.startswith("ask")), count)


def _endless(seed: int) -> Iterator[Example]:
    turn = 0
    while True:
        yield from held_out(BATCH, seed + 1000 * turn, unseen=True)
        turn += 1


def cases(count: int = COUNT) -> list[Case]:
    """Returns the suite's requests."""
    return [case_of(number, item) for number, item in enumerate(drawn(count), 1)]
