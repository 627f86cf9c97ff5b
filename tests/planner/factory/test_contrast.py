"""Pairs from one world: only what differs decides whether it is asked back; replies settle it."""

import numpy as np

from planner.factory.acts import goal_of, steps_of
from planner.factory.contrast import contrast, moved, reply, without
from planner.factory.speaker import Speaker
from planner.factory.world import Maker


def test_a_question_comes_with_near_ones_that_have_one_answer() -> None:
    rng, seen, same = np.random.default_rng(1), 0, 0
    maker = Maker(rng)
    while seen < 240:
        found = contrast(Speaker(maker.make(), rng))
        if not found:
            continue
        seen += 1
        first, *near = found
        assert first.request.ask and near and not any(t.request.ask for t in near)
        for told in near:
            if told.request.text == first.request.text:
                same += 1
                assert told.world is not first.world, told.request.text
            else:
                assert told.world is first.world, told.request.text
    assert same > 36


def test_the_near_ones_can_be_done() -> None:
    rng, seen = np.random.default_rng(2), 0
    maker = Maker(rng)
    while seen < 25:
        for told in contrast(Speaker(maker.make(), rng))[1:]:
            seen += 1
            goal, steps = goal_of(told.world, told.request.acts), steps_of(told.world, told.request.acts)
            assert goal and all(0 <= r < len(told.world.rows) for c in (*goal, *steps) for r in c.rows)


def test_a_copy_without_or_with_a_moved_thing_leaves_the_world_as_it_was() -> None:
    world = Maker(np.random.default_rng(5)).make()
    before = [(r.words, r.support, r.position) for r in world.rows]
    thing = next(i for i in world.objects() if not any(r.support == i for r in world.rows))
    other, new = without(world, {thing})
    assert len(other.rows) == len(world.rows) - 1 and all(
        world.rows[i].words == other.rows[k].words for i, k in new.items()
    )
    target = next(i for i, r in enumerate(world.rows) if r.role == "table")
    assert moved(world, thing, target).rows[thing].support == target
    assert [(r.words, r.support, r.position) for r in world.rows] == before


def test_a_reply_settles_what_is_meant() -> None:
    rng, seen, both = np.random.default_rng(3), 0, 0
    maker = Maker(rng)
    while seen < 200:
        speaker = Speaker(maker.make(), rng)
        request = reply(speaker)
        if request is None:
            continue
        seen += 1
        assert " - " in request.text and not request.ask and request.acts
        both += len(request.acts) > 1
    assert both > 3
