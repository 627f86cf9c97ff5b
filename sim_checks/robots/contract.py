"""`check_robot`: the contract of a robot description, measured."""

import math
from dataclasses import dataclass, field, replace

import numpy as np

from sim_checks.bullet.client import GRAVITY, TIME_STEP, BulletClient
from sim_checks.bullet.robot import Robot
from sim_checks.robots.base import Driven, drive_a_square
from sim_checks.robots.holding import LIFT, Held, hold_a_block
from sim_checks.robots.reaching import Reached, ReachMap, reach_map, reached
from skills.geometry import Pose
from skills.robots.opening import OpenedRobot
from skills.robots.parts import BEYOND
from skills.robots.suction import Suction

IK_SHARE = 0.95
"""Least share of random poses that must be reached."""
SLIP_M = 0.005
"""Most that the block may move in the hand [m]."""
WAY_M, WAY_RAD = 0.01, math.radians(0.5)
"""Most by which a base may be off its way [m, rad]."""
STOP_M = 0.002
"""Most by which a base may be off where it is told to stop, and may drift afterwards [m]."""
WIDTH_M = 0.002
"""Most by which the fingers may miss an opening [m]."""
GAP_M = 0.006
"""Most by which the gap between the pads may differ from the opening [m]: hulls have margins, pads have shapes."""
LIP_M = 0.001
"""Most by which the lip of a cup may be off the plane of its tool frame [m]."""
HEAVY = 1.3
"""Weight of a block that a cup must drop, as a share of its pull."""
HOME_RAD = 0.01
PROBE_M = 0.15
"""Where the plane stands from which fingertips are measured, ahead of the tool [m]."""


@dataclass(frozen=True)
class Row:
    """One measurement: what it is, whether it is as it must be, what was found and what is asked for."""

    name: str
    ok: bool
    found: str
    asked: str


@dataclass(frozen=True, eq=False)
class Contract:
    """What was measured of one robot; truthy when every row holds.

    Args:
        name: The robot.
        description_sha256: Hash of its description.
        model_sha256: Hash over its URDF and meshes.
        rows: The measurements.
        reached: What the solver made of random poses.
        held: What became of the block.
        reach: The map of its reach over the plane of its base.
    """

    name: str
    description_sha256: str
    model_sha256: str
    rows: tuple[Row, ...]
    reached: Reached
    held: Held
    reach: ReachMap = field(repr=False)

    def __bool__(self) -> bool:
        """True when every row holds."""
        return all(row.ok for row in self.rows)


def check_robot(opened: OpenedRobot, poses: int = 200, step: float = 0.08, seed: int = 0) -> Contract:
    """Measures one robot.

    Args:
        opened: The description and its folder.
        poses: Random poses asked of inverse kinematics.
        step: Edge of a cell of the reach map [m].
        seed: Seed of everything drawn.

    Raises:
        RobotError: A file of the description is missing or wrong.
    """
    with BulletClient() as client:
        robot = Robot(client, opened, Pose())
        rows = [_limits(robot), *_home(robot), *_grippers(robot)]
        model = robot.model.sha256
    with BulletClient() as client:
        robot = Robot(client, opened, Pose())
        solved, reach = reached(robot, poses, seed), reach_map(robot, step=step, seed=seed)
    held = hold_a_block(opened)
    rows += _reach(solved, reach)
    about = opened.description
    for limb, arm in enumerate(about.limbs):
        rows += [_of(row, limb) for row in _hold(held if limb == 0 else hold_a_block(opened, limb))]
        if isinstance(arm.gripper, Suction):
            rows.append(_of(_too_heavy(opened, limb, arm.gripper), limb))
    if about.base is not None:
        rows += _driven(drive_a_square(opened))
    return Contract(about.name, about.sha256, model, tuple(rows), solved, held, reach)


