"""SayCan's suite: one name for one object, kinds, exclusions, and effects read off symbolic states."""

import json
from pathlib import Path

import pytest

from planner.bench.language.attempt import follow
from planner.bench.language.saycan import effects, suite
from planner.bench.language.saycan_words import canonical, classes, core, excluded, meant, names
from tests.small import draft


def attempted(case, *goals):
    return case.right(follow(draft(goals), case.instruction))


def test_effects_decide(saycan_file: Path) -> None:
    fruit, oranges, grip, drive, serve, pepsi, but = suite(saycan_file).cases
    assert attempted(fruit, "given(o_banana, user)") and attempted(fruit, "given(o_apple, user)")
    assert not attempted(fruit, "given(o_tea, user)") and not attempted(fruit, "holding(o_banana)")
    assert attempted(oranges, "in(o_orange, trash)", "in(o_orange_2, trash)")
    assert not attempted(oranges, "in(o_orange, trash)")
    assert attempted(drive, "visited(table)") and not attempted(drive, "visited(counter)")
    assert attempted(serve, "given(o_tea, user)", "given(o_apple, user)")
    assert not attempted(serve, "given(o_tea, user)", "given(o_pepsi, user)")
    assert attempted(pepsi, "on(o_pepsi, close_counter)") and not attempted(pepsi, "on(o_pepsi, far_counter)")
    assert attempted(but, "given(o_apple, user)") and not attempted(but, "given(o_banana, user)")
    assert grip.family == "hold"


def test_faulty_rows_are_counted_and_listed(saycan_file: Path) -> None:
    found = suite(saycan_file)
    assert len(found.cases) == 7 and found.marked == [{"row": 6, "issue": "cut"}]


def test_names_are_one_for_one_object() -> None:
    assert canonical("Coke can") == canonical("coke") == "coke"
    assert names("get me the red bull", "redbull") and names("the chips bag please", "bag of chips")
    assert not names("get me chips", "rice chips")


def test_kinds_narrow_and_exclusions_remove() -> None:
    assert meant("bring me a soda", "coke") >= {"coke", "pepsi"}
    assert meant("bring me a soda that is not a coke", "pepsi") == meant("bring me a soda", "pepsi") - {"coke"}
    assert "apple" in excluded("I'm allergic to apples, get me fruit")
    assert meant("the apple", "apple") == {"apple"}
    assert core("Could you fetch tea?") == core("fetch tea")


def test_the_class_table_speaks_of_known_objects() -> None:
    table = classes()
    assert all(objects <= table.everything for _, objects in table.kinds)
    assert set(table.labels) <= table.everything


def test_every_public_row_can_be_answered_rightly(benchmarks: Path) -> None:
    file = benchmarks / "saycan" / "saycan_plans.json"
    found = suite(file)
    assert len(found.cases) == 99 and len(found.marked) == 1
    rows = json.loads(file.read_text())["plans_v0"]
    wrong = [c.key for c, row in zip(found.cases, rows, strict=True) if not attempted(c, *ideal(c, effects(row)))]
    assert wrong == []


def ideal(case, wanted) -> list[str]:
    """Goals that bring about a plan's effects."""
    thing = {}
    for entity in case.scene.entities.values():
        if entity.role == "object":
            name = entity.id.removeprefix("o_").rstrip("_23")
            thing.setdefault(name, []).append(entity.id)
    near = "close_counter" if "close_counter" in case.scene.entities else "counter"
    goals = []
    for name, place in wanted.placed:
        identifier = thing[name.replace(" ", "_")].pop(0)
        relation = {"user": "given", "trash": "in", "drawer": "in"}.get(place, "on")
        goals.append(f"{relation}({identifier}, {near if place == 'counter' else place})")
    if wanted.held:
        goals.append(f"holding({thing[wanted.held.replace(' ', '_')][0]})")
    if not goals:
        goals = [f"visited({near if place == 'counter' else place})" for place in sorted(wanted.visited)]
    return goals


@pytest.mark.parametrize("text", ["fetch two teas", "fetch tea"])
def test_numbers_are_asked_for_in_words(text: str) -> None:
    from planner.bench.language.saycan_scene import copies

    assert copies(text, 2) == (2 if "two" in text else 1)
