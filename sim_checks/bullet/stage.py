"""`Stage`: one world with a robot in it, where motions are played in physics. Nothing is ever teleported here.

Times in [s], forces in [N].
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from sim_checks.bullet.braking import brake
from sim_checks.bullet.client import TIME_STEP as STEP_S
from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.events import LOOK, pressed, sighted
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.processes import Processes
from sim_checks.bullet.renewal import Renewal
from sim_checks.bullet.robot import Robot
from sim_checks.bullet.snapshot import Snapshot
from sim_checks.bullet.spills import spilled
from sim_checks.bullet.touches import Touches
from sim_checks.bullet.visits import visited
from sim_checks.bullet.wiped import WIPE, Wiped
from sim_checks.bullet.world import BulletWorld
from sim_checks.incident import Contact, Incident
from skills.finding import Finding
from skills.motion import Motion, Segment
from skills.robots.opening import open_robot
from skills.scene import Scene

TICK = 2
"""Simulation steps between two motor commands (120 Hz)."""
WATCH = 4
"""Motor commands between two looks at contacts and speeds (30 Hz)."""
REST_S = 0.3
"""Pause after a motion, for things to come to rest."""
CONTACT_LIMIT = 60.0
"""Largest contact force on any arm link that is not a finger. Source: our own, from undisturbed motions (under 10)."""
SPEED_LIMIT = 3.0
"""A thing faster than this [m/s] makes the simulation invalid, not a result."""


Monitor = Callable[[str, str, float], Iterable[Incident]]
"""Asked after every motor command: (node, segment, time [s]) -> what broke a rule; it may only look."""


@dataclass(frozen=True)
class Play:
    """What playing one motion brought.

    Args:
        findings: Violations on the way; empty when all went well.
        valid: False when the simulation itself cannot be trusted (not finite, runaway speed).
        simulated_s: Simulated time.
        step_s: Wall time inside the engine's step.
        wall_s: Wall time of it all.
        incidents: The same violations, with their moments and contacts.
    """

    findings: tuple[Finding, ...]
    valid: bool
    simulated_s: float
    step_s: float
    wall_s: float
    incidents: tuple[Incident, ...] = ()


class Stage:
    """A context manager that holds one simulated world with its robot.

    Args:
        scene: What to build.
        seed: Seed of the perturbation; None builds the nominal world.
        perturbation: The declared distribution, used with a seed.
        folder: Folder of the scene file, for its meshes.
        iterations: Solver iterations.
        finer: Steps of the simulation in the place of one: the same world at a shorter time step.
    """

    def __init__(
        self,
        scene: Scene,
        seed: int | None = None,
        perturbation: Perturbation | None = None,
        folder: Path | None = None,
        iterations: int = 50,
        finer: int = 1,
    ) -> None:
        self.scene, self.seed, self.folder = scene, seed, folder
        self.perturbation = perturbation or Perturbation()
        self.client = BulletClient(solver_iterations=iterations, finer=finer)

    def __enter__(self) -> "Stage":
        """Opens the client, loads the robot, then the scene, and lets it settle."""
        self.client.__enter__()
        spec = self.scene.robots[0]
        self.robot = Robot(self.client, open_robot(spec.kind, self.folder), spec.pose.pose())
        rng = None if self.seed is None else np.random.default_rng(self.seed)
        self.world = BulletWorld(
            self.client, self.scene, folder=self.folder, perturbation=self.perturbation if rng else None, rng=rng
        )
        if rng is not None:
            self.robot.perturb(self.perturbation, rng)
        self.world.held_hook = self.held
        world, robot = self.world, self.robot
        self.wiped, self.processes, self.touches = Wiped(world), Processes(world, robot), Touches(world, robot)
        self.start = {t: self.world.pose(t) for t in self.world.movable}
        self.renewal = Renewal(self.robot)
        self.free = self.robot.mounted.union(*(limb.gripper.links for limb in self.robot.limbs))
        self.simulated_s = self.step_s = self.wall_s = self.clock_s = 0.0
        self.monitor: Monitor | None = None
        self.halts, self.halted = False, False
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the client."""
        self.client.__exit__(kind, error, trace)

    def held(self) -> str | None:
        """Returns the movable thing that both fingers of a hand touch, or that closes its cup, or None."""
        for limb in self.robot.limbs:
            bodies = limb.gripper.holding()
            found = next((t for t in self.world.movable if self.world.body(t) in bodies), None)
            if found is not None:
                return found
        return None

    def snapshot(self) -> Snapshot:
        """Returns the configuration of every body."""
        return Snapshot.take(self.client)

    def play(self, motion: Motion, on_frame: Callable[[], None] | None = None, frame_s: float = 0.1) -> Play:
        """Plays a motion in physics; where `halts` is set, up to what the monitor first names, and then to rest.

        Args:
            motion: Timed joint targets and gripper commands.
            on_frame: Called every ``frame_s`` of simulated time (for pictures).
            frame_s: Time between two calls of ``on_frame`` [s].
        """
        began, stepped = time.perf_counter(), self.step_s
        simulated = self.simulated_s
        faults: dict[str, Incident] = {}
        valid = True
        for segment in (*motion.segments, rest(motion.segments[-1])):
            valid = self._run(segment, motion.node, faults, on_frame, frame_s) and valid
            if not valid or self.halted:
                break
            if segment.name == LOOK:
                self.world.events |= sighted(self.robot, self.world)
        self.world.visits |= visited(self.robot, self.world)
        faults.update(spilled(self.world, motion.node, self.clock_s))
        wall = time.perf_counter() - began
        self.wall_s += wall
        found, spent = tuple(faults.values()), (self.simulated_s - simulated, self.step_s - stepped, wall)
        return Play(tuple(i.finding for i in found), valid, *spent, found)

    def _run(
        self,
        segment: Segment,
        node: str,
        faults: dict[str, Incident],
        on_frame: Callable[[], None] | None,
        frame_s: float,
    ) -> bool:
        """Plays one segment; returns False when the simulation became invalid."""
        ticks = max(1, round(segment.duration / (TICK * STEP_S)))
        times = np.linspace(segment.duration / ticks, segment.duration, ticks)
        joints = np.stack(
            [np.interp(times, segment.times, segment.joints[:, j]) for j in range(segment.joints.shape[1])], axis=1
        )
        speeds = np.gradient(joints, TICK * STEP_S, axis=0) if ticks > 1 else np.zeros_like(joints)
        targets, rates = joints.tolist(), speeds.tolist()
        self.robot.active = segment.hand
        self.robot.grip(segment.width, segment.force)
        for other in segment.also:
            self.robot.limbs[other.hand].gripper.grip(other.width, other.force)
        step, command, clock = self.client.stepSimulation, self.robot.command, time.perf_counter
        every, steps = max(1, round(frame_s / (TICK * STEP_S))), TICK * self.client.finer

        def tick() -> None:
            for _ in range(steps):
                step()
                self.robot.feel()

        for k in range(ticks):
            command(targets[k], rates[k])
            before = clock()
            tick()
            self.step_s += clock() - before
            self.clock_s = self.simulated_s + (k + 1) * TICK * STEP_S
            if self.monitor is not None:
                for incident in self.monitor(node, segment.name, self.clock_s):
                    faults.setdefault(incident.finding.code, incident)
                    self.halted = self.halts
            if self.halted:
                self.processes.belts.stop()
                ticks = k + 1 + brake(self.robot, targets[k], rates[k], tick, TICK * STEP_S)
                break
            if k % WATCH == 0 and not self._watch(segment, node, faults):
                return False
            if on_frame and k % every == 0:
                on_frame()
            if segment.until is not None and k % WATCH == 0 and self.processes.ended(segment.until):
                ticks = k + 1
                break
        else:
            late = self.processes.overdue(segment, node, self.clock_s)
            faults.update({} if late is None else {late.finding.code: late})
        self.simulated_s += ticks * TICK * STEP_S
        return True

    def _watch(self, segment: Segment, node: str, faults: dict[str, Incident]) -> bool:
        """Looks at contacts and speeds; returns False when the state is not to be trusted."""
        self.world.events |= pressed(self.world)
        self.processes.look(self.clock_s, segment.until)
        if segment.name == WIPE:
            self.world.events |= self.wiped.look()
        if (touch := self.touches.look(segment, node, self.clock_s)) is not None:
            faults.setdefault(touch.finding.code, touch)
        self.renewal.look(segment)
        for point in self.client.getContactPoints(bodyA=self.robot.body):
            own = point[2] == self.robot.body
            arms = own and bool(segment.also) and point[9] > 0.0 and self.robot.crossing(point[3], point[4])
            if not arms and (point[9] < CONTACT_LIMIT or own or point[3] in self.free):
                continue
            other = "the other arm" if arms else self.world.names.get(point[2], "the robot")
            what = f"The arm hit {other} with {point[9]:.0f} N during {segment.name!r}."
            hit = Finding("collided", f"nodes.{node}", what, "Move it away, or choose another grasp or target.")
            at = Contact((self.robot.link_words(point[3]), other), tuple(point[5]), point[9])
            faults.setdefault(
                f"collided-{other}",
                Incident(hit, self.clock_s, segment.name, ("robot", other), at, point[9], CONTACT_LIMIT),
            )
        speeds = self.world.speeds()
        fastest = max((s.linear for s in speeds.values()), default=0.0)
        if not np.isfinite(fastest) or fastest > SPEED_LIMIT:
            what = f"A thing moved at {fastest:.1f} m/s during {segment.name!r}."
            remedy = "Report the scene: its shapes overlap or are ill-conditioned."
            wild = Finding("simulation-invalid", f"nodes.{node}", what, remedy)
            which = tuple(t for t, s in speeds.items() if not s.linear <= SPEED_LIMIT)
            faults["invalid"] = Incident(wild, self.clock_s, segment.name, which, None, fastest, SPEED_LIMIT)
            return False
        return True

    def assets(self) -> dict[str, str]:
        """Returns thing -> sha256 of the shape that was loaded, the robot and its description included."""
        shapes = {t: self.world.asset(t).sha256 for t in self.world.things}
        name = self.scene.robots[0].id
        return {**shapes, name: self.robot.model.sha256, f"{name}.description": self.robot.about.sha256}

    def picture(self, width: int = 640, height: int = 480) -> NDArray[np.uint8]:
        """Returns the scene as RGB pixels, shape (height, width, 3)."""
        from sim_checks.bullet.render import picture

        return picture(self.world, width, height)

    def disturbed(self, meant: frozenset[str], limit: float = 0.02) -> tuple[str, ...]:
        """Returns the things not in ``meant`` that moved more than ``limit`` [m] since the start."""
        moved = []
        for thing, pose in self.start.items():
            distance = np.linalg.norm(np.subtract(self.world.pose(thing).position, pose.position))
            if thing not in meant and distance > limit:
                moved.append(thing)
        return tuple(moved)


def rest(last: Segment) -> Segment:
    """Returns the pause after ``last``."""
    joints = last.joints[-1]
    return replace(last, name="rest", times=np.array([0.0, REST_S]), joints=np.stack([joints, joints]), until=None)


def self_test() -> None:
    """Weighs a 1 kg box: the engine must read 9.81 N within 1 %.

    Raises:
        RuntimeError: It does not; no certificate may come from this process.
    """
    with BulletClient() as client:
        floor = client.createMultiBody(0, client.createCollisionShape(client.GEOM_BOX, halfExtents=(1, 1, 0.1)))
        box = client.createMultiBody(
            1.0, client.createCollisionShape(client.GEOM_BOX, halfExtents=(0.05,) * 3), basePosition=(0, 0, 0.151)
        )
        for _ in range(240):
            client.stepSimulation()
        weight = sum(p[9] for p in client.getContactPoints(bodyA=box, bodyB=floor))
    if abs(weight - 9.81) > 0.0981:
        raise RuntimeError(f"self-test: a 1 kg box weighs {weight:.3f} N here, not 9.81 N")
