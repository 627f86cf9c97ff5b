"""Handing over: done in physics in worlds that no gate has seen, slow near people, and refused where it cannot be."""

from dataclasses import replace

import pytest

from planner.compile import compile_draft
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.stage import Stage
from sim_checks.geometric import Choices
from sim_checks.motion.timing import hold
from sim_checks.rehearsal import rehearse_nominal
from sim_checks.rollout import World, play_through
from skills import catalogue
from skills.graph import Draft, Step
from skills.motion import Motion
from skills.palm import palm_pose
from skills.predicates import facts_of, holds
from skills.scene import Person, Scene
from skills.symbols import Goal, Literal
from tests.small import table_top

GIVEN = Literal("given", ("can", "mia"))


def person(name="mia", x=0.0, y=0.95, z=-0.75):
    return Person(id=name, position=(x, y, z), radius=0.2)


def with_people(*people, objects=()):
    plain = table_top(*objects)
    return Scene.model_validate({**plain.model_dump(by_alias=True), "people": people})


def planned(scene, fact=GIVEN, attempts=2):
    graph = compile_draft(Draft(Goal((fact,))), scene).graph
    return graph, rehearse_nominal(graph, scene, 1, Choices(), attempts)


@pytest.fixture(scope="module")
def handed():
    scene = with_people(person(), person("tom", 1.2, -0.9))
    graph, found = planned(scene)
    assert (found.geometric, found.physical) == ((), ())
    return scene, graph, found


def test_it_comes_to_lie_in_the_hand_in_perturbed_worlds(handed):
    scene, graph, found = handed
    assert [n.step for n in graph.nodes] == [Step("pick", ("can",)), Step("hand_over", ("can", "mia"))]
    for seed in (3, 4):
        with Stage(scene, seed, Perturbation()) as stage:
            assert not holds(GIVEN, stage.world)
            assert [f for m in found.motions for f in stage.play(m).findings] == []
            assert holds(GIVEN, stage.world)
            assert {f for f in facts_of(scene, stage.world) if f.args[0:1] == ("can",)} == {GIVEN}


def test_it_is_slow_near_the_person_without_having_to_be_told(handed):
    _, _, found = handed
    assert found.remedies == [] and found.attempts == 1
    assert found.worst["slow-near-people"]["worst"] <= 0.25


def test_what_is_not_let_go_is_not_given(handed):
    scene, graph, found = handed
    pick, give = found.motions
    kept = tuple(s if s.name in ("carry", "give") else replace(s, width=0.0) for s in give.segments)
    codes = {i.finding.code for i in play_through(graph, [pick, replace(give, segments=kept)], World(scene))}
    assert "effect-missed" in codes


def test_into_the_hand_of_somebody_else_is_a_finding(handed):
    scene, _, found = handed
    other = compile_draft(Draft(Goal((Literal("given", ("can", "tom")),))), scene).graph
    codes = [i.finding.code for i in play_through(other, found.motions, World(scene))]
    assert "touched-person" in codes and "effect-missed" in codes


def test_a_hand_that_touches_a_person_is_a_finding(handed):
    scene, _, found = handed
    carry, lower = found.motions[1].segments[:2]
    down = lower.joints[-1].copy()
    down[[1, 3]] += (0.08, -0.12)
    with Stage(scene) as stage:  # the can stays on the table: fingers alone come down to where it would be, and lower
        motion = Motion("n2", (carry, lower, hold("push", down, 1.0, 0.0)))
        assert "touched-person" in [f.code for f in stage.play(motion).findings]


@pytest.mark.parametrize("where", [person(x=1.6), person(z=0.5)])
def test_a_hand_out_of_reach_is_refused_before_anything_moves(where):
    _, found = planned(with_people(where), attempts=1)
    (finding,) = found.geometric
    assert (finding.code, finding.where) == ("out-of-reach", "nodes.n2")


def test_the_palm_is_before_the_person_towards_the_robot():
    scene = with_people(person(x=1.0, y=0.0))
    palm = palm_pose(scene.people[0], scene)
    assert palm.position == pytest.approx((0.55, 0.0, 0.25))
    assert palm.rotation[:, 0] == pytest.approx((-1.0, 0.0, 0.0))


def test_what_is_taken_again_is_given_no_longer():
    scene = with_people(person())
    state = scene.initial_state() | {GIVEN}
    assert GIVEN in catalogue.get("pick").ground(("can",), scene, state).delete
