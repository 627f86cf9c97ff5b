"""The symbolic half of `rehearse bench gates`: mutants that live, and disagreements with unified-planning."""

from collections import Counter
from itertools import islice
from typing import Any

from planner.bench.gates.differential import pairs
from planner.bench.gates.mutants import CHANGES, judged
from planner.bench.progress import Progress

EVERY = 250
"""Plans between two lines of progress."""


def measure(mutants: int = 2000, count: int = 5000, seed: int = 0) -> dict[str, Any]:
    """Returns the figures: how many mutants lived, and on how many plans gate and validator disagree.

    Args:
        mutants: Mutants that are no valid plans any more; those that still are come on top, as ``equivalent``.
        count: Plans on which both are asked.
        seed: Seed of everything.
    """
    by_operator = {name: Counter[str]() for name in CHANGES}
    escaped: list[str] = []
    progress = Progress((mutants + count) // EVERY)
    done = stricter = 0
    for number, mutant in enumerate(judged(seed), 1):
        if done >= mutants:
            break
        row = by_operator[mutant.operator]
        if mutant.valid:
            row["equivalent" if mutant.accepted else "refused though it can be done"] += 1
            stricter += not mutant.accepted
            continue
        done += 1
        row["accepted" if mutant.accepted else "refused"] += 1
        if mutant.accepted:
            escaped.append(f"{mutant.operator}: {mutant.plan}")
        if done % EVERY == 0:
            progress.step(f"mutants, {len(escaped)} accepted of {number} made")
    both = Counter[tuple[bool, bool]]()
    odd: list[str] = []
    for number, pair in enumerate(islice(pairs(seed), count), 1):
        both[pair.ours, pair.theirs] += 1
        if pair.ours != pair.theirs:
            odd.append(f"ours {pair.ours}, theirs {pair.theirs}: {pair.plan}")
        if number % EVERY == 0:
            progress.step(f"pairs, {len(odd)} disagreements")
    return {
        "mutants_accepted": len(escaped),
        "disagreements": len(odd),
        "mutants": done,
        "pairs": sum(both.values()),
        "valid_pairs": both[True, True],
        "equivalent": sum(row["equivalent"] for row in by_operator.values()),
        "stricter": stricter,
        "by_operator": {name: dict(sorted(row.items())) for name, row in by_operator.items()},
        "accepted_plans": escaped,
        "disagreeing_plans": odd,
    }
