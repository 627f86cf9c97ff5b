"""Under a roof a thing is put by a hand behind which there is room for a wrist; in the open any hand will do."""

from collections.abc import Iterator

import pytest

from planner.compile import compile_draft
from sim_checks.bullet.stage import Stage
from sim_checks.geometric import Choices
from sim_checks.motion.picking import offered, plan_pick
from sim_checks.motion.placing import promising
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.slot import Slot
from sim_checks.motion.spots import roofed
from sim_checks.rehearsal import rehearse_nominal
from skills.graph import Draft
from skills.symbols import Goal, Literal
from tests.sim_checks.appliances import with_appliance

SCENE = with_appliance("microwave", joints={"appliance": 1.0}, at=(0.05, 0.31), mug=(-0.2, -0.1))


@pytest.fixture(scope="module")
def planning() -> Iterator[Planning]:
    with Stage(SCENE) as stage:
        found = Planning(stage.robot, stage.world, SCENE, 7)
        found.resting, found.far = found.world.pose("mug").orientation, True
        yield found


def steepness(planning: Planning, target: str, inside: bool) -> list[float]:
    """How steeply each promising grasp of the mug looks down: 1 for straight to the floor, 0 for level."""
    pose = planning.world.pose("mug")
    suits = [g for g in offered(planning, "mug") if promising(planning, "mug", target, inside, Slot(), g)]
    return [-float((pose @ g.thing_from_tool).rotation[2, 2]) for g in suits]


def test_no_hand_that_points_down_goes_into_a_microwave(planning: Planning) -> None:
    inwards = steepness(planning, "appliance", True)
    assert inwards and max(inwards) < 0.95


def test_on_the_table_a_hand_that_points_down_puts_it(planning: Planning) -> None:
    assert max(steepness(planning, "table", False)) > 0.99


def test_what_is_behind_the_hand_is_seen_and_what_is_beside_it_is_not(planning: Planning) -> None:
    ghost, body = planning.ghosts[0], planning.world.body("appliance")
    lower, upper = planning.world.bounds("appliance")
    region = planning.world.region("appliance")
    assert region is not None
    x, y, z = region.pose.transform((0.0, 0.0, -0.04))
    pose = planning.world.pose("mug") @ offered(planning, "mug")[0].thing_from_tool
    assert pose.rotation[2, 2] < -0.99
    at = type(pose)
    assert ghost.wrist_in(at((x, y, z), pose.orientation), body)
    assert not ghost.wrist_in(at((x, lower[1] - 0.15, z), pose.orientation), body)
    assert not ghost.wrist_in(at((x, y, upper[2] + 0.05), pose.orientation), body)


def test_level_hands_come_first_where_the_way_in_is_from_the_side(planning: Planning) -> None:
    assert roofed(planning, "appliance") and not roofed(planning, "table")
    picks = [next(plan_pick(planning, "mug", (), Trail(), None, level)) for level in (False, True)]
    tools = [planning.world.pose("mug") @ pick.how.thing_from_tool for pick in picks]
    assert abs(tools[0].rotation[2, 2]) > 0.99 and abs(tools[1].rotation[2, 2]) < 0.51


def test_a_mug_from_the_table_comes_into_the_microwave() -> None:
    graph = compile_draft(Draft(Goal((Literal("in", ("mug", "appliance")),))), SCENE).graph
    assert graph is not None
    found = rehearse_nominal(graph, SCENE, 1, Choices(), 1)
    assert (found.geometric, found.physical) == ((), ())
