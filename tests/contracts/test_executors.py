"""The contract of executors, run over every executor that ships.

An executor observes before it moves, plays a motion once for each key, is held to the safety limits while it moves,
reports what it saw, and may be stopped at any time and more than once.
"""

import numpy as np
import pytest

from planner.compile import compile_draft
from planner.dispatch.dispatcher import DispatchState, dispatch
from planner.dispatch.errors import ExecutorError
from planner.dispatch.executors.simulated import Camera, SimulatedExecutor
from planner.dispatch.journal import Journal
from sim_checks.bullet.stage import Stage
from sim_checks.certificate import issue
from sim_checks.verdict import Outcome, Verdict
from skills.graph import Draft
from skills.motion import Motion, Segment
from skills.scene import Fixture, PoseSpec, RobotSpec, Scene, resting
from skills.scene_parts import Person
from skills.symbols import Goal, Literal
from tests.planner.dispatch.conftest import GATES, certified

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


def swing(node: str, seconds: float) -> Motion:
    """A turn of the whole arm about its base, towards the left, from where it stands."""
    with Stage(SCENE) as stage:
        here = np.asarray(stage.robot.joints(), dtype=float)
    times = np.linspace(0.0, seconds, 30)
    way = np.repeat(here[None], 30, axis=0)
    way[:, 0] += 0.8 * (1 - np.cos(np.pi * times / seconds)) / 2
    return Motion(node, (Segment("transit", times, way, 0.04),))


NEAR, FAR = (Person(id="mia", position=(0.0, y, 0.0), radius=0.3) for y in (0.95, 3.0))


def test_near_people_it_is_held_to_their_speed_at_every_step_and_stopped(plan) -> None:
    """The same fast motion: nobody near, it is played; somebody near whom the scene does not know of, it is not."""
    motion = swing("n1", 1.2)
    ends = {}
    for name, people in (("alone", None), ("far", [FAR]), ("near", [NEAR])):
        robot = SimulatedExecutor(7, people=people)
        try:
            robot.start(plan)
            ends[name] = robot.execute("run/n1", motion)
            ends[f"{name}, later"] = robot.execute("run/n2", nudge("n2"))
        finally:
            robot.stop()
    assert ends["alone"].outcome == ends["far"].outcome == ends["far, later"].outcome == "done"
    stopped, after = ends["near"], ends["near, later"]
    assert stopped.outcome == "stopped" and [f.code for f in stopped.findings] == ["rule-slow-near-people"]
    assert "'mia'" in stopped.findings[0].what and stopped.findings[0].where == "nodes.n1"
    assert stopped.seconds < motion.duration + 0.3, "the rest of the motion was not played"
    assert after.outcome == "stopped" and [f.code for f in after.findings] == ["robot-stopped"]
    assert after.seconds == 0.0


def test_a_slow_motion_near_people_is_played_to_its_end(plan) -> None:
    robot = SimulatedExecutor(7, people=[NEAR])
    try:
        robot.start(plan)
        assert robot.execute("run/n1", swing("n1", 7.0)).outcome == "done"
    finally:
        robot.stop()


def test_a_dispatch_stops_where_somebody_stands_whom_the_scene_does_not_know_of(plan, tmp_path) -> None:
    first = plan.graph.ordered()[0].id
    passes = [Verdict(gate, Outcome.PASS) for gate in GATES]
    fast = issue(plan.graph, SCENE, passes, [swing(m.node, 1.2) for m in plan.motions], {}, {}, [1])
    with Journal(tmp_path / "journal.sqlite") as journal:
        done = dispatch(fast, SimulatedExecutor(7, people=[NEAR]), journal, "r1")
        assert [(r.step, r.state) for r in journal.records("r1")][1:] == [(first, "sent"), (first, "stopped")]
        assert journal.records("r1")[-1].detail["findings"][0]["code"] == "rule-slow-near-people"
        assert journal.unfinished("r1") == ()
    assert done.state is DispatchState.STOPPED and not done
    assert [f.code for f in done.findings] == ["rule-slow-near-people"]


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
