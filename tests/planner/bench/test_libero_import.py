import json

import pytest

from planner.bench.libero_import import judge, run
from skills.errors import SceneError

TASK = """
(define (problem Room) (:domain robosuite) (:language tidy)
  (:regions (mug_region (:target desk) (:ranges ((-0.1 0.0 -0.05 0.05)))))
  (:fixtures desk - table)
  (:objects mug_1 - mug plate_1 - plate)
  (:init (On mug_1 {place}) (On plate_1 desk_mug_region))
  (:goal (On mug_1 plate_1)))
"""


@pytest.fixture
def folder(tmp_path):
    suite = tmp_path / "suite"
    suite.mkdir()
    (suite / "good.bddl").write_text(TASK.format(place="plate_1"))
    (suite / "broken.bddl").write_text("(define (problem")
    return tmp_path


def test_a_file_that_settles_counts_and_a_broken_one_does_not(folder):
    out = folder / "out.json"
    result = run(folder, jobs=1, json_out=out)
    assert (result["n"], result["imported"], result["settled"]) == (2, 0.5, 0.5)
    assert json.loads(out.read_text())["n"] == 2
    (failure,) = result["failures"]
    assert failure["task"] == "suite/broken.bddl"
    assert "never closed" in failure["findings"][0]


def test_a_start_that_does_not_hold_is_named(folder, monkeypatch):
    """The judge asks the settled world, not the file."""
    import planner.bench.libero_import as bench

    monkeypatch.setattr(bench, "holds", lambda literal, world: literal.predicate != "on")
    row = judge("suite/good.bddl", folder / "suite" / "good.bddl", 0)
    assert row.imported and not row.settled
    assert "on(mug_1, plate_1)" in row.untrue


def test_an_empty_folder_is_bad_input(tmp_path):
    with pytest.raises(SceneError):
        run(tmp_path)
