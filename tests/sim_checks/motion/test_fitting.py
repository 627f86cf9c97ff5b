"""Stacking and inserting: done in physics in worlds that no gate has seen, and refused where they cannot be."""

import math

import pytest

from planner.compile import compile_draft
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.stage import Stage
from sim_checks.geometric import Choices
from sim_checks.rehearsal import rehearse_nominal
from skills import catalogue
from skills.graph import Draft, Step
from skills.predicates import holds
from skills.scene import Fixture, Placement, Scene, resting
from skills.symbols import Goal, Literal
from tests.small import table_top

STACKED = Literal("stacked", ("block", "box"))
INSERTED = Literal("inserted", ("peg", "holder"))


def top(*objects, fixtures=()):
    """A table with these things alone."""
    plain = table_top()
    more = {"fixtures": (*plain.fixtures, *fixtures), "objects": objects}
    return Scene.model_validate({**plain.model_dump(by_alias=True), **more})


def pile(box=(-0.15, 0.15)):
    return top(resting("block", "block", "table", -0.2, -0.1), resting("box", "box", "table", *box))


def bench(at=(-0.1, 0.2)):
    holder = Fixture(id="holder", kind="peg_holder", placement=Placement(on="table", xy=at))
    return top(resting("peg", "peg", "table", -0.2, -0.1), fixtures=(holder,))


@pytest.mark.parametrize(("scene", "goal", "skill"), [(pile(), STACKED, "stack"), (bench(), INSERTED, "insert")])
def test_it_is_done_in_perturbed_worlds(scene, goal, skill):
    graph = compile_draft(Draft(Goal((goal,))), scene).graph
    assert [n.step for n in graph.nodes] == [Step("pick", goal.args[:1]), Step(skill, goal.args)]
    found = rehearse_nominal(graph, scene, 1, Choices(), 2)
    assert (found.geometric, found.physical) == ((), ())
    for seed in (3, 4):
        with Stage(scene, seed, Perturbation()) as stage:
            assert not holds(goal, stage.world)
            assert [f for m in found.motions for f in stage.play(m).findings] == []
            assert holds(goal, stage.world)


def test_out_of_reach_it_is_refused_before_anything_moves():
    scene = pile(box=(0.35, 0.3))
    graph = compile_draft(Draft(Goal((STACKED,))), scene).graph
    (finding,) = rehearse_nominal(graph, scene, 1, Choices(), 1).geometric
    assert finding.where == "nodes.n2"


@pytest.mark.parametrize(
    ("goal", "offset", "tilt", "true"),
    [
        (STACKED, (0.0, 0.0, 0.06), 0.0, True),
        (STACKED, (0.027, 0.0, 0.06), 0.0, False),
        (STACKED, (0.0, 0.0, 0.06), 0.3, False),
        (INSERTED, (0.0, 0.0, 0.006), 0.0, True),
        (INSERTED, (0.0, 0.0, 0.03), 0.0, False),
        (INSERTED, (0.0, 0.0, 0.012), 0.25, False),
        (INSERTED, (0.04, 0.0, 0.006), 0.0, False),
    ],
)
def test_what_is_askew_beside_or_too_high_does_not_count(goal, offset, tilt, true):
    with Stage(pile() if goal is STACKED else bench()) as stage:
        world, (first, second) = stage.world, goal.args
        x, y, z = world.pose(second).position
        thing = world.things[first]
        lean = (math.sin(tilt / 2), 0.0, 0.0, math.cos(tilt / 2))
        at = (x + offset[0], y + offset[1], z + offset[2])
        half = world.asset(first).half[2]
        stage.client.resetBasePositionAndOrientation(thing.body, (at[0], at[1], at[2] + half), lean)
        assert holds(goal, world) is true


def test_what_carries_something_takes_no_more_and_what_is_taken_away_is_stacked_no_longer():
    scene = top(*(resting(n, "block", "table", -0.2, y) for n, y in (("a", -0.1), ("b", 0.0), ("c", 0.1))))
    state = scene.initial_state() | {Literal("on", ("b", "a")), Literal("stacked", ("b", "a"))}
    assert catalogue.get("stack").ground(("c", "a"), scene, state).blocking(state) == (Literal("on", ("b", "a")),)
    assert Literal("stacked", ("b", "a")) in catalogue.get("pick").ground(("b",), scene, state).delete
