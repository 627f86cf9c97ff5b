"""`MujocoStage`: a settled world with its robot in the second engine, where motions are played.

Times in [s]. Once things were put where the scene says, nothing is set outright: only commands move the robot, and
only contacts move things.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from sim_checks.bullet.client import TIME_STEP, BulletClient
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.robot_model import robot_model
from sim_checks.bullet.stage import REST_S, SPEED_LIMIT, TICK
from sim_checks.bullet.world import CALM_SPEED, CALM_SPIN, BulletWorld
from sim_checks.errors import EngineError
from sim_checks.mujoco.arm import Arm
from sim_checks.mujoco.builder import build
from sim_checks.mujoco.engine import Physics, mujoco
from sim_checks.mujoco.shapes import pose_from
from sim_checks.mujoco.world import MujocoWorld
from skills.geometry import Pose
from skills.motion import Motion, Segment
from skills.robots.opening import open_robot
from skills.scene import Scene

TICK_S = TICK * TIME_STEP
"""Time between two motor commands [s], as in the rehearsal."""
SETTLE_S = 2.0
"""Longest time for things to come to rest [s]."""
CALM_TICKS = 16
"""Motor commands for which everything must stay slow to count as at rest."""
LOOK = 4
"""Motor commands between two looks at what the fingers hold."""


@dataclass
class Played:
    """What was seen while one motion was played.

    Args:
        node: The motion's node.
        held: (segment's name, what both fingers held) at every look.
        tilt: Thing -> how far its vertical has turned since the start [rad], after the motion.
        hit: Things that the robot touched with anything but its fingers.
        slip: How far what is held moved in the hand since it was lifted, at most [m].
        valid: False when the state was not finite or ran away.
    """

    node: str
    held: list[tuple[str, str | None]] = field(default_factory=list)
    tilt: dict[str, float] = field(default_factory=dict)
    hit: set[str] = field(default_factory=set)
    slip: float = 0.0
    valid: bool = True

    def lost(self) -> bool:
        """Says whether what was held left the hand before it was let go."""
        before = [h for name, h in self.held if name not in ("release", "retreat", "rest", "transit", "approach")]
        taken = next((k for k, h in enumerate(before) if h is not None), None)
        return taken is not None and any(a is None and b is None for a, b in pairwise(before[taken:]))


class MujocoStage:
    """One world of the second engine.

    Args:
        scene: What to build.
        seed: Seed of the perturbation; None builds the nominal world.
        folder: Folder of the scene file, for its meshes.
        physics: Settings.
    """

    def __init__(
        self, scene: Scene, seed: int | None = None, folder: Path | None = None, physics: Physics | None = None
    ) -> None:
        self.scene, self.folder, self.physics = scene, folder, physics or Physics()
        spec = scene.robots[0]
        self.opened = opened = open_robot(spec.kind, folder)
        mount = opened.description.mount
        base = spec.pose.pose() if mount is None else spec.pose.pose() @ mount.pose()
        with BulletClient() as client:
            rng = None if seed is None else np.random.default_rng(seed)
            placed = BulletWorld(
                client, scene, folder, perturbation=Perturbation() if rng else None, rng=rng, settle=False
            )
            built = build(placed, opened, base, self.physics)
            self.data = mujoco.MjData(built.model)
            pads = tuple(f.link for f in opened.description.gripper.fingers)
            self.world = MujocoWorld(built, self.data, placed, pads)
            placed.settle()
            rehearsed = {name: placed.pose(name) for name in placed.movable}
        self.model = built.model
        self.steps = round(TICK_S / self.physics.time_step_s)
        for joint, at in built.start.items():
            self.data.qpos[self.model.joint(joint).qposadr[0]] = at
        self.arm = Arm(self.model, self.data, opened.description, built.robot, self.physics)
        self.arm.place()
        self.settled_s = self._settle()
        self.world.starts = {name: self.world.pose(name) for name in self.world.movable}
        self.drift = {name: _distance(pose, rehearsed[name]) for name, pose in self.world.starts.items()}
        """How far from there they come to rest in the rehearsal's engine [m]."""
        self._tool = built.model.body(f"{built.robot}/{robot_model(opened).tool}").id
        self._grasp: dict[str, Pose] = {}

    def _settle(self) -> float:
        """Steps until everything is at rest; returns the time that took."""
        calm = ticks = 0
        while calm < CALM_TICKS and ticks < SETTLE_S / TICK_S:
            self._advance()
            ticks += 1
            speed, spin = self.world.speeds()
            calm = calm + 1 if speed < CALM_SPEED and spin < CALM_SPIN else 0
        self._check_finite()
        mujoco.mj_forward(self.model, self.data)
        return ticks * TICK_S

    def _advance(self) -> None:
        self.arm.advance(TICK_S)
        mujoco.mj_step(self.model, self.data, self.steps)

    def _check_finite(self) -> None:
        if not np.isfinite(self.data.qpos).all():
            what = "The state of the second engine is not finite."
            raise EngineError.at("not-finite", self.scene.name, what, "Move things apart in the scene.")

    def play(self, motion: Motion, on_frame: Callable[[], None] | None = None, frame_s: float = 0.1) -> Played:
        """Plays a motion with the rehearsal's timing, and the rehearsal's pause after it.

        Args:
            motion: Timed joint targets and gripper commands.
            on_frame: Called every ``frame_s`` of simulated time (for pictures).
            frame_s: Time between two calls of ``on_frame`` [s].
        """
        seen = Played(motion.node)
        last = motion.segments[-1]
        still = np.stack([last.joints[-1]] * 2)
        rest = Segment("rest", np.array([0.0, REST_S]), still, last.width, last.force)
        every = max(1, round(frame_s / TICK_S))
        for segment in (*motion.segments, rest):
            if not self._run(segment, seen, on_frame, every):
                seen.valid = False
                break
        mujoco.mj_forward(self.model, self.data)
        seen.tilt = {name: _tilt(pose, self.world.pose(name)) for name, pose in self.world.starts.items()}
        return seen

    def _run(self, segment: Segment, seen: Played, on_frame: Callable[[], None] | None, every: int) -> bool:
        ticks = max(1, round(segment.duration / TICK_S))
        times = np.linspace(segment.duration / ticks, segment.duration, ticks)
        joints = np.stack([np.interp(times, segment.times, column) for column in segment.joints.T], axis=1)
        speeds = np.gradient(joints, TICK_S, axis=0) if ticks > 1 else np.zeros_like(joints)
        self.arm.grip(segment.width, segment.force)
        for k in range(ticks):
            self.arm.command(joints[k], speeds[k])
            self._advance()
            if k % LOOK == 0:
                self._look(segment, seen)
                speed, _ = self.world.speeds()
                if not np.isfinite(speed) or speed > SPEED_LIMIT:
                    return False
            if on_frame and k % every == 0:
                on_frame()
        return True

    def _look(self, segment: Segment, seen: Played) -> None:
        held = self.world.held()
        seen.held.append((segment.name, held))
        seen.hit |= self.world.hit()
        if held is None or segment.name in ("grip", "release"):
            self._grasp = {}
            return
        tool_from_thing = self.tool().inverse() @ self.world.pose(held)
        seen.slip = max(seen.slip, _distance(self._grasp.setdefault(held, tool_from_thing), tool_from_thing))

    def tool(self) -> Pose:
        """Returns world_from_tool."""
        return pose_from(self.data.xpos[self._tool], self.data.xquat[self._tool])


def _distance(first: Pose, second: Pose) -> float:
    return float(np.linalg.norm(np.subtract(first.position, second.position)))


def _tilt(first: Pose, now: Pose) -> float:
    """Returns the angle between the two directions of a thing's own vertical [rad]."""
    return float(np.arccos(np.clip(first.rotation[:, 2] @ now.rotation[:, 2], -1.0, 1.0)))
