"""`Meeting`: where a robot stands so that one arm reaches what one run of steps is about, and the other the rest."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from sim_checks.motion.driving import draw_in, drive
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.stances import BEST, KEPT, Focus, Stance, in_room, on_floor, shoulder
from skills.motion import Joints, Segment

WITHIN = (0.30, 0.78)
"""How far an arm's base may be from each thing that it acts on [m]."""
HEIGHT = 0.35
"""Most that it may be above or below that [m]."""
AROUND = (0.35, 1.10)
"""How far the base stands from the middle of it all [m]."""
ASKEW = 0.5
"""Most that it faces past that [rad]."""
SIDE = 0.25
"""How far the left arm's share should be to the left of the right arm's [m]."""
FRONT = 0.5
"""Least cosine between where the robot stands and where a door or drawer looks to."""
FAR = 0.2
"""What a metre to drive costs, beside metres that the arms are from where they reach best. Source: our own."""
DRAWN, MOST = 400, 4
"""Places that are drawn; those that are driven to."""


@dataclass(frozen=True)
class Meeting:
    """A place for two arms.

    Args:
        arms: Which arm does the first run, and which the second, from 0.
        joints: All driven joints there.
        there: How the robot gets there; nothing where it stands there already.
    """

    arms: tuple[int, int]
    joints: Joints
    there: tuple[Segment, ...] = ()


def meetings(
    planning: Planning, foci: tuple[Sequence[Focus], Sequence[Focus]], label: int, trail: Trail
) -> Iterator[Meeting]:
    """Yields places for two arms: where the robot stands, then others that can be driven to, the best first.

    Args:
        planning: The planning world; what is held belongs to the first run.
        foci: What the first run is about, and what the second.
        label: Tells this call's random numbers from those of others.
        trail: Collects the reasons of dropped places.
    """
    robot = planning.robot
    held = None if planning.held is None else robot.active
    pairs = [p for p in permutations(range(len(robot.limbs)), 2) if held in (None, p[0])]
    shoulders = {arm: shoulder(planning, arm) for arm in range(len(robot.limbs))}
    here = planning.joints[robot.driving]
    for arms in sorted(pairs, key=lambda p: _cost(planning, here, p, shoulders, foci)):
        if math.isfinite(_cost(planning, here, arms, shoulders, foci)):
            yield Meeting(arms, planning.joints)
    drawn = _drawn(planning, pairs, shoulders, foci, label)
    if not drawn:
        trail.add("nowhere to stand from where both arms reach their share")
        return
    drawn_in = draw_in(planning, label, trail)
    if drawn_in is None:
        return
    start = drawn_in[-1].joints[-1] if drawn_in else planning.joints
    tried = 0
    for _, base, arms in drawn:
        joints = start.copy()
        joints[robot.driving] = base
        if not on_floor(planning, joints) or planning.free(joints, planning.width, KEPT) is not None:
            continue
        tried += 1
        way = drive(planning, start, Stance(tuple(base), arms[0], 0.0), label + tried, trail)
        if way is not None:
            yield Meeting(arms, way.joints[-1], (*drawn_in, way))
        if tried >= MOST:
            return


def _drawn(
    planning: Planning,
    pairs: Sequence[tuple[int, ...]],
    shoulders: dict[int, NDArray[np.float64]],
    foci: tuple[Sequence[Focus], Sequence[Focus]],
    label: int,
) -> list[tuple[float, tuple[float, ...], tuple[int, int]]]:
    """Returns random places with their cost and arms, the cheapest first; only those from which all is near enough."""
    rng, robot = planning.rng(label, 53), planning.robot
    here = planning.joints[robot.driving]
    points = np.array([f.point for focus in foci for f in focus])
    middle, found = (points.min(axis=0) + points.max(axis=0)) / 2, []
    mean = float(np.mean([s[2] for s in shoulders.values()]))
    for index in range(DRAWN):
        arms = pairs[index % len(pairs)]
        side, away = rng.uniform(-math.pi, math.pi), rng.uniform(*AROUND)
        yaw = math.remainder(side + math.pi + rng.uniform(-ASKEW, ASKEW), math.tau)
        spot = [float(middle[0] + away * math.cos(side)), float(middle[1] + away * math.sin(side)), yaw]
        if len(robot.driving) > 3:
            low, high = robot.lower[3] + 0.01, robot.upper[3] - 0.01
            spot.append(float(np.clip(middle[2] + rng.uniform(-0.1, 0.2) - mean, low, high)))
        base = tuple(in_room(planning, spot))
        cost = _cost(planning, np.array(base), arms, shoulders, foci)
        if math.isfinite(cost):
            found.append((cost + FAR * math.dist(base[:2], here[:2]), base, (arms[0], arms[1])))
    return sorted(found, key=lambda f: f[0])


def _cost(
    planning: Planning,
    base: Joints,
    arms: tuple[int, ...],
    shoulders: dict[int, NDArray[np.float64]],
    foci: tuple[Sequence[Focus], Sequence[Focus]],
) -> float:
    """Returns how unpleasant a place is, infinite where an arm does not reach its share.

    Args:
        planning: The planning world.
        base: The base's joints [m, m, rad, m].
        arms: Which arm does the first run, and which the second.
        shoulders: Arm -> where its first link is while the base is at zero [m].
        foci: What the runs are about.
    """
    root = planning.robot.root
    x, y, _ = root.transform((float(base[0]), float(base[1]), 0.0))
    yaw = float(base[2]) + root.yaw
    turned = np.array([[math.cos(yaw), -math.sin(yaw)], [math.sin(yaw), math.cos(yaw)]])
    cost, aside = 0.0, dict[int, float]()
    for arm, share in zip(arms, foci, strict=True):
        at = np.array((x, y)) + turned @ shoulders[arm][:2]
        height = shoulders[arm][2] + (float(base[3]) if len(base) > 3 else 0.0)
        for focus in share:
            way = np.array(focus.point[:2]) - at
            distance = float(np.linalg.norm(way))
            if not WITHIN[0] < distance < WITHIN[1] or abs(height - focus.point[2]) > HEIGHT:
                return math.inf
            if focus.outward is not None and -float(way @ np.array(focus.outward)) < FRONT * distance:
                return math.inf
            cost += abs(distance - BEST)
        aside[arm] = float(np.mean([(turned.T @ (np.array(f.point[:2]) - (x, y)))[1] for f in share]))
    outer = max(arms, key=lambda arm: shoulders[arm][1])
    apart = sum(a if arm == outer else -a for arm, a in aside.items())
    return cost + max(0.0, SIDE - apart) * 2.0
