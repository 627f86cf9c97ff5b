"""Suite ``own``: generated requests from a seed of its own, about things whose names training never sees."""

from planner.bench.language.generated import read_all
from planner.bench.language.reader import Reader
from planner.bench.language.table import Line
from planner.factory.evaluate import held_out
from planner.factory.generate import Example

SEED = 880_001
"""Seed of the suite; training draws from pairs (seed, chunk), its own evaluation from another seed."""
COUNT = 2000
SPARE = 1.3
"""Requests drawn for each one kept: those with several readings belong to the suite ``ambiguity``."""


def drawn(count: int = COUNT, seed: int = SEED) -> list[Example]:
    """Returns requests with one meaning, about withheld things.

    Args:
        count: How many.
        seed: Seed of the generator.
    """
    found: list[Example] = []
    turn = 0
    while len(found) < count:
        more = held_out(int(count * SPARE) + 10, seed + 1000 * turn, unseen=True)
        found += [example for example in more if not example.family.startswith("ask")]
        turn += 1
    return found[:count]


def measure(reader: Reader, count: int = COUNT) -> tuple[Line, ...]:
    """Returns one line for each request."""
    return read_all(drawn(count), reader)
