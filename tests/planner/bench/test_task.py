"""Which tasks a bench tries, with which sentences."""

import json

import pytest

from planner.bench.rows_file import RowsFile
from planner.bench.task import Row, find_tasks
from skills.errors import SceneError


def test_the_sentence_comes_from_the_file_name_not_from_the_language_text(suites) -> None:
    tasks = find_tasks(suites)
    assert [(t.name, t.instruction) for t in tasks] == [
        ("own_90/KITCHEN_SCENE10_put_the_plate_on_the_bowl.bddl", "put the plate on the bowl"),
        ("own_goal/put_the_bowl_on_the_plate.bddl", "put the bowl on the plate"),
    ]


def test_patterns_and_seeds_choose_tasks(suites) -> None:
    assert [t.seed for t in find_tasks(suites, "own_goal/*", seeds=3)] == [0, 1, 2]
    assert len(find_tasks(suites, "*KITCHEN*")) == 1
    for pattern, folder in (("nothing*", suites), ("*", suites / "own_goal")):
        with pytest.raises(SceneError) as caught:
            find_tasks(folder, pattern)
        assert caught.value.finding.code == "no-tasks"


def test_given_instructions_replace_the_sentences(suites, tmp_path) -> None:
    lines = tmp_path / "said.jsonl"
    said = [{"task": "own_goal/put_the_bowl_on_the_plate.bddl", "instruction": f"words {i}"} for i in range(2)]
    lines.write_text("\n".join(map(json.dumps, said)) + "\n\n")
    tasks = find_tasks(suites, instructions=lines)
    assert [t.instruction for t in tasks] == ["words 0", "words 1"]
    assert len({t.key for t in tasks}) == 2


@pytest.mark.parametrize("line", ["{", '{"task": "x"}', "[1]"])
def test_bad_instruction_lines_are_refused_with_their_number(suites, tmp_path, line) -> None:
    lines = tmp_path / "said.jsonl"
    lines.write_text(f"\n{line}\n")
    with pytest.raises(SceneError) as caught:
        find_tasks(suites, instructions=lines)
    assert caught.value.finding.where.endswith(":2")


def test_rows_are_taken_up_again_unless_the_question_changed(suites, tmp_path) -> None:
    first, second = find_tasks(suites)
    path = tmp_path / "rows.jsonl"
    row = Row(first.name, first.instruction, 0, "achieved", goal_met=True, plan=("pick(a)",), seconds={"import": 0.1})
    RowsFile(path, "oracle", fresh=True).add(row)
    with path.open("a") as file:
        file.write('{"asked": "oracle", "task": "cut')  # killed while writing
    again = RowsFile(path, "oracle", fresh=False)
    assert not again.lacks(first) and again.lacks(second)
    assert again.rows[first.key] == row
    assert RowsFile(path, "lm", fresh=False).lacks(first)
    assert RowsFile(path, "oracle", fresh=True).lacks(first)
