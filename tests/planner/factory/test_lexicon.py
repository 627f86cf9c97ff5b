"""The lexicon's entries are complete, and some of its names are kept from training."""

from collections import Counter
from importlib.resources import files

import numpy as np

from planner.factory import lexicon
from planner.factory.home.goods import goods
from planner.factory.lexicon import concepts, looks, read, spoken, withheld
from planner.factory.training.evaluate import held_out
from planner.factory.world import ROOMS, Maker

FILLER = {"a", "an", "the", "thing", "to", "for", "of", "with", "in", "on", "from", "that", "one", "and", "is", "at"}


def test_names_are_many_and_distinct() -> None:
    counts = Counter(c.name for c in concepts())
    assert len(counts) >= 850
    assert [n for n, k in counts.items() if k > 1] == []


def test_no_file_is_too_long_to_review() -> None:
    for name in lexicon.THINGS:
        text = files(lexicon).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
        assert text.count("\n") < 400, name


def test_each_thing_is_described_in_three_ways_that_do_not_repeat_its_name() -> None:
    for thing in concepts():
        written = thing.uses[: len(thing.uses) - len(thing.traits)]
        assert len(written) >= 3, thing
        assert len(set(thing.uses)) == len(thing.uses) and len(set(thing.names)) == len(thing.names), thing
        for use in written:
            words = use.split()
            assert len(words) >= 2 and use == use.lower() == " ".join(words), use
            assert f" {thing.name} " not in f" {use} ", use
            assert set(words) - FILLER - set(thing.name.split()), use


def test_each_thing_keeps_to_the_closed_lists() -> None:
    terms = {k: set(v) for k, v in read("terms").items()}
    for thing in concepts():
        assert set(thing.rooms) <= terms["rooms"] and set(thing.rooms) & set(ROOMS), thing
        assert set(thing.traits) <= terms["traits"], thing
        assert set(thing.able) <= terms["able"], thing
        assert set(thing.material) <= terms["material"] and len(thing.material) <= 2, thing
        assert thing.material or "edible" in thing.able, thing
        assert set(thing.look) <= set(looks()), thing
        assert thing.wider and thing.shape in ("plain", "receptacle", "container"), thing


def test_a_synonym_is_another_things_name_only_by_intention() -> None:
    names = {c.name for c in concepts()}
    clashing = {n for c in concepts() for n in c.names[1:] if n in names}
    assert clashing == set(read("terms")["shared"])


def test_no_description_is_a_name() -> None:
    names = {n for c in concepts() for n in c.names}
    assert [u for c in concepts() for u in c.uses if u in names] == []


def test_about_one_name_in_twelve_is_withheld_and_training_never_meets_it() -> None:
    kept, every = withheld(), concepts()
    assert 0.06 < len(kept) / len(every) < 0.10
    known, unseen = concepts(withheld=False), concepts(withheld=True)
    assert {c.name for c in unseen} == kept and len(known) + len(unseen) == len(every)
    assert {n for n in kept if spoken()[n] != 1} == set()
    said = {n for c in known for n in c.names}
    assert not said & kept
    assert not [n for n in said if any(n.endswith(f" {k}") for k in kept)]
    met = {c.name for pool in Maker(np.random.default_rng(0)).by_room.values() for c in pool}
    assert met and not met & kept


def test_scenes_of_the_held_out_suite_are_full_of_unseen_names() -> None:
    kept = {n for c in (*concepts(withheld=True), *goods(kept=True)) for n in c.names}
    met = [r.words for e in held_out(90, unseen=True) for r in e.table.rows if r.role == "object"]
    share = np.mean([any(f" {w}".endswith(f" {n}") for n in kept) for w in met])
    assert share > 0.5
    seen = [r.words for e in held_out(90) for r in e.table.rows if r.role == "object"]
    hidden = {*withheld(), *(g.name for g in goods(kept=True))}
    assert not [w for w in seen if any(f" {w}".endswith(f" {n}") for n in hidden)]


def test_a_trait_is_said_of_all_that_have_it_in_the_same_words() -> None:
    salty = {c.name for c in concepts() if "salty thing" in c.uses}
    assert {"crackers", "pretzels", "soy sauce"} <= salty
    assert all("salty" in c.traits for c in concepts() if c.name in salty)
