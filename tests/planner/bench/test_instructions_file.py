"""Sentences for tasks: many spellings of one form, and one finding for what is no task."""

import json

import pytest

from planner.bench.instructions_file import read_instructions
from planner.bench.task import find_tasks
from skills.errors import SceneError

NAMES = ("own_goal/put_a_on_b.bddl", "own_90/KITCHEN_SCENE1_put_a_on_b.bddl", "own_90/twice.bddl", "own_10/twice.bddl")


@pytest.mark.parametrize(
    "row",
    [
        {"task": "own_goal/put_a_on_b.bddl", "instruction": "x"},
        {"task": "own_goal/put_a_on_b", "sentence": "x"},
        {"task_name": "put_a_on_b", "text": "x"},
        {"id": "put_a_on_b.bddl", "paraphrase": "x"},
        {"bddl_file": "/data/own_goal/put_a_on_b.bddl", "language": "x"},
        {"suite": "own_goal", "task": "put_a_on_b", "instructions": ["x"]},
        {"task_id": 3, "name": "put_a_on_b", "instruction": "x"},
    ],
)
def test_one_task_however_it_is_written(tmp_path, row) -> None:
    path = tmp_path / "said.jsonl"
    path.write_text(f"\n{json.dumps(row)}\n")
    assert read_instructions(path, NAMES) == [("own_goal/put_a_on_b.bddl", "x")]
    path.write_text(json.dumps([row, row], indent=1))
    assert len(read_instructions(path, NAMES)) == 2


def test_several_sentences_make_several_rows(tmp_path) -> None:
    path = tmp_path / "said.jsonl"
    path.write_text(json.dumps({"task": "put_a_on_b", "paraphrases": ["x", "y"]}))
    assert [s.sentence for s in read_instructions(path, NAMES)] == ["x", "y"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"task": "put_c_on_b", "instruction": "x"}, "unknown-task"),
        ({"task": "twice", "instruction": "x"}, "ambiguous-task"),
        ({"task": 7, "instruction": "x"}, "bad-instructions"),
        ({"task": "put_a_on_b"}, "bad-instructions"),
        ({"instruction": "x"}, "bad-instructions"),
        ({"task": "", "instruction": "x"}, "bad-instructions"),
        (["put_a_on_b", "x"], "bad-instructions"),
    ],
)
def test_what_names_no_task_is_one_finding(tmp_path, row, code) -> None:
    path = tmp_path / "said.jsonl"
    path.write_text(json.dumps(row))
    with pytest.raises(SceneError) as caught:
        read_instructions(path, NAMES)
    assert caught.value.finding.code == code


def test_a_missing_file_is_one_finding(tmp_path) -> None:
    with pytest.raises(SceneError) as caught:
        read_instructions(tmp_path / "none", NAMES)
    assert caught.value.finding.code == "unreadable"


def test_a_pattern_still_chooses_among_the_tasks_that_are_named(suites, tmp_path) -> None:
    path = tmp_path / "said.jsonl"
    path.write_text(json.dumps({"task": "put_the_bowl_on_the_plate", "instruction": "x"}))
    assert [t.instruction for t in find_tasks(suites, "own_goal/*", path)] == ["x"]
    assert find_tasks(suites, "own_90/*", path) == []
