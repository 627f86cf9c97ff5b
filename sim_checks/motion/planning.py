"""`Planning`: the planning world of one plan, and the questions that motion planners ask of it.

It lives in a client of its own, where bodies may be set anywhere; no rollout ever runs in it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim_checks.bullet.collision import Allowance, Collisions
from sim_checks.bullet.ghost import Ghost
from sim_checks.bullet.kinematics import Kinematics
from sim_checks.bullet.robot import Robot
from sim_checks.bullet.snapshot import Snapshot
from sim_checks.bullet.world import BulletWorld
from sim_checks.motion.memory import Memory
from sim_checks.motion.slot import Slot
from sim_checks.motion.timing import Limits, timed
from sim_checks.motion.transit import connect, dense, direct
from skills.geometry import Bounds, Box, Pose, Quaternion
from skills.motion import Joints, Segment
from skills.scene import Scene

TRANSIT = Allowance(clearance=0.012, near=0.008)
"""Free motion: 12 mm for the arm, 8 mm for what it holds."""
FROM_BELOW = "the hand would come from below"
"""Reason of a candidate that no body could use."""
TOO_WIDE, NO_SEAL, TOO_HEAVY = "too wide for the gripper", "no flat patch for the cup", "too heavy for the hand"
CODES = {"out-of-reach": "out of reach", "too-wide-for-gripper": TOO_WIDE, "no-seal": NO_SEAL, "too-heavy": TOO_HEAVY}
"""Code of a finding -> words that most dropped candidates must share for it; no seal counts where none prevail."""
SHARE = 0.5
"""Share of the joint limits used in transits; loaded carries use 0.7 of it."""


@dataclass
class Trail:
    """Why candidates were dropped, counted by reason, for the finding that reports a failure."""

    reasons: dict[str, int] = field(default_factory=dict)

    def add(self, reason: str) -> None:
        """Counts one dropped candidate."""
        self.reasons[reason] = self.reasons.get(reason, 0) + 1

    def code(self) -> str:
        """Returns the finding's code: out of reach, too wide and their like where most candidates failed for that."""
        counted = {reason: count for reason, count in self.reasons.items() if reason != FROM_BELOW}
        for those in ({r: n for r, n in counted.items() if r != NO_SEAL}, counted):
            for code, words in CODES.items():
                if 2 * sum(count for reason, count in those.items() if words in reason) > sum(those.values()):
                    return code
        return "no-motion"

    def __str__(self) -> str:
        """Returns the three most frequent reasons."""
        most = sorted(self.reasons.items(), key=lambda item: (-item[1], item[0]))[:3]
        return "; ".join(f"{reason} ({count}x)" for reason, count in most) or "no candidate"


