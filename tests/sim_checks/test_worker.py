"""A job that crashes, hangs or raises costs its own answer and nothing else."""

import ctypes
import os
import signal
import tempfile
import time

from sim_checks.worker import Fault, run_isolated
from skills.errors import SceneError


def _double(x: int) -> int:
    return 2 * x


def _crash() -> None:
    ctypes.string_at(0)


def _hang() -> None:
    time.sleep(60)


def _raise() -> None:
    raise ZeroDivisionError("no")


def _bad_input() -> None:
    raise SceneError.at("bad-scene", "scene.yaml", "It is wrong.", "Correct it.")


def test_a_result_comes_back() -> None:
    assert run_isolated(_double, (21,), 30) == 42


def test_a_segmentation_fault_is_a_fault() -> None:
    answer = run_isolated(_crash, (), 30)
    assert isinstance(answer, Fault)
    assert answer.code == "worker-crashed"


def test_a_hang_is_stopped() -> None:
    began = time.monotonic()
    answer = run_isolated(_hang, (), 2)
    assert isinstance(answer, Fault)
    assert answer.code == "worker-timeout"
    assert time.monotonic() - began < 20


def test_an_exception_is_a_fault() -> None:
    answer = run_isolated(_raise, (), 30)
    assert isinstance(answer, Fault)
    assert answer.code == "worker-error"
    assert "ZeroDivisionError" in answer.what


def _litter() -> str:
    folder = tempfile.mkdtemp()
    os.kill(os.getpid(), signal.SIGKILL)
    return folder


def test_a_killed_worker_leaves_nothing_behind(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer = run_isolated(_litter, (), 30)
    assert isinstance(answer, Fault)
    assert answer.code == "worker-crashed"
    assert list(tmp_path.iterdir()) == []


def test_bad_input_keeps_its_finding() -> None:
    answer = run_isolated(_bad_input, (), 30)
    assert isinstance(answer, Fault)
    assert answer.finding is not None
    assert answer.finding.code == "bad-scene"
