"""Household skills: symbols that plan, a contract that they keep, and no body that pretends."""

import pytest

from planner.compile import compile_draft
from sim_checks import symbolic
from skills import catalogue
from skills.graph import Draft
from skills.predicates import RULES
from skills.scene import Fixture, Person, Placement, PoseSpec, RobotSpec, Scene, resting
from skills.symbols import OPPOSITE, PREDICATES, Goal, Literal
from skills.testing import check_skill

HOUSEHOLD = tuple(n for n in catalogue.load().names[8:] if n not in ("wipe", "pour"))
"""`wipe` needs a sponge and `pour` vessels; their contracts are checked in the kitchen, which has both."""
HEATED = ("open", "pick", "place_in", "close", "heat")


def home() -> Scene:
    def at(identifier: str, kind: str, x: float, label: str | None = None) -> Fixture:
        return Fixture(id=identifier, kind=kind, label=label, pose=PoseSpec(position=(x, 0, 0)))

    return Scene(
        schema="rehearse.scene/1",
        name="home",
        robots=(RobotSpec(pose=PoseSpec(position=(-0.6, 0, 0))),),
        fixtures=(
            at("counter_1", "counter", 0, "counter"),
            at("microwave_1", "microwave", 1),
            at("fridge_1", "fridge", 2),
            at("sink_1", "sink", 3),
            at("slider_1", "sliding_door", 4),
            at("bell_1", "call_button", 5),
            at("holder_1", "peg_holder", 6),
            at("belt_1", "conveyor", 7),
        ),
        objects=(
            resting("apple_1", "item", "counter_1"),
            resting("bowl_1", "dish", "counter_1", 0.3),
            resting("peg_1", "peg", "counter_1", -0.3),
            resting("egg_1", "item", "fridge_1").model_copy(
                update={"placement": Placement(on="fridge_1", inside=True)}
            ),
        ),
        people=(Person(id="user_1", position=(1, 1, 0), label="person who asks"),),
    )


@pytest.mark.parametrize("name", HOUSEHOLD)
def test_every_household_skill_keeps_the_contract(name: str) -> None:
    assert check_skill(catalogue.get(name), home())


@pytest.mark.parametrize(
    ("goal", "steps"),
    [
        (["given(apple_1, user_1)"], ["pick", "hand_over"]),
        (["hot(apple_1)", "on(apple_1, bowl_1)"], [*HEATED, "open", "pick", "place_on"]),
        (["cold(egg_1)", "on(egg_1, counter_1)"], ["chill", "open", "pick", "place_on"]),
        (["clean(bowl_1)"], ["pick", "rinse"]),
        (["sliced(apple_1)"], ["cut"]),
        (["visited(counter_1)", "visited(sink_1)"], ["navigate_to", "navigate_to"]),
        (["turned_left(apple_1)"], ["rotate_left"]),
        (["moved_right(slider_1)"], ["slide_right"]),
        (["pressed(bell_1)"], ["press"]),
        (["stacked(apple_1, bowl_1)"], ["pick", "stack"]),
        (["inserted(peg_1, holder_1)"], ["pick", "insert"]),
        (["moved_back(apple_1)"], ["pull"]),
        (["inspected(egg_1)"], ["open", "inspect"]),
        (["on(apple_1, belt_1_end_region)"], ["pick", "place_on", "convey"]),
    ],
)
def test_a_goal_alone_is_planned_and_passes_the_symbolic_gate(goal: list[str], steps: list[str]) -> None:
    scene = home()
    compiled = compile_draft(Draft(Goal(tuple(map(Literal.parse, goal)))), scene)
    assert compiled.graph is not None, compiled.findings
    assert [n.step.skill for n in compiled.graph.ordered()] == steps
    assert symbolic.check(compiled.graph, scene)


def test_opposites_are_mutual_and_what_no_world_shows_never_holds() -> None:
    assert all(OPPOSITE[b] == a for a, b in OPPOSITE.items())
    unseen = [p for p in PREDICATES.values() if not p.observed]
    assert unseen
    assert not any(RULES[p.name](None, *["x"] * p.arity) for p in unseen)


def test_no_body_pretends_to_cut() -> None:
    from sim_checks.geometric import Choices, plan_node, requests
    from skills.body import EMBODIED

    scene = home()
    graph = compile_draft(Draft(Goal((Literal("sliced", ("apple_1",)),))), scene).graph
    assert graph is not None
    asked = requests(graph, scene)
    bodiless = [n for n in graph.nodes if asked[n.id].kind not in EMBODIED]
    assert [n.step.skill for n in bodiless] == ["cut"]
    found = plan_node(None, bodiless[0], asked, tuple(asked), Choices())
    assert found.code == "no-body" and found.where == f"nodes.{bodiless[0].id}"


def test_a_kind_without_a_shape_is_said() -> None:
    assert [f.code for f in home().findings()] == ["no-shape"] * 4
