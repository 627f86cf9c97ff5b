"""`fixtures`: thirty rehearsals that break each watched rule, and thirty that break none, drawn with a seed."""

from collections.abc import Callable, Iterator

from planner.bench.watched import arm, hand
from planner.bench.watched.fixture import Fixture

MAKERS: dict[str, Callable[[bool, int, int], Fixture]] = {
    "slow-near-people": arm.near_people,
    "hazard-near-people": hand.hazard_near_people,
    "keep-out-zone": arm.keep_out,
    "level-vessel": hand.level_vessel,
    "gentle-with-fragile": hand.fragile,
    "nothing-knocked-over": hand.knocked_over,
    "safe-end": hand.safe_end,
}
"""Rule that is watched -> (violating, index, seed) -> a fixture."""


def fixtures(rule: str, violating: bool, each: int, seed: int = 0) -> Iterator[Fixture]:
    """Yields fixtures of one rule.

    Args:
        rule: Id of a rule that is watched.
        violating: They break it; else they break none.
        each: How many.
        seed: Seed of the draw.
    """
    for index in range(each):
        yield MAKERS[rule](violating, index, seed)
