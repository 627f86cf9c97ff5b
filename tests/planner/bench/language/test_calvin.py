"""CALVIN's suite: preconditions hold, rules judge symbolic ends, and only the right task counts."""

import json
from pathlib import Path

import pytest

from planner.bench.language.attempt import follow
from planner.bench.language.calvin import cases
from planner.bench.language.calvin_rules import achieved
from planner.bench.language.calvin_scene import BLOCKS, table_for
from planner.bench.language.measure import measure
from planner.bench.language.source import BenchmarkError
from planner.bench.language.table import Report
from skills.symbols import Literal
from tests.small import Says, draft

LIFT = ["lift_object", "block_red", 0.05, "table"]


def facts(*texts: str) -> frozenset[Literal]:
    return frozenset(map(Literal.parse, texts))


def test_the_right_task_counts_and_another_does_not(calvin_file: Path) -> None:
    found = cases(calvin_file)
    model = Says(
        {
            found[0].text: draft(["turned_left(red_block)"]),
            found[1].text: draft(["open(drawer)"]),
            found[2].text: draft(refusal="no"),
            found[3].text: draft(["open(drawer)"]),
        }
    )
    report = Report("calvin", model.name, measure(found, model))
    assert [line.correct for line in report.lines] == [True, True, False, False]
    assert report.summary()["n"] == 4 and report.summary()["correct"] == 0.5


def test_a_second_task_on_the_way_is_wrong(calvin_file: Path) -> None:
    turn = cases(calvin_file)[0]
    start = turn.instruction.state
    extra = "closed(drawer)" if Literal("open", ("drawer",)) in start else "open(drawer)"
    both = follow(draft(["turned_left(red_block)", extra]), turn.instruction)
    assert both.passed and turn.right(both) is (extra == "closed(drawer)")  # close_drawer is none of the three tasks


@pytest.mark.parametrize(
    ("rule", "before", "after", "done"),
    [
        (["rotate_object", "block_red", -60], [], ["turned_right(red_block)"], True),
        (["rotate_object", "block_red", -60], ["turned_right(red_block)"], ["turned_right(red_block)"], False),
        (["push_object", "block_pink", -0.1, 0], [], ["moved_left(pink_block)"], True),
        (["move_door_rel", "base__slide", 0.15], ["moved_right(door)"], ["moved_left(door)"], True),
        ([*LIFT, "base_link"], ["on(red_block, table)"], ["holding(red_block)"], True),
        ([*LIFT, "base_link"], ["in(red_block, drawer)"], ["holding(red_block)"], False),
        (["place_object", "table", "plank_link"], ["holding(red_block)"], ["in(red_block, cabinet)"], True),
        (["place_object", "table", "plank_link"], ["on(red_block, table)"], ["in(red_block, cabinet)"], False),
        (
            ["push_object_into", ["block_red"], "table", "base_link", "table", "drawer_link"],
            ["on(red_block, table)"],
            ["in(red_block, drawer)"],
            True,
        ),
        (["toggle_light", "led", 0, 1], ["turned_off(led)"], ["turned_on(led)"], True),
        (["toggle_light", "led", 0, 1], ["turned_off(bulb)"], ["turned_on(bulb)"], False),
        (["stack_objects"], ["holding(red_block)"], ["on(red_block, blue_block)"], True),
        (["unstack_objects"], ["on(red_block, blue_block)"], ["holding(red_block)"], True),
        (["unstack_objects"], ["on(red_block, blue_block)"], ["on(red_block, blue_block)"], False),
    ],
)  # fmt: skip
def test_rules(rule: list[object], before: list[str], after: list[str], done: bool) -> None:
    assert (achieved({"task": rule}, facts(*before), facts(*after)) == {"task"}) is done


def test_a_table_is_the_same_for_the_same_sentence_and_has_its_condition() -> None:
    conditions = [{"red_block": "stacked_top", "blue_block": "stacked_bottom", "grasped": 0}]
    first, second = table_for("a", conditions), table_for("a", conditions)
    assert first.scene.sha256 == second.scene.sha256 and first.facts == second.facts
    assert facts("on(red_block, blue_block)", "on(blue_block, table)") <= first.facts
    assert len({table_for(str(i), conditions).facts for i in range(20)}) > 3


def test_what_the_hand_holds_stands_nowhere() -> None:
    table = table_for("b", [{"red_block": "grasped", "drawer": "open", "grasped": 1}])
    assert Literal("holding", ("red_block",)) in table.facts and Literal("hand_empty") not in table.facts
    assert not [f for f in table.facts if f.predicate in ("on", "in") and f.args[0] == "red_block"]
    assert all(table.scene.entities[b].graspable for b in BLOCKS)


def test_malformed_files_are_one_finding(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError) as none:
        cases(None)
    assert none.value.finding.code == "no-file"
    path = tmp_path / "x.json"
    for content, code in (
        ("{", "bad-json"),
        ("[]", "other-file"),
        (json.dumps({"train_annotations": {"t": ["x"]}, "task_oracle": {}, "symbolic_tasks": {}}), "bad-rows"),
        (
            json.dumps(
                {
                    "train_annotations": {"t": ["x"]},
                    "task_oracle": {"t": ["dance"]},
                    "symbolic_tasks": {"t": [{"condition": {}}]},
                }
            ),
            "bad-rows",
        ),
    ):
        path.write_text(content)
        with pytest.raises(BenchmarkError) as error:
            cases(path)
        assert error.value.finding.code == code


def test_the_public_file_has_389_sentences_of_34_tasks(benchmarks: Path) -> None:
    found = cases(benchmarks / "calvin" / "calvin_tasks.json")
    assert len(found) == 389 and len({c.family for c in found}) == 34


def ideal(case) -> list[str]:
    """A goal that does the case's task, read off the task's name."""
    words = case.family.split("_")
    held = next((f.args[0] for f in case.instruction.state if f.predicate == "holding"), "")
    start = {f"{f.predicate}({', '.join(f.args)})" for f in case.instruction.state}
    top = next((f.args[0] for f in case.instruction.state if f.predicate == "on" and f.args[1] in BLOCKS), "")
    block = f"{words[1]}_block"
    match words[0]:
        case "rotate":
            return [f"turned_{words[-1]}({block})"]
        case "push" if words[1] == "into":
            return [f"in({next(b for b in BLOCKS if f'on({b}, table)' in start)}, drawer)"]
        case "push":
            return [f"moved_{words[-1]}({block})"]
        case "move":
            return [f"moved_{words[-1]}(door)"]
        case "open" | "close":
            return ["open(drawer)" if words[0] == "open" else "closed(drawer)"]
        case "lift":
            return [f"holding({block})"]
        case "place":
            return [f"in({held}, {'cabinet' if words[-1] == 'slider' else 'drawer'})"]
        case "stack":
            return [f"on({held}, {next(b for b in BLOCKS if f'on({b}, table)' in start)})"]
        case "unstack":
            return [f"on({top}, table)"]
    return [f"turned_{words[1]}({'led' if words[-1] == 'led' else 'bulb'})"]


def test_every_public_sentence_can_be_answered_rightly(benchmarks: Path) -> None:
    wrong = [
        case.key
        for case in cases(benchmarks / "calvin" / "calvin_tasks.json")
        if not case.right(follow(draft(ideal(case)), case.instruction))
    ]
    assert wrong == []
