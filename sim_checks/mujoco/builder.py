"""`build`: a placed scene and its robot as one compiled model."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from sim_checks.bullet.robot_model import robot_model
from sim_checks.bullet.world import BulletWorld
from sim_checks.errors import BuildError
from sim_checks.mujoco.arm import fingered
from sim_checks.mujoco.engine import Physics, mujoco
from sim_checks.mujoco.shapes import vertices_of
from sim_checks.mujoco.tree import BodyTree
from skills.geometry import Matrix, Pose
from skills.robots.opening import OpenedRobot

THINGS, ROBOT = 1, 2
"""Bits of what can touch: things touch all, the robot's links touch things alone."""
JOINT_ARMATURE = 0.001
"""Inertia added to drawers, doors and knobs for a well-conditioned model [kg or kg m^2]. Source: our own."""


@dataclass
class Built:
    """A compiled model and what it was made of.

    Args:
        model: The engine's model.
        start: Joint name of the model -> position at the start [m or rad].
        robot: The robot's id; names of its bodies and joints begin with it.
        geoms: Geom name -> thing id, or the robot's.
        links: Geom name -> name of its link.
    """

    model: Any
    start: dict[str, float]
    robot: str
    geoms: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


def build(placed: BulletWorld, opened: OpenedRobot, base: Pose, physics: Physics) -> Built:
    """Returns the model of a scene whose things were placed, and have not settled.

    Args:
        placed: Where things stand, what they weigh and how rough they are; it is read only.
        opened: The robot.
        base: world_from_base.
        physics: Settings.

    Raises:
        BuildError: The scene has a conveyor, which this engine is not told about.
    """
    spec = mujoco.MjSpec()
    physics.prepare(spec)
    robot = placed.scene.robots[0].id
    built = Built(None, {}, robot)
    trees = {name: _thing(spec, placed, name, physics, built) for name in placed.things}
    arm = _robot(spec, opened, base, robot, physics)
    for owner, tree in (*trees.items(), (robot, arm)):
        for geom in tree.geoms:
            built.geoms[geom.name], built.links[geom.name] = owner, geom.name.split("/")[1]
    _fingers(spec, opened, arm, trees, placed, physics)
    built.model = spec.compile()
    return built


def _thing(spec: Any, placed: BulletWorld, name: str, physics: Physics, built: Built) -> BodyTree:
    """Adds one thing of the scene."""
    thing = placed.things[name]
    if thing.asset.drive is not None:
        what = f"{name!r} is a conveyor, and the second engine is not told how its rollers are run."
        raise BuildError.at("no-conveyor", name, what, "Carry the plan out there in a scene without one.")
    reader = _reader(lambda file: thing.asset.files[file])
    urdf = ElementTree.fromstring(thing.asset.urdf)
    root = "fixed" if thing.fixed else "free"
    tree = BodyTree(spec, name, urdf, reader, root).add(placed.link_pose(name, -1))  # type: ignore[arg-type]
    rolls = thing.asset.rolls and not thing.fixed
    own = float(placed.client.getDynamicsInfo(thing.body, -1)[1])
    for geom in tree.geoms:
        geom.contype, geom.conaffinity = THINGS, THINGS | ROBOT
        geom.condim = 6 if rolls else 4
        geom.friction = (own * physics.ordinary, 0.005, physics.rolling_m if rolls else 0.0001)
        geom.solref = (physics.contact_s, 1.0)
    if not thing.fixed:
        _weigh(tree, float(placed.client.getDynamicsInfo(thing.body, -1)[0]))
    for mechanism in thing.asset.mechanisms.values():
        joint = tree.joints[mechanism.joint]
        joint.damping, joint.frictionloss = [mechanism.damping, 0.0, 0.0], mechanism.friction
        joint.armature = JOINT_ARMATURE
    for key, joint in tree.joints.items():
        built.start[joint.name] = float(placed.client.getJointState(thing.body, thing.joints[key])[0])
    for first, second in combinations(tree.bodies.values(), 2):
        spec.add_exclude(bodyname1=first.name, bodyname2=second.name)
    return tree


