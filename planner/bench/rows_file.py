"""`RowsFile`: finished rows on disk, one JSON line each, so that a bench can be taken up again."""

import json
from pathlib import Path

from planner.bench.task import Row, Task
from planner.bench.version import version


class RowsFile:
    """Rows of one bench under one configuration and one version of the code.

    Args:
        path: The file; it is made when the first row is added.
        asked: What was asked of the bench; rows of another configuration are left out.
        fresh: Forget the rows that are there.
        any_version: Take the rows of other versions of the code too.
    """

    def __init__(self, path: Path, asked: str, fresh: bool, any_version: bool = False) -> None:
        self._path, self._asked, self._any = path, asked, any_version
        self.rows: dict[str, Row] = {}
        self.others = 0
        """Rows of other versions of the code that were left out."""
        if fresh:
            path.unlink(missing_ok=True)
        if path.exists():
            self._read()

    def add(self, row: Row) -> None:
        """Adds a row; it is in the file when this returns."""
        self.rows[_key(row)] = row
        line = {"asked": self._asked, "version": version(), **row.to_json()}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def lacks(self, task: Task) -> bool:
        """Says whether the task has no row yet."""
        return task.key not in self.rows

    def _read(self) -> None:
        for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                data = json.loads(line)
                if data.get("asked") != self._asked:
                    continue
                row = Row.from_json(data)
                if self._any or data.get("version") == version():
                    self.rows[_key(row)] = row
                else:
                    self.others += 1
            except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
                continue  # no row: the last line of a run that was killed while writing


def _key(row: Row) -> str:
    return f"{row.task}#{row.seed}#{row.instruction}"
