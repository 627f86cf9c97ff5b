"""Pressing: closed fingertips push a button down and let it come back."""

import math
from collections.abc import Collection, Iterator
from itertools import product

import numpy as np

from sim_checks.bullet.collision import Allowance
from sim_checks.motion.handle import Handle, handle_of
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.straight import line, looking, shifted
from sim_checks.motion.timing import hold
from skills.geometry import Pose
from skills.motion import Joints, Segment

LEANS = (0, 20, -20, 40, -40)
"""Lean of the hand from the button's normal [deg], best first."""
TURNS = 8
"""Turns of the hand about its own axis."""
ABOVE = 0.06
"""Height over the button from which the fingers come down [m]."""
BEYOND = 0.003
"""How far the fingers aim beyond fully pressed [m]."""
SPEED = 0.04
"""Speed of the press [m/s]."""
HOLD_S = 0.3
"""How long the button is held down [s]."""
STEP = 0.003
"""Way between two checked poses [m]."""


def plan_press(
    planning: Planning, entity: str, excluded: Collection[int], trail: Trail
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields (candidate index, segments) that press a button.

    Args:
        planning: The planning world; the hand is empty.
        entity: The button.
        excluded: Candidates that a rehearsal has shown to fail.
        trail: Collects the reasons of dropped candidates.
    """
    handle = handle_of(planning, entity)
    if handle is None or handle.mechanism.kind != "button":
        trail.add("it has no button")
        return
    outward, across = handle.pose.rotation[:, 0], handle.pose.rotation[:, 1]
    for index, (lean, turn) in enumerate(product(LEANS, range(TURNS))):
        if index in excluded:
            continue
        tilt, angle = math.radians(lean), 2 * math.pi * turn / TURNS
        side = math.cos(angle) * across + math.sin(angle) * np.cross(outward, across)
        approach = -math.cos(tilt) * outward + math.sin(tilt) * np.cross(outward, side)
        segments = _one(planning, handle, looking(handle.pose.position, approach, side), index, trail)
        if segments is not None:
            yield index, segments


def _one(planning: Planning, handle: Handle, tool: Pose, label: int, trail: Trail) -> tuple[Segment, ...] | None:
    """Returns the segments for one way to hold the hand, or None."""
    outward = handle.pose.rotation[:, 0]
    touching = Allowance(clearance=0.004, fingers={handle.body: 0.002}, hand={handle.body: -0.003})
    start = shifted(tool, outward * ABOVE)
    blocked = planning.hand_blocked(start, 0.0, {handle.body: 0.0}, 0.002)
    if blocked:
        trail.add(f"contact of {blocked} over the button")
        return None
    solutions = planning.solutions(start, 7000 + label, 0.0, tries=6)[:3]
    if not solutions:
        trail.add("button out of reach")
    for joints in solutions:
        blocked = planning.free(joints, 0.0, touching)
        if blocked:
            trail.add(f"contact of {blocked} over the button")
            continue
        try:
            path = _down(planning, handle, start, joints, touching, trail)
        finally:
            handle.put(planning, handle.position)
        if path is None:
            continue
        transit = planning.transit("transit", planning.joints, joints, 0.0, 7500 + label, trail)
        if transit is None:
            continue
        least = ABOVE / SPEED
        return (
            transit,
            planning.timed("press", path, 0.0, share=0.3, least_s=least),
            hold("hold", path[-1], HOLD_S, 0.0),
            planning.timed("retreat", path[::-1], 0.0, share=0.3, least_s=least / 2),
        )
    return None


def _down(
    planning: Planning, handle: Handle, start: Pose, joints: Joints, allow: Allowance, trail: Trail
) -> np.ndarray | None:
    """Returns the joint path (n, joints) that meets the button and takes it down, moving the planning joint along."""
    client, robot, outward = planning.robot.client, planning.robot, handle.pose.rotation[:, 0]
    gap = _gap(planning, handle, joints)
    if gap is None:
        trail.add("the fingers would miss the button")
        return None
    met = shifted(start, -outward * gap)
    free = planning.track(line(start, met), joints, 0.0, allow, trail)
    if free is None:
        return None
    way = handle.mechanism.opened - handle.mechanism.closed + BEYOND
    path, steps = list(free), math.ceil(way / STEP)
    for k in range(1, steps + 1):
        down = way * k / steps
        handle.put(planning, handle.mechanism.closed + min(down, way - BEYOND))
        step = planning.kinematics.near(shifted(met, -outward * down), path[-1], 0.0)
        if step is None or np.abs(step - path[-1]).max() > 0.35:
            trail.add("the press is out of reach")
            return None
        robot.place(step, 0.0)
        inside = Allowance(allow.clearance, {handle.body: 0.002 + BEYOND}, allow.hand)
        blocked = planning.free(step, 0.0, inside)
        if blocked:
            trail.add(f"contact of {blocked} during the press")
            return None
        beside = [
            p
            for finger in robot.fingers
            for p in client.getClosestPoints(robot.body, handle.body, 0.0, linkIndexA=finger, linkIndexB=-1)
        ]
        if beside:
            trail.add("contact of finger and the frame of the button")
            return None
        path.append(step)
    return np.array(path)


def _gap(planning: Planning, handle: Handle, joints: Joints) -> float | None:
    """Returns how far the fingers are above the button [m], or None where they are beside it."""
    robot, client = planning.robot, planning.robot.client
    robot.place(joints, 0.0)
    near = [
        p[8]
        for finger in robot.fingers
        for p in client.getClosestPoints(
            robot.body, handle.body, 2 * ABOVE, linkIndexA=finger, linkIndexB=handle.carrier
        )
    ]
    least = min(near, default=None)
    return least if least is not None and least < ABOVE else None