def _weigh(tree: BodyTree, mass: float) -> None:
    """Scales mass and inertia of the bodies of a movable thing."""
    whole = sum(float(b.mass) for b in tree.bodies.values())
    for body in tree.bodies.values():
        body.mass = float(body.mass) * mass / whole
        body.fullinertia = [float(v) * mass / whole for v in body.fullinertia]


def _robot(spec: Any, opened: OpenedRobot, base: Pose, name: str, physics: Physics) -> BodyTree:
    """Adds the robot: joints with armature, weight carried by its motors, position actuators."""
    about, model = opened.description, robot_model(opened)
    gripper = fingered(about)
    urdf = ElementTree.fromstring(model.arm.read_text())
    tree = BodyTree(spec, name, urdf, _reader(lambda file: Path(file).read_bytes()), shell=True).add(base)
    for body in tree.bodies.values():
        body.gravcomp = 1.0
    for geom in tree.geoms:
        geom.contype, geom.conaffinity, geom.condim = ROBOT, THINGS, 3
        geom.friction, geom.solref = (0.0, 0.005, 0.0001), (physics.contact_s, 1.0)
    for index, joint in enumerate(about.arm.joints):
        gain = physics.arm_stiffness[min(index, len(physics.arm_stiffness) - 1)]
        tree.joints[joint].armature = physics.armature
        _servo(spec, tree.joints[joint].name, gain, physics, about.arm.effort[index])
    for finger in gripper.fingers:
        tree.joints[finger.joint].armature = physics.finger_armature
        _servo(spec, tree.joints[finger.joint].name, physics.finger_stiffness, physics, gripper.force)
    for mimic in gripper.mimic:
        couple = spec.add_equality(name=f"{name}/{mimic.joint}/mimic")
        couple.type, couple.objtype = mujoco.mjtEq.mjEQ_JOINT, mujoco.mjtObj.mjOBJ_JOINT
        couple.name1, couple.name2 = tree.joints[mimic.joint].name, tree.joints[mimic.follows].name
        couple.data[:2] = (0.0, mimic.ratio)
        couple.solref = (physics.contact_s, 1.0)
    return tree


def _servo(spec: Any, joint: str, gain: float, physics: Physics, force: float) -> None:
    """Adds a position actuator with a force limit [N or Nm]."""
    actuator = spec.add_actuator(name=joint)
    actuator.target, actuator.trntype = joint, mujoco.mjtTrn.mjTRN_JOINT
    actuator.set_to_position(kp=gain, kv=gain / physics.bandwidth)
    actuator.forcelimited = mujoco.mjtLimited.mjLIMITED_TRUE
    actuator.forcerange = (-force, force)


def _fingers(
    spec: Any,
    opened: OpenedRobot,
    arm: BodyTree,
    trees: dict[str, BodyTree],
    placed: BulletWorld,
    physics: Physics,
) -> None:
    """Says how fingers touch things: with the product of the two frictions (a finger's is 1), as in the rehearsal."""
    pads = {finger.link for finger in opened.description.gripper.fingers}
    for pad in [g for g in arm.geoms if g.name.split("/")[1] in pads]:
        for name, tree in trees.items():
            own = float(placed.client.getDynamicsInfo(placed.things[name].body, -1)[1])
            for geom in tree.geoms:
                pair = spec.add_pair(geomname1=pad.name, geomname2=geom.name)
                pair.condim = 4
                pair.friction = (own, own, own * physics.torsion_m, 0.0001, 0.0001)
                pair.solref = (physics.contact_s, 1.0)


def _reader(read: Callable[[str], bytes]) -> Callable[[str], Matrix]:
    return lambda name: vertices_of(read(name), name)
