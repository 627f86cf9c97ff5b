"""The table of all settings: shares that were packed, with intervals, beside the published ones."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from planner.bench.packing.trial import Source
from planner.bench.task import Row
from planner.bench.wilson import wilson

HARD = "hard_box_small_basket"
"""The setting that the figures `hard_lm` and `hard_oracle` are of."""
PUBLISHED: Mapping[str, tuple[float, float]] = {
    "easy_box_small_basket": (1.0, 1.0),
    "medium_box_small_basket": (1.0, 1.0),
    "hard_box_small_basket": (0.6, 0.7),
    "hard_box_medium_basket": (0.8, 0.7),
    "hard_box_large_basket": (0.5, 0.6),
}
"""Setting -> shares with feedback, (backtrack, from scratch), where they published some.

Source: LLM3 (Wang et al., 2024), tables of its two experiments, at most 20 model calls, 10 instances; kinematic.
"""


class Share(TypedDict):
    """What became of one setting under one source of goals."""

    n: int
    packed: int
    share: float
    wilson: tuple[float, float]
    certified: int
    undisturbed: int
    failures: dict[str, int]


def summary(rows: Sequence[Row]) -> dict[str, object]:
    """Returns ``hard_lm``, ``hard_oracle`` (None where not tried) and ``table``: setting -> source -> `Share`."""
    table: dict[str, dict[str, Share]] = {}
    for row in rows:
        source, setting, _ = row.task.split("/")
        table.setdefault(setting, {}).setdefault(source, share_of(rows, source, setting))
    hard = table.get(HARD, {})
    figures = {f"hard_{s.value}": hard[s.value]["share"] if s.value in hard else None for s in Source}
    false = sum(r.false_accept for r in rows)
    return {**figures, "n": len(rows), "false_accept": false, "table": table, "published": PUBLISHED}


def share_of(rows: Sequence[Row], source: str, setting: str) -> Share:
    """Returns what became of one setting under one source of goals."""
    mine = [r for r in rows if r.task.startswith(f"{source}/{setting}/")]
    packed = sum(r.goal_met for r in mine)
    failures: dict[str, int] = {}
    for row in mine:
        if not row.goal_met:
            why = f"{row.stage}: {row.codes[0] if row.codes else 'goal-missed'}"
            failures[why] = failures.get(why, 0) + 1
    low, high = wilson(packed, len(mine))
    return Share(
        n=len(mine),
        packed=packed,
        share=round(packed / len(mine), 4) if mine else 0.0,
        wilson=(round(low, 3), round(high, 3)),
        certified=sum(r.certified for r in mine),
        undisturbed=sum(r.undisturbed for r in mine),
        failures=failures,
    )
