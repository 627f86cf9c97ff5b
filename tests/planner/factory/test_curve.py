"""The loss curve: drawn from a run's log, or a typed error."""

from pathlib import Path

import pytest

from planner.factory.training.curve import LogError, draw, points


def test_a_log_becomes_a_picture(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text('{"step": 10, "loss": 2.5, "seconds": 1}\n{"step": 20, "loss": 1.5, "seconds": 2}\n')
    assert points(log) == ([10, 20], [2.5, 1.5])
    draw(log, tmp_path / "loss.png", 48)
    assert (tmp_path / "loss.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("text", "code"), [("", "empty-log"), ("nonsense\n", "bad-log"), ('{"step": 1}\n', "bad-log")])
def test_a_log_that_says_nothing_is_a_typed_error(tmp_path: Path, text: str, code: str) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text(text)
    with pytest.raises(LogError) as caught:
        points(log)
    assert caught.value.finding.code == code
