"""Pushing: two open fingers behind a thing move it along the table; where they do not fit, it is dragged."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from sim_checks.bullet.collision import Allowance
from sim_checks.motion.dragging import plan_drag
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.straight import line, looking, shifted
from skills.geometry import Pose
from skills.motion import Segment

WIDTH = 0.06
"""Finger opening while pushing [m]: two contacts steer straight. Source: manipulation reference, 0.5 mm off."""
TOUCH = 0.012
"""Depth to which fingers may seem to enter the thing that they push [m]: they turn a little on the way."""
HEIGHT = 0.016
"""Tool point above the support [m]; the fingertips reach 7 mm below it."""
PUSH_SPEED = 0.06
LEANS = (0, 20, 40, 30, 55, -20)
"""Leans of the hand away from the thing [deg]; a tall thing needs one."""
DRAGS = 1000
"""Number of the first candidate that grips the thing and draws it along, where no hand fits behind it."""
SLIDES = (0.10, 0.07, 0.14)
"""Ways that a thing is slid sideways [m], best first."""
ASIDE = 0.004
"""Gap that a pushed thing keeps to all that it does not stand on [m]."""


@dataclass(frozen=True)
class Push:
    """A planned push: its segments and which lean of the hand it uses."""

    segments: tuple[Segment, ...]
    approach: int


def plan_push(planning: Planning, entity: str, target: str, excluded: Collection[int], trail: Trail) -> Iterator[Push]:
    """Yields pushes of ``entity`` along a straight line to the centre of ``target``."""
    region = planning.world.region(target)
    if region is None:
        trail.add("the target has no area")
        return
    way = np.subtract(region.pose.position, planning.world.bounds(entity).centre)[:2]
    if float(np.linalg.norm(way)) < 0.005:
        trail.add("it is there already")
        return
    yield from _leaning(planning, entity, way, 0, excluded, trail)
    for drag in plan_drag(planning, entity, way, DRAGS, excluded, trail):
        yield Push(drag.segments, drag.approach)


def plan_slide(
    planning: Planning, entity: str, leftwards: bool, excluded: Collection[int], trail: Trail
) -> Iterator[Push]:
    """Yields pushes of ``entity`` sideways; the viewer's left is -y."""
    if entity not in planning.world.movable:
        trail.add("it does not stand free")
        return
    for number, distance in enumerate(SLIDES):
        way = np.array([0.0, -distance if leftwards else distance])
        yield from _leaning(planning, entity, way, 2 * number * len(LEANS), excluded, trail)
        for drag in plan_drag(planning, entity, way, DRAGS * (number + 1), excluded, trail):
            yield Push(drag.segments, drag.approach)


def plan_pull(planning: Planning, entity: str, excluded: Collection[int], trail: Trail) -> Iterator[Push]:
    """Yields drags of ``entity`` towards the robot: it is gripped where it stands, and never leaves its support."""
    if entity not in planning.world.movable:
        trail.add("it does not stand free")
        return
    for number, distance in enumerate(SLIDES):
        way = np.array([-distance, 0.0])
        for drag in plan_drag(planning, entity, way, DRAGS * number, excluded, trail):
            yield Push(drag.segments, drag.approach)


def _leaning(
    planning: Planning, entity: str, way: np.ndarray, first: int, excluded: Collection[int], trail: Trail
) -> Iterator[Push]:
    """Yields pushes of ``entity`` by ``way`` [m, (2,)], for every lean of the hand; numbered from ``first``."""
    bounds = planning.world.bounds(entity)
    distance = float(np.linalg.norm(way))
    along = np.array([*(way / distance), 0.0])
    centre, floor = np.array(bounds.centre), bounds.lower[2]
    for index, (lean, side) in enumerate(product(LEANS, (1, -1)), first):
        if index in excluded:
            continue
        tilt = math.radians(lean)
        segments = _one(planning, entity, centre, floor, along, distance, tilt, side, index, trail)
        if segments is not None:
            yield Push(segments, index)


