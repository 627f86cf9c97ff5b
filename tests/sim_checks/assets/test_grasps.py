"""Every grasp candidate is tried with two finger-shaped boxes against the real collision shape."""

import numpy as np
import pytest

from sim_checks.assets.build import RECIPES, build_asset
from sim_checks.assets.grasps import tool_pose
from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.ghost import Ghost
from sim_checks.bullet.loader import Loader
from sim_checks.bullet.robot import shipped_robot
from skills.geometry import Pose

FINGER = (0.020, 0.010, 0.044)
TIP = 0.009


@pytest.fixture(scope="module")
def client():
    with BulletClient() as opened:
        yield opened


@pytest.fixture(scope="module")
def arm(client):
    return shipped_robot(client, world_from_place=Pose((40.0, 0.0, 0.0)))


def fingers(client):
    shape = client.createCollisionShape(client.GEOM_BOX, halfExtents=[c / 2 for c in FINGER])
    return [client.createMultiBody(0, shape) for _ in range(2)]


def put(client, body, world_from_tool, offset):
    pose = world_from_tool @ Pose((0.0, offset, TIP - FINGER[2] / 2))
    client.resetBasePositionAndOrientation(body, pose.position, pose.orientation)


GRASPABLE = [kind for kind in RECIPES if build_asset(kind).grasps]


@pytest.mark.parametrize("kind", GRASPABLE)
def test_open_fingers_are_clear_and_closed_fingers_touch(client, kind):
    asset = build_asset(kind)
    loader = Loader(client)
    thing = loader.load(asset, Pose(), fixed=True)
    loader.close()
    pair = fingers(client)
    good, faults = 0, []
    for index, grasp in enumerate(asset.grasps):
        pose = grasp.thing_from_tool
        assert grasp.width <= 0.075
        lowest = np.inf
        for sign, body in zip((1, -1), pair, strict=True):
            put(client, body, pose, sign * (grasp.opening / 2 + FINGER[1] / 2))
            lowest = min(lowest, client.getAABB(body)[0][2])
            gaps = [p[8] for p in client.getClosestPoints(body, thing.body, 0.05)]
            if gaps and min(gaps) < 0.0005:
                faults.append(f"{index} {grasp.style}: an open finger is {min(gaps):.4f} from the thing")
        if lowest < -0.0005:
            faults.append(f"{index} {grasp.style}: a finger is {lowest:.4f} below the table")
        touching = 0
        for sign, body in zip((1, -1), pair, strict=True):
            put(client, body, pose, sign * (grasp.width / 2 - 0.0005 + FINGER[1] / 2))
            touching += bool(client.getClosestPoints(body, thing.body, 0.0015))
        if touching < 2:
            faults.append(f"{index} {grasp.style}: {touching} closed fingers touch")
        good += 1
    for body in (*pair, thing.body):
        client.removeBody(body)
    assert not faults, "\n".join(faults)
    assert good


@pytest.mark.parametrize("kind", GRASPABLE)
def test_the_hand_itself_is_clear_of_the_thing_and_the_table(client, kind, arm):
    ghost = Ghost(arm)
    loader = Loader(client)
    table = loader.load(build_asset("table"), Pose(), fixed=True)
    thing = loader.load(build_asset(kind), Pose(), fixed=True)
    loader.close()
    names = {table.body: "table", thing.body: "thing"}
    blocked = {
        index: ghost.blocked(grasp.thing_from_tool, grasp.opening, names, {table.body: -0.001}, 0.002)
        for index, grasp in enumerate(build_asset(kind).grasps)
    }
    for body in (ghost.body, table.body, thing.body):
        client.removeBody(body)
    assert not {index: what for index, what in blocked.items() if what}


def test_tool_frame_is_right_handed():
    pose = tool_pose((0, 0, 0.1), (0, 0, -1), (1, 0, 0))
    assert np.allclose(np.linalg.det(pose.rotation), 1.0)
    assert np.allclose(pose.rotation[:, 2], (0, 0, -1))
    assert np.allclose(pose.rotation[:, 1], (1, 0, 0))


def test_closing_direction_is_made_square_to_the_approach():
    pose = tool_pose((0, 0, 0), (0, 0, -1), (1, 0, 1))
    assert abs(pose.rotation[:, 1] @ pose.rotation[:, 2]) < 1e-12
