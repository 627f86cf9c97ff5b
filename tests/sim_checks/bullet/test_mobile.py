"""The home robot in the engine: the base stays where it is while an arm is solved for, and what it visits is seen."""

import numpy as np
import pytest

from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.kinematics import Kinematics, residual
from sim_checks.bullet.robot import shipped_robot
from sim_checks.bullet.stage import Stage
from skills.motion import Motion, Segment
from skills.scene import Fixture, PoseSpec, RobotSpec, Scene


@pytest.mark.parametrize("arm", [0, 1])
def test_inverse_kinematics_leave_the_base_and_the_other_arm(arm: int) -> None:
    with BulletClient() as client:
        robot = shipped_robot(client, "home")
        robot.active = arm
        seed = robot.home.copy()
        seed[robot.driving] = (0.4, -0.2, 0.9, 0.3)
        goal = seed.copy()
        goal[robot.limb.columns] += 0.25
        robot.place(goal, 0.05)
        target, stood = robot.tool(), robot.base
        found = Kinematics(robot).near(target, seed, 0.05)
        assert found is not None
        robot.place(found, 0.05)
        assert residual(robot.tool(), target)[0] < 0.001
        assert robot.base.position == pytest.approx(stood.position)
        still = np.setdiff1d(np.arange(18), robot.limb.columns)
        assert (found[still] == seed[still]).all()


def test_a_drive_moves_the_robot_in_physics_and_what_it_comes_before_is_visited() -> None:
    scene = Scene(
        schema="rehearse.scene/1",
        name="hall",
        robots=(RobotSpec(id="robot", kind="home", pose=PoseSpec(position=(0, 0, 0))),),
        fixtures=(
            Fixture(id="near", kind="table", pose=PoseSpec(position=(2.2, 0, 0.75)), params={"length": 0.6}),
            Fixture(id="far", kind="table", pose=PoseSpec(position=(-3.0, 0, 0.75)), params={"length": 0.6}),
        ),
    )
    with Stage(scene) as stage:
        start = stage.robot.home
        end = start.copy()
        end[:3] = (0.9, 0.1, 0.5)
        assert not stage.world.visited("near")
        drive = Segment("drive", np.array([0.0, 3.0]), np.stack([start, end]), 0.08)
        play = stage.play(Motion("n1", (drive,)))
        assert play.valid and not play.findings
        assert stage.robot.joints()[:3] == pytest.approx(end[:3], abs=0.003)
        assert stage.world.visited("near") and not stage.world.visited("far")
