"""How fast the symbolic gate is: the same plans for it and for unified-planning's validator, in one run.

Both are timed in processor time, each plan several times, the least of which counts: so other work on the machine
weighs on neither. What is timed is what each does with a plan that it is given: the gate's whole `check`, with types,
all legal orders and links; the validator's `validate` on one order of the same calls. What is prepared once is in
neither: the validator's problem (scene, fluents, actions and goal), the hashes of plan and scene, and the facts that
the scene's file states.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from planner.bench.gates.encoding import Encoding
from planner.bench.gates.walks import Walks
from planner.bench.progress import Progress
from sim_checks.symbolic import check
from skills.scene import Scene

LENGTHS = (10, 20, 50, 100, 200, 500, 1000)
"""Steps of the plans."""


class Timed(NamedTuple):
    """One plan, judged by both.

    Args:
        steps: Its length.
        ours_s: Processor time of the gate [s].
        theirs_s: Processor time of unified-planning's validator [s].
    """

    steps: int
    ours_s: float
    theirs_s: float


def measure(
    scene: Scene, lengths: Sequence[int] = LENGTHS, plans: int = 2, repeats: int = 5, seed: int = 0
) -> list[Timed]:
    """Returns the times of valid plans of each length.

    Args:
        scene: The scene.
        lengths: Steps of the plans.
        plans: Plans of each length.
        repeats: How often the gate judges each; the validator, which takes long, judges long ones twice.
        seed: Seed of the plans.

    Raises:
        RuntimeError: One of the two does not find a plan valid, so that they did not do the same work.
    """
    progress = Progress(len(lengths) * plans)
    found = []
    for length in lengths:
        for number in range(plans):
            walks = Walks(scene, random.Random(f"{seed}/{length}/{number}"))
            graph = walks.plan(length)
            steps = [n.step for n in graph.nodes]
            encoding = Encoding(scene, walks.start, steps)
            plan = encoding.prepared(steps, graph.goal)
            ours = _least(lambda: bool(check(graph, scene)), repeats)  # noqa: B023
            theirs = _least(lambda: encoding.validate(plan), 2 if length > 100 else repeats)  # noqa: B023
            found.append(Timed(length, ours, theirs))
            progress.step(f"{length} steps: {ours * 1e3:.2f} ms, unified-planning {theirs * 1e3:.1f} ms")
    return found


def _least(judge: Callable[[], bool], repeats: int) -> float:
    """Returns the least processor time of several judgements [s]."""
    times = []
    for _ in range(repeats):
        began = time.process_time()
        valid = judge()
        times.append(time.process_time() - began)
        if not valid:
            raise RuntimeError("a plan that was made valid was found invalid")
    return min(times)


def figures(timed: Sequence[Timed]) -> dict[str, object]:
    """Returns the speedup (geometric mean over the lengths, of the medians of each) and the slope of log cost.

    Args:
        timed: At least two lengths.
    """
    lengths = sorted({t.steps for t in timed})
    rows = []
    for length in lengths:
        same = [t for t in timed if t.steps == length]
        ours, theirs = (
            statistics.median(column) for column in zip(*((t.ours_s, t.theirs_s) for t in same), strict=True)
        )
        rows.append({"steps": length, "ours_ms": ours * 1e3, "theirs_ms": theirs * 1e3, "speedup": theirs / ours})
    logs = np.log([[r["steps"], r["ours_ms"], r["theirs_ms"]] for r in rows])
    long = logs[logs[:, 0] >= np.log(100)]
    return {
        "speedup": round(statistics.geometric_mean(r["speedup"] for r in rows), 1),
        "speedup_least": round(min(r["speedup"] for r in rows), 1),
        "slope": round(float(np.polyfit(logs[:, 0], logs[:, 1], 1)[0]), 3),
        "slope_from_100_steps": round(float(np.polyfit(long[:, 0], long[:, 1], 1)[0]), 3) if len(long) > 1 else None,
        "slope_theirs": round(float(np.polyfit(logs[:, 0], logs[:, 2], 1)[0]), 3),
        "lengths": [{k: round(v, 3) for k, v in row.items()} for row in rows],
    }
