import pytest

from planner.bench.skill_instances import feasible
from sim_checks.bullet.stage import Stage
from sim_checks.motion.gripping import TILTS
from sim_checks.motion.mechanisms import AGAIN, BOTH, SWEEPS, in_reach, plan_operation
from sim_checks.motion.planning import Planning, Trail
from skills.motion import Motion
from skills.predicates import holds
from skills.scene import Fixture, Placement, PoseSpec, RobotSpec, Scene, resting
from skills.symbols import Literal

GRIPS = frozenset(range(SWEEPS))


def beside(kind, *objects, opened=0.0, at=(0.05, -0.30), more=(), **params):
    """A robot at a table with one fixture on its right that looks to the middle."""
    part = {"microwave": "heating_region", "stove": "cook_region"}.get(kind, "top_region")
    place = Placement(on="table", xy=at, yaw=0.0 if kind == "stove" else 1.57)
    return Scene(
        schema="rehearse.scene/1",
        name="beside",
        robots=(RobotSpec(pose=PoseSpec(position=(-0.65, 0, 0))),),
        fixtures=(
            Fixture(id="table", kind="table", pose=PoseSpec(position=(0, 0, 0))),
            Fixture(id="it", kind=kind, placement=place, joints={part: opened} if opened else {}, params=params),
            *more,
        ),
        objects=objects,
    )


def planned(scene, entity, share, excluded=frozenset()):
    """The first motion that is not excluded, or why there is none."""
    with Stage(scene) as stage:
        trail = Trail()
        planning = Planning(stage.robot, stage.world, scene, 1)
        return next(plan_operation(planning, entity, share, excluded, trail), trail)


def played(scene, pull, literal, seed=3):
    """Whether a motion makes a fact true in a perturbed world without a violation."""
    with Stage(scene, seed=seed) as stage:
        play = stage.play(Motion("n1", pull.segments))
        return not play.findings and holds(literal, stage.world)


def test_a_door_whose_handle_finds_no_way_is_pushed_shut_with_closed_fingers():
    bottle = resting("bottle", "bottle", "table", 0.017, 0.092)
    scene = beside("microwave", bottle, opened=1.0, at=(0.08, -0.329), hinge="right")
    pull = planned(scene, "it", 0.0)
    assert SWEEPS <= pull.approach < BOTH
    assert all(segment.width == 0.0 for segment in pull.segments)
    assert played(scene, pull, Literal("closed", ("it",)))


def test_a_door_is_opened_a_little_by_its_handle_and_pushed_on_from_inside():
    scene = beside("microwave", hinge="right")
    pull = planned(scene, "it", 1.0, GRIPS)
    assert BOTH <= pull.approach < AGAIN
    assert [s.name for s in pull.segments].count("push") == 1
    assert played(scene, pull, Literal("open", ("it",)))


def test_a_drawer_can_be_pushed_shut_beside_its_handle():
    scene = beside("cabinet", opened=1.0)
    pull = planned(scene, "it_top_region", 0.0, GRIPS)
    assert pull.approach >= SWEEPS
    assert played(scene, pull, Literal("closed", ("it_top_region",)))


def test_a_knob_beside_a_wall_is_turned_by_a_leaning_hand():
    wall = Fixture(id="wall", kind="cabinet", placement=Placement(on="table", xy=(0.084, -0.328), yaw=1.57))
    scene = beside("stove", at=(-0.209, -0.277), more=(wall,))
    pull = planned(scene, "it", 1.0)
    assert pull.approach >= 2 * len(TILTS["knob"])  # what comes before leans along the bar alone
    assert played(scene, pull, Literal("turned_on", ("it",)))


def test_a_door_with_a_wall_before_it_has_no_motion():
    shelf = Fixture(id="wall", kind="shelf", placement=Placement(on="table", xy=(0.05, 0.02), yaw=-1.57))
    scene = beside("microwave", more=(shelf,))
    trail = planned(scene, "it", 1.0, frozenset(range(BOTH, 2 * AGAIN)))
    assert isinstance(trail, Trail)
    assert trail.reasons


@pytest.mark.parametrize(("open_part", "may"), [("middle_region", False), ("top_region", True)])
def test_no_call_is_drawn_for_a_drawer_right_under_an_open_one(open_part, may):
    scene = beside("cabinet")
    scene = scene.model_copy(
        update={"fixtures": (scene.fixtures[0], scene.fixtures[1].model_copy(update={"joints": {open_part: 1.0}}))}
    )
    assert feasible("open", ("it_bottom_region",), scene, scene.initial_state()) is may


def test_reach_is_asked_at_both_ends_of_the_way():
    near, far = beside("cabinet"), beside("cabinet", at=(0.45, -0.45))
    for scene, may in ((near, True), (far, False)):
        with Stage(scene) as stage:
            assert in_reach(Planning(stage.robot, stage.world, scene, 0), "it_top_region") is may
