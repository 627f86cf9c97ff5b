"""The same readers under atheris, which is guided by coverage: ``python -m tests.fuzz.coverage_guided NAME [flags]``.

Not part of the tests: it runs for as long as it is let. Flags are libFuzzer's, for example ``-max_total_time=600``.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports():
    from skills.errors import SkillsError
    from tests.fuzz.parsers import PARSERS


def main() -> None:
    """Fuzzes the reader that the first argument names."""
    if len(sys.argv) < 2 or sys.argv[1] not in PARSERS:
        sys.exit(f"Name one of: {', '.join(PARSERS)}.")
    parser = PARSERS[sys.argv.pop(1)]
    path = Path(tempfile.mkdtemp()) / parser.name

    def one(content: bytes) -> None:
        path.write_bytes(content)
        try:
            parser.read(path)
        except SkillsError as error:
            assert error.finding.remedy

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
