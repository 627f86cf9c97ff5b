"""What symbols let two arms do at once, and that a plan which wants nothing at once is the plan that it was."""

from dataclasses import replace

import pytest

from planner.compile import compile_draft
from sim_checks import symbolic
from skills.errors import GraphError
from skills.graph import Together
from skills.graph_export import to_mermaid
from skills.graph_json import parse_graph
from skills.scene import Person
from tests.worlds import draft, kitchen

APART = (
    ["on(mug, front)", "on(bowl, tray)"],
    ["pick(mug)", "place_on(mug, front)", "pick(bowl)", "place_on(bowl, tray)"],
)
BOTH = (Together(("n1", "n2"), ("n3", "n4")),)


def planned(goals, steps, scene=None):
    graph = compile_draft(draft(goals, steps), scene or kitchen()).graph
    assert graph is not None
    return graph


def why(graph, scene=None):
    verdict = symbolic.check(graph, scene or kitchen())
    return [(f.code, f.where) for f in verdict.findings if f.severity == "error"]


def test_two_things_to_two_places_may_be_done_at_once() -> None:
    graph = replace(planned(*APART), together=BOTH)
    assert why(graph) == []
    assert [[n.id for n in act] for act in graph.acts()] == [["n1", "n2", "n3", "n4"]]
    assert parse_graph(graph.canonical_json(), kitchen()) == graph
    assert "two arms at once" in to_mermaid(graph)


def test_a_plan_that_wants_nothing_at_once_is_written_as_before() -> None:
    graph = planned(*APART)
    assert '"together"' not in graph.canonical_json()
    assert set(graph.to_json()) == {"schema", "instruction", "scene_sha256", "goal", "nodes", "edges"}
    assert replace(graph, together=BOTH).sha256 != graph.sha256 == replace(graph, together=()).sha256
    assert graph.acts() == tuple((n,) for n in graph.nodes)


@pytest.mark.parametrize(
    ("first", "second"),
    [("mug tray", "bowl tray"), ("plate front", "mug plate"), ("mug front", "bowl front")],
    ids=["same receptacle", "onto what is moved", "same place"],
)
def test_what_is_about_the_same_thing_is_not_done_at_once(first, second) -> None:
    errands = (first.split(), second.split())
    steps = [text for thing, to in errands for text in (f"pick({thing})", f"place_on({thing}, {to})")]
    graph = planned([f"on({thing}, {to})" for thing, to in errands], steps)
    assert [n.step.args[0] for n in graph.nodes] == [e[0] for e in errands for _ in (0, 1)]
    assert why(replace(graph, together=BOTH)) == [("not-together", "together[0]")]


@pytest.mark.parametrize(
    "together",
    [
        (Together(("n1",), ("n2",)),),  # one waits for what the other holds
        (Together(("n1", "n2"), ("n4",)),),  # a step between them
        (Together(("n1", "n2"), ("n3", "n9")),),  # no such node
        (Together((), ("n1",)),),
        (*BOTH, *BOTH),
    ],
)
def test_runs_that_do_not_fit_the_plan_are_refused(together) -> None:
    assert ("not-together", f"together[{len(together) - 1}]") in why(replace(planned(*APART), together=together))


def test_a_door_and_what_goes_behind_it_wait_for_each_other() -> None:
    drawer = "cab_top_region"
    graph = planned([f"in(mug, {drawer})"], [f"open({drawer})", "pick(mug)", f"place_in(mug, {drawer})"])
    assert why(replace(graph, together=(Together(("n1",), ("n2",)),))) == []  # one opens it, the other takes the mug
    assert why(replace(graph, together=(Together(("n1",), ("n2", "n3")),))) == [("not-together", "together[0]")]


def test_beside_people_one_arm_moves_at_a_time() -> None:
    scene = kitchen()
    scene = type(scene).model_validate(
        {**scene.model_dump(by_alias=True), "people": (Person(id="guest", position=(2.0, 1.0, 0.0)),)}
    )
    graph = replace(planned(*APART, scene=scene), together=BOTH)
    assert why(graph, scene) == [("not-together", "together[0]")]


def test_runs_are_pairs_of_node_ids() -> None:
    data = replace(planned(*APART), together=BOTH).to_json()
    with pytest.raises(GraphError) as caught:
        parse_graph(str({**data, "together": [[["n1"]]]}).replace("'", '"').replace("None", "null"))
    assert caught.value.finding.where == "together[0]"
