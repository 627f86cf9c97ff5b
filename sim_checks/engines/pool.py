"""`PoolEngine`: warm processes of this machine."""

import multiprocessing.util
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from multiprocessing.connection import wait
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple

from sim_checks.engines.port import TRIES, Done, Job
from sim_checks.engines.warm import WarmWorker
from sim_checks.errors import SimChecksError
from sim_checks.worker import Fault

JOBS_EACH = 500
"""Jobs after which an idle worker gives way to a fresh one: whatever a library leaks has an end."""

_FATAL = ("worker-crashed", "worker-timeout")
"""Faults after which the worker is gone."""


class _Task(NamedTuple):
    job: Job
    began: float
    tries: int


class PoolEngine:
    """An `Engine` of processes that stay warm.

    Args:
        workers: How many.
        warm: Called in each before its first job; importable by name.
        jobs_each: Jobs after which a worker is replaced.
    """

    def __init__(self, workers: int, warm: Callable[[], object], jobs_each: int = JOBS_EACH) -> None:
        self.workers, self._warm, self._each = workers, warm, jobs_each
        self._crew: list[WarmWorker] = []
        self._busy: dict[WarmWorker, _Task] = {}
        self._stillborn = 0
        self._last = multiprocessing.util.Finalize(self, _end, (self._crew,), exitpriority=10)

    def __enter__(self) -> "PoolEngine":
        """Starts the workers and waits until they are warm.

        Raises:
            SimChecksError: A worker cannot be started, or fails its test.
        """
        self._crew.extend(WarmWorker(self._warm) for _ in range(self.workers - len(self._crew)))
        for worker in self._crew:
            problem = Fault("worker-timeout", "The worker did not become warm in time.")
            if worker.ready or (worker.pipe.poll(max(0.0, worker.left_s)) and (problem := worker.take()) is None):
                continue
            self.close()
            raise _no_worker(problem)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the workers."""
        self.close()

    def close(self) -> None:
        """Ends the workers, also those that are at work."""
        self._busy.clear()
        _end(self._crew)

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers."""
        return tuple(w.process.pid or 0 for w in self._crew)

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """Yields what became of each job, as soon as it is known.

        A worker that dies costs its own job, which one more worker is given; a job that takes too long is ended. If
        the caller stops listening, the jobs that run are ended.
        """
        source = iter(jobs)
        waiting: deque[_Task] = deque()
        try:
            while True:
                waiting.extend(_Task(job, 0.0, 0) for job in islice(source, max(0, self.workers - len(waiting))))
                if not waiting and not self._busy:
                    return
                self._employ(waiting)
                for done in self._heard():
                    if done.again is not None:
                        waiting.appendleft(done.again)
                    else:
                        yield done.done
        finally:
            for worker in tuple(self._busy):
                self._dismiss(worker)

    def _employ(self, waiting: deque[_Task]) -> None:
        """Makes up for workers that are gone, and gives idle ones what waits."""
        self._crew.extend(WarmWorker(self._warm) for _ in range(self.workers - len(self._crew)))
        for worker in tuple(self._crew):
            if not waiting or worker in self._busy or not worker.ready:
                continue
            try:
                worker.give(waiting[0].job)
            except OSError:  # it died while it was idle, which is not the job's doing
                self._dismiss(worker)
            else:
                task = waiting.popleft()
                self._busy[worker] = _Task(task.job, monotonic(), task.tries + 1)

    def _heard(self) -> list["_Answer"]:
        """Waits for the next answers, deaths and ends of patience."""
        open_ends: dict[Any, WarmWorker] = {w.pipe: w for w in self._crew if w in self._busy or not w.ready}
        if not open_ends:
            return []
        ready = wait(list(open_ends), max(0.0, min(w.left_s for w in open_ends.values())))
        found = []
        for pipe, worker in open_ends.items():
            if pipe in ready:
                answer = worker.take()
            elif worker.left_s <= 0:
                answer = Fault("worker-timeout", "It took too long and was stopped.")
            else:
                continue
            task = self._busy.pop(worker, None)
            failed = isinstance(answer, Fault) and (task is None or answer.code in _FATAL)
            if failed or worker.done >= self._each:
                self._dismiss(worker)
            if task is not None:
                found.append(_settled(task, answer, worker.process.pid or 0))
            else:
                self._started(answer)
        return found

    def _started(self, answer: Fault | None) -> None:
        """Counts workers that never became warm.

        Raises:
            SimChecksError: Several in a row.
        """
        self._stillborn = self._stillborn + 1 if answer else 0
        if answer and self._stillborn >= TRIES + self.workers:
            raise _no_worker(answer)

    def _dismiss(self, worker: WarmWorker) -> None:
        self._busy.pop(worker, None)
        if worker in self._crew:
            self._crew.remove(worker)
        worker.end()


class _Answer(NamedTuple):
    """What became of a task: it is done, or it is to be tried again."""

    done: Done
    again: _Task | None


def _settled(task: _Task, answer: Any, worker: int) -> _Answer:
    """Returns what becomes of a task after one try."""
    done = Done(task.job.key, answer, monotonic() - task.began, task.tries, worker)
    died = isinstance(answer, Fault) and answer.code == "worker-crashed"
    return _Answer(done, task if died and task.tries < TRIES else None)


def _no_worker(problem: Fault) -> SimChecksError:
    return SimChecksError.at("no-worker", "engine", problem.what, "Run `rehearse doctor`.")


def _end(crew: list[WarmWorker]) -> None:
    while crew:
        crew.pop().end()


__all__ = ["JOBS_EACH", "PoolEngine"]
