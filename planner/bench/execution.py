"""Executing benchmark plans: under their certificate, or, for the bench's sake alone, without one."""

import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from planner.dispatch.dispatcher import dispatch
from planner.dispatch.executors.port import Observation
from planner.dispatch.executors.simulated import SimulatedExecutor
from planner.dispatch.journal import Journal
from planner.outcome import Planned
from planner.rehearsal import unseen_seed
from sim_checks.bullet.stage import Stage
from sim_checks.worker import Fault, run_isolated
from skills.finding import Finding
from skills.geometry import Pose
from skills.graph import SkillGraph
from skills.motion import Motion
from skills.predicates import missing
from skills.scene import Scene
from skills.symbols import Goal, Literal

DISTURBED_M = 0.02
"""A thing that moved further than this [m] was disturbed."""
REFUSED_S = 180.0
"""Longest wall time of an execution without a certificate [s]."""


@dataclass(frozen=True)
class End:
    """The world at the end of an execution.

    Args:
        missing: Goal literals that do not hold.
        disturbed: Things that moved and should not have.
        findings: What went wrong on the way.
        seconds: Wall time [s].
        judged: Whether there was an end to judge.
        poses: Thing id -> where it is then, where it was dispatched.
    """

    missing: tuple[Literal, ...] = ()
    disturbed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    judged: bool = True
    poses: Mapping[str, Pose] = field(default_factory=dict)

    @property
    def goal_met(self) -> bool:
        """The execution ended in a world that satisfies the goal."""
        return self.judged and not self.missing


def execute_certified(scene: Scene, goal: Goal, planned: Planned, seed: int) -> End:
    """Dispatches a certified plan to the simulated robot and judges the end by ``goal``."""
    began = time.perf_counter()
    plan = planned.certified
    robot = SimulatedExecutor(unseen_seed(plan, seed), watch=goal)
    with tempfile.TemporaryDirectory() as folder, Journal(Path(folder) / "journal.sqlite") as journal:
        done = dispatch(plan, robot, journal, "bench")
    disturbed = disturbances(done.first, done.last, meant(scene, plan.graph, goal))
    spent = time.perf_counter() - began
    return End(
        goal.missing(done.last.facts),
        disturbed,
        done.findings,
        spent,
        judged=done.state.value != "unknown",
        poses=done.last.poses,
    )


def execute_refused(scene: Scene, goal: Goal, motions: tuple[Motion, ...], seed: int) -> End:
    """Plays the motions of a refused plan, in a process of its own, and judges the end by ``goal``."""
    began = time.perf_counter()
    answer = run_isolated(_play, (scene, goal, motions, seed), REFUSED_S)
    spent = time.perf_counter() - began
    if isinstance(answer, Fault):
        return End(findings=(Finding(answer.code, "bench", answer.what, "Report this."),), seconds=spent, judged=False)
    return End(missing=answer, seconds=spent)


def _play(scene: Scene, goal: Goal, motions: tuple[Motion, ...], seed: int) -> tuple[Literal, ...]:
    """Returns the goal literals that do not hold after all motions, played in one perturbed world."""
    with Stage(scene, seed=seed) as stage:
        for motion in motions:
            if not stage.play(motion).valid:
                return goal.literals
        return missing(goal, stage.world)


def meant(scene: Scene, graph: SkillGraph, goal: Goal) -> frozenset[str]:
    """Returns the things that goal and plan name; they may move."""
    named: Iterable[str] = [
        *(a for n in graph.nodes for a in n.step.args),
        *(a for literal in goal.literals for a in literal.args),
    ]
    entities = (scene.entities.get(scene.canonical(name)) for name in named)
    return frozenset(e.parent or e.id for e in entities if e is not None)


def disturbances(first: Observation, last: Observation, named: frozenset[str]) -> tuple[str, ...]:
    """Returns the things not in ``named`` that moved by more than `DISTURBED_M`."""
    return tuple(
        thing
        for thing, pose in sorted(first.poses.items())
        if thing not in named and np.linalg.norm(np.subtract(last.poses[thing].position, pose.position)) > DISTURBED_M
    )
