"""`RayEngine`: the workers of a Ray cluster. The only module that imports Ray (extra ``ray``)."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from types import TracebackType
from typing import Any, NamedTuple

from sim_checks.engines.port import TRIES, Done, Job
from sim_checks.engines.warm import READY_S, in_this_process
from sim_checks.errors import SimChecksError
from sim_checks.worker import Fault

OBJECT_STORE_BYTES = 128 * 2**20
"""Shared memory of a local cluster: plans and motions are small."""
LOOK_S = 0.5
"""Time between two looks at jobs that may have run out of time [s]."""


class _Task(NamedTuple):
    job: Job
    began: float
    tries: int


class RayEngine:
    """An `Engine` on Ray: the cluster that ``RAY_ADDRESS`` names, else one of this machine, for as long as it is open.

    A worker of another machine needs this package installed, and the scene's files at the same path.

    Args:
        workers: How many jobs run at once.
        warm: Called in each worker process before its first job; importable by name.

    Raises:
        SimChecksError: Ray is not installed.
    """

    def __init__(self, workers: int, warm: Callable[[], object]) -> None:
        self.workers, self._warm = workers, warm
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        try:
            import ray
        except ModuleNotFoundError as error:
            what = "The engine 'ray' needs Ray, which is not installed."
            remedy = "Run pip install \"robot-rehearse[ray]\", or take the engine 'pool'."
            raise SimChecksError.at("no-ray", "engine", what, remedy) from error
        self._ray: Any = ray
        self._ours = False

    def __enter__(self) -> "RayEngine":
        """Connects to the cluster, or starts one, and warms as many workers as there are to be.

        Raises:
            SimChecksError: There is no cluster, or a worker fails its test.
        """
        if not self._ray.is_initialized():
            local: dict[str, Any] = {} if os.environ.get("RAY_ADDRESS") else self._local()
            try:
                self._ray.init(configure_logging=False, log_to_driver=False, **local)
            except Exception as error:  # Ray raises the bare class when a node does not start in time
                what = f"There is no Ray cluster: {error}"
                remedy = "Check RAY_ADDRESS; or try again when this machine is less busy, or take the engine 'pool'."
                raise SimChecksError.at("no-cluster", "engine", what, remedy) from error
            self._ours = True
        self._remote = self._ray.remote(num_cpus=1, max_retries=0)(_call)
        for done in self.run([Job(f"warm-{n}", time.sleep, (0.0,), READY_S) for n in range(self.workers)]):
            if isinstance(done.answer, Fault):
                self.close()
                raise SimChecksError.at("no-worker", "engine", done.answer.what, "Run `rehearse doctor`.")
        return self

    def _local(self) -> dict[str, Any]:
        return {
            "num_cpus": self.workers,
            "include_dashboard": False,
            "object_store_memory": OBJECT_STORE_BYTES,
        }

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leaves the cluster; one that was started here ends."""
        self.close()

    def close(self) -> None:
        """Leaves the cluster; a second call does nothing."""
        if self._ours:
            self._ray.shutdown()
            self._ours = False

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """Yields what became of each job, as soon as it is known; see `PoolEngine.run`."""
        source = iter(jobs)
        again: deque[_Task] = deque()
        running: dict[Any, _Task] = {}
        try:
            while True:
                free = self.workers - len(running)
                fresh = [again.popleft() for _ in range(min(free, len(again)))]
                fresh += [_Task(job, 0.0, 0) for job in islice(source, free - len(fresh))]
                for task in fresh:
                    reference = self._remote.remote(self._warm, task.job.function, task.job.args)
                    running[reference] = _Task(task.job, time.monotonic(), task.tries + 1)
                if not running:
                    return
                ready, _ = self._ray.wait(list(running), num_returns=1, timeout=LOOK_S)
                for reference in ready:
                    task = running.pop(reference)
                    answer, worker = self._got(reference)
                    if isinstance(answer, Fault) and answer.code == "worker-crashed" and task.tries < TRIES:
                        again.append(task)
                    else:
                        yield Done(task.job.key, answer, time.monotonic() - task.began, task.tries, worker)
                yield from self._late(running)
        finally:
            for reference in running:
                self._ray.cancel(reference, force=True)

    def _got(self, reference: Any) -> tuple[Any, int]:
        """Returns (answer, process id)."""
        try:
            answer, worker = self._ray.get(reference)
        except self._ray.exceptions.RayTaskError as error:
            return Fault("worker-error", str(error)), 0
        except self._ray.exceptions.RayError as error:
            return Fault("worker-crashed", f"The worker process died ({type(error).__name__})."), 0
        return answer, int(worker)

    def _late(self, running: dict[Any, _Task]) -> Iterator[Done]:
        """Ends the jobs that take too long."""
        for reference, task in tuple(running.items()):
            spent = time.monotonic() - task.began
            if spent > task.job.timeout_s:
                del running[reference]
                self._ray.cancel(reference, force=True)
                what = f"The job took longer than {task.job.timeout_s:.0f} s and was stopped."
                yield Done(task.job.key, Fault("worker-timeout", what), spent, task.tries)


@lru_cache(maxsize=1)
def _warmed(warm: Callable[[], object]) -> object:
    """Warms this process once; returns a `Fault` if that fails."""
    return in_this_process(warm, ())


def _call(warm: Callable[[], object], function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, int]:
    """Runs in a worker: returns (answer, process id)."""
    problem = _warmed(warm)
    answer = problem if isinstance(problem, Fault) else in_this_process(function, args)
    return answer, os.getpid()