def _limits(robot: Robot) -> Row:
    """The URDF must have limits of its own, and the description must stay within its speeds and torques."""
    faults, chains = [], robot.about.chains
    driven = [driver for c in chains for driver in zip(c.joints, c.speed, c.effort, strict=True)]
    for name, speed, effort in driven:
        low, high, most, fastest = robot.model.tree.limits[name]
        if not low < high:
            faults.append(f"{name}: no range in the URDF")
        if speed > fastest + 1e-6:
            faults.append(f"{name}: {speed:g} rad/s, URDF {fastest:g}")
        if effort > most + 1e-6:
            faults.append(f"{name}: {effort:g} Nm, URDF {most:g}")
    found = "; ".join(faults) or f"{len(driven)} joints"
    return Row("limits", not faults, found, "range, speed and torque within the URDF's")


def _home(robot: Robot) -> list[Row]:
    """At home no links may touch, and physics must bring the arm there."""
    names = {index: name for name, index in robot.links.items()}
    pair = robot.self_contact()
    touch = " and ".join(names[link] for link in pair) if pair else "none"
    start = robot.home + np.clip((robot.lower + robot.upper) / 2 - robot.home, -0.3, 0.3)
    robot.place(start, robot.max_width)
    steps = round(2.5 / TIME_STEP)
    for k in range(steps):
        share = min(1.0, (k + 1) / (0.6 * steps))
        robot.command(start + share * (robot.home - start), np.zeros(len(robot.arm)))
        robot.client.stepSimulation()
    off = float(np.abs(robot.joints() - robot.home).max())
    return [
        Row("self-contact at home", pair is None, touch, "none"),
        Row("home reached in physics", off <= HOME_RAD, f"{off:.4f} rad off", f"at most {HOME_RAD} rad"),
    ]


def _grippers(robot: Robot) -> list[Row]:
    """Every gripper must do what is asked of the first one."""
    rows: list[Row] = []
    for limb in range(len(robot.limbs)):
        robot.active = limb
        cup = isinstance(robot.limb.about.gripper, Suction)
        rows += [_of(row, limb) for row in ([_lip(robot)] if cup else _gripper(robot))]
    robot.active = 0
    return rows


def _of(row: Row, limb: int) -> Row:
    """Returns the row of a further arm under a name of its own."""
    return row if limb == 0 else replace(row, name=f"{row.name}, arm {limb + 1}")


def _driven(driven: Driven) -> list[Row]:
    """The base must follow a square, end where it is told to, and stay there."""
    follows = driven.off_way <= WAY_M and driven.off_heading <= WAY_RAD
    found = f"{1000 * driven.off_way:.1f} mm and {math.degrees(driven.off_heading):.2f} degrees off at most"
    asked = f"at most {1000 * WAY_M:g} mm and {math.degrees(WAY_RAD):.1f} degrees off its way"
    stops = f"{1000 * driven.off_end:.2f} mm off; {1000 * driven.drift:.2f} mm in the second after"
    return [
        Row("drives a square", follows, found, asked),
        Row("keeps its speed", driven.over <= 1.02, f"{driven.over:.3f} of its limit", "at most 1.02 of its limit"),
        Row("stops", max(driven.off_end, driven.drift) <= STOP_M, stops, f"at most {1000 * STOP_M:g} mm each"),
    ]


def _gripper(robot: Robot) -> list[Row]:
    """The fingers must go where they are told, and the pads must leave the gap that the opening says."""
    client, widest = robot.client, robot.max_width
    missed = gaps = 0.0
    beyond = -math.inf
    for share in (1.0, 0.5, 0.05):
        robot.grip(share * widest, 20.0)
        for _ in range(round(1.2 / TIME_STEP)):
            robot.command(robot.home, np.zeros(len(robot.arm)))
            client.stepSimulation()
        missed = max(missed, abs(robot.width() - share * widest))
        one, other = robot.fingers
        points = client.getClosestPoints(robot.body, robot.body, 1.0, linkIndexA=one, linkIndexB=other)
        gap = min(p[8] for p in points) if points else math.inf
        gaps = max(gaps, abs(gap - robot.width()))
        beyond = max(beyond, _beyond(robot))
    return [
        Row("gripper opens and closes", missed <= WIDTH_M, f"{1000 * missed:.1f} mm off", f"{1000 * WIDTH_M:g} mm"),
        Row("gap between the pads", gaps <= GAP_M, f"{1000 * gaps:.1f} mm off", f"at most {1000 * GAP_M:g} mm"),
        Row("fingertips beyond the tool", beyond <= BEYOND, f"{1000 * beyond:.1f} mm", f"at most {1000 * BEYOND:g} mm"),
    ]


