"""Pushing: two open fingers behind a thing move it along the table in a straight line."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from sim_checks.bullet.collision import Allowance
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.straight import line, looking, shifted
from skills.geometry import Pose
from skills.motion import Segment

WIDTH = 0.06
"""Finger opening while pushing [m]: two contacts steer straight. Source: manipulation reference, 0.5 mm off."""
HEIGHT = 0.016
"""Tool point above the support [m]; the fingertips reach 7 mm below it."""
PUSH_SPEED = 0.06


@dataclass(frozen=True)
class Push:
    """A planned push: its segments and which lean of the hand it uses."""

    segments: tuple[Segment, ...]
    approach: int


def plan_push(planning: Planning, entity: str, target: str, excluded: Collection[int], trail: Trail) -> Iterator[Push]:
    """Yields pushes of ``entity`` along a straight line to the centre of ``target``."""
    region = planning.world.region(target)
    bounds = planning.world.bounds(entity)
    centre = np.array(bounds.centre)
    if region is None:
        trail.add("the target has no area")
        return
    way = np.asarray(region.pose.position)[:2] - centre[:2]
    distance = float(np.linalg.norm(way))
    if distance < 0.005:
        trail.add("it is there already")
        return
    along = np.array([*(way / distance), 0.0])
    for index, lean in enumerate((0, 20, -20, 40)):
        if index in excluded:
            continue
        segments = _one(planning, entity, centre, bounds.lower[2], along, distance, math.radians(lean), index, trail)
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
    tool = looking(level, approach, np.cross(approach, along))
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
        planning.attach(entity, Pose())
        stop = shifted(start, along * (gap + distance))
        allow = Allowance(clearance=0.003, fingers={body: 0.02 + reach})
        planning.collisions.attach(None)
        path = planning.track(line(start, stop), joints, WIDTH, _through(allow, body), trail)
        down_path = planning.track(line(start, shifted(start, np.array([0, 0, 0.12]))), joints, WIDTH, clear, trail)
        if path is None or down_path is None:
            continue
        back = shifted(stop, -along * 0.03)
        away_poses = [*line(stop, back), *line(back, shifted(back, np.array([0, 0, 0.12])))]
        away = planning.track(away_poses, path[-1], WIDTH, _through(allow, body), trail)
        if away is None:
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


def _through(allow: Allowance, body: int) -> Allowance:
    """Returns the allowance with the pushed thing let through: it moves ahead of the fingers."""
    return Allowance(
        clearance=allow.clearance, fingers={body: 10.0}, hand={body: 10.0}, held=allow.held, near=allow.near
    )


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
