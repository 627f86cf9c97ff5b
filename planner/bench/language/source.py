"""Reading a suite's file: JSON that is there and has the expected keys, else one typed finding."""

import json
from pathlib import Path
from typing import Any

from skills.errors import SkillsError

MAX_BYTES = 100_000_000
"""Largest file that is read."""


class BenchmarkError(SkillsError):
    """A benchmark's file is missing or is not what the suite expects."""


def read_json(path: Path | None, *keys: str) -> dict[str, Any]:
    """Returns a JSON object that has all ``keys``.

    Raises:
        BenchmarkError: There is no path, no such file, no JSON, or a key is missing.
    """
    if path is None:
        raise BenchmarkError.at("no-file", "--file", "This suite reads a file.", "Give it with --file FILE.")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BenchmarkError.at("too-large", str(path), f"The file has over {MAX_BYTES} bytes.", "Check the path.")
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        what = f"The file cannot be read: {error.strerror}."
        raise BenchmarkError.at("unreadable", str(path), what, "Check the path.") from error
    except (ValueError, RecursionError) as error:
        raise BenchmarkError.at("bad-json", str(path), f"This is no JSON: {error}.", "Check the file.") from error
    missing = [k for k in keys if not isinstance(data, dict) or k not in data]
    if missing:
        what = f"The file has no {', '.join(map(repr, missing))}."
        raise BenchmarkError.at("other-file", str(path), what, "Give the file that this suite is about; see --help.")
    result: dict[str, Any] = data
    return result


def malformed(path: Path | None, error: Exception) -> BenchmarkError:
    """Returns the error for a file whose rows have another form."""
    what = f"A row has another form: {type(error).__name__}: {error}."
    return BenchmarkError.at("bad-rows", str(path), what, "Give the file that this suite is about; see --help.")
