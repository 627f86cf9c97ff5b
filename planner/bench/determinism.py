"""Same request, same certificate: repeated in several processes, each with a history of its own."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from planner.bench.progress import Progress
from sim_checks.gates import GateSettings
from sim_checks.worker import Fault, run_isolated

PROCESS_S = 6 * 3600.0
"""Longest wall time of one process [s]."""
LIMIT_S = 3600.0
"""Longest wall time of the gates for one plan [s]; on busy cores the usual time would decide, not the plan."""


@dataclass(frozen=True)
class Determinism:
    """What came of the repetitions.

    Args:
        certificates: sha256 of each run's certificate file, in order of process and run.
        faults: Why runs gave none.
    """

    certificates: tuple[str, ...]
    faults: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Returns the figures and the details."""
        return {
            "runs": len(self.certificates),
            "distinct_hashes": len(set(self.certificates)),
            "faults": list(self.faults),
            "certificates": list(self.certificates),
        }


def measure(
    scene: str, sentence: str, others: Sequence[str], runs: int = 20, processes: int = 3, jobs: int = 2
) -> Determinism:
    """Plans one sentence ``runs`` times in each of several processes, with other work shuffled in between.

    Args:
        scene: The scene.
        sentence: The request that is repeated.
        others: Other requests, planned in between in an order that differs by process.
        runs: How often in each process.
        processes: In how many processes.
        jobs: How many of them at once; they plan side by side.
    """

    def one(index: int) -> list[str] | Fault:
        return run_isolated(repeat, (scene, sentence, tuple(others), runs, index), PROCESS_S)

    with ThreadPoolExecutor(jobs) as pool:
        answers = list(pool.map(one, range(processes)))
    hashes = [h for answer in answers if not isinstance(answer, Fault) for h in answer]
    return Determinism(tuple(hashes), tuple(a.what for a in answers if isinstance(a, Fault)))


def repeat(scene: str, sentence: str, others: Sequence[str], runs: int, index: int) -> list[str]:
    """Returns the certificate hash of each run, with other sentences in between; says on stderr how far it is.

    Args:
        scene: The scene.
        sentence: The request that is repeated.
        others: One of them is planned to its end before one of the runs; all are drafted before each run.
        runs: How often.
        index: Seed of the order.

    Raises:
        RuntimeError: A run ended without a certificate.
    """
    from planner.outcome import Planned
    from planner.pipeline import Settings
    from planner.rehearsal import Rehearsal

    rng = np.random.default_rng(index)
    road = Rehearsal(scene, settings=Settings(GateSettings(timeout_s=LIMIT_S)))
    rehearsed_before = int(rng.integers(runs))
    hashes: list[str] = []
    progress = Progress(runs)
    for run in range(runs):
        order = [others[i] for i in rng.permutation(len(others))]
        for other in order:
            road.draft(other)
        if run == rehearsed_before and order:
            road.plan(order[0])
        outcome = road.plan(sentence)
        if not isinstance(outcome, Planned):
            why = "; ".join(map(str, getattr(outcome, "findings", ())))
            raise RuntimeError(f"{sentence!r} ended as {type(outcome).__name__}: {why}")
        hashes.append(hashlib.sha256(outcome.certified.certificate.dumps().encode()).hexdigest())
        progress.step(f"process {index}: {len(set(hashes))} distinct")
    return hashes
