"""One job in one killable process: a crash, a hang or a runaway job costs its own verdict and nothing else."""

import contextlib
import multiprocessing
import resource
import shutil
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from skills.errors import SkillsError
from skills.finding import Finding

T = TypeVar("T")

MEMORY_BYTES = 12 * 2**30
"""Address space of a worker."""


@dataclass(frozen=True)
class Fault:
    """Why a job gave no result.

    Args:
        code: ``worker-crashed``, ``worker-timeout`` or ``worker-error``.
        what: One sentence.
        finding: The typed finding of bad input, if that was the cause.
    """

    code: str
    what: str
    finding: Finding | None = None


def _housed(folder: str, *job: Any) -> None:
    """Runs in the worker: does the job with a folder of its own for temporary files."""
    tempfile.tempdir = folder
    _child(*job)


def _child(pipe: Connection, function: Callable[..., Any], args: tuple[Any, ...], cpu_s: int) -> None:
    """Runs in the worker: limits itself, does the job, sends the answer."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        pipe.send((True, function(*args)))
    except SkillsError as error:
        pipe.send((False, Fault("bad-input", str(error), error.finding)))
    except Exception:
        pipe.send((False, Fault("worker-error", traceback.format_exc(limit=-4))))


def run_isolated(function: Callable[..., T], args: tuple[Any, ...], timeout_s: float) -> T | Fault:
    """Runs ``function(*args)`` in a fresh spawned process; its temporary files go with it, whatever ends it.

    Args:
        function: Importable by name.
        args: Picklable.
        timeout_s: Wall-clock limit [s]; the process is killed at its end.

    Returns:
        Its result, or a `Fault` (crashed, timed out, raised).
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    folder = tempfile.mkdtemp(prefix="rehearse-worker-")
    process = context.Process(target=_housed, args=(folder, sender, function, args, int(timeout_s * 2) + 10))
    process.start()
    sender.close()
    try:
        if not receiver.poll(timeout_s):
            return Fault("worker-timeout", f"The job took longer than {timeout_s:.0f} s and was stopped.")
        done, answer = receiver.recv()
    except EOFError:
        process.join(5)
        return Fault("worker-crashed", f"The worker process died (exit code {process.exitcode}).")
    finally:
        if process.is_alive():
            process.join(0.5)
        if process.is_alive():
            process.kill()
        process.join()
        receiver.close()
        shutil.rmtree(folder, ignore_errors=True)
    return answer  # type: ignore[no-any-return]
