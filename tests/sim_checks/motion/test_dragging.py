from planner.compile import compile_draft
from sim_checks.bullet.stage import Stage
from sim_checks.geometric import Choices
from sim_checks.motion.pushing import DRAGS
from sim_checks.rehearsal import rehearse_nominal
from skills.graph import Draft, Step
from skills.predicates import holds
from skills.scene import resting
from skills.symbols import Goal, Literal
from tests.small import table_top


def test_what_no_hand_can_push_is_gripped_and_drawn_along_without_leaving_its_support():
    scene = table_top(resting("book", "book", "table", -0.3, 0.0, 0.5))
    graph = compile_draft(Draft(Goal(()), (Step("slide_left", ("book",)),)), scene).graph
    no_push = Choices(excluded={graph.nodes[0].id: set(range(DRAGS))})
    nominal = rehearse_nominal(graph, scene, 1, no_push, 3)
    assert (nominal.geometric, nominal.physical) == ((), ())
    assert [s.name for s in nominal.motions[0].segments][2:5] == ["grip", "push", "release"]
    heights = []
    with Stage(scene, seed=3) as stage:
        stage.play(nominal.motions[0], lambda: heights.append(stage.world.bounds("book").lower[2]))
        assert holds(Literal("moved_left", ("book",)), stage.world)
    assert max(heights) < 0.006
