"""`each`: the trials of a bench side by side, each isolated from the others."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace

from planner.bench.task import Row, Task
from sim_checks.worker import Fault, run_isolated


def each(todo: Sequence[Task], attempt: Callable[[Task], Row], jobs: int) -> Iterator[Row]:
    """Yields the row of every task, as they are done.

    Args:
        todo: What to try.
        attempt: Tries one task; its heavy work runs in a process of its own.
        jobs: How many at once.
    """
    with ThreadPoolExecutor(jobs) as pool:
        for done in as_completed([pool.submit(attempt, task) for task in todo]):
            yield done.result()


def isolated(task: Task, attempt: Callable[..., Row], arguments: tuple[object, ...], timeout_s: float) -> Row:
    """Returns the row of one task, tried in a process of its own; a crash or a timeout is a row too.

    Args:
        task: The task.
        attempt: A module-level function.
        arguments: What it is called with.
        timeout_s: Longest wall time [s].
    """
    began = time.perf_counter()
    answer = run_isolated(attempt, arguments, timeout_s)
    if isinstance(answer, Fault):
        code = "out-of-time" if answer.code == "worker-timeout" else answer.code
        answer = Row(task.name, "", task.seed, "fault", findings=(answer.what[-400:],), codes=(code, answer.code))
    return replace(answer, seconds={**answer.seconds, "all": round(time.perf_counter() - began, 2)})


__all__ = ["each", "isolated"]
