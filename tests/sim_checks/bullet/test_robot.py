"""A robot is its description: the Panda of the file is the Panda of old, and what a file does not hold is said."""

import hashlib
import re

import numpy as np
import pytest
import yaml

from sim_checks.bullet.client import BulletClient, data_path
from sim_checks.bullet.robot import Robot, shipped_robot
from sim_checks.bullet.robot_model import robot_model
from skills.errors import RobotError
from skills.geometry import Pose
from skills.robots.names import FOLDER, names
from skills.robots.opening import open_robot

HOME = (0.0, -0.785, 0.0, -2.356, 0.0, 1.571, 0.785)
SPEED = (2.175, 2.175, 2.175, 2.175, 2.61, 2.61, 2.61)
TORQUE = (87.0, 87.0, 87.0, 87.0, 12.0, 12.0, 12.0)
TOUCHING = ((6, 8), (5, 8), (8, 9), (8, 10), (6, 9), (6, 10), (9, 10))
GOAL = np.array(HOME) + 0.3


def _panda_by_hand(client: BulletClient) -> int:
    """Loads the Panda without any description, call by call."""
    folder = data_path() / "franka_panda"
    body = client.loadURDF(
        str(folder / "panda.urdf"),
        useFixedBase=True,
        flags=client.URDF_USE_SELF_COLLISION | client.URDF_ENABLE_CACHED_GRAPHICS_SHAPES,
    )
    for first, second in TOUCHING:
        client.setCollisionFilterPair(body, body, first, second, 0)
    for link in range(-1, 12):
        client.changeDynamics(body, link, linearDamping=0.0, angularDamping=0.0, jointDamping=0.1)
    for finger in (9, 10):
        client.changeDynamics(
            body, finger, lateralFriction=1.0, spinningFriction=0.1, rollingFriction=0.0, frictionAnchor=1
        )
    gear = client.createConstraint(body, 9, body, 10, client.JOINT_GEAR, (1, 0, 0), (0, 0, 0), (0, 0, 0))
    client.changeConstraint(gear, gearRatio=-1, erp=0.2, maxForce=100)
    for joint, angle in enumerate(HOME):
        client.resetJointState(body, joint, angle, 0.0)
    for finger in (9, 10):
        client.resetJointState(body, finger, 0.04, 0.0)
    for joint in range(7):
        client.setJointMotorControl2(
            body,
            joint,
            client.POSITION_CONTROL,
            targetPosition=GOAL[joint],
            targetVelocity=0.0,
            force=TORQUE[joint],
            maxVelocity=SPEED[joint],
        )
    for finger in (9, 10):
        client.setJointMotorControl2(
            body, finger, client.POSITION_CONTROL, targetPosition=0.015, force=20.0, maxVelocity=0.1
        )
    return body


def _states(client: BulletClient, body: int) -> list[tuple[float, float]]:
    for _ in range(120):
        client.stepSimulation()
    return [client.getJointState(body, joint)[:2] for joint in range(12)]


def test_the_described_panda_moves_bit_for_bit_as_the_one_loaded_by_hand() -> None:
    with BulletClient() as client:
        by_hand = _states(client, _panda_by_hand(client))
    with BulletClient() as client:
        robot = shipped_robot(client)
        robot.command(GOAL, np.zeros(7))
        robot.grip(0.03, 20.0)
        assert _states(client, robot.body) == by_hand


def test_the_hash_of_the_panda_is_that_of_its_urdf_and_collision_meshes() -> None:
    folder = data_path() / "franka_panda"
    text = re.sub(r"<visual>.*?</visual>", "", (folder / "panda.urdf").read_text(), flags=re.DOTALL)
    digest = hashlib.sha256(text.encode())
    for mesh in sorted((folder / "meshes" / "collision").glob("*.obj")):
        digest.update(mesh.read_bytes())
    assert robot_model(open_robot("panda")).sha256 == digest.hexdigest()


@pytest.mark.parametrize("name", names())
def test_what_is_placed_is_read_back(name: str) -> None:
    with BulletClient() as client:
        robot = shipped_robot(client, name, Pose((0.2, 0.1, 0.3)))
        assert robot.self_contact() is None
        for width in (robot.max_width, 0.04, 0.01) if robot.about.gripper.fingers else (robot.max_width,):
            robot.place(robot.home, width)
            assert robot.width() == pytest.approx(width, abs=1e-6)
            assert robot.joints() == pytest.approx(robot.home)
        assert robot.tool().rotation[2, 2] == pytest.approx(-1.0, abs=1e-3), "at home the hand points down"
        inside = robot.base.inverse() @ robot.tool()
        assert 0.2 < inside.position[0] < 0.7
        assert robot.frame("flange").position[2] > robot.tool().position[2]


URDF = (FOLDER / "wsg50.urdf").read_text()
MINE = yaml.safe_load((FOLDER / "kuka_wsg50.robot.yaml").read_text())


def _mine(folder, hand: str = URDF, **changes: object):
    """A user's robot in a folder of its own: the KUKA arm with a hand from the user's file."""
    (folder / "wsg50.urdf").write_text(hand)
    (folder / "mine.robot.yaml").write_text(yaml.safe_dump({**MINE, "name": "mine", **changes}))
    return open_robot("mine.robot.yaml", folder)


def test_a_user_robot_stands_beside_its_urdf(tmp_path) -> None:
    mine = _mine(tmp_path, mount={"position": [0.0, 0.0, 0.5]}, pairs=None)
    assert mine.description.sha256 != open_robot("kuka_wsg50").description.sha256
    with BulletClient() as client:
        robot = Robot(client, mine, Pose((1.0, 0.0, 0.0)))
        assert robot.base.position == pytest.approx((1.0, 0.0, 0.5))
        assert robot.touching and robot.watched, "pairs are derived where none are named"
        assert not set(robot.touching) & set(robot.watched)


MESH = '<collision><geometry><mesh filename="{}"/></geometry></collision></link>'


@pytest.mark.parametrize(
    ("hand", "changes", "code", "said"),
    [
        ("<robot", {}, "bad-robot", "not well-formed"),
        ("<!DOCTYPE x><robot/>", {}, "bad-robot", "document type"),
        (URDF.replace("wsg50_left_joint", "other"), {}, "bad-robot", "no joint 'wsg50_left_joint'"),
        (URDF.replace('<parent link="wsg50_base"/>', '<parent link="nobody"/>', 1), {}, "bad-robot", "one tree"),
        (URDF.replace("</link>", MESH.format("../../far.obj"), 1), {}, "path-leaves-folder", "leads out"),
        (URDF.replace("</link>", MESH.format("near.obj"), 1), {}, "bad-robot", "no mesh 'near.obj'"),
        (URDF, {"urdf": "gone.urdf"}, "unreadable", "cannot be read"),
        (URDF, {"urdf": "../gone.urdf"}, "path-leaves-folder", "leads out"),
        (URDF, {"frames": [{"name": "x", "link": "wsg50_bass"}]}, "bad-robot", "no link 'wsg50_bass'"),
        (URDF, {"arm": {**MINE["arm"], "upper": [3.2] * 7}}, "bad-robot", "beyond the URDF's"),
    ],
)
def test_what_the_files_do_not_hold_is_said(tmp_path, hand: str, changes: dict, code: str, said: str) -> None:
    with pytest.raises(RobotError) as caught:
        robot_model(_mine(tmp_path, hand, **changes))
    assert caught.value.finding.code == code
    assert said in caught.value.finding.what
    assert caught.value.finding.remedy
