"""`SimulatedExecutor`: the scene's robot in a world of its own, in a process of its own.

Its world is perturbed with a seed that no gate has used, so that what was rehearsed and what is met differ
as they would outside a simulator.
"""

import multiprocessing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from planner.dispatch.errors import ExecutorError
from planner.dispatch.executors.port import Frame, Observation, StepResult
from sim_checks.certificate import CertifiedPlan
from sim_checks.effects import promised
from sim_checks.rules.book import RuleBook, shipped_rules
from sim_checks.rules.watch import Watch
from skills.finding import Finding
from skills.geometry import Pose
from skills.motion import Motion
from skills.predicates import holds
from skills.scene import Scene
from skills.scene_parts import Person
from skills.symbols import Goal, Literal

START_S = 120.0
"""Longest time to build and settle the world [s]."""
STEP_WALL_S = 240.0
"""Longest wall time of one step [s]."""


@dataclass(frozen=True)
class Camera:
    """How pictures are taken on the way.

    Args:
        width: Width [px].
        height: Height [px].
        every_s: Simulated time between two pictures [s]; 0 takes one after each step only.
    """

    width: int = 320
    height: int = 240
    every_s: float = 0.25


class SimulatedExecutor:
    """An `Executor` over the physics engine.

    Args:
        seed: Seed of the perturbation of its world.
        camera: How to take pictures; None takes none.
        folder: Folder of the scene file, for its meshes.
        watch: Literals that are looked at too, beside the facts that the world lists by itself.
        rules: The rules whose limits every control step is held to (default: the shipped ones).
        people: Where people stand in its world, if not where the scene has them.
    """

    def __init__(
        self,
        seed: int,
        camera: Camera | None = None,
        folder: Path | None = None,
        watch: Goal | None = None,
        rules: RuleBook | None = None,
        people: Sequence[Person] | None = None,
    ) -> None:
        self._seed, self._camera, self._folder = seed, camera, folder
        self._rules, self._people = rules, people
        self._watch = watch or Goal(())
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._done: dict[str, StepResult] = {}

    def start(self, plan: CertifiedPlan) -> Observation:
        """Builds the world in a process of its own, lets it settle, and observes it.

        Raises:
            ExecutorError: The world cannot be built.
        """
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        watch = Goal((*self._watch.literals, *_unlisted(plan)))
        scene = plan.scene
        if self._people is not None:
            scene = scene.model_copy(update={"people": tuple(self._people)})
        arguments = (theirs, scene, self._seed, self._camera, self._folder, watch, self._rules)
        self._process = context.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        theirs.close()
        observation = self._answer(START_S)
        assert isinstance(observation, Observation)
        return observation

    def execute(self, key: str, motion: Motion) -> StepResult:
        """Plays one motion in physics, held to the rules; the same key again returns the first result.

        Where a rule is broken the arm is brought to rest, and no further motion is played.

        Raises:
            ExecutorError: The process is gone or late; it is killed then.
        """
        if key not in self._done:
            if self._pipe is None:
                raise _lost("it was not started")
            try:
                self._pipe.send(motion)
            except (BrokenPipeError, OSError) as error:
                self.stop()
                raise _lost("its process has ended") from error
            result = self._answer(STEP_WALL_S)
            assert isinstance(result, StepResult)
            self._done[key] = result
        return self._done[key]

    def stop(self) -> None:
        """Ends the process and the world in it."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None:
            self._process.join(2.0)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._process.close()
            self._process = None

    def _answer(self, timeout_s: float) -> Any:
        assert self._pipe is not None
        try:
            if not self._pipe.poll(timeout_s):
                self.stop()
                raise _lost(f"it did not answer within {timeout_s:.0f} s")
            answer = self._pipe.recv()
        except (EOFError, ConnectionError) as error:
            self.stop()
            raise _lost("its process has ended") from error
        if isinstance(answer, Finding):
            self.stop()
            raise ExecutorError(answer)
        return answer


def _unlisted(plan: CertifiedPlan) -> list[Literal]:
    """Returns what the plan brings about and a world does not list: side areas (``plate_1.left``), turns, stacks."""
    beside = [Literal("on", n.step.args) for n in plan.graph.nodes if len(n.step.args) == 2 and "." in n.step.args[1]]
    made = (f for facts in promised(plan.graph, plan.scene).values() for f in sorted(facts))
    return [*beside, *made]


def _rests(node: str) -> Finding:
    what = "A limit was broken before, and the robot stands still since."
    return Finding("robot-stopped", f"nodes.{node}", what, "Look at the scene as it is now and plan again from there.")


def _lost(why: str) -> ExecutorError:
    what = f"The simulated robot is lost: {why}."
    return ExecutorError(Finding("executor-lost", "executor", what, "Look at the scene, then plan anew."))


def observe(world: Any, scene: Scene, watch: Goal) -> Observation:
    """Returns what a simulated world shows: facts judged from geometry, poses, openings."""
    poses: Mapping[str, Pose] = {t.id: world.pose(t.id) for t in scene.objects}
    parts = [e for e in scene.entities.values() if e.openable or e.switchable]
    openings = {e.id: value for e in parts if (value := world.opening(e.id)) is not None}
    wanted = {literal for literal in watch.literals if holds(literal, world)}
    return Observation(frozenset(world.facts()) | wanted, poses, openings)


def _serve(
    pipe: Connection,
    scene: Scene,
    seed: int,
    camera: Camera | None,
    folder: Path | None,
    watch: Goal,
    rules: RuleBook | None,
) -> None:
    """Runs in the process: builds the world, then plays each motion that comes until the pipe closes."""
    from sim_checks.bullet.sight import Sight
    from sim_checks.bullet.stage import Stage
    from sim_checks.errors import SimulationError

    try:
        with Stage(scene, seed=seed, folder=folder) as stage:
            stage.monitor, stage.halts = Watch(rules or shipped_rules(), scene, Sight(stage)).look, True
            pipe.send(observe(stage.world, scene, watch))
            while True:
                motion: Motion = pipe.recv()
                if stage.halted:
                    pipe.send(StepResult("stopped", observe(stage.world, scene, watch), (_rests(motion.node),)))
                    continue
                frames: list[Frame] = []

                def shoot(frames: list[Frame] = frames) -> None:
                    if camera is not None:
                        frames.append(stage.picture(camera.width, camera.height))

                moving = shoot if camera and camera.every_s > 0 else None
                play = stage.play(motion, on_frame=moving, frame_s=camera.every_s if moving and camera else 1.0)
                shoot()
                outcome = "stopped" if stage.halted else "failed" if play.findings or not play.valid else "done"
                seen = observe(stage.world, scene, watch)
                pipe.send(StepResult(outcome, seen, play.findings, tuple(frames), play.simulated_s))  # type: ignore[arg-type]
    except EOFError:
        return
    except SimulationError as error:
        pipe.send(error.finding)
