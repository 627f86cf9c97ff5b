"""Many jobs on warm workers: a killed one costs its own job only, whichever engine runs them."""

import ctypes
import importlib.util
import os
import signal
import time
from pathlib import Path

import pytest

from sim_checks.bullet.stage import Stage
from sim_checks.engines.opening import open_engine
from sim_checks.engines.pool import PoolEngine
from sim_checks.engines.port import Job
from sim_checks.errors import SimChecksError
from sim_checks.worker import Fault
from skills.errors import SceneError
from tests.worlds import hob


def _cold() -> None:
    """Warms nothing, so that a test starts at once."""


def _broken() -> None:
    raise ZeroDivisionError("no engine here")


def _double(x: int) -> int:
    return 2 * x


def _crash() -> None:
    ctypes.string_at(0)


def _bad_input() -> None:
    raise SceneError.at("bad-scene", "scene.yaml", "It is wrong.", "Correct it.")


def _unsendable() -> object:
    return lambda: 0


def _says_so_and_sleeps(flag: str) -> str:
    """Writes its process id; sleeps for long where it is the first to do so."""
    path = Path(flag)
    first = not path.exists()
    path.write_text(str(os.getpid()))
    time.sleep(60 if first else 0)
    return "second try"


def _hash(seed: int) -> str:
    with Stage(hob(), seed) as stage:
        return stage.world.state_hash()


@pytest.fixture(scope="module")
def pool():
    with PoolEngine(2, _cold) as engine:
        yield engine


def _answers(engine, jobs):
    return {done.key: done for done in engine.run(jobs)}


def test_every_job_is_answered_by_workers_that_stay(pool):
    before = set(pool.pids)
    found = _answers(pool, (Job(str(n), _double, (n,)) for n in range(20)))
    assert {k: d.answer for k, d in found.items()} == {str(n): 2 * n for n in range(20)}
    assert {d.worker for d in found.values()} <= before == set(pool.pids)


def test_what_goes_wrong_costs_its_own_job(pool):
    jobs = [Job("crash", _crash), Job("bad", _bad_input), Job("odd", _unsendable), Job("slow", time.sleep, (60,), 1.0)]
    began = time.monotonic()
    found = _answers(pool, [*jobs, *(Job(str(n), _double, (n,)) for n in range(4))])
    assert time.monotonic() - began < 40
    codes = {key: done.finding.code for key, done in found.items() if done.finding}
    assert codes == {"crash": "worker-crashed", "bad": "bad-scene", "odd": "worker-error", "slow": "worker-timeout"}
    assert found["crash"].tries == 2 and found["slow"].tries == 1
    assert [found[str(n)].answer for n in range(4)] == [0, 2, 4, 6]


def test_a_worker_that_is_killed_costs_its_job_one_try(pool, tmp_path):
    flag = tmp_path / "pid"
    answers = {}
    running = pool.run([Job("killed", _says_so_and_sleeps, (str(flag),)), *(Job(str(n), _double, (n,)) for n in "abc")])
    for done in running:
        answers[done.key] = done
        if len(answers) == 3:
            while not (flag.exists() and flag.read_text()):
                time.sleep(0.02)
            os.kill(int(flag.read_text()), signal.SIGKILL)
    assert answers["killed"].answer == "second try" and answers["killed"].tries == 2
    assert {k: answers[k].answer for k in "abc"} == {"a": "aa", "b": "bb", "c": "cc"}


def test_a_worker_leaves_nothing_behind():
    with PoolEngine(1, _cold) as engine:
        (folder,) = [Path(w.folder) for w in engine._crew]
        (done,) = engine.run([Job("world", _hash, (0,))])
        assert len(done.answer) == 64 and list(folder.iterdir())
    assert not folder.exists()


def test_a_pool_whose_workers_cannot_work_says_so():
    with pytest.raises(SimChecksError, match="ZeroDivisionError"), PoolEngine(1, _broken):
        pass


def test_workers_give_way_to_fresh_ones():
    with PoolEngine(1, _cold, jobs_each=2) as engine:
        found = _answers(engine, (Job(str(n), _double, (n,)) for n in range(4)))
    assert len({d.worker for d in found.values()}) == 2


def test_a_world_is_the_same_whatever_its_worker_has_done_before(pool):
    found = _answers(pool, [Job(f"{n}/{seed}", _hash, (seed,)) for n in range(2) for seed in (3, 4)])
    assert found["0/3"].answer == found["1/3"].answer != found["0/4"].answer == found["1/4"].answer
    assert found["0/3"].answer == _hash(3)


def test_an_engine_that_does_not_exist_is_bad_input():
    with pytest.raises(SimChecksError, match="'pol'"):
        open_engine("pol")


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is an extra, and is not installed")
@pytest.mark.filterwarnings("ignore")
def test_ray_does_the_same(tmp_path):
    flag = tmp_path / "pid"
    with open_engine("ray", 2, _cold) as engine:
        jobs = [Job("killed", _says_so_and_sleeps, (str(flag),)), Job("bad", _bad_input), Job("world", _hash, (3,))]
        answers = {}
        for done in engine.run([*jobs, Job("slow", time.sleep, (60,), 1.0)]):
            answers[done.key] = done
            if len(answers) == 3:
                os.kill(int(flag.read_text()), signal.SIGKILL)
    assert answers["killed"].answer == "second try" and answers["killed"].tries == 2
    assert answers["bad"].finding.code == "bad-scene"
    assert answers["slow"].finding.code == "worker-timeout"
    assert answers["world"].answer == _hash(3)
    assert not isinstance(answers["world"].answer, Fault)