class Planning:
    """The arm, the obstacles and what the hand holds, as the plan has left them.

    Args:
        robot: The planning arm.
        world: The planning world, in the same client.
        scene: The scene that it was built from.
        seed: Seed of every sampler in this plan.
    """

    def __init__(self, robot: Robot, world: BulletWorld, scene: Scene, seed: int) -> None:
        self.robot, self.world, self.scene, self.seed = robot, world, scene, seed
        self.kinematics = Kinematics(robot)
        self.collisions = Collisions(robot, {world.body(t): t for t in world.things})
        self.tables = tuple(t for t in world.things if scene.entities[t].role == "table")
        self.joints: Joints = robot.joints()
        self.width = robot.max_width
        self.held: str | None = None
        self.tool_from_held = Pose()
        self.resting: Quaternion = (0.0, 0.0, 0.0, 1.0)
        self.force = 20.0
        """Force with which the hand holds what it holds [N]."""
        self.preferred = 0
        """The arm that acted last, or for whose sake the robot stands where it does."""
        self.far = False
        """Whether the hand is asked about where the robot does not stand yet."""
        self.still = False
        """Whether a base that could drive stands still, and the active arm alone acts."""
        self.ghosts = tuple(Ghost(robot, index) for index in range(len(robot.limbs)))
        self._bounds: dict[int, Bounds] = {}
        self.found_spots: dict[tuple[str, str, bool, Slot], Any] = {}

    @property
    def drives(self) -> bool:
        """Whether the robot may go elsewhere to do something."""
        return len(self.robot.driving) > 0 and not self.still

    @property
    def memory(self) -> Memory:
        """What the last node has left behind."""
        return Memory(self.resting, self.force, self.preferred, self.robot.active)

    @memory.setter
    def memory(self, left: Memory) -> None:
        self.resting, self.force, self.preferred, self.robot.active = left

    def robot_tool(self) -> Pose:
        """Returns world_from_tool at the plan's present joints; moves the planning arm there."""
        return self.kinematics.forward(self.joints, self.width)

    def rng(self, *labels: int) -> Generator:
        """Returns a fresh generator for this plan's seed and these labels."""
        return np.random.default_rng([self.seed, *labels])

    def sync(self, snapshot: Snapshot, held: str | None) -> None:
        """Takes over body poses, joint states and the held thing from a rehearsal."""
        snapshot.restore_for_planning(self.robot.client)
        self._bounds, self.found_spots = {}, {}
        if held is not None and len(self.robot.limbs) > 1:
            self.robot.active = self.robot.nearest_hand(self.world.body(held))
        self.joints, self.width = self.robot.joints(), self.robot.width()
        self.held = held
        if held is None:
            self.collisions.attach(None)
        else:
            tool = self.robot.tool()
            self.tool_from_held = tool.inverse() @ self.world.pose(held)
            self.attach(held, self.tool_from_held)

    def attach(self, entity: str, tool_from_thing: Pose) -> None:
        """Lets the collision checks move ``entity`` with the tool."""
        thing = self.world.things[entity]
        self.collisions.attach(thing.body, tool_from_thing @ thing.frame_from_inertial)

    def reach_of_held(self) -> float:
        """Returns how far the surface of the held thing may be from the tool's origin [m]; 0 for an empty hand."""
        if self.held is None:
            return 0.0
        lower, upper = self.world.bounds(self.held)
        away = np.linalg.norm(self.tool_from_held.transform(self.world.asset(self.held).centre))
        return float(np.linalg.norm(np.subtract(upper, lower)) / 2 + away)

    def put(self, entity: str, world_from_thing: Pose) -> None:
        """Sets a thing's pose in the planning world."""
        thing = self.world.things[entity]
        moved = world_from_thing @ thing.frame_from_inertial
        self.robot.client.resetBasePositionAndOrientation(thing.body, moved.position, moved.orientation)

    def area(self, target: str) -> Box | None:
        """Returns the region of a target, or None."""
        return self.world.region(target)

    def beside(self, body: int, bounds: Bounds, margin: float) -> list[int]:
        """Returns the bodies whose footprint comes within ``margin`` [m] of ``bounds``, without ``body``."""
        near = []
        for other, (lower, upper) in self._footprints().items():
            if other != body and all(
                lower[k] - margin <= bounds.upper[k] and bounds.lower[k] - margin <= upper[k] for k in (0, 1)
            ):
                near.append(other)
        return near

    def _footprints(self) -> dict[int, Bounds]:
        """Returns the bounds of every body at the last `sync` (cached)."""
        if not self._bounds:
            self._bounds = {self.world.body(t): self.world.bounds(t) for t in self.world.things}
        return self._bounds

    def hand_blocked(self, world_from_tool: Pose, width: float, allowed: Mapping[int, float], gap: float) -> str | None:
        """Returns what the hand alone would touch at a tool pose, or why it is out of reach, or None."""
        ghost = self.ghosts[self.robot.active]
        if not self.far and not ghost.reachable(world_from_tool):
            return "nothing: out of reach"
        bodies = {b: n for b, n in self.collisions.bodies.items() if b != self.collisions.held}
        return ghost.blocked(world_from_tool, width, bodies, allowed, gap)

    def free(self, joints: Joints, width: float, allow: Allowance) -> str | None:
        """Returns what is touched at ``joints``, or None."""
        return self.collisions.blocked(joints, width, allow)

    def solutions(self, world_from_tool: Pose, label: int, width: float, tries: int = 8) -> list[Joints]:
        """Returns inverse kinematics solutions, best first."""
        return self.kinematics.solutions(world_from_tool, self.rng(label, 7), self.joints, width, tries)

    def track(
        self, poses: Iterable[Pose], start: Joints, width: float, allow: Allowance, trail: Trail
    ) -> NDArray[np.float64] | None:
        """Returns joint waypoints (n, joints) that follow tool poses from ``start``, or None if blocked.

        Each step is solved from the one before; a jump of a joint (over 0.35 rad) breaks the path.
        """
        path = [start]
        for pose in poses:
            joints = self.kinematics.near(pose, path[-1], width)
            if joints is None:
                trail.add("out of reach along the path")
                return None
            if np.abs(joints - path[-1]).max() > 0.35:
                trail.add("the arm would have to jump along the path")
                return None
            blocked = self.free(joints, width, allow)
            if blocked:
                trail.add(f"contact of {blocked}")
                return None
            path.append(joints)
        return np.array(path)

    def transit(
        self, name: str, start: Joints, goal: Joints, width: float, label: int, trail: Trail, force: float = 20.0
    ) -> Segment | None:
        """Returns a timed free motion from ``start`` to ``goal``, or None; the timed samples are checked."""
        allow = TRANSIT
        for end in (start, goal):
            blocked = self.free(end, width, allow)
            if blocked:  # an end close to something: keep what distance there is
                allow = Allowance(clearance=0.002, near=0.001)
                blocked = self.free(end, width, allow)
                if blocked:
                    trail.add(f"contact of {blocked} before the approach")
                    return None

        def valid(joints: Joints) -> bool:
            return self.free(joints, width, allow) is None

        points = self._connected(start, goal, valid, self.seed * 31 + label)
        if points is None:
            trail.add("no free path to the pregrasp")
            return None
        share = SHARE * (0.7 if self.collisions.held is not None else 1.0)
        for step in (0.6, 0.25, 0.1):
            segment = self.timed(name, dense(points, step), width, share=share, force=force)
            if all(valid(q) for q in segment.joints[::3]) or (len(points) == 2 and direct(start, goal, valid)):
                return segment
        trail.add("the timed path came too close")
        return None

    def _connected(
        self, start: Joints, goal: Joints, valid: Callable[[Joints], bool], seed: int
    ) -> NDArray[np.float64] | None:
        """Returns a free joint path (n, joints); of a robot that drives, only the arm that is to move does."""
        robot = self.robot
        if not len(robot.driving):
            return connect(start, goal, valid, seed, robot.lower, robot.upper)
        moving = np.flatnonzero(start != goal)
        own = next((limb.columns for limb in robot.limbs if np.isin(moving, limb.columns).all()), moving)
        if not len(moving):
            return np.stack([start, goal])
        whole = start.copy()

        def free(part: Joints) -> bool:
            whole[own] = part
            return valid(whole)

        points = connect(start[own], goal[own], free, seed, robot.lower[own], robot.upper[own])
        return None if points is None else embedded(points, own, start)

    def timed(
        self,
        name: str,
        waypoints: NDArray[np.float64],
        width: float,
        *,
        share: float,
        least_s: float = 0.0,
        force: float = 20.0,
    ) -> Segment:
        """Returns the segment through ``waypoints`` [rad, (n, joints)] within this robot's limits, at rest at its ends.

        Args:
            name: Segment name.
            waypoints: Joint waypoints.
            width: Gripper opening during the segment [m].
            share: Share of the joint speed and acceleration limits to use, 0 to 1.
            least_s: Slow the motion down to last at least this long [s].
            force: Gripper force [N].
        """
        limits = Limits(self.robot.speed, self.robot.acceleration)
        if len(self.robot.driving):  # the joints that stand still need no timing
            moving = np.flatnonzero(np.ptp(waypoints, axis=0) > 0.0)
            if len(moving):
                limits = Limits(limits.speed[moving], limits.acceleration[moving])
                part = timed(name, waypoints[:, moving], width, limits, share=share, least_s=least_s, force=force)
                return replace(part, joints=embedded(part.joints, moving, waypoints[0]))
        return timed(name, waypoints, width, limits, share=share, least_s=least_s, force=force)

    def speed_bound(self, path: NDArray[np.float64], share: float) -> float:
        """Returns the shortest time [s] for a joint path at a share of the speed limits."""
        return float((np.abs(np.diff(path, axis=0)).sum(axis=0) / (self.robot.speed * share)).max())


def embedded(part: NDArray[np.float64], columns: NDArray[np.int_], rest: Joints) -> NDArray[np.float64]:
    """Returns the paths (n, joints) of all joints: ``part`` in its columns, the others where ``rest`` has them."""
    whole = np.tile(rest, (len(part), 1))
    whole[:, columns] = part
    return whole
