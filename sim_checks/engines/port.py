"""`Engine`: the port behind which many jobs run at once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol

from sim_checks.worker import Fault
from skills.finding import Finding

TRIES = 2
"""How often a job is given to a worker that dies of it: its death may be somebody else's doing, once."""


@dataclass(frozen=True)
class Job:
    """One call.

    Args:
        key: Names the job among the others.
        function: Importable by name.
        args: Picklable.
        timeout_s: Wall-clock limit of one try [s].
    """

    key: str
    function: Callable[..., Any]
    args: tuple[Any, ...] = ()
    timeout_s: float = 150.0


@dataclass(frozen=True)
class Done:
    """What became of a job.

    Args:
        key: The job's.
        answer: What the function returned, or a `Fault`.
        seconds: Wall time of the last try [s].
        tries: How many workers were given the job.
        worker: Process id of the last one (0: unknown).
    """

    key: str
    answer: Any
    seconds: float
    tries: int = 1
    worker: int = 0

    @property
    def finding(self) -> Finding | None:
        """Why there is no answer, as a finding about the job; None if there is one."""
        if not isinstance(self.answer, Fault):
            return None
        if self.answer.finding is not None:
            return self.answer.finding
        remedy = "Raise the time limit, or split the job." if self.answer.code == "worker-timeout" else "Report this."
        return Finding(self.answer.code, f"jobs.{self.key}", self.answer.what, remedy)


class Engine(Protocol):
    """Runs jobs on workers that stay warm; a context manager, whose end ends the workers."""

    @property
    def workers(self) -> int:
        """How many jobs run at once."""

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """Yields what became of each job, as soon as it is known; every job is answered, whatever dies."""

    def __enter__(self) -> "Engine":
        """Starts the workers and waits until they are warm."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the workers."""
