"""`hold_a_block`: a block gripped, lifted, held and let go, in physics alone."""

from dataclasses import dataclass

import numpy as np

from sim_checks.bullet.client import TIME_STEP, BulletClient
from sim_checks.bullet.kinematics import Kinematics
from sim_checks.bullet.robot import Robot
from sim_checks.motion.straight import line, looking, shifted
from skills.geometry import Pose, Vector3
from skills.motion import Joints
from skills.robots.opening import OpenedRobot
from skills.robots.parts import Limb
from skills.robots.suction import Suction

EDGE = 0.04
"""Edge of the block [m]; narrower for a gripper that does not open so far."""
MASS = 0.3
"""Mass of the block [kg]."""
FRICTION = 0.8
FORCE = 20.0
"""Force of a finger [N]."""
HEIGHT = 0.12
"""Height of the block's upper face above the base [m]."""
LIFT = 0.10
"""[m]"""
HOLD_S = 2.0
REACHES = (0.45, 0.38, 0.52, 0.32, 0.60, 0.25, 0.70)
"""Distances from the base at which it is tried, first the one that suits most arms [m]."""


@dataclass(frozen=True)
class Held:
    """What became of the block.

    Args:
        reached: Whether the gripper could be brought to it at all.
        lifted: How far it rose [m].
        slip: How far it moved in the hand from the end of the grip to the end of the hold [m].
        turned: How far it turned in the hand meanwhile [rad].
        touching: Whether both fingers touched it, or it closed the cup, at the end of the hold.
        let_go: Whether it fell when the gripper was told to let go.
        closed_to: Opening of the gripper around the block [m]; 0 for a cup.
        edge: The block's edge [m].
    """

    reached: bool
    lifted: float = 0.0
    slip: float = float("inf")
    turned: float = float("inf")
    touching: bool = False
    let_go: bool = False
    closed_to: float = 0.0
    edge: float = EDGE


def hold_a_block(opened: OpenedRobot, limb: int = 0, mass: float = MASS) -> Held:
    """Returns what became of a block that the robot was to grip, lift, hold for 2 s and let go.

    Args:
        opened: The description and its folder.
        limb: Which arm does it, from 0.
        mass: Mass of the block [kg].
    """
    edge, up = _block(opened.description.limbs[limb])
    with BulletClient() as client:
        robot = Robot(client, opened, Pose())
        robot.active = limb
        path = _path(opened, HEIGHT - edge + up, limb)
        if path is None:
            return Held(False, edge=edge)
        (x, y, _), waypoints = path
        floor = robot.base.position[2]
        post = client.createCollisionShape(client.GEOM_BOX, halfExtents=(0.015, 0.015, (HEIGHT - edge) / 2))
        client.createMultiBody(0, post, basePosition=(x, y, floor + (HEIGHT - edge) / 2))
        cube = client.createCollisionShape(client.GEOM_BOX, halfExtents=(edge / 2,) * 3)
        block = client.createMultiBody(mass, cube, basePosition=(x, y, floor + HEIGHT - edge / 2 + 0.0005))
        client.changeDynamics(block, -1, lateralFriction=FRICTION, spinningFriction=0.005)
        above = waypoints[-1]
        robot.place(above, robot.max_width)
        _move(robot, waypoints[::-1], robot.max_width, 1.0)
        _move(robot, waypoints[:1], 0.0, 0.8)
        start, closed_to, low = _seen(robot, block), robot.width(), _height(client, block)
        _move(robot, waypoints, 0.0, 1.2)
        _move(robot, [above], 0.0, HOLD_S)
        end, lifted = _seen(robot, block), _height(client, block) - low
        touched = block in robot.gripper.holding()
        _move(robot, [above], robot.max_width, 0.8)
        fell = _height(client, block) - low < lifted - LIFT / 2
        slip = float(np.linalg.norm(np.subtract(end.position, start.position)))
        turned = 2 * float(np.arccos(min(1.0, abs(float(np.dot(end.orientation, start.orientation))))))
        return Held(True, lifted, slip, turned, touched, fell, closed_to, edge)


def _block(limb: Limb) -> tuple[float, float]:
    """Returns the edge of the block, and how far above its underside the tool holds it [m]."""
    if isinstance(limb.gripper, Suction):
        edge = max(EDGE, 3 * limb.gripper.radius)
        return edge, edge + limb.gripper.gap / 2
    edge = min(EDGE, 0.6 * limb.gripper.opening)
    return edge, max(0.013, edge / 2)


def _path(opened: OpenedRobot, height: float, limb: int) -> tuple[Vector3, list[Joints]] | None:
    """Returns where the block stands, and the joint path from there straight up, or None if nowhere is in reach.

    Args:
        opened: The description and its folder.
        height: Height of the tool at the block above the base [m].
        limb: Which arm does it, from 0.
    """
    with BulletClient() as client:
        robot = Robot(client, opened, Pose())
        robot.active = limb
        kinematics = Kinematics(robot)
        for x in REACHES:
            for closing in ((0.0, 1.0, 0.0), (0.0, -1.0, 0.0), (1.0, 0.0, 0.0)):
                tool = robot.base @ looking((x, 0.0, height), np.array([0.0, 0.0, -1.0]), np.array(closing))
                first = kinematics.solutions(tool, np.random.default_rng(1), robot.home, robot.max_width, 8)
                for start in first:
                    path: list[Joints] = [start]
                    for pose in line(tool, shifted(tool, np.array([0.0, 0.0, LIFT]))):
                        joints = kinematics.near(pose, path[-1], robot.max_width)
                        if joints is None or np.abs(joints - path[-1]).max() > 0.35 or robot.self_contact():
                            break
                        path.append(joints)
                    else:
                        return tool.position, path
    return None


def _move(robot: Robot, waypoints: list[Joints], width: float, seconds: float) -> None:
    """Steps the simulation while the arm goes through the waypoints at an even pace, the gripper commanded once."""
    path = np.array([robot.joints(), *waypoints] if len(waypoints) > 1 else [waypoints[0], waypoints[0]])
    robot.grip(width, FORCE)
    steps = round(seconds / TIME_STEP)
    at = np.linspace(0.0, len(path) - 1, steps)
    joints = np.stack([np.interp(at, range(len(path)), path[:, j]) for j in range(path.shape[1])], axis=1)
    speeds = np.gradient(joints, TIME_STEP, axis=0)
    for target, speed in zip(joints, speeds, strict=True):
        robot.command(target, speed)
        robot.client.stepSimulation()
        robot.feel()


def _seen(robot: Robot, block: int) -> Pose:
    """Returns tool_from_block."""
    position, orientation = robot.client.getBasePositionAndOrientation(block)
    return robot.tool().inverse() @ Pose(tuple(position), tuple(orientation))


def _height(client: BulletClient, block: int) -> float:
    """Returns the height of the block's centre [m]."""
    return float(client.getBasePositionAndOrientation(block)[0][2])
