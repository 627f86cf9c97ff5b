"""Do two workers do twice as much as one? The same jobs on one warm worker and on two, by pool and by Ray.

Runs with one worker and with several alternate, so that what else the machine does weighs on both; the ratio of the
medians counts, and the load average stands beside it: two workers cannot be twice as fast on processors that others
use. All runs must end in the same states.
"""

import importlib.util
import os
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.bench.engine_jobs import STEPS, digest, simulate
from planner.bench.machine import load
from planner.bench.progress import Progress
from sim_checks.engines.opening import open_engine
from sim_checks.engines.port import Engine, Job
from sim_checks.worker import Fault
from skills.scene import Scene


@dataclass(frozen=True)
class Run:
    """One pass over the jobs.

    Args:
        engine: Name of the engine.
        workers: How many.
        wall_s: Wall time of all jobs, on warm workers [s].
        digest: Hash over the states in which they ended.
        busy_s: Wall time that workers spent on jobs, all workers together [s].
    """

    engine: str
    workers: int
    wall_s: float
    digest: str
    busy_s: float = 0.0


def measure(
    scene: Scene, engines: Sequence[str], jobs: int = 24, workers: int = 2, rounds: int = 3, steps: int = STEPS
) -> list[Run]:
    """Returns the runs of every engine.

    Args:
        scene: What is simulated.
        engines: Names; Ray is left out where it is not installed.
        jobs: Jobs of each run.
        workers: Workers that are compared with one.
        rounds: Runs with one worker, and with several.
        steps: Steps of each job.

    Raises:
        RuntimeError: A job failed, or its state depends on who ran it.
    """
    names = [e for e in engines if e != "ray" or importlib.util.find_spec("ray") is not None]
    progress = Progress(len(names) * rounds * 2)
    found = []
    for name in names:
        for _ in range(rounds):
            for count in (1, workers):
                with open_engine(name, count) as engine:
                    list(engine.run(_jobs(scene, workers, 1)))  # whoever works first also reads and imports
                    found.append(_run(name, engine, scene, jobs, steps))
                progress.step(f"{name} with {count}: {jobs / found[-1].wall_s:.2f} jobs/s")
    if len({run.digest for run in found}) > 1:
        raise RuntimeError("the state in which a job ends depends on who runs it")
    return found


def _run(name: str, engine: Engine, scene: Scene, jobs: int, steps: int) -> Run:
    began = time.perf_counter()
    states: dict[str, str] = {}
    busy = 0.0
    for done in engine.run(_jobs(scene, jobs, steps)):
        if isinstance(done.answer, Fault):
            raise RuntimeError(f"job {done.key}: {done.answer.what}")
        states[done.key] = done.answer
        busy += done.seconds
    return Run(name, engine.workers, time.perf_counter() - began, digest(states), busy)


def _jobs(scene: Scene, count: int, steps: int) -> Iterator[Job]:
    return (Job(str(seed), simulate, (scene, seed, steps)) for seed in range(count))


def figures(runs: Sequence[Run], jobs: int) -> dict[str, object]:
    """Returns the speedup of each engine (None where it was not run) and the throughputs.

    Args:
        runs: What `measure` returned.
        jobs: Jobs of each run.
    """
    most = max(run.workers for run in runs)
    found: dict[str, object] = {}
    for name in ("pool", "ray"):
        one, many = ([r.wall_s for r in runs if r.engine == name and r.workers == n] for n in (1, most))
        speedup = round(statistics.median(one) / statistics.median(many), 3) if one and many else None
        found[f"{name}_speedup"] = speedup
        busy = [r.busy_s / (r.wall_s * r.workers) for r in runs if r.engine == name and r.workers == most]
        found[f"{name}_busy_share"] = round(statistics.median(busy), 3) if busy else None
    rates = [{"engine": r.engine, "workers": r.workers, "jobs_per_s": round(jobs / r.wall_s, 3)} for r in runs]
    return {**found, "workers": most, "jobs": jobs, **load(), "usable": len(os.sched_getaffinity(0)), "runs": rates}
