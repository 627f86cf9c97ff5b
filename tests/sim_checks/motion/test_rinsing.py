from planner.compile import compile_draft
from sim_checks.bullet.stage import Stage
from sim_checks.geometric import Choices
from sim_checks.rehearsal import rehearse_nominal
from skills.graph import Draft, Step
from skills.predicates import holds
from skills.symbols import Goal, Literal
from tests.sim_checks.appliances import with_appliance

CLEAN = Literal("clean", ("can",))
SCENE = with_appliance("sink", at=(0.05, 0.3), can=(-0.2, -0.1))


def graph_of(scene):
    return compile_draft(Draft(Goal((CLEAN,))), scene).graph


def test_a_can_is_held_under_the_tap_by_a_grasp_that_leaves_room_for_the_tap():
    graph = graph_of(SCENE)
    assert [n.step for n in graph.nodes] == [Step("pick", ("can",)), Step("rinse", ("can", "appliance"))]
    found = rehearse_nominal(graph, SCENE, 1, Choices(), 1)
    assert (found.geometric, found.physical) == ((), ())
    pick, rinse = found.motions
    with Stage(SCENE, seed=3) as stage:
        assert not stage.play(pick).findings
        assert not holds(CLEAN, stage.world)
        assert not stage.play(rinse).findings
        assert holds(CLEAN, stage.world)
        assert stage.held() == "can"
    with Stage(SCENE) as stage:  # the same motion with an empty hand
        (finding,) = stage.play(rinse).findings
        assert finding.code == "cause-missing"
        assert not holds(CLEAN, stage.world)


def test_under_a_tap_out_of_reach_nothing_is_rinsed():
    scene = with_appliance("sink", at=(0.32, 0.3), can=(-0.2, -0.1))
    (finding,) = rehearse_nominal(graph_of(scene), scene, 1, Choices(), 1).geometric
    assert finding.code in ("no-motion", "out-of-reach") and finding.where == "nodes.n2"
