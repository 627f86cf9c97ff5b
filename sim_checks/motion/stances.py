"""`Stance`: where a driving robot can stand to do something, sampled around what it is to act on."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim_checks.bullet.collision import Allowance
from sim_checks.motion.planning import Planning
from sim_checks.motion.slot import Slot
from sim_checks.motion.spots import spots
from skills.body import BodyKind, BodyRequest
from skills.geometry import Vector3
from skills.motion import Joints

KEPT = Allowance(clearance=0.03, near=0.03)
"""What a driving robot, and what it holds, keeps from everything [m]."""
DISTANCE = (0.40, 0.72)
"""How far the arm's own base stands from what it acts on [m]. Source: reach table of a Panda, less a margin."""
BEST = 0.52
"""The distance that leaves most room to all sides [m]."""
ABOVE = (-0.15, 0.15)
"""Height of the arm's base over what it acts on [m]."""
ASKEW = 0.5
"""Most that the robot faces past what it acts on [rad]."""
DRAWN = 160
"""Stances that are drawn."""
APART = 0.12
"""Least difference between two stances that are tried [m or rad]."""


@dataclass(frozen=True)
class Stance:
    """Where the base stands and how high its lift is.

    Args:
        base: Positions of the base's joints: x, y [m], yaw [rad], lift [m] if there is one.
        arm: Which arm it is meant for, from 0.
        cost: How unpleasant it is.
    """

    base: tuple[float, ...]
    arm: int
    cost: float


@dataclass(frozen=True)
class Focus:
    """What a stance is for: a point, and the way that things open from there, if they do.

    Args:
        point: What is acted on [m, world].
        outward: Unit vector over the floor, or None.
        aside: How much further than an arm's reach the robot stays away [m].
    """

    point: Vector3
    outward: tuple[float, float] | None = None
    aside: float = 0.0


def focus_of(planning: Planning, request: BodyRequest, slot: Slot) -> Focus:
    """Returns what the robot has to reach for a body request.

    Args:
        planning: The planning world.
        request: What is asked of the body.
        slot: Where it stands among what the plan brings to the same place.
    """
    world = planning.world
    match request.kind:
        case BodyKind.PLACE if request.target is not None:
            group = next(iter(spots(planning, request.subject, request.target, request.inside, slot)), None)
            point = group[0].world_from_thing.position if group else world.centre(request.target)
            front = world.pose(world.owner(request.target)).rotation[:2, 0] if group and group[0].roofed else None
            return Focus(point, None if front is None else (float(front[0]), float(front[1])))
        case BodyKind.POUR if request.target is not None:
            return Focus(world.centre(request.target), None)
        case BodyKind.HAND_OVER if request.target is not None:
            palm = world.pose(request.target)
            return Focus(palm.position, (float(palm.rotation[0, 0]), float(palm.rotation[1, 0])))
        case BodyKind.PULL_HANDLE | BodyKind.PUSH_HANDLE | BodyKind.TURN_KNOB:
            joint = world.joint(request.subject)
            if joint is not None:
                carrier = world.link_pose(world.owner(request.subject), world.link(request.subject))
                handle = carrier @ joint.mechanism.link_from_handle
                way = np.asarray(handle.rotation[:2, 0])
                size = float(np.linalg.norm(way))
                ahead = (float(way[0] / size), float(way[1] / size)) if size > 0.5 else None
                return Focus(handle.position, ahead)
    return Focus(world.centre(request.subject), None)


def focus_at(planning: Planning, place: str) -> Focus:
    """Returns what the robot turns to before a piece of furniture, an appliance or a person: its nearest point."""
    person = next((p for p in planning.scene.people if p.id == place), None)
    if person is not None:
        x, y, z = person.position
        return Focus((x, y, z + 1.0), aside=person.radius + 0.3)
    lower, upper = planning.world.bounds(place)
    planning.robot.place(planning.joints, planning.width)
    x, y, _ = planning.robot.base.position
    return Focus((float(np.clip(x, lower[0], upper[0])), float(np.clip(y, lower[1], upper[1])), upper[2]))


