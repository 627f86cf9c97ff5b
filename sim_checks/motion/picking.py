"""Picking: a grasp candidate that can be reached, closed and lifted without touching anything else.

Which candidates there are depends on what the arm holds things with: `offered` asks the asset for fingers, and
`sucking.cup_grasps` for a cup.
"""

import math
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from sim_checks.assets.asset import Asset, Grasp
from sim_checks.bullet.collision import Allowance
from sim_checks.motion.planning import FROM_BELOW, TOO_HEAVY, TOO_WIDE, Planning, Trail
from sim_checks.motion.squeezing import slips, squeezed
from sim_checks.motion.straight import backed, line, shifted, turn
from sim_checks.motion.sucking import cup_grasps, why_not
from sim_checks.motion.timing import hold
from skills.geometry import Pose
from skills.motion import Joints, Segment
from skills.robots.suction import Suction

LIFT = 0.12
"""Height of the lift [m]."""
CLOSE_S = 0.6
"""Time for the fingers to close [s]."""
APPROACH_SPEED = 0.15
SPARE = 0.004
"""Least by which the gripper opens wider than what it is to hold [m]."""
TABLE_GAP = 0.001
"""Distance that fingertips keep from a table at a grasp [m]; a table is never perturbed."""
LIFT_SPEED = 0.2


@dataclass(frozen=True)
class Pick:
    """A planned pick: its segments, which grasp it uses (index into what was offered), and that grasp."""

    segments: tuple[Segment, ...]
    grasp: int
    how: Grasp


LEANS = (0.45, -0.45, 0.8, -0.8)
"""Leans of the hand about its closing direction [rad]: past a neighbour, or into a drawer."""
TIPS = (0.2, -0.2)
"""Leans in the plane of the fingers [rad], where the wide palm would touch what stands beside."""
TIP_COST = 1.0
RAISED = Pose((0.0, 0.0, -0.009))
"""A hand that tips holds a little higher, for its lower finger to clear the table."""
ENOUGH = 12
"""Promising grasps looked for before the rest is left unexamined."""


def candidates(asset: Asset) -> tuple[Grasp, ...]:
    """Returns the asset's grasps, then each of them leaning, tipping, and both; the index identifies one."""
    variants = [(lean, 0.0) for lean in LEANS] + [(lean, tip) for lean in (0.0, *LEANS[:2]) for tip in TIPS]
    leaning = [
        replace(
            grasp,
            thing_from_tool=grasp.thing_from_tool @ _leaning(lean, tip),
            cost=grasp.cost + 0.5 + abs(lean) + (TIP_COST if tip else 0.0),
        )
        for lean, tip in variants
        for grasp in asset.grasps
    ]
    return (*asset.grasps, *leaning)


def offered(planning: Planning, entity: str) -> tuple[Grasp, ...]:
    """Returns the candidates for what the active arm holds things with; the index identifies one."""
    about = planning.robot.limb.about.gripper
    if isinstance(about, Suction):
        return cup_grasps(planning, entity, about)
    return squeezed(planning, entity, candidates(planning.world.asset(entity)), about)


def unfit(planning: Planning, entity: str, grasp: Grasp) -> str | None:
    """Returns why the active arm would not hold a thing by a grasp, wherever it is free to go, or None."""
    about = planning.robot.limb.about.gripper
    if isinstance(about, Suction):
        return why_not(planning, entity, grasp, about)
    if slips(planning, entity, about):
        return TOO_HEAVY
    return TOO_WIDE if grasp.width + SPARE > about.opening else None


def _leaning(lean: float, tip: float) -> Pose:
    """Returns tool_from_tool for a hand that leans and tips by these angles [rad]."""
    turned = turn((0.0, 1.0, 0.0), lean)
    return turned @ RAISED @ turn((1.0, 0.0, 0.0), tip) if tip else turned


def plan_pick(
    planning: Planning,
    entity: str,
    excluded: Collection[int],
    trail: Trail,
    promising: Callable[[Grasp], bool] | None = None,
    level: bool = False,
) -> Iterator[Pick]:
    """Yields picks of ``entity``, best grasp first.

    Args:
        planning: The planning world; the arm's start is its present state.
        entity: What to pick.
        excluded: Grasp indices that a rehearsal has shown to fail.
        trail: Collects the reasons of dropped candidates.
        promising: Says of a grasp whether it suits what comes next; those that do not are tried last.
        level: Whether level hands come first, as for what goes under a roof: the steeper, the more arm is in its way.
    """
    world_from_thing = planning.world.pose(entity)
    grasps = offered(planning, entity)
    ranked = sorted(range(len(grasps)), key=lambda i: _rank(grasps[i], world_from_thing, planning))
    if level:
        ranked.sort(key=lambda i: _steep(world_from_thing @ grasps[i].thing_from_tool))
    ranked = [i for i in ranked if i not in excluded and _fits(planning, entity, grasps[i], world_from_thing, trail)]
    hopeful = (i for i in ranked if promising is None or promising(grasps[i]))
    first: list[int] = list(islice(hopeful, ENOUGH if promising else None))
    for index in [*first, *(i for i in ranked if i not in first)]:
        segments = _one(planning, entity, grasps[index], world_from_thing, index, trail)
        if segments is not None:
            yield Pick(segments, index, grasps[index])


