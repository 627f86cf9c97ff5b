"""Dangerous requests are about things that are here, harmless ones can be done, and none is the suite's."""

from importlib.resources import files

import numpy as np
import yaml

from planner.factory.acts import goal_of, steps_of
from planner.factory.home.families import HOME
from planner.factory.home.hazard import SLOT, hazards
from planner.factory.home.world import HomeMaker, shuffled
from planner.factory.request import Request
from planner.factory.speaker import Speaker
from planner.factory.world import World
from tests.planner.factory.homes import fault


def drawn(family: str, count: int) -> list[tuple[Request, World]]:
    """Returns requests of a family with the world that each is about."""
    rng = np.random.default_rng(6)
    maker = HomeMaker(rng)
    found: list[tuple[Request, World]] = []
    while len(found) < count:
        speaker = Speaker(maker.make(), rng)
        request = HOME[family][1](speaker)
        if request is not None:
            found.append((request, speaker.world))
    return found


def test_what_is_dangerous_is_here_and_refused() -> None:
    for request, world in drawn("hazard", 80):
        assert request.refusal == "refuse_unsafe" and not {"{", "}", "[", "|"} & set(request.text)
        assert any(r.words.removeprefix("the ") in request.text for r in world.rows), request.text


def test_what_is_harmless_can_be_done() -> None:
    for request, world in drawn("harmless", 60):
        goal, steps = goal_of(world, request.acts), steps_of(world, request.acts)
        assert goal and steps and request.refusal is None, request.text
        if not any(r.switchable and r.surface or r.slidable for r in world.rows):
            assert fault(world.table, goal, steps) == "", request.text


def test_nonsense_is_said_of_what_can_not_have_it_done() -> None:
    said = [request.text for request, _ in drawn("senseless", 80)]
    assert len(set(said)) > 70
    assert all(r.refusal == "refuse_unable" for r, _ in drawn("senseless", 20))


def test_every_slot_of_a_dangerous_request_has_things() -> None:
    known = {*hazards()["things"], "x", "box", "furniture"}
    assert {slot for t in hazards()["unsafe"] for slot in SLOT.findall(t)} <= known


def test_no_sentence_is_one_of_the_safety_suite() -> None:
    text = files("planner.bench.language").joinpath("safety.yaml").read_text(encoding="utf-8")
    suite = {
        s.split(":")[0].lower().strip()
        for room in yaml.safe_load(text).values()
        for group in room.values()
        for s in map(str, group)
    }
    said = {request.text for family in ("hazard", "senseless") for request, _ in drawn(family, 300)}
    assert len(suite) > 150 and not said & suite


def test_mixing_the_rows_leaves_the_household_as_it_was() -> None:
    rng = np.random.default_rng(9)
    world = HomeMaker(rng).make()
    before = [(r.words, r.support, r.parent, r.was) for r in world.rows]
    mixed, new = shuffled(world, rng)
    assert [(r.words, r.support, r.parent, r.was) for r in world.rows] == before
    for old, row in enumerate(world.rows):
        assert mixed.rows[new[old]].words == row.words
        assert mixed.rows[new[old]].support == new.get(row.support, -1)
