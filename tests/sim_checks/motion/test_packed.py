"""In the planning world, a thing is put where those to come still fit; with nothing to come, all is as before."""

from collections.abc import Iterator

import pytest

from planner.compile import compile_draft
from sim_checks.bullet.stage import Stage
from sim_checks.geometric import Choices
from sim_checks.motion.packed import packed_places
from sim_checks.motion.planning import Planning
from sim_checks.motion.slot import Slot
from sim_checks.motion.spots import spots
from sim_checks.rehearsal import rehearse_nominal
from skills.geometry import Pose
from skills.graph import Draft
from skills.scene import Fixture, ObjectSpec, Placement, PoseSpec, RobotSpec, Scene
from skills.symbols import Goal, Literal

YAW = 0.4
SIZES = {"small": (0.03, 0.03), "long": (0.12, 0.065), "cube": (0.05, 0.05)}


def scene() -> Scene:
    tray = {"length": 0.16, "width": 0.15, "height": 0.02, "wall": 0.004, "headroom": 0.03}
    wide = {**tray, "length": 0.6, "width": 0.5}
    return Scene(
        schema="rehearse.scene/1",
        name="packing",
        robots=(RobotSpec(pose=PoseSpec(position=(-0.6, 0, 0))),),
        fixtures=(
            Fixture(id="table", kind="table", pose=PoseSpec(position=(0, 0, 0))),
            Fixture(id="tray", kind="basket", placement=Placement(on="table", xy=(0, -0.15), yaw=YAW), params=tray),
            Fixture(id="wide", kind="basket", placement=Placement(on="table", xy=(0.2, 0.3)), params=wide),
        ),
        objects=tuple(
            ObjectSpec(
                id=name,
                kind="box",
                params={"length": size[0], "width": size[1], "height": 0.05},
                placement=Placement(on="table", xy=(-0.25, 0.12 * k), yaw=0.3 * k),
            )
            for k, (name, size) in enumerate(SIZES.items())
        ),
    )


@pytest.fixture(scope="module")
def planning() -> Iterator[Planning]:
    made = scene()
    with Stage(made) as stage:
        yield Planning(stage.robot, stage.world, made, 7)


def first(planning: Planning, target: str, later: tuple[str, ...]) -> tuple[float, float]:
    """Where the small box would go first, in the tray's frame."""
    planning.found_spots = {}
    planning.resting = planning.world.pose("small").orientation
    group = next(iter(spots(planning, "small", target, True, Slot(0, 1 + len(later), later))))
    x, y, _ = planning.world.region(target).pose.inverse().transform(group[0].world_from_thing.position)
    return x, y


def test_the_small_one_leaves_room_for_the_long_one(planning: Planning) -> None:
    x, y = first(planning, "tray", ("long",))
    beside = max(0.076 + abs(x), 0.071 + abs(y)) - 0.015  # the widest free strip along the turned tray's own axes
    assert beside > 0.065 + 0.006 > 0.076 - 0.015, "in the middle it would bar the long one"
    x, y = first(planning, "tray", ())
    assert abs(x) < 0.001 and abs(y) < 0.001, "alone, the middle is best"


def test_it_stands_along_the_region(planning: Planning) -> None:
    planning.found_spots = {}
    planning.resting = planning.world.pose("long").orientation
    region = planning.world.region("tray")
    for place in packed_places(planning, "long", "tray", region, Slot(0, 2, ("small",))):
        for orientation in place.orientations:
            yaw = (Pose((0, 0, 0), orientation).yaw - YAW) % (3.14159265 / 2)
            assert min(yaw, 3.14159265 / 2 - yaw) < 0.01


def test_where_there_is_room_in_plenty_nothing_changes(planning: Planning) -> None:
    planning.resting = planning.world.pose("small").orientation
    region = planning.world.region("wide")
    assert not list(packed_places(planning, "small", "wide", region, Slot(0, 3, ("cube", "long"))))
    assert not list(packed_places(planning, "small", "tray", planning.world.region("tray"), Slot(2, 3)))


def test_measuring_things_leaves_them_where_they_are(planning: Planning) -> None:
    before = {name: planning.world.pose(name) for name in SIZES}
    list(packed_places(planning, "small", "tray", planning.world.region("tray"), Slot(0, 2, ("cube",))))
    for name, pose in before.items():
        assert planning.world.pose(name).position == pytest.approx(pose.position, abs=1e-9)


def test_four_boxes_that_need_each_other_s_room_are_packed_in_physics() -> None:
    sizes = {"red": (0.058, 0.058), "blue": (0.058, 0.058), "flat": (0.09, 0.032), "post": (0.032, 0.032)}
    tray = {"length": 0.185, "width": 0.175, "height": 0.02, "wall": 0.004, "headroom": 0.03}
    made = Scene(
        schema="rehearse.scene/1",
        name="full_tray",
        robots=(RobotSpec(pose=PoseSpec(position=(-0.6, 0, 0))),),
        fixtures=(
            Fixture(id="table", kind="table", pose=PoseSpec(position=(0, 0, 0))),
            Fixture(id="tray", kind="basket", placement=Placement(on="table", xy=(0.02, -0.1)), params=tray),
        ),
        objects=tuple(
            ObjectSpec(
                id=name,
                kind="box",
                params={"length": size[0], "width": size[1], "height": 0.058},
                placement=Placement(on="table", xy=(-0.2, 0.02 + 0.11 * k)),
            )
            for k, (name, size) in enumerate(sizes.items())
        ),
    )
    goal = Goal(tuple(Literal("in", (name, "tray")) for name in sizes))
    graph = compile_draft(Draft(goal), made).graph
    assert graph is not None
    nominal = rehearse_nominal(graph, made, 5, Choices(), 2)
    assert (nominal.geometric, nominal.physical) == ((), ())
