"""`WarmWorker`: a spawned process that takes one job after the other, with the physics engine loaded beforehand."""

import contextlib
import multiprocessing
import resource
import shutil
import signal
import tempfile
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from sim_checks.engines.port import Job
from sim_checks.worker import MEMORY_BYTES, Fault
from skills.errors import SkillsError

READY_S = 120.0
"""Longest time that a worker may take to become warm [s]."""


class WarmWorker:
    """One process; what it writes to temporary folders goes with it, also when it is killed.

    Args:
        warm: Called once in the process, before the first job; importable by name.
    """

    def __init__(self, warm: Callable[[], object]) -> None:
        self.folder = tempfile.mkdtemp(prefix="rehearse-worker-")
        self.pipe, theirs = multiprocessing.get_context("spawn").Pipe()
        context = multiprocessing.get_context("spawn")
        self.process = context.Process(target=_serve, args=(theirs, self.folder, warm))
        self.process.start()
        theirs.close()
        self.done = 0
        """Jobs answered."""
        self.ready = False
        self._until = time.monotonic() + READY_S

    def give(self, job: Job) -> None:
        """Sends a job; the worker must be idle.

        Raises:
            OSError: The worker is dead.
        """
        self._until = time.monotonic() + job.timeout_s
        self.pipe.send((job.function, job.args, int(2 * job.timeout_s) + 10))

    def take(self) -> Any:
        """Returns the next message, which must be waiting: a job's answer, or None once the worker is warm."""
        try:
            _, answer = self.pipe.recv()
        except Exception:  # it died, or died while it sent: half a pickle can raise anything
            self.process.join(5)
            return Fault("worker-crashed", f"The worker process died (exit code {self.process.exitcode}).")
        if self.ready:
            self.done += 1
        self.ready = True
        return answer

    @property
    def left_s(self) -> float:
        """Time left for what it does now [s]."""
        return self._until - time.monotonic()

    def end(self) -> None:
        """Ends the process, whatever it does, and removes its folder. A second call does nothing."""
        if self.pipe.closed:
            return
        self.pipe.close()  # an idle worker leaves by itself
        self.process.join(0.5 if self.ready else 0)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        shutil.rmtree(self.folder, ignore_errors=True)


def in_this_process(function: Callable[..., Any], args: tuple[Any, ...], timeout_s: float = 0.0) -> Any:
    """Returns ``function(*args)``, or a `Fault` if it raises: `run_isolated` for who is isolated already.

    Args:
        function: What to call.
        args: Its arguments.
        timeout_s: Unused; whoever owns the process watches the time [s].
    """
    try:
        return function(*args)
    except SkillsError as error:
        return Fault("bad-input", str(error), error.finding)
    except Exception:
        return Fault("worker-error", traceback.format_exc(limit=-4))


def _serve(pipe: Connection, folder: str, warm: Callable[[], object]) -> None:
    """Runs in the worker: one answer for each job, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends its workers
    tempfile.tempdir = folder
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    problem = in_this_process(warm, ())
    with contextlib.suppress(EOFError, OSError):
        pipe.send((True, problem if isinstance(problem, Fault) else None))
        while True:
            function, args, cpu_s = pipe.recv()
            _limit(cpu_s)
            answer = in_this_process(function, args)
            try:
                pipe.send((True, answer))
            except (TypeError, ValueError, AttributeError, RecursionError) as error:
                pipe.send((True, Fault("worker-error", f"The answer cannot be sent: {error}")))


def _limit(cpu_s: int) -> None:
    """Limits the processor time of the next job."""
    used = time.process_time()
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + cpu_s, hard))
