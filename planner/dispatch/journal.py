"""`Journal`: what was sent to a robot, written down durably before it is sent.

SQLite in WAL mode with ``synchronous=FULL``: a record that `Journal.record` returned from survives a
crash of the process and of the machine. Every row carries the hash of the row before it, so a journal
that was damaged or edited refuses to open.
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

from planner.dispatch.errors import JournalError
from skills.finding import Finding

StepState = Literal["begun", "sent", "done", "failed", "unknown", "stopped"]
_TABLE = """CREATE TABLE IF NOT EXISTS records (
    seq INTEGER PRIMARY KEY, run TEXT NOT NULL, step TEXT NOT NULL, state TEXT NOT NULL,
    detail TEXT NOT NULL, sha256 TEXT NOT NULL
)"""
_FIRST = "0" * 64


@dataclass(frozen=True)
class Record:
    """One durable line of the journal.

    Args:
        seq: Position, from 1 without gaps.
        run: Run id.
        step: Node id.
        state: ``sent`` stands before the motion starts; every other state ends the step.
        detail: JSON-ready details.
        sha256: Hash over this line and the one before it.
    """

    seq: int
    run: str
    step: str
    state: str
    detail: Mapping[str, object]
    sha256: str


class Journal:
    """An append-only journal in one file; the caller closes it.

    Args:
        path: The SQLite file; it is made when there is none.

    Raises:
        JournalError: The file is damaged, was edited, or is no journal.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=FULL")
            damage = self._connection.execute("PRAGMA integrity_check").fetchone()[0]
            if damage != "ok":
                raise self._corrupt(str(damage))
            self._connection.execute(_TABLE)
            self._last = self._verified()
        except sqlite3.Error as error:
            self._drop()
            raise self._corrupt(str(error)) from error
        except JournalError:
            self._drop()
            raise

    def __enter__(self) -> "Journal":
        """Returns the journal itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the file."""
        self.close()

    def close(self) -> None:
        """Closes the file; the journal cannot be used afterwards."""
        self._connection.close()

    def begin(self, run: str, detail: Mapping[str, object]) -> Record:
        """Writes the first line of a run.

        Raises:
            JournalError: The journal knows this run already, so its motions may have been sent.
        """
        if self.records(run):
            raise JournalError(
                Finding(
                    "run-known",
                    run,
                    f"Run {run!r} was begun before; its unfinished steps: {', '.join(self.unfinished(run)) or 'none'}.",
                    "Look at the robot, then plan anew under a new run id.",
                )
            )
        return self.record(run, "", "begun", detail)

    def record(self, run: str, step: str, state: StepState, detail: Mapping[str, object] | None = None) -> Record:
        """Writes one line; it is on disk when this returns.

        Raises:
            JournalError: The step was already sent in this run (a motion is never sent twice), or the
                line cannot be written.
        """
        if state == "sent" and any(r.step == step for r in self.records(run)):
            raise JournalError(
                Finding(
                    "already-sent",
                    f"{run}.{step}",
                    f"Step {step!r} was already sent in run {run!r}.",
                    "Look at the robot, then plan anew: a motion is never repeated by itself.",
                )
            )
        text = json.dumps(dict(detail or {}), sort_keys=True, separators=(",", ":"))
        seq, before = self._last
        digest = _digest(before, seq + 1, run, step, state, text)
        try:
            self._connection.execute(
                "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", (seq + 1, run, step, state, text, digest)
            )
        except sqlite3.Error as error:
            raise self._corrupt(str(error)) from error
        self._last = (seq + 1, digest)
        return Record(seq + 1, run, step, state, json.loads(text), digest)

    def records(self, run: str | None = None) -> tuple[Record, ...]:
        """Returns the lines of one run, or of all, oldest first."""
        rows = self._connection.execute("SELECT seq, run, step, state, detail, sha256 FROM records ORDER BY seq")
        return tuple(
            Record(seq, name, step, state, json.loads(detail), digest)
            for seq, name, step, state, detail, digest in rows
            if run is None or name == run
        )

    def unfinished(self, run: str) -> tuple[str, ...]:
        """Returns the steps that were sent and never ended: nobody knows what the robot did of them."""
        last = {record.step: record.state for record in self.records(run)}
        return tuple(step for step, state in last.items() if state == "sent")

    def _verified(self) -> tuple[int, str]:
        """Returns position and hash of the last line, having checked every line before it."""
        seq, digest = 0, _FIRST
        for row in self._connection.execute("SELECT seq, run, step, state, detail, sha256 FROM records ORDER BY seq"):
            if row[0] != seq + 1 or row[5] != _digest(digest, *row[:5]):
                raise self._corrupt(f"line {seq + 1} does not fit the one before it")
            seq, digest = row[0], row[5]
        return seq, digest

    def _corrupt(self, what: str) -> JournalError:
        return JournalError(
            Finding(
                "journal-corrupt",
                str(self._path),
                f"The journal cannot be trusted: {what}.",
                "Keep the file for the record and start a new journal, after looking at the robot.",
            )
        )

    def _drop(self) -> None:
        connection = getattr(self, "_connection", None)
        if connection is not None:
            connection.close()


def _digest(before: str, seq: int, run: str, step: str, state: str, detail: str) -> str:
    line = json.dumps([before, seq, run, step, state, detail], separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()
