"""The journal survives a crash, refuses a damaged file, and never lets a step be sent twice."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.dispatch.errors import JournalError
from planner.dispatch.journal import Journal


def test_records_come_back_in_order_after_reopening(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.record("r1", "n1", "sent", {"skill": "pick"})
        journal.record("r1", "n1", "done")
        journal.record("r1", "n2", "sent")
    with Journal(tmp_path / "j.sqlite") as journal:
        assert [(r.seq, r.step, r.state) for r in journal.records("r1")] == [
            (1, "n1", "sent"),
            (2, "n1", "done"),
            (3, "n2", "sent"),
        ]
        assert journal.unfinished("r1") == ("n2",)
        assert journal.unfinished("r2") == ()


def test_a_step_is_never_sent_twice_in_one_run(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.record("r1", "n1", "sent")
        journal.record("r1", "n1", "failed")
        with pytest.raises(JournalError) as caught:
            journal.record("r1", "n1", "sent")
        assert caught.value.finding.code == "already-sent"
        journal.record("r2", "n1", "sent")


_operations = st.lists(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["n1", "n2", "n3"]), st.sampled_from(["done", "failed"])),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=_operations, cut=st.integers(0, 12), data=st.data())
def test_any_history_recovers_and_any_edit_is_refused(
    tmp_path_factory: pytest.TempPathFactory, operations: list[tuple[str, str, str]], cut: int, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("journal") / "j.sqlite"
    written = []
    for index, (run, step, state) in enumerate(operations):
        with Journal(path) as journal:  # reopened every time: recovery is the normal way in
            written.append(journal.record(run, step, state, {"index": index}))  # type: ignore[arg-type]
    with Journal(path) as journal:
        assert list(journal.records()) == written
    if not written:
        return
    victim = data.draw(st.integers(1, len(written)))
    column, value = data.draw(
        st.sampled_from(
            [("run", "c"), ("step", "n9"), ("state", "sent"), ("detail", "{}"), ("sha256", "f" * 64), ("seq", 99)]
        )
    )
    with sqlite3.connect(path) as raw:
        raw.execute(f"UPDATE records SET {column} = ? WHERE seq = ?", (value, victim))
    raw.close()
    with pytest.raises(JournalError) as caught:
        Journal(path)
    assert caught.value.finding.code == "journal-corrupt"


@pytest.mark.parametrize("place", ["header", "page", "row"])
def test_damaged_bytes_never_pass_unnoticed(tmp_path: Path, place: str) -> None:
    path = tmp_path / "j.sqlite"
    with Journal(path) as journal:
        for index in range(40):
            journal.record("r1", f"n{index}", "sent", {"filler": "x" * 100})
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    content = bytearray(path.read_bytes())
    offset = {"header": 0, "page": 100, "row": content.index(b"filler")}[place]
    for index in range(offset, offset + 64):
        content[index] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(JournalError):
        Journal(path)


_WRITER = """
import sys
from pathlib import Path
from planner.dispatch.journal import Journal
journal = Journal(Path(sys.argv[1]))
for index in range(100000):
    journal.record("r1", f"n{index}", "sent")
    print(index, flush=True)
"""


def test_what_was_recorded_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, text=True, env={**os.environ}
    )
    assert writer.stdout is not None
    said = [int(writer.stdout.readline()) for _ in range(20)]
    os.kill(writer.pid, signal.SIGKILL)
    said += [int(line) for line in writer.stdout.read().split() if line]
    writer.stdout.close()
    writer.wait()
    with Journal(path) as journal:
        steps = {record.step for record in journal.records("r1")}
        assert {f"n{index}" for index in said} <= steps
        assert len(journal.unfinished("r1")) == len(steps)
