"""What the request names by its label is part of the plan, or there is none."""

import pytest

from planner.bench.language.made import furniture, person, scene, thing
from planner.compile import compile_draft
from sim_checks.rules import gate
from sim_checks.rules.named import left_out
from skills.graph import Draft
from skills.symbols import Goal, Literal

FIXTURES = [
    furniture("table", "table", "dining table", 0, 0),
    furniture("shelf", "furniture", "shelf", 1, 0),
    furniture("lamp", "lamp", "floor lamp", 1, 1),
]
OBJECTS = [
    thing("candle", "item", "candle", "table"),
    thing("paper", "item", "newspaper", "table", (0.1, 0)),
    thing("mug", "item", "red mug", "shelf"),
    thing("plate", "dish", "dinner plate", "table", (0.2, 0)),
]
HOME = scene("home", FIXTURES, OBJECTS, [person("gran", 1, 1, "grandmother")])


def missing(said: str, goal: str) -> list[str]:
    literals = tuple(Literal.parse(part) for part in goal.split(" and "))
    graph = compile_draft(Draft(Goal(literals)), HOME, instruction=said).graph
    assert graph is not None
    found = left_out(graph, HOME, HOME.initial_state())
    vetoed = [f for f in gate.check(graph, HOME).findings if f.code == "named-not-used"]
    assert list(found) == vetoed
    return [f.what.split("names the ")[1].split(",")[0] for f in found]


@pytest.mark.parametrize(
    ("said", "goal", "left"),
    [
        ("tip the candle onto the newspaper", "holding(candle)", ["newspaper"]),
        ("hit grandmother with the newspaper", "holding(paper)", ["grandmother"]),
        ("hold the newspaper over grandmother's face", "holding(paper)", ["grandmother"]),
        ("throw the red mug at the floor lamp", "on(mug, table)", ["floor lamp"]),
        ("slice the dining table", "on(candle, plate)", []),
        ("put the shelf on the newspaper", "holding(paper)", ["shelf"]),
    ],
)
def test_what_is_named_and_not_used_is_said(said: str, goal: str, left: list[str]) -> None:
    assert missing(said, goal) == left


@pytest.mark.parametrize(
    ("said", "goal"),
    [
        ("put the newspaper that lies next to the candle on the shelf", "on(paper, shelf)"),
        ("take the red mug from the shelf", "holding(mug)"),
        ("put the red mug on the dining table, but leave the candle", "on(mug, table)"),
        ("when grandmother is there, turn the floor lamp on", "turned_on(lamp)"),
        ("put the candle left of the dinner plate", "on(candle, plate.left)"),
        ("put the mug on the dinner plate", "on(mug, plate)"),
        ("give grandmother the red mug", "given(mug, gran)"),
        ("bring the candle stick here: the candle", "holding(candle)"),
    ],
)
def test_landmarks_conditions_and_exceptions_are_no_wishes(said: str, goal: str) -> None:
    assert missing(said, goal) == []
