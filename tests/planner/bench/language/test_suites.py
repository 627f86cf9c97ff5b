"""Suites by name and by command line: exit codes, the JSON's keys, and limits that spread."""

import json

import pytest

from planner.bench.language import alfred, libero
from planner.bench.language.attempt import follow
from planner.bench.language.made import held, scene, thing
from planner.bench.language.measure import spread
from planner.bench.language.source import BenchmarkError
from planner.bench.language.suites import run
from planner.faces import bench_language_commands as commands
from planner.faces.cli import run as rehearse
from planner.factory.alfred import Case as Sentence
from skills.symbols import Literal
from tests.small import Says, draft, table_top

NEVER = Says(always=draft(refusal="no"))


def test_libero_is_judged_by_the_goal_that_no_model_sees(suites) -> None:
    found = libero.cases(suites)
    assert [c.family for c in found] == ["own_90", "own_goal"]
    right = follow(draft(["on(akita_black_bowl_1, plate_1)"]), found[1].instruction)
    assert found[1].right(right) and not found[0].right(follow(draft(refusal="no"), found[0].instruction))
    with pytest.raises(BenchmarkError):
        libero.cases(None)


def test_alfred_s_goals_are_exact() -> None:
    goal = frozenset({Literal.parse("on(can, plate)")})
    other = frozenset({Literal.parse("on(plate, can)")})
    said = Sentence("x", table_top(), tuple(goal), (goal, other), (), "place")
    case = alfred.case_of(1, said)
    assert case.right(follow(draft(["on(can, plate)"]), case.instruction))
    assert case.right(follow(draft(["on(plate, can)"]), case.instruction))
    assert not case.right(follow(draft(["on(can, plate)", "on(plate, table)"]), case.instruction))
    assert not case.right(follow(draft(refusal="no"), case.instruction))


def test_alfred_s_held_out_sentences(benchmarks) -> None:
    found = alfred.cases(benchmarks / "alfred" / "alfred_train_instructions.json", 60)
    assert len(found) == 60 and len({c.key for c in found}) == 60


def test_a_limit_is_spread_over_the_suite() -> None:
    assert spread(range(10), 4) == [0, 2, 5, 7] and spread(range(3), 9) == [0, 1, 2] and spread([], 3) == []


def test_every_report_has_the_same_keys(calvin_file, saycan_file, suites) -> None:
    for name, given in (
        ("calvin", {"file": calvin_file}),
        ("saycan", {"file": saycan_file}),
        ("libero", {"folder": suites}),
    ):
        data = run(name, NEVER, **given, limit=2).to_json()
        assert {"n", "correct", "baseline_correct", "by_family", "errors", "rows"} <= set(data), name
        assert data["n"] == 2 and len(data["errors"]) == 2
        assert all(e["said"] == "refuses: no" for e in data["errors"])


def test_the_command_prints_the_table_and_writes_the_json(monkeypatch, capfd, calvin_file, tmp_path) -> None:
    monkeypatch.setattr(commands, "model_of", lambda spec: NEVER)
    out = tmp_path / "figures" / "calvin.json"
    words = ["bench", "language", "--suite", "calvin", "--file", str(calvin_file), "--json", str(out)]
    assert rehearse(words) == 0
    said = capfd.readouterr()
    assert "keyword baseline" in said.out and "baseline_correct" in said.out and "refuses: no" in said.out
    assert "[4/4]" in said.err
    assert json.loads(out.read_text())["n"] == 4


@pytest.mark.parametrize(
    "words",
    [
        ["--suite", "calvin"],
        ["--suite", "calvin", "--file", "/nowhere.json"],
        ["--suite", "saycan", "--file", __file__],
        ["--suite", "alfred", "--file", "/nowhere.json"],
        ["--suite", "libero"],
        ["--suite", "libero", "--dir", "/nowhere"],
        ["--suite", "dance"],
        ["--jsonl", "/nowhere.jsonl", "--out", "/tmp/none.jsonl"],
        ["--jsonl", "/nowhere.jsonl"],
        [],
        ["--suite", "own", "--lm", "martian"],
    ],
)
def test_bad_input_is_exit_code_2_and_one_finding(words, capfd) -> None:
    assert rehearse(["bench", "language", *words]) == 2
    assert "->" in capfd.readouterr().err


def test_answers_to_a_list(monkeypatch, capfd, tmp_path) -> None:
    monkeypatch.setattr(commands, "model_of", lambda spec: Says(always=draft(["on(bowl, plate)"])))
    asked, answers = tmp_path / "in.jsonl", tmp_path / "out" / "answers.jsonl"
    asked.write_text(json.dumps({"scene": "kitchen", "instruction": "x"}) + "\n")
    assert rehearse(["bench", "language", "--jsonl", str(asked), "--out", str(answers)]) == 0
    (row,) = map(json.loads, answers.read_text().splitlines())
    assert row["goal"] == ["on(bowl, plate)"] and row["symbolic_pass"]
    assert "1 with a plan" in capfd.readouterr().out


def test_help_teaches_every_suite(capfd) -> None:
    assert rehearse(["bench", "language", "--help"]) == 0
    said = capfd.readouterr().out
    assert all(name in said for name in commands.SuiteName)


def test_made_scenes_are_scenes() -> None:
    made = scene("s", [], [thing("a", "item", "pear", "b"), held("b", "dish", None)])
    assert made.entities["a"].words == "pear" and made.entities["b"].surface
