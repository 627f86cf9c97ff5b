"""The keyword baseline: verbs by keyword, things by the words of their labels."""

import pytest

from planner.bench.language.baseline import KeywordModel
from planner.bench.language.made import furniture, person, scene, thing
from planner.instruction import Instruction
from planner.language.port import LanguageModel

ROOM = scene(
    "room",
    [
        furniture("table", "table", "table", 0, 0),
        furniture("drawer", "drawer", "drawer", 1, 0),
        furniture("lamp", "lamp", "green lamp with a button", 1, 1),
        furniture("bin", "bin", "trash can", 2, 0),
    ],
    [thing("red", "dish", "red cup", "table"), thing("blue", "dish", "blue cup", "table", (0.1, 0.1))],
    [person("user", 2, 2)],
)


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("Put the red cup into the drawer", "in(red, drawer)"),
        ("set the blue cup on the red cup", "on(blue, red)"),
        ("turn on the green lamp", "turned_on(lamp)"),
        ("open the drawer please", "open(drawer)"),
        ("bring me the blue cup", "given(blue, user)"),
        ("pick up the red cup", "holding(red)"),
        ("rotate the blue cup to the left", "turned_left(blue)"),
        ("go to the table", "visited(table)"),
    ],
)
def test_plain_requests_are_looked_up(text, goal) -> None:
    said = KeywordModel().draft(Instruction(text, ROOM))
    assert str(said.goal) == goal


@pytest.mark.parametrize("text", ["whistle", "put the spoon on the table", "smash the red cup"])
def test_what_is_not_found_is_refused(text) -> None:
    assert KeywordModel().draft(Instruction(text, ROOM)).refusal


def test_it_is_a_language_model() -> None:
    assert isinstance(KeywordModel(), LanguageModel)
