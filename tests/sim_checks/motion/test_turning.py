from planner.compile import compile_draft
from sim_checks.bullet.stage import Stage
from sim_checks.effects import unmet
from sim_checks.geometric import Choices
from sim_checks.rehearsal import rehearse_nominal
from skills.graph import Draft, Step
from skills.scene import resting
from skills.symbols import Goal
from tests.small import table_top


def rehearsed(scene, *calls):
    """The graph of these calls and its nominal rehearsal."""
    graph = compile_draft(Draft(Goal(()), tuple(Step(*call) for call in calls)), scene).graph
    return graph, rehearse_nominal(graph, scene, 1, Choices(), 3)


def test_a_thing_is_turned_where_it_stands_and_another_slid_aside_in_a_world_no_gate_has_seen():
    scene = table_top(resting("block", "block", "table", -0.27, 0.0))
    graph, nominal = rehearsed(scene, ("rotate_left", ("can",)), ("slide_left", ("block",)))
    assert (nominal.geometric, nominal.physical) == ((), ())
    with Stage(scene, seed=3) as stage:
        for node, motion in zip(graph.nodes, nominal.motions, strict=True):
            stage.play(motion)
            assert unmet(graph, node, stage.world, scene) == ()
        assert stage.disturbed(frozenset(("block",))) == (), "the can stays where it stood"


def test_what_cannot_be_grasped_is_not_turned():
    _, nominal = rehearsed(table_top(resting("tray", "tray", "table", 0.0, 0.0)), ("rotate_left", ("tray",)))
    assert [f.code for f in nominal.geometric] == ["no-motion"]


def test_nothing_is_slid_into_its_neighbour():
    scene = table_top(resting("block", "block", "table", -0.27, 0.0), resting("box", "box", "table", -0.27, -0.08))
    _, nominal = rehearsed(scene, ("slide_left", ("block",)))
    assert [f.code for f in nominal.geometric] == ["no-motion"]
    assert "box" in nominal.geometric[0].what
