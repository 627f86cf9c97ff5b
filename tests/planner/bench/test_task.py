"""Which tasks a bench tries, with which sentences."""

import json
from dataclasses import replace

import pytest

from planner.bench.rows import ABSENT, Keep, ended, run_rows
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


def test_rows_of_another_version_of_the_code_are_left_out_unless_they_are_asked_for(suites, tmp_path, monkeypatch):
    task, *_ = find_tasks(suites)
    path = tmp_path / "rows.jsonl"
    RowsFile(path, "oracle", fresh=True).add(Row(task.name, task.instruction, 0, "achieved"))
    monkeypatch.setattr("planner.bench.rows_file.version", lambda: "another")
    left_out = RowsFile(path, "oracle", fresh=False)
    assert left_out.lacks(task) and left_out.others == 1
    assert not RowsFile(path, "oracle", fresh=False, any_version=True).lacks(task)


def test_a_bench_is_taken_up_where_it_was_left(suites, tmp_path, capsys):
    tasks, tried = find_tasks(suites), []

    def bench(todo):
        for task in todo:
            tried.append(task.key)
            stage = ABSENT if len(tried) == 2 else "achieved"
            yield Row(task.name, task.instruction, task.seed, stage, goal_met=stage == "achieved")

    keep = Keep(tmp_path / "new" / "figures.json", "oracle", resume=True)
    first = run_rows(tasks, bench, keep, ended)
    assert [r.stage for r in first] == ["achieved", ABSENT] and tried == [t.key for t in tasks]
    again = run_rows(tasks, bench, keep, ended)
    assert [r.stage for r in again] == ["achieved", "achieved"], "what was absent is tried again, what was done is not"
    assert tried == [*(t.key for t in tasks), tasks[1].key]
    assert "[2/2] ok" in capsys.readouterr().err
    run_rows(tasks, bench, replace(keep, resume=False), ended)
    run_rows(tasks, bench, Keep(None, "oracle", resume=True), ended)
    assert len(tried) == 7, "fresh, and kept nowhere: everything is tried"
