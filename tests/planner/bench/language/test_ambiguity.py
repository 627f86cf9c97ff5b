"""Ambiguity: who asks where several readings survive, and only there, is right."""

import pytest

from planner.bench.language import ambiguity
from planner.bench.language.ambiguity import Decision, figures
from planner.bench.language.attempt import follow
from planner.bench.language.generated import asks
from tests.planner.bench.language.test_told import written
from tests.small import draft

QUESTION = draft(question="Which one?")


@pytest.fixture(scope="module")
def items():
    found = ambiguity.drawn(4)
    assert sum(asks(i.example) for i in found) >= 3
    return found


def decided(items, answer):
    return [Decision(i, follow(answer(i), ambiguity.case(1, i).instruction)) for i in items]


def test_a_perfect_asker(items) -> None:
    made = decided(items, lambda i: QUESTION if asks(i.example) else written(i))
    assert figures(made) == {"coverage": 1.0, "needless_questions": 0.0, "wrong_motions": 0.0}


def test_who_always_asks_is_needless(items) -> None:
    made = decided(items, lambda i: QUESTION)
    assert figures(made) == {"coverage": 1.0, "needless_questions": 1.0, "wrong_motions": 0.0}


def test_who_never_asks_moves_wrongly_where_the_reading_was_another(items) -> None:
    right = decided(items, written)
    assert figures(right) == {"coverage": 0.0, "needless_questions": 0.0, "wrong_motions": 0.0}
    other = next(i for i in items if asks(i.example))
    elsewhere = follow(draft([f"visited({_place(other)})"]), ambiguity.case(1, other).instruction)
    assert Decision(other, elsewhere).wrong_motion


def _place(item):
    rows = item.example.table.rows
    return next(i for i, k in item.told.row_of.items() if rows[k].role in ("table", "fixture"))


def test_a_case_wants_the_question_and_nothing_else(items) -> None:
    for item in items:
        case = ambiguity.case(1, item)
        assert case.right(follow(QUESTION, case.instruction)) is asks(item.example)
        assert case.family in ("ambiguous", "near miss", "plain")
