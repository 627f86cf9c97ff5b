"""Any list of scenes and instructions: an answer for each, or one finding."""

import json

import pytest

from planner.bench.language.lines import read, run
from planner.bench.language.source import BenchmarkError
from skills.scene import dump_scene
from tests.small import Says, draft, table_top

MODEL = Says({
    "go": draft(["on(can, plate)"]),
    "which": draft(question="Which can?"),
    "no": draft(refusal="I will not."),
    "odd": draft(["open(can)"]),
})  # fmt: skip


@pytest.fixture
def asked(tmp_path):
    (tmp_path / "top.scene.yaml").write_text(dump_scene(table_top()))
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps({"scene": "top.scene.yaml", "instruction": t}) for t in MODEL.table) + "\n\n")
    return path


def test_draft_goal_questions_and_refusals_for_each(asked) -> None:
    go, which, no, odd = run(read(asked), MODEL)
    assert go["goal"] == ["on(can, plate)"] and go["plan"] and go["symbolic_pass"]
    assert which["questions"] == ["Which can?"] and not which["plan"]
    assert no["refusals"] == ["I will not."] and no["draft"]["refusal"] == "I will not."
    assert not odd["symbolic_pass"] and odd["findings"]
    assert all(json.dumps(row) for row in (go, which, no, odd))


@pytest.mark.parametrize("line", ["{", "[]", '{"scene": "kitchen"}', '{"scene": 1, "instruction": "x"}'])
def test_bad_lines_are_refused_with_their_number(tmp_path, line) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(f"\n{line}\n")
    with pytest.raises(BenchmarkError) as caught:
        read(path)
    assert caught.value.finding.code == "bad-line" and caught.value.finding.where.endswith(":2")


def test_a_scene_that_is_not_there_is_one_finding(tmp_path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"scene": "none.scene.yaml", "instruction": "x"}))
    with pytest.raises(BenchmarkError) as caught:
        read(path)
    assert f"{path}:1" in caught.value.finding.where
    with pytest.raises(BenchmarkError):
        read(tmp_path / "none.jsonl")
