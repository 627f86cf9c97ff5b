"""Household requests: their drafts are admitted, can be done, and reach the goal; and they are put in many ways."""

from collections import Counter

import numpy as np
import pytest

from planner.factory.acts import Act, goal_of, steps_of
from planner.factory.generate import Example, examples, smoothed
from planner.factory.home.bench import BenchMaker
from planner.factory.home.families import BENCH, CANTEEN, FAMILIES, HOME, world_of
from planner.factory.home.nouns import a, plural
from planner.factory.home.world import HomeMaker, HomeWorld, copied
from planner.factory.speaker import Speaker
from planner.factory.world import Info
from planner.language.grammar import MAX_LITERALS, MAX_STEPS
from planner.language.table import EntityTable, Row
from planner.language.writer import Writer
from tests.planner.factory.homes import fault, same_facts

MANY_FORMS = ("care_place", "give", "home_place", "look", "alike", "nested", "all_of", "long_list", "hold", "visit")


@pytest.fixture(scope="module")
def drawn() -> list[Example]:
    """Examples of household families."""
    return [e for e in examples(np.random.default_rng(8), 5000) if world_of(e.family) != "table"]


def written(example: Example) -> Writer:
    """Returns the writer that has written an example's tokens."""
    writer = Writer(example.table)
    for token in example.tokens[1:]:
        assert writer.allowed()[token], example.text
        writer.push(token)
    return writer


def test_every_family_is_drawn_and_its_tokens_are_admitted(drawn: list[Example]) -> None:
    assert {e.family for e in drawn} == set(FAMILIES)
    assert all(written(e).done for e in drawn)


def test_the_steps_can_be_done_and_reach_the_goal(drawn: list[Example]) -> None:
    seen: Counter[str] = Counter()
    for example in drawn:
        doors_hold = any(r.slidable and r.container for r in example.table.rows)  # no kind of thing is like that yet
        if seen[example.family] == 25 or doors_hold:
            continue
        seen[example.family] += 1
        writer = written(example)
        assert fault(example.table, writer.goal, writer.steps) == "", (example.family, example.text)
    assert len(seen) == len(FAMILIES)


def test_made_up_rows_are_like_those_of_real_scenes(drawn: list[Example]) -> None:
    for example in drawn[:300]:
        machines = any(r.switchable and r.surface for r in example.table.rows)
        if not machines and not any(r.slidable and r.container for r in example.table.rows):
            assert same_facts(example.table) == []


def test_drafts_stay_within_the_limits_and_some_are_long(drawn: list[Example]) -> None:
    lengths = [(len(w.goal), len(w.steps)) for w in map(written, drawn)]
    assert all(g <= MAX_LITERALS and s <= MAX_STEPS for g, s in lengths)
    assert max(s for _, s in lengths) > 12


@pytest.mark.parametrize("family", MANY_FORMS)
def test_a_family_is_put_in_many_ways(family: str) -> None:
    rng = np.random.default_rng(3)
    maker = HomeMaker(rng)
    texts: set[str] = set()
    tries = 0
    while len(texts) < 150 and tries < 5000:
        tries += 1
        request = FAMILIES[family][1](Speaker(maker.make(), rng))
        if request is not None:
            names = {n for n in request.text.split()}
            assert names
            texts.add(request.text)
    assert len(texts) == 150


@pytest.mark.parametrize("family", sorted(BENCH))
def test_a_bench_has_what_its_families_need(family: str) -> None:
    rng = np.random.default_rng(5)
    maker = BenchMaker(rng)
    made = [BENCH[family][1](Speaker(maker.make(), rng)) for _ in range(200)]
    assert sum(r is not None for r in made) > 15


def small(*rows: Row) -> HomeWorld:
    """Returns a world of these rows."""
    return HomeWorld(EntityTable(list(rows)), [Info({r.words: "name"}) for r in rows], {})


def test_a_treated_thing_stays_in_the_hand_until_it_is_put_down() -> None:
    world = small(
        Row("f", "fridge", "fixture", container=True, openable=True, cooler=True),
        Row("a", "apple", "object", graspable=True, support=0, inside=True),
        Row("m", "microwave", "fixture", container=True, openable=True, heater=True),
        Row("l", "lamp", "fixture", switchable=True),
    )
    acts = [Act("slice", (1,)), Act("heat", (1, 2)), Act("turn_on", (3,)), Act("move", (1, 2))]
    assert [c.name for c in steps_of(world, acts)] == [
        *("open_it", "cut", "open_it", "pick", "heat", "place_in", "turn_on_it")
    ]
    assert [c.name for c in goal_of(world, acts)] == ["sliced", "hot", "turned_on", "in"]
    looked = [Act("hold", (1,)), Act("turn_on", (3,))]
    assert [c.name for c in steps_of(world, looked)] == ["turn_on_it", "open_it", "pick"]


def test_a_full_hand_is_emptied_and_a_loaded_thing_is_unloaded() -> None:
    world = small(
        Row("t", "table", "table", surface=True),
        Row("p", "plate", "object", graspable=True, surface=True, support=0),
        Row("c", "cup", "object", graspable=True, support=1),
        Row("b", "book", "object", graspable=True, held=True),
        Row("s", "shelf", "fixture", surface=True),
    )
    steps = steps_of(world, [Act("move", (1, 4))])
    assert [(c.name, c.rows) for c in steps] == [
        ("place_on", (3, 0)),
        ("pick", (2,)),
        ("place_on", (2, 0)),
        ("pick", (1,)),
        ("place_on", (1, 4)),
    ]
    assert [c.name for c in steps_of(world, [Act("move", (3, 4))])] == ["place_on"]


def test_contents_are_named_before_what_holds_them() -> None:
    world = small(*(Row(str(i), "dish", "object", graspable=True, surface=True) for i in range(3)))
    assert [c.rows for c in goal_of(world, [Act("move", (1, 2)), Act("move", (0, 1))])] == [(0, 1), (1, 2)]


def test_a_copy_can_be_changed_alone() -> None:
    world = HomeMaker(np.random.default_rng(0)).make()
    other = copied(world)
    other.rows[0].recent = True
    assert not world.rows[0].recent


def test_words_are_well_formed() -> None:
    assert [plural(n) for n in ("knife", "slice of potato", "bowl", "berry", "glass", "keys")] == [
        *("knives", "slices of potato", "bowls", "berries", "glasses", "keys")
    ]
    assert [a(n) for n in ("apple", "cup", "bread", "slice of bread")] == [
        *("an apple", "a cup", "some bread", "a slice of bread")
    ]
    assert smoothed("set down it, put away them,") == "set it down, put them away"


def test_shares_are_given_to_worlds() -> None:
    assert set(HOME) | set(BENCH) | set(CANTEEN) == set(FAMILIES)
    assert world_of("move") == "table" and world_of("look") == "home" and world_of("turn") == "bench"