def _one(
    planning: Planning,
    entity: str,
    centre: np.ndarray,
    floor: float,
    along: np.ndarray,
    distance: float,
    lean: float,
    side: int,
    label: int,
    trail: Trail,
) -> tuple[Segment, ...] | None:
    """Returns transit, approach, push and retreat for one lean of the hand, or None."""
    body = planning.world.body(entity)
    down = np.array([0.0, 0.0, -1.0])
    approach = math.cos(lean) * down + math.sin(lean) * along
    half = planning.world.asset(entity).half
    reach = math.hypot(half[0], half[1]) + 0.05
    level = (float(centre[0]), float(centre[1]), floor + HEIGHT)
    tool = looking(level, approach, side * np.cross(approach, along))
    start = shifted(tool, -along * reach)
    clear = Allowance(clearance=0.003)
    for joints in planning.solutions(start, 3000 + label, WIDTH, tries=6)[:3]:
        blocked = planning.free(joints, WIDTH, clear)
        if blocked:
            trail.add(f"contact of {blocked} behind it")
            continue
        gap = _gap(planning, body, start, joints, along, reach)
        if gap is None:
            trail.add("the fingers would miss it")
            continue
        stop = shifted(start, along * (gap + distance))
        down_path = planning.track(line(start, shifted(start, np.array([0, 0, 0.12]))), joints, WIDTH, clear, trail)
        if down_path is None:
            continue
        back = shifted(stop, -along * 0.03)
        away_poses = [*line(stop, back), *line(back, shifted(back, np.array([0, 0, 0.12])))]
        world_from_thing = planning.world.pose(entity)
        try:
            path = _pushed(planning, entity, line(start, stop), joints, gap, along, trail)
            touching = Allowance(clearance=0.003, fingers={body: TOUCH}, hand={body: 0.0})
            away = None if path is None else planning.track(away_poses, path[-1], WIDTH, touching, trail)
        finally:
            planning.put(entity, world_from_thing)
        if path is None or away is None:
            continue
        transit = planning.transit("transit", planning.joints, down_path[-1], WIDTH, 3100 + label, trail)
        if transit is None:
            continue
        return (
            transit,
            planning.timed("approach", down_path[::-1], WIDTH, share=0.3, least_s=1.2),
            planning.timed("push", path, WIDTH, share=0.3, least_s=(gap + distance) / PUSH_SPEED),
            planning.timed("retreat", away, WIDTH, share=0.3, least_s=1.6),
        )
    return None


def _pushed(
    planning: Planning, entity: str, poses: list[Pose], joints: np.ndarray, gap: float, along: np.ndarray, trail: Trail
) -> np.ndarray | None:
    """Returns the joint path (n, joints) of the push; the thing moves ahead of the fingers once they touch it."""
    client, body = planning.robot.client, planning.world.body(entity)
    first = planning.world.pose(entity)
    others = [b for b in planning.collisions.bodies if b != body]
    beneath = {b for b in others if client.getClosestPoints(body, b, ASIDE)}
    allow = Allowance(clearance=0.003, fingers={body: TOUCH}, hand={body: 0.0})
    path = [joints]
    origin = np.asarray(planning.kinematics.forward(joints, WIDTH).position)
    for pose in poses:
        ahead = max(0.0, float((np.asarray(pose.position) - origin) @ along) - gap)
        planning.put(entity, shifted(first, along * ahead))
        for other in others:
            if other not in beneath and client.getClosestPoints(body, other, ASIDE):
                trail.add(f"contact of {entity} (pushed) and {planning.collisions.bodies[other]}")
                return None
        step = planning.track([pose], path[-1], WIDTH, allow, trail)
        if step is None:
            return None
        path.append(step[-1])
    return np.array(path)


def _gap(
    planning: Planning, body: int, start: Pose, joints: np.ndarray, along: np.ndarray, reach: float
) -> float | None:
    """Returns how far the fingers travel until they touch the thing [m], found in 2 mm steps."""
    seed, client = joints, planning.robot.client
    for k in range(int((reach + 0.02) / 0.002)):
        found = planning.kinematics.near(shifted(start, along * (0.002 * k)), seed, WIDTH)
        if found is None:
            return None
        seed = found
        planning.robot.place(found, WIDTH)
        if client.getClosestPoints(planning.robot.body, body, 0.0005):
            return 0.002 * k
    return None
