"""Many plans at once: read, judged by their symbols first, rehearsed once each; a worker's fault is never a pass."""

import json
from collections.abc import Iterator

import pytest

from planner.batch import plan_files, validate_many
from planner.compile import compile_draft
from planner.faces.batch_answer import batch_answer
from planner.outcome import Planned, Refused
from planner.pipeline import Settings
from planner.rehearsal import Rehearsal
from sim_checks.engines.port import Done
from sim_checks.gates import GateSettings
from sim_checks.sequential import Claim
from sim_checks.verdict import Outcome
from sim_checks.worker import Fault
from skills.errors import GraphError
from skills.graph import Draft
from tests.worlds import goal, hob, step

QUICK = GateSettings(Claim(0.3, 0.9, 0.3, most=4), attempts=3, revisions=0, timeout_s=400.0)


class _Faulty:
    """An engine all of whose workers die."""

    workers = 1

    def __init__(self) -> None:
        self.asked: list[str] = []

    def run(self, jobs) -> Iterator[Done]:
        for job in jobs:
            self.asked.append(job.key)
            yield Done(job.key, Fault("worker-crashed", "The worker process died (exit code -9)."), 1.0, 2)


@pytest.fixture
def folder(tmp_path):
    def written(name, calls, asked):
        compiled = compile_draft(Draft(goal(asked), tuple(map(step, calls))), hob())
        (tmp_path / name).write_text(json.dumps(compiled.graph.to_json()))

    written("a.json", ["turn_on(stove)"], "turned_on(stove)")
    (tmp_path / "b.json").write_text((tmp_path / "a.json").read_text())
    data = json.loads((tmp_path / "a.json").read_text())
    (tmp_path / "c.json").write_text(json.dumps({**data, "goal": ["turned_off(stove)"]}))
    (tmp_path / "d.json").write_text("{")
    return tmp_path


def test_a_folder_is_its_plans_in_order(folder):
    names = [f.name for f in plan_files([folder, folder / "a.json"])]
    assert names == ["a.json", "b.json", "c.json", "d.json", "a.json"]
    (folder / "empty").mkdir()
    with pytest.raises(GraphError, match="no plan"):
        plan_files([folder / "empty"])


def test_what_needs_no_rehearsal_is_answered_first_and_a_dead_worker_passes_nothing(folder):
    engine = _Faulty()
    found = list(validate_many(Rehearsal(hob()), plan_files([folder]), engine))
    assert [f.source[-6:] for f in found] == ["c.json", "d.json", "a.json", "b.json"]
    assert len(engine.asked) == 1
    rejected, unread, crashed, same = (f.outcome for f in found)
    assert isinstance(rejected, Refused) and rejected.stage == "symbolic"
    assert unread.code == "bad-json"
    assert isinstance(crashed, Refused) and crashed is same
    assert crashed.verdicts[-1].outcome is Outcome.UNKNOWN
    assert [f.code for f in crashed.findings] == ["worker-crashed"]


def test_a_batch_certifies_what_passes(folder, capsys):
    road = Rehearsal(hob(), settings=Settings(QUICK))
    answer = batch_answer(road, [folder], "pool", 1, folder / "certificates")
    states = {p["source"][-6:]: p["state"] for p in answer.data["plans"]}
    assert states == {"a.json": "passed", "b.json": "passed", "c.json": "rejected", "d.json": "bad-input"}
    assert answer.data["plans"][1]["same_as"].endswith("a.json") and answer.code == 2
    assert "[4/4]" in capsys.readouterr().err
    certificate = json.loads((folder / "certificates" / "a.certificate.json").read_text())
    alone = road.validate(folder / "a.json")
    assert isinstance(alone, Planned)
    assert json.loads(alone.certified.certificate.dumps()) == certificate
