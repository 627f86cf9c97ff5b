"""How hard the fingers close: with the weight, up to what the gripper can; beyond that nothing is picked."""

import pytest

from planner.compile import compile_draft
from sim_checks.bullet.stage import Stage
from sim_checks.geometric import Choices
from sim_checks.motion.picking import offered, unfit
from sim_checks.motion.planning import Planning
from sim_checks.rehearsal import rehearse_nominal
from skills.graph import Draft, Step
from skills.scene import Scene
from skills.symbols import Goal
from tests.small import table_top


def weighing(mass: float, friction: float = 0.8) -> Scene:
    """A table with a can of this mass [kg] and friction coefficient."""
    scene = table_top()
    objects = [o.model_copy(update={"mass": mass, "friction": friction}) if o.id == "can" else o for o in scene.objects]
    return scene.model_copy(update={"objects": tuple(objects)})


def forces(scene: Scene) -> set[float]:
    """The forces with which the can would be held [N]."""
    with Stage(scene) as stage:
        return {round(g.force, 2) for g in offered(Planning(stage.robot, stage.world, scene, 1), "can")}


def test_a_light_thing_is_held_as_its_grasps_say_and_a_heavy_one_with_three_times_its_weight():
    assert forces(weighing(0.3)) == {40.0}
    assert forces(weighing(3.0)) == {round(3 * 3.0 * 9.81 / (2 * 0.8), 2)}


def test_no_finger_is_asked_for_more_than_it_has():
    assert forces(weighing(4.5)) == {70.0}


@pytest.mark.parametrize(("mass", "friction"), [(6.0, 0.8), (1.0, 0.06)])
def test_what_would_slip_from_the_strongest_grip_is_too_heavy(mass, friction):
    scene = weighing(mass, friction)
    with Stage(scene) as stage:
        planning = Planning(stage.robot, stage.world, scene, 1)
        assert {unfit(planning, "can", g) for g in offered(planning, "can")} == {"too heavy for the hand"}
    graph = compile_draft(Draft(Goal(()), (Step("pick", ("can",)),)), scene).graph
    nominal = rehearse_nominal(graph, scene, 1, Choices(), 3)
    assert [(f.code, f.where) for f in nominal.geometric] == [("too-heavy", "nodes.n1")]
    assert "lighter" in nominal.geometric[0].remedy
