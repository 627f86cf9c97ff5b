"""Adding rows up: shares of all tasks, and failures by cause."""

from collections import Counter
from collections.abc import Callable, Sequence

from planner.bench.task import Row

SHARES: dict[str, Callable[[Row], bool]] = {
    "draft_correct": lambda r: r.draft_correct,
    "symbolic_pass": lambda r: r.symbolic_pass,
    "geometric_pass": lambda r: r.geometric_pass,
    "physics_pass": lambda r: r.physics_pass,
    "goal_met": lambda r: r.goal_met,
    "undisturbed": lambda r: r.undisturbed,
    "false_accept": lambda r: r.false_accept,
    "false_reject": lambda r: r.false_reject,
}
"""Figure -> which rows count for it."""


MEASURED_BY_DRAFTS = ("draft_correct", "symbolic_pass")
"""What a bench of drafts alone measures."""


def summary(rows: Sequence[Row], drafts_only: bool = False) -> dict[str, object]:
    """Returns ``n`` and every figure as a share of it, 0 to 1; None for what was not measured."""
    n = len(rows)
    figures: dict[str, object] = {"n": n}
    for name, counts in SHARES.items():
        share = round(sum(map(counts, rows)) / n, 4) if n else 0.0
        figures[name] = None if drafts_only and name not in MEASURED_BY_DRAFTS else share
    return figures


def causes(rows: Sequence[Row], drafts_only: bool = False) -> list[tuple[str, str, int]]:
    """Returns (stage, code, number of tasks) of all tasks that did not end well, most frequent first."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if not (row.draft_correct and row.symbolic_pass if drafts_only else row.goal_met):
            if not row.draft_correct and row.stage not in ("import", "decompose", "compile"):
                counted[row.stage, "draft-wrong"] += 1
            else:
                counted[row.stage, row.codes[0] if row.codes else "goal-missed"] += 1
    return [(stage, code, n) for (stage, code), n in counted.most_common()]
