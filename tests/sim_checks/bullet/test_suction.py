"""A cup holds what closes it, as hard as its vacuum, and nothing else."""

import math
from pathlib import Path

import numpy as np
import pytest

from sim_checks.bullet.client import GRAVITY, TIME_STEP, BulletClient
from sim_checks.bullet.patch import NOT_FLAT, NOT_SQUARE, NOTHING, patch_under
from sim_checks.bullet.robot import Robot, shipped_robot
from sim_checks.motion.straight import turn
from skills.geometry import Pose
from skills.robots.opening import open_robot

HALF = 0.03
"""Half of the edge of a cube [m]."""
CUP = open_robot("cell").description.gripper


@pytest.fixture
def robot():
    with BulletClient() as client:
        yield shipped_robot(client, "cell")


def under(robot: Robot, lip_from_thing: Pose, mass: float = 0.2, shape: dict | None = None) -> int:
    """Puts a thing under the cup, in mid-air; a cube that does not say otherwise."""
    client, at = robot.client, robot.tool() @ lip_from_thing
    made = client.createCollisionShape(**(shape or {"shapeType": client.GEOM_BOX, "halfExtents": (HALF,) * 3}))
    body = client.createMultiBody(mass, made, basePosition=at.position, baseOrientation=at.orientation)
    client.performCollisionDetection()
    return body


def wait(robot: Robot, seconds: float) -> None:
    """Lets the arm stand."""
    at = robot.joints()
    for _ in range(round(seconds / TIME_STEP)):
        robot.command(at, np.zeros(len(at)))
        robot.client.stepSimulation()
        robot.feel()


def where(robot: Robot, body: int) -> Pose:
    return robot.tool().inverse() @ Pose(*map(tuple, robot.client.getBasePositionAndOrientation(body)))


def below(gap: float, aside: float = 0.0) -> Pose:
    """A cube whose upper face is ``gap`` below the lip."""
    return Pose((aside, 0.0, HALF + gap))


def test_a_flat_face_is_held_where_it_is_until_the_vacuum_goes(robot: Robot) -> None:
    body, start = under(robot, below(0.001)), below(0.001).position
    robot.grip(0.0, 20.0)
    wait(robot, 1.0)
    assert robot.gripper.holding() == {body}
    assert np.linalg.norm(np.subtract(where(robot, body).position, start)) < 1e-4
    assert robot.gripper.load == pytest.approx(0.2 * GRAVITY / CUP.pull, rel=0.02)
    robot.grip(robot.max_width, 20.0)
    wait(robot, 0.3)
    assert not robot.gripper.holding()
    assert where(robot, body).position[2] > start[2] + 0.3


@pytest.mark.parametrize(
    ("place", "shape", "why"),
    [
        (below(0.003), None, NOTHING),
        (below(0.001, aside=HALF), None, NOT_FLAT),
        (below(0.004) @ turn((1.0, 0.0, 0.0), math.radians(15)), None, NOT_FLAT),
        (Pose((0.0, 0.0, 0.0355)), {"shapeType": 2, "radius": 0.035}, NOT_SQUARE),
        (Pose((0.0, 0.0, HALF + 0.001)), {"shapeType": 4, "radius": 0.009, "height": 2 * HALF}, NOT_FLAT),
    ],
    ids=["too far", "over an edge", "leaning", "ball", "narrower than the lip"],
)
def test_what_does_not_close_the_cup_falls(robot: Robot, place: Pose, shape: dict | None, why: str) -> None:
    body = under(robot, place, shape=shape)
    assert patch_under(robot.client, robot.tool(), CUP) == why
    robot.grip(0.0, 20.0)
    wait(robot, 0.2)
    assert not robot.gripper.holding()
    assert where(robot, body).position[2] > place.position[2] + 0.1


def test_a_gentle_curve_closes_it(robot: Robot) -> None:
    under(robot, Pose((0.0, 0.0, 0.0005 + 0.12)), shape={"shapeType": 2, "radius": 0.12})
    assert not isinstance(patch_under(robot.client, robot.tool(), CUP), str)


@pytest.mark.parametrize(
    ("mass", "aside", "holds"),
    [(0.9, 0.0, True), (1.3 * CUP.pull / GRAVITY, 0.0, False), (0.2, 0.018, True), (0.6, 0.018, False)],
    ids=["near its limit", "too heavy", "aside", "heavy and aside"],
)
def test_the_vacuum_bears_so_much_and_no_more(robot: Robot, mass: float, aside: float, holds: bool) -> None:
    body = under(robot, below(0.001, aside), mass)
    robot.grip(0.0, 20.0)
    wait(robot, 0.6)
    assert (robot.gripper.holding() == {body}) is holds
    assert (where(robot, body).position[2] > HALF + 0.1) is not holds


def test_a_weaker_vacuum_bears_less(robot: Robot) -> None:
    robot.gripper.weaken(0.5)
    body = under(robot, below(0.001), 0.9)
    robot.grip(0.0, 20.0)
    wait(robot, 0.6)
    assert where(robot, body).position[2] > HALF + 0.1


def test_a_seal_that_broke_is_not_made_again_in_passing(robot: Robot) -> None:
    under(robot, below(0.001), 1.3 * CUP.pull / GRAVITY)
    robot.grip(0.0, 20.0)
    wait(robot, 0.4)
    body = under(robot, below(0.001))
    wait(robot, 0.1)
    assert not robot.gripper.holding()
    robot.grip(robot.max_width, 20.0)
    again = robot.tool() @ below(0.001)
    robot.client.resetBasePositionAndOrientation(body, again.position, again.orientation)
    robot.client.resetBaseVelocity(body, (0, 0, 0), (0, 0, 0))
    robot.client.performCollisionDetection()
    robot.grip(0.0, 20.0)
    wait(robot, 0.1)
    assert robot.gripper.holding() == {body}


def test_a_level_cup_is_loaded_across_and_bent(robot: Robot) -> None:
    joints = robot.home.copy()
    joints[5] -= math.pi / 2
    robot.place(joints, robot.max_width)
    assert abs(robot.tool().rotation[2, 2]) < 0.1
    weight, mass = 0.1 * GRAVITY, 0.1
    under(robot, below(0.001), mass)
    robot.grip(0.0, 20.0)
    wait(robot, 0.5)
    down = robot.tool().rotation.T @ np.array([0.0, 0.0, -weight])
    asked = CUP.load(down, np.cross((0.0, 0.0, HALF + 0.001), down))
    assert asked > 2 * weight / CUP.pull, "across and bent weighs more than straight down"
    assert robot.gripper.load == pytest.approx(asked, rel=0.03)


def test_nothing_but_a_cup_and_the_gears_of_a_hand_ties_bodies_together() -> None:
    package = Path(__file__).parents[3] / "sim_checks"
    ties = {p.name for p in package.rglob("*.py") if "createConstraint" in p.read_text()}
    assert ties == {"fingers.py", "suction.py"}
