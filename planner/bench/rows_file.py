"""`RowsFile`: finished rows on disk, one JSON line each, so that a bench can be taken up again."""

import json
from pathlib import Path

from planner.bench.task import Row, Task


class RowsFile:
    """Rows of one bench under one configuration.

    Args:
        path: The file; it is made when the first row is added.
        asked: What was asked of the bench; rows of another configuration are left out.
        fresh: Forget the rows that are there.
    """

    def __init__(self, path: Path, asked: str, fresh: bool) -> None:
        self._path, self._asked = path, asked
        self.rows: dict[str, Row] = {}
        if fresh:
            path.unlink(missing_ok=True)
        if path.exists():
            self.rows = dict(self._read())

    def add(self, row: Row) -> None:
        """Adds a row; it is in the file when this returns."""
        self.rows[_key(row)] = row
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"asked": self._asked, **row.to_json()}, ensure_ascii=False) + "\n")

    def lacks(self, task: Task) -> bool:
        """Says whether the task has no row yet."""
        return task.key not in self.rows

    def _read(self) -> list[tuple[str, Row]]:
        found = []
        for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                data = json.loads(line)
                if data.get("asked") != self._asked:
                    continue
                row = Row.from_json(data)
            except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
                continue  # no row: the last line of a run that was killed while writing
            found.append((_key(row), row))
        return found


def _key(row: Row) -> str:
    return f"{row.task}#{row.seed}#{row.instruction}"
