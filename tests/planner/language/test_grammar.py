"""The grammar: whatever may be written is well typed, whatever the factory means can be written."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.factory.generate import examples
from planner.instruction import Instruction
from planner.language.grammar import BOS, SKILL_OF, SKILL_TOKENS, SLOTS, TOKEN, UNDRAFTED, VOCABULARY, WORDS, slots_of
from planner.language.layout import table_of
from planner.language.table import EntityTable, Row
from planner.language.writer import Writer, draft_of
from skills import catalogue
from skills.graph import Draft
from skills.parameter import PREDICATE_TYPES
from skills.scene import Scene
from skills.symbols import PREDICATES, SIDES


def well_typed(draft: Draft, table: EntityTable) -> bool:
    rows = {r.id: r for r in table.rows}

    def place(first: Row, target: str) -> bool:
        name, dot, side = target.partition(".")
        if dot:
            return side in SIDES and rows[name].role in ("object", "fixture") and name != first.id
        return first.graspable and rows[name].surface and name != first.id

    fits = {
        "movable": lambda r: r.role == "object",
        "graspable": lambda r: r.graspable,
        "container": lambda r: r.container,
        "openable": lambda r: r.openable,
        "switchable": lambda r: r.switchable,
        "slidable": lambda r: r.role == "object" or r.slidable,
        "landmark": lambda r: r.role in ("fixture", "table", "person"),
        "person": lambda r: r.role == "person",
        "heater": lambda r: r.heater,
        "cooler": lambda r: r.cooler,
        "washer": lambda r: r.washer,
    }

    def good(types: tuple[str, ...], args: tuple[str, ...]) -> bool:
        if len(types) != len(args) or len(set(args)) != len(args):
            return False
        if not fits[types[0]](rows[args[0]]):
            return False
        if len(args) == 1:
            return True
        return place(rows[args[0]], args[1]) if types[1] in ("surface", "area") else fits[types[1]](rows[args[1]])

    for literal in draft.goal.literals:
        assert len(literal.args) == PREDICATES[literal.predicate].arity
        if not good(PREDICATE_TYPES[literal.predicate], literal.args):
            return False
    return all(good(tuple(q.type for q in catalogue.get(s.skill).parameters), s.args) for s in draft.steps)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_every_walk_through_the_grammar_is_well_typed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    table = next(examples(rng, 1)).table
    writer = Writer(table)
    while not writer.done and len(writer.tokens) < 400:
        allowed = np.flatnonzero(writer.allowed())
        assert len(allowed), "a dead end"
        writer.push(int(rng.choice(allowed)))
    assert writer.done
    draft = draft_of(table, writer, 0.5)
    assert draft.refusal or draft.goal.literals
    assert well_typed(draft, table)


def test_what_the_factory_means_can_be_written() -> None:
    for example in examples(np.random.default_rng(5), 300):
        writer = Writer(example.table)
        for token in example.tokens[1:]:
            assert writer.allowed()[token], example.text
            writer.push(token)
        assert writer.done and writer.tokens[0] == BOS
        assert len(slots_of(example.tokens)) == len(example.tokens) - 1


def test_slots_name_the_side_and_its_reference() -> None:
    from planner.language.grammar import Call, tokens_of

    tokens = tokens_of([Call("on", (0, 1), "left")], [])
    assert [SLOTS[s] for s in slots_of(tokens)] == ["start", "movable", "place", "reference", "goal_next", "step"]


def test_tray_that_cannot_be_grasped_goes_only_beside_things(kitchen: Scene) -> None:
    table = table_of(Instruction("x", kitchen))
    basket = next(i for i, r in enumerate(table.rows) if r.id == "basket_1")
    writer = Writer(table)
    writer.push(writer_token("on"))
    writer.push(WORDS + basket)
    assert not writer.allowed()[WORDS:].any()
    assert writer.allowed()[:WORDS].sum() == len(SIDES)


def test_a_scene_without_doors_offers_no_door() -> None:
    table = EntityTable([Row("a", "cube", "object", graspable=True), Row("b", "plate", "object", surface=True)])
    allowed = Writer(table).allowed()
    assert allowed[writer_token("on")]
    assert not allowed[writer_token("open")] and not allowed[writer_token("in")]


def writer_token(name: str) -> int:
    from planner.language.grammar import TOKEN

    return TOKEN[name]


@pytest.mark.parametrize("name", ["open", "turned_on"])
def test_arguments_are_bound_to_what_affords_them(kitchen: Scene, name: str) -> None:
    table = table_of(Instruction("x", kitchen))
    writer = Writer(table)
    writer.push(writer_token(name))
    ids = {table.rows[i].id for i in np.flatnonzero(writer.allowed()[WORDS:])}
    doors = {f"cabinet_1_{p}_region" for p in ("top", "middle", "bottom")} | {"microwave_1"}
    assert ids == (doors if name == "open" else {"stove_1"})


def test_the_vocabulary_is_frozen_and_says_which_skills_it_lacks():
    drafted = {SKILL_OF.get(token, token) for token in SKILL_TOKENS}
    assert set(catalogue.load().names) == drafted | set(UNDRAFTED)
    assert not drafted & set(UNDRAFTED)
    assert (WORDS, VOCABULARY[-1], TOKEN["pick"]) == (47, "slide_right", 29)
