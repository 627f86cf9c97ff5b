"""Drives are put where the place changes, and nowhere else."""

from planner.compile import compile_draft
from planner.routing import landmark, routed, with_drives
from skills.graph import Step
from skills.scene import Fixture, Placement, PoseSpec, RobotSpec, Scene, resting
from tests.small import draft, table_top

SCENE = Scene(
    schema="rehearse.scene/1",
    name="flat",
    robots=(RobotSpec(id="robot", kind="home", pose=PoseSpec(position=(0, 0, 0))),),
    fixtures=(
        Fixture(id="counter", kind="counter", pose=PoseSpec(position=(2, 0, 0.85))),
        Fixture(id="table", kind="table", pose=PoseSpec(position=(-2, 0, 0.75))),
        Fixture(id="cabinet", kind="cabinet", placement=Placement(on="counter")),
    ),
    objects=(resting("plate", "plate", "table"), resting("bowl", "bowl", "plate"), resting("box", "box", "counter")),
)


def _steps(*calls: str) -> list[Step]:
    return [Step(name, tuple(args.rstrip(")").split(", "))) for name, _, args in (c.partition("(") for c in calls)]


def test_a_thing_is_where_what_carries_it_stands() -> None:
    state = SCENE.initial_state()
    assert landmark("bowl", SCENE, state) == "table"
    assert landmark("box", SCENE, state) == "counter"
    assert landmark("cabinet_top_region", SCENE, state) == "cabinet"


def test_drives_come_before_every_change_of_place() -> None:
    plain = _steps("open(cabinet_top_region)", "pick(bowl)", "place_in(bowl, cabinet_top_region)", "pick(box)")
    found = [str(s) for s in routed(plain, SCENE)]
    assert [f for f in found if f.startswith("navigate")] == [
        "navigate_to(cabinet)",
        "navigate_to(table)",
        "navigate_to(cabinet)",
        "navigate_to(counter)",
    ]
    assert [f for f in found if not f.startswith("navigate")] == [str(s) for s in plain]
    assert [str(s) for s in routed(routed(plain, SCENE), SCENE)] == found


def test_a_compiled_plan_gets_its_drives_with_their_reason_and_a_fixed_arm_none() -> None:
    goal = draft(["on(box, table)"])
    driven = with_drives(compile_draft(goal, SCENE), SCENE).graph
    assert driven is not None
    assert [n.step.skill for n in driven.ordered()] == ["navigate_to", "pick", "navigate_to", "place_on"]
    assert "where the next step is done" in (driven.nodes[0].added or "")
    assert "where" not in (driven.nodes[1].added or "")
    assert with_drives(compile_draft(draft([], ["navigate_to(table)"]), SCENE), SCENE).graph is not None
    scene = table_top()
    plain = compile_draft(draft(["on(can, plate)"]), scene)
    assert with_drives(plain, scene) is plain
