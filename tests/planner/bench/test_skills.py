import numpy as np
import pytest

from planner.bench.skill_instances import draw_call, feasible
from planner.bench.skills import draw_trial, embodied, summary, tasks, wilson
from planner.bench.task import Row
from skills.errors import SceneError
from skills.scene import Fixture, Placement, PoseSpec, Region, RobotSpec, Scene, resting


def table(*objects):
    """A robot at a table with a cabinet and a marked area."""
    cabinet = Placement(on="table", xy=(0.05, 0.32), yaw=-1.57)
    return Scene(
        schema="rehearse.scene/1",
        name="table",
        robots=(RobotSpec(pose=PoseSpec(position=(-0.65, 0, 0))),),
        fixtures=(
            Fixture(id="table", kind="table", pose=PoseSpec(position=(0, 0, 0))),
            Fixture(id="cabinet", kind="cabinet", placement=cabinet, joints={"top_region": 1.0}),
        ),
        objects=objects,
        regions=(Region(id="area", on="table", xy=(-0.1, -0.2), half=(0.055, 0.055)),),
    )


BLOCK, BOTTLE = resting("block", "block", "table", -0.1, 0.0), resting("bottle", "bottle", "table", -0.3, 0.1)


@pytest.mark.parametrize(
    ("skill", "args", "objects", "may"),
    [
        ("push", ("block", "area"), (BLOCK,), True),
        ("push", ("block", "area"), (BLOCK, resting("can", "can", "table", -0.1, -0.1)), False),
        ("push", ("block", "area"), (BLOCK, resting("can", "can", "table", -0.1, 0.09)), False),
        ("place_in", ("block", "cabinet_top_region"), (BLOCK,), True),
        ("place_in", ("bottle", "cabinet_top_region"), (BOTTLE,), False),
        ("place_on", ("block", "area"), (BLOCK,), True),
        ("place_on", ("block", "area"), (BLOCK, resting("can", "can", "table", -0.1, -0.2)), False),
        ("place_on", ("bottle", "block"), (BLOCK, BOTTLE), False),
        ("pick", ("block",), (BLOCK, resting("can", "can", "block")), False),
        ("close", ("cabinet_top_region",), (), True),
        ("close", ("cabinet_bottom_region",), (), False),
        ("open", ("cabinet_top_region",), (), False),
    ],
)
def test_sizes_places_and_burdens_decide_what_is_feasible(skill, args, objects, may):
    scene = table(*objects)
    assert feasible(skill, args, scene, scene.initial_state()) is may


def test_calls_are_drawn_from_every_kind_of_target():
    scene = table(BLOCK, resting("plate", "plate", "table", -0.25, -0.05))
    first = draw_call("place_on", scene, np.random.default_rng(0))
    assert first == draw_call("place_on", scene, np.random.default_rng(0))
    targets = {step.args[1] for step in first[:6]}
    assert {"table", "area", "cabinet_top_side"} <= targets


def test_a_drawn_trial_ends_with_the_skill_in_question():
    trial = draw_trial("turn_off", 0, 0, "franka_panda")
    assert trial is not None
    assert trial.call.skill == "turn_off"
    assert trial == draw_trial("turn_off", 0, 0, "franka_panda")


def test_only_what_a_body_can_do_is_measured():
    assert {"pick", "place_on", "open", "push"} <= set(embodied())
    assert "cut" not in embodied()
    with pytest.raises(SceneError, match="cut"):
        tasks(["cut"], 3)


def test_the_wilson_interval():
    assert wilson(45, 50) == pytest.approx((0.7864, 0.9565), abs=1e-3)
    assert wilson(50, 50)[1] == 1.0
    assert wilson(0, 0) == (0.0, 1.0)


def test_the_summary_names_the_worst_skill_and_its_causes():
    rows = [Row("pick", "", i, "achieved", goal_met=True, undisturbed=True) for i in range(4)]
    rows += [
        Row("push", "", 0, "achieved", goal_met=True),
        Row("push", "", 1, "executed", codes=("missed", "effect-missed")),
    ]
    figures = summary(rows)
    assert figures["skills"] == {"pick": 1.0, "push": 0.5}
    assert (figures["worst_skill"], figures["worst_skill_name"]) == (0.5, "push")
    assert figures["details"]["push"]["failures"] == {"missed": 1}
