"""Every reader of files either reads, or raises one typed error with a remedy, within a second."""

import os
import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skills.errors import SkillsError
from tests.fuzz.hostile import EVERYWHERE, FOR
from tests.fuzz.parsers import PARSERS

SECOND = 2.0
"""Most processor time for one file [s]: a second, and as much again on a machine that others use too."""


def read(name: str, content: bytes, folder: Path) -> SkillsError | None:
    """Reads a file; returns the error, if it raises the kind of error that it may raise."""
    parser = PARSERS[name]
    path = folder / parser.name
    path.write_bytes(content)
    began = time.process_time()
    try:
        parser.read(path)
    except SkillsError as error:
        found = error.finding
        assert found.code and found.what and found.remedy and found.severity == "error"
        str(error).encode()  # can be shown
        return error
    finally:
        assert time.process_time() - began < SECOND
    return None


@pytest.mark.parametrize("name", [n for n in PARSERS if n not in ("certificate", "episode", "rows")])
def test_what_is_right_is_read(name: str, tmp_path: Path) -> None:
    assert read(name, PARSERS[name].right, tmp_path) is None


@pytest.mark.parametrize("name", PARSERS)
def test_nothing_hostile_gets_through(name: str, tmp_path: Path) -> None:
    for what, content in EVERYWHERE.items():
        error = read(name, content, tmp_path)
        harmless = name in ("rows", "template", "instructions", "replay", "rules") or (name, what) in HARMLESS
        assert error is not None or harmless, what


HARMLESS: set[tuple[str, str]] = set()


@pytest.mark.parametrize(("name", "what"), [(n, w) for n, files in FOR.items() for w in files])
def test_what_is_aimed_at_one_reader_is_said(name: str, what: str, tmp_path: Path) -> None:
    error = read(name, FOR[name][what], tmp_path)
    passed_on = {
        ("plan", "1,000 nodes, no order"),
        ("plan", "20,000 edges"),
        ("scene", "a path outside"),
        ("scene", "5,000 things"),
    }
    assert error is not None or (name, what) in passed_on


@pytest.mark.parametrize(
    "name", [n for n in PARSERS if n not in ("template", "certificate", "obj", "urdf", "plan", "rows")]
)
def test_what_has_no_end_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / PARSERS[name].name
    path.symlink_to("/dev/zero")
    with pytest.raises(SkillsError):
        PARSERS[name].read(path)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(SkillsError):
        PARSERS[name].read(path)


TOKENS = (
    b"NaN", b"-Infinity", b".nan", b"1e400", b"-1", b"9" * 5000, b"null", b"true", b"[]", b"{}", b'""', b"\\ud800",
    b"..", b"/etc/passwd", b"*a", b"&a", b"!!set", b"<<", b"- ", b": ", b"\t", b"\0", b"(", b")", b"<a>", b"&#0;",
    "\u202e".encode(), b"\xf0\x28\x8c\x28",
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, right: bytes) -> bytes:
    """A file that was right, cut, doubled, and with hostile words in it."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    content = bytearray(right)
    for _ in range(draw(st.integers(1, 4))):
        place = chance.randrange(len(content) + 1)
        end = min(len(content), place + chance.choice((0, 1, 4, 20)))
        piece = bytes(content[chance.randrange(len(content) + 1) :][: chance.choice((3, 30))])
        content[place:end] = chance.choice((*TOKENS, piece, piece * 20, bytes([chance.randrange(256)])))
    return bytes(content)


@pytest.mark.parametrize("name", PARSERS)
def test_what_is_spoilt_is_read_or_said(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp(name)

    @settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(spoilt(PARSERS[name].right))
    def each(content: bytes) -> None:
        read(name, content, folder)

    each()
