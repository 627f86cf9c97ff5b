"""Does memory grow over a thousand jobs? One warm worker does them all; what it and its parent hold is written down.

The first jobs are the warm-up: imports, caches of shapes, the allocator's own reserves. Growth is the difference of two
medians, over the last tenth of the jobs and over the first tenth after the warm-up, of worker and parent together; the
worker is never replaced on the way. Open files and temporary entries are counted too.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from planner.bench.engine_jobs import memory, simulate_and_weigh
from planner.bench.machine import load
from planner.bench.progress import Progress
from sim_checks.engines.opening import warm
from sim_checks.engines.pool import PoolEngine
from sim_checks.engines.port import Job
from sim_checks.worker import Fault
from skills.scene import Scene

WARM_UP = 100
"""Jobs before anything counts."""
STEPS = 24
"""Simulated steps of a job after its world has settled."""
WORLDS = 50
"""Different perturbed worlds; then they come again, and must end as before."""
EACH = 25
"""Jobs between two lines of progress."""


@dataclass(frozen=True)
class Weight:
    """What is held after a job.

    Args:
        worker: Memory of the worker [bytes].
        parent: Memory of the process that asks [bytes].
        files: Open files of the worker.
        entries: Entries of its temporary folder.
    """

    worker: int
    parent: int
    files: int
    entries: int


def measure(scene: Scene, jobs: int = 1000, warm_up: int = WARM_UP, steps: int = STEPS) -> list[Weight]:
    """Returns what is held after each job, those of the warm-up included.

    Args:
        scene: What is simulated.
        jobs: Jobs after the warm-up.
        warm_up: Jobs before.
        steps: Steps of each job.

    Raises:
        RuntimeError: A job failed, the worker was replaced, or a world ended otherwise than the time before.
    """
    total = warm_up + jobs
    progress = Progress(-(-total // EACH))
    found: list[Weight] = []
    states: dict[int, str] = {}
    workers = set()
    with PoolEngine(1, warm, jobs_each=total + 1) as engine:
        asked = (Job(str(n), simulate_and_weigh, (scene, n % WORLDS, steps)) for n in range(total))
        for done in engine.run(asked):
            if isinstance(done.answer, Fault):
                raise RuntimeError(f"job {done.key}: {done.answer.what}")
            state, held, files, entries = done.answer
            workers.add(done.worker)
            found.append(Weight(held, memory(), files, entries))
            if states.setdefault(int(done.key) % WORLDS, state) != state:
                raise RuntimeError(f"job {done.key} ended otherwise than the same world before")
            if len(found) % EACH == 0 or len(found) == total:
                progress.step(f"{(found[-1].worker + found[-1].parent) / 1e6:.1f} MB after {len(found)} jobs")
    if len(workers) > 1:
        raise RuntimeError("the worker was replaced, so that its growth was not seen")
    return found


def figures(weights: Sequence[Weight], warm_up: int = WARM_UP) -> dict[str, object]:
    """Returns how much was held in the end beyond what was held after the warm-up.

    Args:
        weights: What `measure` returned.
        warm_up: Jobs that do not count.
    """
    counted = weights[warm_up:]
    tenth = max(1, len(counted) // 10)
    first, last = counted[:tenth], counted[-tenth:]

    def grown(of: str) -> float:
        before, after = (statistics.median(getattr(w, of) for w in part) for part in (first, last))
        return float(after - before)

    worker, parent = grown("worker") / 1e6, grown("parent") / 1e6
    return {
        "growth_mb": round(worker + parent, 3),
        "growth_worker_mb": round(worker, 3),
        "growth_parent_mb": round(parent, 3),
        "growth_files": round(grown("files")),
        "growth_entries": round(grown("entries")),
        "held_mb": round((counted[-1].worker + counted[-1].parent) / 1e6, 1),
        "jobs": len(counted),
        "warm_up": warm_up,
        **load(),
        "series_mb": [round((w.worker + w.parent) / 1e6, 2) for w in weights[::EACH]],
    }
