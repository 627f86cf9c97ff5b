"""Drawers, doors and knobs: grip the handle, follow the joint, let go."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from sim_checks.assets.asset import Mechanism
from sim_checks.bullet.collision import Allowance
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.straight import about, backed, line, looking, shifted
from sim_checks.motion.timing import hold
from skills.geometry import Pose, Vector3
from skills.motion import Joints, Segment

FORCE = 40.0
"""Grip on handles [N]."""
CLOSE_S = 0.7
OPEN_S = 0.5
TILTS = {
    "slide": (45, 35, 55, 25, 65, 15, 80),
    "hinge": (50, 40, 30, 60, 20, 10, 0),
    "knob": (0, 15, 30),
}
"""Downward lean of the approach from the handle's normal [deg], best first."""
SWINGS = {"slide": (0, 25, -25), "hinge": (0, 25, -25, 45, -45), "knob": (0,)}
"""Sideways lean of the approach about the vertical [deg], best first."""
BEYOND = {"slide": 0.004, "hinge": 0.02, "knob": 0.0}
"""How far a closing motion presses beyond the end of the joint [m or rad]."""
SPEED = {"slide": 0.12, "hinge": 0.5, "knob": 0.9}
"""Speed of the mechanism's joint [m/s or rad/s]."""


@dataclass(frozen=True)
class Pull:
    """A planned operation: its segments and which approach it uses."""

    segments: tuple[Segment, ...]
    approach: int


@dataclass(frozen=True)
class _Joint:
    """A mechanism in the planning world: body, joint index, axis and pivot, the handle now, what rides along."""

    body: int
    index: int
    mechanism: Mechanism
    axis: Vector3
    pivot: Vector3
    handle: Pose
    position: float
    contents: tuple[tuple[str, Pose], ...] = ()

    def moved(self, pose: Pose, travel: float, share: float = 1.0) -> Pose:
        """Returns ``pose`` carried along by ``travel`` [m or rad]; hinges turn it by ``share`` of the angle."""
        if self.mechanism.kind == "slide":
            return shifted(pose, np.asarray(self.axis) * travel)
        full = about(self.pivot, self.axis, travel, pose)
        if share == 1.0:
            return full
        part = about(self.pivot, self.axis, travel * share, pose)
        return Pose(full.position, part.orientation)


def plan_operation(
    planning: Planning, entity: str, share: float, excluded: Collection[int], trail: Trail
) -> Iterator[Pull]:
    """Yields motions that bring a drawer, door or knob to ``share`` of its way (0 closed or off, 1 open or on)."""
    joint = _read(planning, entity)
    if joint is None:
        trail.add("it has no handle")
        return
    mechanism = joint.mechanism
    goal = mechanism.closed + share * (mechanism.opened - mechanism.closed)
    if share == 0.0:
        goal -= math.copysign(BEYOND[mechanism.kind], mechanism.opened - mechanism.closed)
    elif mechanism.kind != "knob":
        goal = mechanism.closed + 0.96 * (mechanism.opened - mechanism.closed)
    kind = mechanism.kind
    choices = [
        (tilt, swing, flip, turning)
        for turning in ((0.5, 0.8, 0.2) if kind == "hinge" else (1.0,))
        for swing in SWINGS[kind]
        for tilt in TILTS[kind]
        for flip in (0, 1)
    ]
    for index, (tilt, swing, flip, turning) in enumerate(choices):
        if index in excluded:
            continue
        tool = _gripping(joint, math.radians(tilt), math.radians(swing), flip)
        segments = _one(planning, joint, tool, goal, turning, index, trail)
        if segments is not None:
            yield Pull(segments, index)


def in_reach(planning: Planning, entity: str) -> bool:
    """Says whether the arm reaches the handle at both ends of its way, where the hand has room beside other things."""
    joint = _read(planning, entity)
    if joint is None:
        return False
    kind, ends = joint.mechanism.kind, (joint.mechanism.closed, joint.mechanism.opened)
    choices = [(t, s, f, r) for t in TILTS[kind] for s in SWINGS[kind] for f in (0, 1) for r in (0.5, 0.8, 0.2)]
    for end in ends:
        for index, (tilt, swing, flip, turning) in enumerate(choices):
            tool = _gripping(joint, math.radians(tilt), math.radians(swing), flip)
            if planning.hand_blocked(tool, 0.05, {joint.body: 1.0}, 0.001):  # its own drawers may be open
                continue
            moved = joint.moved(tool, end - joint.position, turning)
            if planning.solutions(moved, index, 0.05, tries=2):
                break
        else:
            return False
    return True


def _read(planning: Planning, entity: str) -> _Joint | None:
    """Reads a mechanism's joint from the planning world."""
    client = planning.robot.client
    found = planning.world.joint(entity)
    if found is None:
        return None
    body, index, mechanism = found
    info = client.getJointInfo(body, index)
    state = client.getLinkState(body, index, computeForwardKinematics=1)
    world_from_link = Pose(tuple(state[4]), tuple(state[5]))
    axis = Pose((0, 0, 0), tuple(state[1])).rotation @ np.asarray(info[13])  # given in the link's inertial frame
    carrier = planning.world.link(entity)
    if carrier == index:
        world_from_carrier = world_from_link
    else:
        other = client.getLinkState(body, carrier, computeForwardKinematics=1)
        world_from_carrier = Pose(tuple(other[4]), tuple(other[5]))
    return _Joint(
        body,
        index,
        mechanism,
        (float(axis[0]), float(axis[1]), float(axis[2])),
        world_from_link.position,
        world_from_carrier @ mechanism.link_from_handle,
        float(client.getJointState(body, index)[0]),
        tuple((t, planning.world.pose(t)) for t in _contents(planning, entity, mechanism.kind)),
    )