def stances(planning: Planning, focus: Focus, arms: Sequence[int], tucked: Joints, label: int) -> Iterator[Stance]:
    """Yields stances from which ``focus`` may be reached, free of contact with the arms tucked, the best first.

    Args:
        planning: The planning world.
        focus: What is to be reached.
        arms: Arms that may do it.
        tucked: All joints with the arms as they are while the robot drives.
        label: Tells this call's random numbers from those of others.
    """
    rng, drawn = planning.rng(label, 31), []
    shoulders = {arm: shoulder(planning, arm) for arm in arms}
    for index in range(DRAWN):
        arm = arms[index % len(arms)]
        stance = _draw(planning, focus, arm, shoulders[arm], rng)
        if stance is not None:
            drawn.append(stance)
    taken: list[Stance] = []
    for stance in sorted(drawn, key=lambda s: s.cost):
        if any(_alike(stance, other) for other in taken):
            continue
        joints = tucked.copy()
        joints[planning.robot.driving] = stance.base
        if on_floor(planning, joints) and planning.free(joints, planning.width, KEPT) is None:
            taken.append(stance)
            yield stance


def on_floor(planning: Planning, joints: Joints) -> bool:
    """Says whether the base stands on a floor of the scene with all of itself; where there is none, it may be anywhere.

    Args:
        planning: The planning world.
        joints: All driven joints, or those of the base.
    """
    base, things = planning.robot.about.base, planning.world.things
    floors = [planning.world.bounds(t) for t in things if planning.scene.entities[t].kind == "floor"]
    if base is None or not floors:
        return True
    at = planning.robot.root.transform((float(joints[0]), float(joints[1]), 0.0))
    edge = base.radius
    return any(all(low[k] + edge <= at[k] <= high[k] - edge for k in (0, 1)) for low, high in floors)


def _alike(one: Stance, other: Stance) -> bool:
    return one.arm == other.arm and max(abs(a - b) for a, b in zip(one.base[:3], other.base[:3], strict=True)) < APART


def _draw(
    planning: Planning, focus: Focus, arm: int, shoulder: NDArray[np.float64], rng: np.random.Generator
) -> Stance | None:
    """Returns one random stance, or None when the lift does not reach it."""
    robot = planning.robot
    side, distance = rng.uniform(-math.pi, math.pi), rng.uniform(*DISTANCE)
    if focus.outward is not None:
        side = math.atan2(focus.outward[1], focus.outward[0]) + side / 3
    askew, above = rng.uniform(-ASKEW, ASKEW), rng.uniform(*ABOVE)
    yaw = math.remainder(side + math.pi + askew, math.tau)
    distance += focus.aside
    foot = np.array(focus.point[:2]) + distance * np.array([math.cos(side), math.sin(side)])
    turned = np.array([[math.cos(yaw), -math.sin(yaw)], [math.sin(yaw), math.cos(yaw)]])
    x, y = foot - turned @ shoulder[:2]
    base = [float(x), float(y), yaw]
    if len(robot.driving) > 3:
        low, high = robot.lower[3], robot.upper[3]
        lift = float(np.clip(focus.point[2] + above - shoulder[2], low + 0.01, high - 0.01))
        above = lift + shoulder[2] - focus.point[2]
        if not ABOVE[0] - 0.15 <= above <= ABOVE[1] + 0.15:
            return None
        base.append(lift)
    cost = abs(distance - focus.aside - BEST) + 0.3 * abs(askew) + 0.5 * abs(above)
    if focus.outward is not None:
        cost += 0.15 * abs(math.remainder(side - math.atan2(focus.outward[1], focus.outward[0]), math.tau))
    return Stance(tuple(in_room(planning, base)), arm, cost)


def shoulder(planning: Planning, arm: int) -> NDArray[np.float64]:
    """Returns where an arm's first link is while the base is at zero, lift down [m, (3,)]."""
    robot = planning.robot
    kept, active = robot.joints(), robot.active
    joints = kept.copy()
    joints[robot.driving] = 0.0
    robot.active = arm
    robot.place(joints, planning.width)
    at = (robot.root.inverse() @ robot.base).position
    robot.place(kept, planning.width)
    robot.active = active
    return np.array((at[0], at[1], at[2] + robot.root.position[2]))


def in_room(planning: Planning, base: list[float]) -> list[float]:
    """Returns base joints for a pose over the floor [m, rad] in the world."""
    root = planning.robot.root.inverse()
    x, y, _ = root.transform((base[0], base[1], 0.0))
    return [x, y, base[2] + root.yaw, *base[3:]]
