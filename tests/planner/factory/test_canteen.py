"""Wants by kind and quality: what is meant fits, and what is asked to be left out is left out."""

import re

import numpy as np

from planner.factory.home.canteen import CanteenMaker
from planner.factory.home.families import CANTEEN, world_of
from planner.factory.home.goods import Want, goods, kind_names, words
from planner.factory.home.shelf import Shelf
from planner.factory.request import Request
from planner.factory.speaker import Speaker

SEED = 4


def drawn(family: str, count: int = 60) -> list[tuple[Request, Speaker]]:
    """Returns requests of a family, each with its speaker."""
    rng = np.random.default_rng(SEED)
    maker = CanteenMaker(rng)
    found: list[tuple[Request, Speaker]] = []
    while len(found) < count:
        speaker = Speaker(maker.make(), rng)
        request = CANTEEN[family][1](speaker)
        if request is not None:
            found.append((request, speaker))
    return found


def test_every_word_of_the_goods_is_of_the_closed_lists() -> None:
    qualities, classes = set(words()["qualities"]), set(words()["classes"])
    for good in (*goods(), *goods(kept=True)):
        assert good.has <= qualities and good.perhaps <= qualities and not good.has & good.perhaps, good
        assert good.kinds <= classes, good
    for entry in words()["wants"]:
        assert (entry.get("is") or entry.get("not")) in qualities and set(entry["of"]) <= classes, entry
    assert not {g.name for g in goods()} & {g.name for g in goods(kept=True)}


def test_a_want_without_exclusion_means_something_of_the_kind_it_names() -> None:
    by_noun = {n: kind for kind in words()["classes"] for n in kind_names(kind)}
    seen = 0
    for request, speaker in drawn("want"):
        good = Shelf(speaker).goods[request.acts[0].rows[0]]
        if re.search(r"\b(not|no|but|other|without|allergic|sick|already)\b|n't", request.text):
            continue
        said = f" {request.text} ".replace(" fruit juice ", " juice ")
        nouns = [k for n, k in by_noun.items() if f" {n} " in said and k not in ("tea", "water", "bar")]
        seen += bool(nouns)
        assert all(k in good.kinds for k in nouns), (request.text, good.name)
    assert seen > 10


def test_what_is_excluded_by_name_is_never_meant() -> None:
    seen = 0
    for request, speaker in drawn("want", 250):
        found = re.search(
            r"(?:that is not|that isn't|but not) (?:an?|some) ([a-z -]+?)(?:$|[.,!?]| to | for | on | in )",
            request.text,
        )
        if found is not None:
            good = Shelf(speaker).goods[request.acts[0].rows[0]]
            seen += 1
            assert found[1] != good.name and found[1] not in {n for k in good.kinds for n in kind_names(k)}, (
                request.text
            )
    assert seen > 3


def test_all_of_a_place_is_all_that_stands_there() -> None:
    seen = 0
    for request, speaker in drawn("want_all", 80):
        rows = speaker.world.rows
        if not request.text.startswith(("clear", "empty")):
            continue
        moved = {a.rows[0] for a in request.acts}
        supports = {rows[i].support for i in moved}
        seen += 1
        assert len(supports) == 1 and moved == {i for i, r in enumerate(rows) if r.support in supports}, request.text
    assert seen > 2


def test_the_drink_is_asked_back_only_where_there_are_several() -> None:
    asked = {True: 0, False: 0}
    for request, speaker in drawn("which"):
        shelf = Shelf(speaker)
        good = shelf.goods[request.acts[0].rows[0]]
        _, kind = max((len(n), k) for k in good.kinds for n in kind_names(k) if f"the {n}" in request.text)
        fits = len(shelf.fitting(Want(kind)) or ())
        asked[request.ask] += 1
        assert request.ask == (fits > 1), request.text
    assert min(asked.values()) > 5


def test_tables_of_an_office_kitchen_are_places_to_go_to_and_to_put_things_on() -> None:
    kinds = {
        (act.kind, speaker.world.rows[act.rows[-1]].role)
        for family in ("canteen_visit", "canteen_place")
        for request, speaker in drawn(family, 40)
        for act in request.acts
    }
    assert {("visit", "table"), ("visit", "person"), ("move", "table")} <= kinds
    assert world_of("canteen_visit") == "canteen"
