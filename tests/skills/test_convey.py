"""Conveying in symbols: alone on the belt, from its start to its end, and found by the search."""

import pytest

from planner.bench.gates.encoding import Encoding
from planner.bench.gates.walks import chained
from planner.compile import compile_draft
from sim_checks import symbolic
from skills import catalogue
from skills.belt import conveyor_of, end_of, is_end, start_of
from skills.body import BodyKind
from skills.graph import Draft, Step
from skills.scene import Fixture, PoseSpec, RobotSpec, Scene, resting
from skills.symbols import Goal, Literal
from skills.testing import check_skill

START, END = start_of("belt"), end_of("belt")


def line(**on) -> Scene:
    """Two boxes and a tray before a conveyor; ``on`` says where a box begins instead."""

    def at(identifier: str, kind: str) -> Fixture:
        return Fixture(id=identifier, kind=kind, pose=PoseSpec(position=(0, 0, 0)))

    return Scene(
        schema="rehearse.scene/1",
        name="line",
        robots=(RobotSpec(pose=PoseSpec(position=(-0.6, 0, 0))),),
        fixtures=(at("bench", "counter"), at("belt", "conveyor")),
        objects=(
            *(resting(name, "box", on.get(name, "bench"), 0.1 * k) for k, name in enumerate(("red", "blue"))),
            resting("tray", "tray", "bench", -0.3),
        ),
    )


def goal(*texts: str) -> Goal:
    return Goal(tuple(map(Literal.parse, texts)))


def steps(*texts: str) -> tuple[Step, ...]:
    literals = (text.rstrip(")").partition("(") for text in texts)
    return tuple(Step(name, tuple(a.strip() for a in args.split(","))) for name, _, args in literals)


TO_THE_END = ("pick(red)", f"place_on(red, {START})", "convey(red, belt)")


def test_it_keeps_the_contract_and_asks_the_body_to_wait_for_the_end() -> None:
    skill = catalogue.get("convey")
    assert check_skill(skill, line(red=START))
    request = skill.request(("red", "belt"), line())
    assert (request.kind, request.target, str(request.awaits)) == (BodyKind.PROCESS, "belt", f"on(red, {END})")


def test_only_the_end_of_a_conveyor_is_one() -> None:
    scene = line()
    assert [name for name in (START, END, "belt", "bench", "nobody") if is_end(name, scene)] == [END]
    assert conveyor_of(Literal("on", ("red", END)), scene) == "belt"
    others = [Literal("on", ("red", START)), Literal("in", ("red", "tray")), Literal("hot", ("red",)), None]
    assert [conveyor_of(fact, scene) for fact in others] == [None] * 4


@pytest.mark.parametrize(
    ("asked", "said", "found"),
    [
        ([f"on(red, {END})"], [], [*TO_THE_END]),
        ([f"on(red, {END})"], ["pick(red)", f"place_on(red, {END})"], ["pick(red)", f"place_on(red, {END})"]),
        (["in(red, tray)"], ["convey(red, belt)"], [*TO_THE_END, "pick(red)", "place_in(red, tray)"]),
    ],
    ids=["by the belt", "by hand where that is said", "over the belt into the tray"],
)
def test_the_search_conveys_what_is_wanted_at_the_end(asked, said, found) -> None:
    compiled = compile_draft(Draft(goal(*asked), steps(*said)), line())
    assert compiled.graph is not None, compiled.findings
    assert [str(n.step) for n in compiled.graph.ordered()] == found
    assert symbolic.check(compiled.graph, line())


def test_a_belt_that_is_taken_is_cleared_first() -> None:
    scene = line(blue=END)
    compiled = compile_draft(Draft(goal(f"on(red, {END})")), scene)
    assert [n.step.skill for n in compiled.graph.ordered()] == ["pick", "place_on", "pick", "place_on", "convey"]
    assert Step("place_on", ("blue", "bench")) in [n.step for n in compiled.graph.ordered()]
    assert symbolic.check(compiled.graph, scene)


@pytest.mark.parametrize(
    ("plan", "asked", "begins", "codes"),
    [
        (TO_THE_END, f"on(red, {END})", {}, []),
        ((*TO_THE_END, "pick(red)", "place_in(red, tray)"), "in(red, tray)", {}, []),
        ((*TO_THE_END[:2], "pick(red)", "convey(red, belt)"), f"on(red, {END})", {}, ["unmet-precondition"] * 2),
        (TO_THE_END[:2], f"on(red, {END})", {}, ["goal-missed"]),
        (("convey(red, belt)",), f"on(red, {END})", {}, ["unmet-precondition"]),
        ((*TO_THE_END[:2], "pick(blue)", "convey(red, belt)"), f"on(red, {END})", {}, ["unmet-precondition"]),
        (TO_THE_END, f"on(red, {END})", {"blue": END}, ["blocked"]),
        (("convey(red, belt)",), f"on(red, {END})", {"red": START, "blue": START}, ["blocked"]),
        ((*TO_THE_END, "convey(red, belt)"), f"on(red, {END})", {}, ["unmet-precondition"]),
        (TO_THE_END, f"on(red, {START})", {}, ["goal-missed"]),
    ],
    ids=[
        "to the end",
        "and into the tray",
        "picked before it was conveyed",
        "never conveyed",
        "never put on",
        "something in the hand",
        "the end is taken",
        "two on the start",
        "twice",
        "it is no more on the start",
    ],
)
def test_the_gate_and_the_independent_validator_agree_on_what_a_belt_does(plan, asked, begins, codes) -> None:
    scene = line(**begins)
    verdict = symbolic.check(chained(steps(*plan), goal(asked), scene), scene)
    assert [f.code for f in verdict.findings if f.severity == "error"] == codes
    assert Encoding(scene, scene.initial_state(), steps(*plan)).valid(steps(*plan), goal(asked)) == (not codes)
