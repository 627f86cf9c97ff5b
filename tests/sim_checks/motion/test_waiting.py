"""Waiting until something has come about by itself: it does in physics, and is refused without its cause."""

import pytest

from planner.compile import compile_draft
from sim_checks import symbolic
from sim_checks.geometric import Choices
from sim_checks.rehearsal import rehearse_nominal
from skills import catalogue
from skills.errors import GraphError
from skills.graph import Draft, Edge, Node, SkillGraph, Step
from skills.graph_json import graph_from_data
from skills.symbols import Goal, Literal
from tests.sim_checks.appliances import with_appliance
from tests.small import table_top


def wait(scene, thing, event, goal=True):
    """A plan that does nothing but wait."""
    fact = Literal(event, (thing,))
    return SkillGraph(
        Goal((fact,) if goal else ()), (Node("n1", Step("wait_until", (thing, event))),), (), scene.sha256
    )


@pytest.mark.parametrize(("kind", "event"), [("microwave", "hot"), ("fridge", "cold")])
def test_what_is_shut_in_comes_about_while_the_robot_waits(kind, event):
    scene = with_appliance(kind, inside="can")
    graph = wait(scene, "food", event)
    assert symbolic.check(graph, scene)
    found = rehearse_nominal(graph, scene, 1, Choices(), 1)
    assert (found.geometric, found.physical) == ((), ())
    assert [s.name for m in found.motions for s in m.segments] == ["wait"]
    assert found.played_s < found.motions[0].duration, "the wait ends when the fact holds, not when patience does"


def test_an_open_door_is_a_cause_that_is_missing_and_the_compiler_shuts_it():
    scene = with_appliance("microwave", inside="can", joints={"heating_region": 1.0})
    verdict = symbolic.check(wait(scene, "food", "hot"), scene)
    assert not verdict and "closed(appliance)" in str(verdict.findings[0])
    draft = Draft(Goal((Literal("hot", ("food",)),)), (Step("wait_until", ("food", "hot")),))
    compiled = compile_draft(draft, scene)
    assert [n.step.skill for n in compiled.graph.nodes] == ["close", "wait_until"]


def test_a_thing_in_the_basin_beside_the_water_is_refused_by_the_rehearsal():
    scene = with_appliance("sink", at=(0.05, 0.3), can=(-0.2, -0.1))
    steps = (Step("pick", ("can",)), Step("place_in", ("can", "appliance")), Step("wait_until", ("can", "clean")))
    nodes = tuple(Node(f"n{i}", s) for i, s in enumerate(steps, 1))
    edges = (Edge("n1", "n2", resource="arm"), Edge("n2", "n3", resource="arm"))
    graph = SkillGraph(Goal((Literal("clean", ("can",)),)), nodes, edges, scene.sha256)
    assert symbolic.check(graph, scene)
    found = rehearse_nominal(graph, scene, 1, Choices(), 1)
    assert [f.code for f in found.physical] == ["cause-missing", "effect-missed"]


def test_where_nothing_makes_it_the_event_is_of_a_wrong_type():
    scene = with_appliance("microwave", inside="can")
    data = wait(scene, "food", "cold").to_json()
    with pytest.raises(GraphError) as caught:
        graph_from_data(data, scene)
    assert (caught.value.finding.code, caught.value.finding.where) == ("wrong-type", "nodes[0].args[1]")
    assert graph_from_data(wait(scene, "food", "hot").to_json(), scene).nodes[0].step.args == ("food", "hot")
    assert compile_draft(Draft(Goal(()), (Step("wait_until", ("can", "hot")),)), table_top()).graph is None


def test_a_plan_for_heat_names_its_appliance():
    scene = with_appliance("microwave", inside="can")
    graph = compile_draft(Draft(Goal((Literal("hot", ("food",)),))), scene).graph
    assert [n.step.skill for n in graph.nodes] == ["heat"]
    assert catalogue.get("wait_until").cost((), scene) > 1.0
