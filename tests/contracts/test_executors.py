"""The contract of executors, run over every executor that ships.

An executor observes before it moves, plays a motion once for each key, reports what it saw, and may be stopped at
any time and more than once.
"""

import numpy as np
import pytest

from planner.compile import compile_draft
from planner.dispatch.errors import ExecutorError
from planner.dispatch.executors.simulated import Camera, SimulatedExecutor
from sim_checks.bullet.stage import Stage
from skills.graph import Draft
from skills.motion import Motion, Segment
from skills.scene import Fixture, PoseSpec, RobotSpec, Scene, resting
from skills.symbols import Goal, Literal
from tests.planner.dispatch.conftest import certified

SCENE = Scene(
    schema="rehearse.scene/1",
    name="contract",
    robots=(RobotSpec(pose=PoseSpec(position=(-0.6, 0, 0))),),
    fixtures=(Fixture(id="table", kind="table", pose=PoseSpec(position=(0, 0, 0))),),
    objects=(resting("can", "can", "table", -0.1, 0.15), resting("plate", "plate", "table", -0.1, -0.15)),
)


def nudge(node: str) -> Motion:
    """A small turn of the last joint, from where the arm stands."""
    with Stage(SCENE) as stage:
        here = np.asarray(stage.robot.joints(), dtype=float)
    there = here.copy()
    there[6] += 0.1
    return Motion(node, (Segment("transit", np.array([0.0, 0.5]), np.stack([here, there]), 0.04),))


@pytest.fixture(scope="module")
def plan():
    graph = compile_draft(Draft(Goal((Literal("on", ("can", "plate")),))), SCENE).graph
    assert graph is not None
    return certified(graph, SCENE)


@pytest.fixture(params=[lambda: SimulatedExecutor(7, Camera(64, 48, 0.25))], ids=["simulated"])
def executor(request):
    robot = request.param()
    yield robot
    robot.stop()


def test_it_observes_then_plays_each_key_once_then_stops(executor, plan) -> None:
    seen = executor.start(plan)
    assert Literal("hand_empty") in seen.facts
    assert set(seen.poses) == {"can", "plate"}
    motion = nudge("n1")
    first = executor.execute("run/n1", motion)
    assert first.outcome == "done" and first.findings == ()
    assert first.seconds >= motion.duration
    assert Literal("hand_empty") in first.observation.facts
    assert all(f.shape == (48, 64, 3) and f.dtype == np.uint8 for f in first.frames) and len(first.frames) >= 2
    assert executor.execute("run/n1", motion) is first  # the same key: answered, not played again
    executor.stop()
    executor.stop()


def test_it_cannot_be_used_before_it_is_started_or_after_it_is_stopped(executor, plan) -> None:
    with pytest.raises(ExecutorError):
        executor.execute("run/n1", Motion("n1", (Segment("rest", np.zeros(1), np.zeros((1, 7)), 0.04),)))
    executor.stop()  # harmless


def test_a_robot_that_dies_is_an_error_not_a_hang(executor, plan) -> None:
    executor.start(plan)
    executor._process.kill()
    with pytest.raises(ExecutorError) as caught:
        executor.execute("run/n1", nudge("n1"))
    assert caught.value.finding.code == "executor-lost"


def test_its_world_differs_from_the_nominal_one_and_is_the_same_for_the_same_seed(plan) -> None:
    def look(seed: int):
        robot = SimulatedExecutor(seed)
        try:
            return robot.start(plan).poses["can"].position
        finally:
            robot.stop()

    with Stage(SCENE) as stage:
        nominal = stage.world.pose("can").position
    assert look(1) == look(1) != look(2)
    assert look(1) != nominal
