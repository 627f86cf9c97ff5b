"""Dragging: a thing gripped where it stands and drawn over its support, where no hand fits behind it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from sim_checks.assets.asset import Grasp
from sim_checks.bullet.collision import Allowance
from sim_checks.motion.picking import APPROACH_SPEED, CLOSE_S, TABLE_GAP, candidates
from sim_checks.motion.placing import OPEN_S, RETREAT
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.straight import backed, line, shifted
from sim_checks.motion.timing import hold
from skills.geometry import Pose
from skills.motion import Segment

SPEED = 0.06
"""Speed over the support [m/s]."""
ASIDE = 0.004
"""Gap that the thing keeps to all that it does not stand on [m]."""
GRASPS = 16
"""Grasps that are tried."""


@dataclass(frozen=True)
class Drag:
    """A planned drag: its segments and which grasp it uses, numbered as asked."""

    segments: tuple[Segment, ...]
    approach: int


def plan_drag(
    planning: Planning, entity: str, way: np.ndarray, first: int, excluded: Collection[int], trail: Trail
) -> Iterator[Drag]:
    """Yields drags of ``entity`` in a straight line, its plainest grasps first.

    Args:
        planning: The planning world; the hand is empty.
        entity: What to drag.
        way: Where to, over the support [m, (2,)].
        first: Number of the first candidate.
        excluded: Candidates that a rehearsal has shown to fail.
        trail: Collects the reasons of dropped candidates.
    """
    grasps = sorted(enumerate(candidates(planning.world.asset(entity))), key=lambda g: g[1].cost)
    offset, tried = np.array([way[0], way[1], 0.0]), 0
    for index, grasp in grasps:
        if first + index in excluded or not _room(planning, entity, grasp, offset, trail):
            continue
        tried += 1
        segments = _one(planning, entity, grasp, offset, first + index, trail)
        if segments is not None:
            yield Drag(segments, first + index)
        if tried >= GRASPS:
            return


def _room(planning: Planning, entity: str, grasp: Grasp, offset: np.ndarray, trail: Trail) -> bool:
    """Says whether the hand alone has room at both ends."""
    world_from_thing = planning.world.pose(entity)
    tool = world_from_thing @ grasp.thing_from_tool
    if tool.rotation[2, 2] > 0.3:
        return False
    fingers = {planning.world.body(entity): 0.003, **_tables(planning)}
    width = min(grasp.opening, grasp.width + 0.025)
    blocked = planning.hand_blocked(tool, width, fingers, 0.003)
    if blocked is None:
        planning.put(entity, shifted(world_from_thing, offset))
        blocked = planning.hand_blocked(shifted(tool, offset), width, fingers, 0.003)
        planning.put(entity, world_from_thing)
    if blocked:
        trail.add(f"contact of {blocked} at the grasp")
    return blocked is None


def _tables(planning: Planning) -> dict[int, float]:
    """Returns how far fingers may go into tables: not at all, and `TABLE_GAP` less."""
    return {planning.world.body(t): -TABLE_GAP for t in planning.tables}


def _one(
    planning: Planning, entity: str, grasp: Grasp, offset: np.ndarray, label: int, trail: Trail
) -> tuple[Segment, ...] | None:
    """Returns transit, approach, grip, push, release and retreat for one grasp, or None."""
    world_from_thing = planning.world.pose(entity)
    tool, body, tables = world_from_thing @ grasp.thing_from_tool, planning.world.body(entity), _tables(planning)
    width = min(grasp.opening, grasp.width + 0.025)
    reach_in = Allowance(clearance=0.004, fingers={body: 0.003, **tables}, hand={body: 0.0})
    for joints in planning.solutions(tool, 4000 + label, width)[:3]:
        if planning.free(joints, width, reach_in):
            continue
        outward = planning.track(line(tool, backed(tool, grasp.depth)), joints, width, reach_in, trail)
        if outward is None:
            continue
        found = _drawn(planning, entity, grasp, tool, shifted(tool, offset), joints, trail)
        if found is None:
            continue
        transit = planning.transit("transit", planning.joints, outward[-1], width, 4500 + label, trail)
        if transit is None:
            continue
        path, away = found
        opening, seconds = _opening(planning, grasp), float(np.linalg.norm(offset)) / SPEED
        return (
            transit,
            planning.timed("approach", outward[::-1], width, share=0.3, least_s=grasp.depth / APPROACH_SPEED),
            hold("grip", joints, CLOSE_S, 0.0, grasp.force),
            planning.timed("push", path, 0.0, share=0.3, least_s=seconds, force=grasp.force),
            hold("release", path[-1], OPEN_S, opening),
            planning.timed("retreat", away, opening, share=0.3, least_s=RETREAT / APPROACH_SPEED),
        )
    return None


def _drawn(
    planning: Planning, entity: str, grasp: Grasp, tool: Pose, end: Pose, joints: np.ndarray, trail: Trail
) -> tuple[np.ndarray, np.ndarray] | None:
    """Returns the joint paths (n, joints) that draw the gripped thing along and then back off it, or None."""
    client, body, tables = planning.robot.client, planning.world.body(entity), _tables(planning)
    world_from_thing = planning.world.pose(entity)
    others = (b for b in planning.collisions.bodies if b != body)
    beneath = {b: 0.004 for b in others if client.getClosestPoints(body, b, ASIDE)}
    allow = Allowance(clearance=0.003, fingers={body: 0.02, **tables}, hand={body: 0.02}, held=beneath, near=ASIDE)
    planning.attach(entity, grasp.thing_from_tool.inverse())
    try:
        path = planning.track(line(tool, end), joints, grasp.width, allow, trail)
        planning.collisions.attach(None)
        if path is None:
            return None
        planning.put(entity, end @ grasp.thing_from_tool.inverse())
        free = Allowance(clearance=0.002, fingers={body: 0.006, **tables}, hand={body: 0.003})
        back = line(end, backed(end, RETREAT))
        away = planning.track(back, path[-1], _opening(planning, grasp), free, trail)
        return None if away is None else (path, away)
    finally:
        planning.collisions.attach(None)
        planning.put(entity, world_from_thing)


def _opening(planning: Planning, grasp: Grasp) -> float:
    """Returns how far the fingers open to let go [m]."""
    return float(min(planning.robot.max_width, grasp.width + 0.025))
