"""Generated tables told as scenes: the road reads the very table that was generated."""

import numpy as np
import pytest

from planner.bench.language.attempt import follow
from planner.bench.language.generated import asks, case_of, exact, goal_of, heard, refuses
from planner.bench.language.told import told
from planner.factory.generate import examples
from planner.language.layout import table_of
from planner.language.table import EntityTable, Row
from planner.language.writer import Writer, draft_of

FLAGS = [f for f in Row.__slots__ if f not in ("id", "parent", "support", "was", "position")]


@pytest.fixture(scope="module")
def some():
    return heard(examples(np.random.default_rng(11), 90), 80)


def test_most_examples_can_be_told() -> None:
    made = list(examples(np.random.default_rng(12), 60))
    assert len(heard(made, 60)) >= 50


def test_the_road_reads_the_table_that_was_generated(some) -> None:
    for item in some:
        table = item.example.table
        back = table_of(item.told.instruction(item.example.text, table))
        assert len(back) == len(table)
        for row in back.rows:
            source = table.rows[item.told.row_of[row.id]]
            shown = {f: getattr(row, f) for f in FLAGS if f != "words"}
            assert shown == {f: getattr(source, f) for f in shown}, (row.id, source.words)
            assert np.allclose(row.position, source.position)
            place = item.told.row_of[back.rows[row.support].id] if row.support >= 0 else -1
            assert place == source.support


def written(item):
    """The example's own draft, in the scene's ids."""
    table = table_of(item.told.instruction(item.example.text, item.example.table))
    place = {item.told.row_of[row.id]: k for k, row in enumerate(table.rows)}
    writer = Writer(table)
    words = len(Writer(table).allowed()) - len(table)
    for token in item.example.tokens[1:]:
        writer.push(token if token < words else words + place[token - words])
    return draft_of(table, writer, 1.0)


def test_the_example_s_own_draft_is_exact_and_another_is_not(some) -> None:
    plain = [i for i in some if not asks(i.example)]
    assert len(plain) > 40
    for item, other in zip(plain, plain[1:], strict=False):
        made = follow(written(item), case_of(1, item).instruction)
        assert exact(made, item), item.example.text
        if not refuses(item.example) and not refuses(other.example):
            shorter = item._replace(example=item.example._replace(tokens=other.example.tokens))
            assert exact(made, shorter) is (goal_of(item.example.tokens) == goal_of(other.example.tokens))


def test_a_row_that_no_kind_affords_is_not_told() -> None:
    odd = EntityTable([Row("a", "thing", "fixture", heater=True, slidable=True, container=True)])
    assert told(odd) is None