def _contents(planning: Planning, entity: str, kind: str) -> list[str]:
    """Returns the things in a drawer."""
    region = planning.world.region(entity)
    if kind != "slide" or region is None:
        return []
    return [t for t in planning.world.movable if region.contains(planning.world.centre(t), 0.02)]


def _gripping(joint: _Joint, tilt: float, swing: float, flip: int) -> Pose:
    """Returns the tool pose that grips the bar, leaning down by ``tilt`` and sideways by ``swing`` [rad]."""
    outward, bar = joint.handle.rotation[:, 0], joint.handle.rotation[:, 1]
    up = np.array([0.0, 0.0, 1.0])
    lean = up if abs(outward[2]) < 0.9 else bar
    side = np.cross(up, outward) if abs(outward[2]) < 0.9 else np.zeros(3)
    level = math.cos(swing) * outward + math.sin(swing) * side
    approach = -(math.cos(tilt) * level + math.sin(tilt) * lean)
    closing = np.cross(bar, approach) * (-1 if flip else 1)
    return looking(joint.handle.position, approach, closing)


def _one(
    planning: Planning, joint: _Joint, tool: Pose, goal: float, turning: float, label: int, trail: Trail
) -> tuple[Segment, ...] | None:
    """Returns the segments for one way to grip the handle, or None."""
    _set(planning, joint, joint.position)
    reach_in = Allowance(clearance=0.004, fingers={joint.body: 0.004}, hand={joint.body: -0.001})
    gripping = Allowance(clearance=0.004, fingers={joint.body: 0.02}, hand={joint.body: -0.001})
    hopeless = planning.hand_blocked(tool, 0.05, {joint.body: 0.004}, 0.001)
    if hopeless:
        trail.add(f"contact of {hopeless} at the handle")
        return None
    for width in (planning.robot.max_width, 0.05):
        solutions = planning.solutions(tool, 900 + label, width, tries=6)[:3]
        if not solutions:
            trail.add("handle out of reach")
        for joints in solutions:
            blocked = planning.free(joints, width, reach_in)
            if blocked:
                trail.add(f"contact of {blocked} at the handle")
                continue
            outward = planning.track(line(tool, backed(tool, 0.09)), joints, width, reach_in, trail)
            if outward is None:
                continue
            pull = _follow(planning, joint, tool, joints, goal, turning, gripping, trail)
            if pull is None:
                _set(planning, joint, joint.position)
                continue
            end = joint.moved(tool, goal - joint.position, turning)
            away = _away(planning, joint, end, pull[-1], trail)
            _set(planning, joint, joint.position)
            if away is None:
                continue
            way = planning.transit("transit", planning.joints, outward[-1], width, 2000 + label, trail)
            if way is None:
                continue
            kind = joint.mechanism.kind
            slow = max(abs(goal - joint.position) / SPEED[kind], planning.speed_bound(pull, 0.3))
            back, opening = away
            return (
                way,
                planning.timed("approach", outward[::-1], width, share=0.3, least_s=0.9),
                hold("grip", joints, CLOSE_S, 0.0, FORCE),
                planning.timed("turn" if kind == "knob" else "pull", pull, 0.0, share=0.3, least_s=slow, force=FORCE),
                hold("settle", pull[-1], 0.2, 0.0, FORCE),
                hold("release", pull[-1], OPEN_S, opening),
                planning.timed("retreat", back, opening, share=0.3, least_s=0.8),
            )
    return None


def _set(planning: Planning, joint: _Joint, position: float) -> None:
    """Sets the joint, and what rides along, in the planning world."""
    planning.robot.client.resetJointState(joint.body, joint.index, position, 0.0)
    for thing, pose in joint.contents:
        planning.put(thing, joint.moved(pose, position - joint.position))


def _follow(
    planning: Planning,
    joint: _Joint,
    tool: Pose,
    joints: Joints,
    goal: float,
    turning: float,
    allow: Allowance,
    trail: Trail,
) -> np.ndarray | None:
    """Returns joint waypoints (n, joints) that carry the handle to ``goal``, moving the planning joint along."""
    travel = goal - joint.position
    step = {"slide": 0.01, "hinge": 0.04, "knob": 0.08}[joint.mechanism.kind]
    count = max(2, math.ceil(abs(travel) / step))
    path = [joints]
    for k in range(1, count + 1):
        done = travel * k / count
        _set(planning, joint, joint.position + done)
        follow = planning.kinematics.near(joint.moved(tool, done, turning), path[-1], 0.0)
        if follow is None or np.abs(follow - path[-1]).max() > 0.4:
            trail.add("the handle's path is out of reach")
            return None
        blocked = planning.free(follow, 0.02, allow)
        if blocked:
            trail.add(f"contact of {blocked} on the handle's path")
            return None
        path.append(follow)
    return np.array(path)


def _away(
    planning: Planning, joint: _Joint, tool: Pose, joints: Joints, trail: Trail
) -> tuple[np.ndarray, float] | None:
    """Returns the joint path (n, joints) that backs off the handle and the finger opening [m] that it needs."""
    allow = Allowance(clearance=0.002, fingers={joint.body: 0.006}, hand={joint.body: 0.0})
    for opening in (planning.robot.max_width, 0.05):
        for distance in (0.10, 0.07):
            path = planning.track(line(tool, backed(tool, distance)), joints, opening, allow, trail)
            if path is not None:
                return path, opening
    return None