def _lip(robot: Robot) -> Row:
    """The lip must lie in the plane of the tool frame, for rays that begin there."""
    off = abs(_beyond(robot))
    return Row("lip at the tool", off <= LIP_M, f"{1000 * off:.1f} mm off", f"at most {1000 * LIP_M:g} mm")


def _too_heavy(opened: OpenedRobot, limb: int, cup: Suction) -> Row:
    """What weighs more than the vacuum bears must not come along."""
    mass = HEAVY * cup.pull / GRAVITY
    held = hold_a_block(opened, limb, mass)
    found = f"{mass:.2f} kg: {1000 * held.lifted:.0f} mm up" if held.reached else "out of reach"
    drops = held.reached and not held.touching and held.lifted < LIFT / 2
    return Row("drops what is too heavy", drops, found, f"a block of {HEAVY:g} times what it bears stays down")


def _beyond(robot: Robot) -> float:
    """Returns how far fingertips, or the lip, reach beyond the tool's origin now [m], seen from a plane ahead of it."""
    client, ahead = robot.client, robot.tool() @ Pose((0.0, 0.0, PROBE_M))
    shape = client.createCollisionShape(client.GEOM_BOX, halfExtents=(0.3, 0.3, 0.001))
    plane = client.createMultiBody(0, shape, basePosition=ahead.position, baseOrientation=ahead.orientation)
    points = [p for f in robot.fingers for p in client.getClosestPoints(robot.body, plane, 1.0, linkIndexA=f)]
    client.removeBody(plane)
    return PROBE_M - 0.001 - min(p[8] for p in points) if points else math.inf


def _reach(solved: Reached, reach: ReachMap) -> list[Row]:
    half, most = (1000 * v for v in solved.residual_m)
    found = f"{solved.share:.3f} of {solved.poses}; residual p50 {half:.3f}, p95 {most:.3f} mm"
    enough = solved.poses > 0 and solved.share >= IK_SHARE
    pairs = ", ".join(f"{pair} ({count}x)" for pair, count in list(solved.touching.items())[:3]) or "none"
    area = float(reach.share.mean()) * float((reach.x[-1] - reach.x[0]) * (reach.y[-1] - reach.y[0]))
    return [
        Row("inverse kinematics", enough, found, f"{IK_SHARE} within 1 mm and 0.5 degrees"),
        Row("self-contact over samples", solved.in_contact <= 0.5, f"{solved.in_contact:.3f}: {pairs}", "at most 0.5"),
        Row("reach bound is certain", not solved.out_of_bound, f"{solved.out_of_bound} poses beyond it", "none"),
        Row("reach over the base's plane", area > 0.05, f"{area:.2f} m^2 from above", "over 0.05 m^2"),
    ]


def _hold(held: Held) -> list[Row]:
    found = f"{1000 * held.lifted:.0f} mm up, slip {1000 * held.slip:.2f} mm" if held.reached else "out of reach"
    kept = held.reached and held.touching and held.lifted >= 0.9 * LIFT and held.slip <= SLIP_M
    asked = f"a {1000 * held.edge:.0f} mm block lifted, held 2 s, slip at most {1000 * SLIP_M:g} mm"
    return [
        Row("holds a block", kept, found, asked),
        Row("lets it go", held.let_go, "it fell" if held.let_go else "it stayed", "it falls when told to let go"),
    ]