def _rank(grasp: Grasp, world_from_thing: Pose, planning: Planning) -> tuple[float, float]:
    """Returns the order of a candidate: its own cost, then how far the hand leans away from the arm."""
    tool = world_from_thing @ grasp.thing_from_tool
    approach = tool.rotation[:, 2]
    outward = np.subtract(tool.position, planning.robot.base.position)[:2]
    outward = outward / max(float(np.linalg.norm(outward)), 1e-6)
    upward = max(0.0, float(approach[2]) + 0.05) * 10
    return grasp.cost + upward - 0.3 * float(outward @ approach[:2]), float(-approach[2])


def _steep(world_from_tool: Pose) -> int:
    """Returns how steeply a hand looks up or down, in thirds: 0 for a level one, 2 for an upright one."""
    return min(2, int(3.0 * abs(math.asin(np.clip(world_from_tool.rotation[2, 2], -1.0, 1.0))) / (math.pi / 2)))


def _fits(planning: Planning, entity: str, grasp: Grasp, world_from_thing: Pose, trail: Trail) -> bool:
    """Says whether the hand alone is free at the grasp; a quick check before any kinematics."""
    world_from_tool = world_from_thing @ grasp.thing_from_tool
    if world_from_tool.rotation[2, 2] > 0.3:
        trail.add(FROM_BELOW)
        return False
    why = unfit(planning, entity, grasp)
    if why:
        trail.add(why)
        return False
    fingers = {planning.world.body(entity): 0.003, **_tables(planning)}
    blocked = planning.hand_blocked(world_from_tool, min(grasp.opening, grasp.width + 0.025), fingers, 0.003)
    if blocked:
        trail.add(f"contact of {blocked} at the grasp")
    return blocked is None


def _tables(planning: Planning) -> dict[int, float]:
    """Returns how far fingers may go into tables: not at all, and `TABLE_GAP` less."""
    return {planning.world.body(t): -TABLE_GAP for t in planning.tables}


def _one(
    planning: Planning, entity: str, grasp: Grasp, world_from_thing: Pose, index: int, trail: Trail
) -> tuple[Segment, ...] | None:
    """Returns the segments of one grasp candidate, or None."""
    world_from_tool = world_from_thing @ grasp.thing_from_tool
    body = planning.world.body(entity)
    reach_in = Allowance(clearance=0.004, fingers={body: 0.003, **_tables(planning)}, hand={body: 0.0})
    narrow = min(grasp.opening, grasp.width + 0.025)
    for width in sorted({grasp.opening, narrow}, reverse=True):
        solutions = planning.solutions(world_from_tool, index, width)[:3]
        if not solutions:
            trail.add("grasp out of reach")
            break
        for joints in solutions:
            blocked = planning.free(joints, width, reach_in)
            if blocked:
                trail.add(f"contact of {blocked} at the grasp")
                continue
            found = _around(planning, entity, grasp, world_from_tool, joints, width, reach_in, index, trail)
            if found is not None:
                return found
    return None


def _around(
    planning: Planning,
    entity: str,
    grasp: Grasp,
    world_from_tool: Pose,
    joints: Joints,
    width: float,
    reach_in: Allowance,
    index: int,
    trail: Trail,
) -> tuple[Segment, ...] | None:
    """Returns approach, grip and lift around one inverse kinematics solution, with the way there."""
    pregrasp = backed(world_from_tool, grasp.depth)
    outward = planning.track(line(world_from_tool, pregrasp), joints, width, reach_in, trail)
    if outward is None:
        return None
    lifted = lift(planning, entity, world_from_tool, grasp.thing_from_tool.inverse(), joints, grasp.width, trail)
    if lifted is None:
        return None
    way = planning.transit("transit", planning.joints, outward[-1], width, 100 + index, trail)
    if way is None:
        return None
    inward = outward[::-1]
    return (
        way,
        planning.timed("approach", inward, width, share=0.3, least_s=grasp.depth / APPROACH_SPEED),
        hold("grip", joints, CLOSE_S, 0.0, grasp.force),
        planning.timed(
            "lift",
            lifted,
            0.0,
            share=0.3,
            least_s=max(LIFT / LIFT_SPEED, planning.speed_bound(lifted, 0.3)),
            force=grasp.force,
        ),
    )


def lift(
    planning: Planning,
    entity: str,
    world_from_tool: Pose,
    tool_from_thing: Pose,
    joints: Joints,
    width: float,
    trail: Trail,
) -> np.ndarray | None:
    """Returns joint waypoints that raise the held thing, or, under a roof, draw it out the way the hand came.

    Whatever it rests in or on may touch it on the way; everything else keeps its distance.
    """
    body = planning.world.body(entity)
    touching = {b: 0.006 for b in planning.collisions.bodies if _close(planning, body, b)}
    allow = Allowance(clearance=0.004, fingers={body: 0.02}, hand={body: 0.02}, held=touching, near=0.002)
    planning.attach(entity, tool_from_thing)
    try:
        for height in (LIFT, 0.08, 0.05):
            up = planning.track(
                line(world_from_tool, shifted(world_from_tool, np.array([0, 0, height]))), joints, width, allow, trail
            )
            if up is not None:
                return up
        raised = shifted(world_from_tool, np.array([0, 0, 0.015]))
        out = [*line(world_from_tool, raised), *line(raised, backed(raised, 0.22))]
        return planning.track(out, joints, width, allow, trail)
    finally:
        planning.collisions.attach(None)
        planning.put(entity, world_from_tool @ tool_from_thing)


def _close(planning: Planning, body: int, other: int) -> bool:
    """Says whether two bodies touch or nearly touch in the planning world."""
    return other != body and bool(planning.robot.client.getClosestPoints(body, other, 0.006))
