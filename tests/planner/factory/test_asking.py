"""Questions are due where at least two entities fit; their near misses have one meaning."""

import numpy as np

from planner.factory import asking
from planner.factory.speaker import Speaker
from planner.factory.world import Maker, World
from planner.language.grammar import ASK, TOKEN, tokens_of


def worlds(count: int, seed: int) -> list[World]:
    maker = Maker(np.random.default_rng(seed))
    return [maker.make() for _ in range(count)]


def test_a_question_has_two_readings_that_differ() -> None:
    seen = 0
    for k, world in enumerate(worlds(150, 0)):
        speaker = Speaker(world, np.random.default_rng(k))
        case = asking.case_of(speaker, already=False)
        request = asking.ask(speaker)
        if case is not None:
            assert len(case.readings) >= 2
            if case.phrase.base:
                fits = speaker.say.fitting(case.phrase.base, case.phrase.look)
                assert set(case.readings) <= set(fits) and len(fits) == len(case.phrase.rows)
        if request is not None:
            assert request.ask and request.acts
            seen += 1
    assert seen > 60


def test_every_reading_of_a_question_is_drawn() -> None:
    world = next(w for w in worlds(80, 3) if asking.ask(Speaker(w, np.random.default_rng(5))) is not None)
    drawn = {
        (request.acts[0].kind, request.acts[0].rows)
        for seed in range(80)
        if (request := asking.ask(Speaker(world, np.random.default_rng(seed)))) is not None
    }
    assert len(drawn) > 1


def test_near_misses_do_not_ask() -> None:
    modes: set[str] = set()
    for k, world in enumerate(worlds(250, 1)):
        speaker = Speaker(world, np.random.default_rng(k))
        request = asking.ask_near(speaker)
        if request is not None:
            assert not request.ask
            modes.update(speaker.modes)
    assert {"inferred", "indefinite"} < modes


def test_like_things_in_one_place_make_no_question() -> None:
    for k, world in enumerate(worlds(200, 2)):
        speaker = Speaker(world, np.random.default_rng(k))
        case = asking._thing(speaker, already=False)
        if case is None:
            continue
        labels = {world.rows[i].words for i in case.readings}
        supports = {world.rows[i].support for i in case.readings}
        held = {r.support for r in world.rows}
        if len(labels) == len(supports) == 1 and not held & set(case.readings):
            assert len({asking.situation(world, i) for i in case.readings}) == 1


def test_the_question_is_the_first_token() -> None:
    assert tokens_of([], [], ask=True)[1] == TOKEN[ASK]
