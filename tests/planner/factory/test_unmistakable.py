"""Labels hold: a reference fits one row alone by a check of its own, and choices left open have one answer."""

import numpy as np
import pytest

from planner.factory import asking
from planner.factory.asking import foremost
from planner.factory.families import FAMILIES
from planner.factory.home.canteen import CanteenMaker
from planner.factory.home.world import HomeMaker
from planner.factory.lexicon import vague_words
from planner.factory.refer import ARTICLES, Referrer
from planner.factory.speaker import Speaker
from planner.factory.world import Info, Maker, World
from planner.language.table import EntityTable, Row


def alone(world: World, row: int, noun: str) -> bool:
    """Says whether no other row is labelled with a noun phrase or may be called so, read from the rows anew."""
    return not any(
        i != row and r.role != "part" and (r.words == noun or noun in f.names)
        for i, (r, f) in enumerate(zip(world.rows, world.infos, strict=True))
    )


@pytest.mark.parametrize("maker", [Maker, HomeMaker, CanteenMaker])
def test_a_bare_name_fits_one_row_alone(maker: type[Maker] | type[HomeMaker] | type[CanteenMaker]) -> None:
    rng = np.random.default_rng(2)
    made, checked = maker(rng), 0
    for _ in range(60):
        world = made.make()
        say = Referrer(world, rng)
        for i, row in enumerate(world.rows):
            told = say.say(i, simple=True) if row.role in ("object", "fixture") else None
            article, _, noun = "".partition(" ") if told is None else told.text.partition(" ")
            noun = noun if article in ARTICLES else ""
            if told is not None and told.mode in ("name", "synonym") and noun in world.infos[i].names:
                checked += 1
                assert alone(world, i, noun), (noun, [r.words for r in world.rows])
    assert checked > 100


def test_a_word_for_anything_is_said_of_one_thing_only_where_there_is_one() -> None:
    rows = [Row("t", "table", "table", surface=True)]
    rows += [Row(f"o{k}", w, "object", (0.0, 0.3 * k, 0.0), support=0, graspable=True) for k, w in enumerate("ab")]
    infos = [Info({"table": "name"}), Info({"a": "name", "item": "wider"}), Info({"b": "name"})]
    assert "item" in vague_words()
    assert Referrer(World(EntityTable(rows), infos), np.random.default_rng(0)).fitting("item", None) == [1, 2]
    kindred = [
        Info({"table": "name"}),
        Info({"a": "name", "dish": "wider"}),
        Info({"b": "name", "receptacle": "wider"}),
    ]
    assert Referrer(World(EntityTable(rows), kindred), np.random.default_rng(0)).fitting("dish", None) == [1, 2]


def test_where_the_speaker_does_not_care_there_is_one_answer() -> None:
    rng, seen = np.random.default_rng(7), 0
    maker = Maker(rng)
    while seen < 25:
        speaker = Speaker(maker.make(), rng)
        request = asking.ask_near(speaker)
        if request is None or "indefinite" not in speaker.modes:
            continue
        seen += 1
        case = {r for a in request.acts for r in a.rows}
        again = foremost(speaker.world, tuple(sorted(case, reverse=True)))
        assert again == foremost(speaker.world, tuple(sorted(case)))


def test_what_lies_on_what_is_moved_goes_first() -> None:
    rng, seen = np.random.default_rng(9), 0
    maker = Maker(rng)
    while seen < 40:
        speaker = Speaker(maker.make(), rng)
        request = FAMILIES["everything"][1](speaker)
        if request is None:
            continue
        seen += 1
        rows, order = speaker.world.rows, [a.rows[0] for a in request.acts]
        for i in order:
            if rows[i].support in order:
                assert order.index(i) < order.index(rows[i].support), request.text
