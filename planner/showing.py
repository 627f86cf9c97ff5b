"""`show_skill`: one skill alone, rehearsed and filmed, with what a look at the pictures should confirm."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from planner.storyboard import Frame, Panel
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.stage import Stage
from sim_checks.diagnosis import Before, diagnose, unplanned
from sim_checks.effects import unmet
from sim_checks.geometric import Choices, requests
from sim_checks.rehearsal import rehearse_nominal
from skills.finding import Finding
from skills.graph import SkillGraph
from skills.motion import Motion
from skills.scene import Scene

FPS = 12
"""Pictures a second of simulated time."""
ATTEMPTS = 6


@dataclass
class Watch:
    """What the pictures should show no trace of.

    Args:
        deepest: Deepest overlap of two bodies, held things and fingers included [m].
        between: Which two.
        fastest: Largest speed of a thing [m/s].
        disturbed: Things that moved and that the plan does not name.
    """

    deepest: float = 0.0
    between: str = ""
    fastest: float = 0.0
    disturbed: tuple[str, ...] = ()

    def look(self, stage: Stage) -> None:
        """Looks at every contact and speed now."""
        world, arm = stage.world, stage.robot.body
        names = {**world.names, arm: "robot"}
        for first, second in combinations(names, 2):
            for point in world.client.getContactPoints(first, second):
                if -point[8] > self.deepest:
                    self.deepest, self.between = -point[8], f"{names[first]} and {names[second]}"
        self.fastest = max([self.fastest, *(s.linear for s in world.speeds().values())])


@dataclass(frozen=True)
class Shown:
    """A filmed skill.

    Args:
        plan: The calls, in order; the last is the skill that is shown.
        panels: Pictures at the start and at the end of each segment of that last call.
        frames: The film of it.
        findings: What went wrong; empty for a success.
        failure: How the skill failed, or None.
        watch: Overlaps and speeds on the way.
        seconds: Simulated duration of the call [s].
    """

    plan: tuple[str, ...]
    panels: tuple[Panel, ...] = ()
    frames: tuple[Frame, ...] = ()
    findings: tuple[Finding, ...] = ()
    failure: str | None = None
    watch: Watch = field(default_factory=Watch)
    seconds: float = 0.0


def show_skill(
    graph: SkillGraph, scene: Scene, seed: int, width: int = 640, height: int = 480, perturbed: bool = True
) -> Shown:
    """Plans a graph, plays it, and films its last call; runs in a worker process.

    Args:
        graph: What must come before the call, then the call.
        scene: Its scene.
        seed: Seed of planners and of the perturbed world.
        width: Width of the pictures [px].
        height: Height of the pictures [px].
        perturbed: Play in a perturbed world; else in the nominal one.
    """
    plan = tuple(str(n.step) for n in graph.nodes)
    nominal = rehearse_nominal(graph, scene, seed, Choices(), ATTEMPTS)
    if nominal.geometric:
        return Shown(plan, findings=nominal.geometric, failure=unplanned(nominal.geometric[0]).value)
    asked, last = requests(graph, scene), graph.nodes[-1]
    watch, frames = Watch(), list[Frame]()
    with Stage(scene, seed + 1 if perturbed else None, Perturbation() if perturbed else None) as stage:
        findings: tuple[Finding, ...] = ()
        for node, motion in zip(graph.nodes, nominal.motions, strict=False):
            if node.id != last.id:
                play = stage.play(motion)
                findings = (*play.findings, *unmet(graph, node, stage.world, scene))
                if findings:
                    return Shown(plan, findings=findings, failure="before")
                continue
            before = Before.of(stage.world, asked[node.id])
            frames.append(stage.picture(width, height))

            def film() -> None:
                watch.look(stage)
                frames.append(stage.picture(width, height))

            play = stage.play(motion, film, 1 / FPS)
            findings = (*play.findings, *unmet(graph, node, stage.world, scene))
            named = frozenset(scene.canonical(a).partition(".")[0] for n in graph.nodes for a in n.step.args)
            watch.disturbed = stage.disturbed(named)
            failure = diagnose(asked[node.id], findings[0], before, stage.world).value if findings else None
            panels = _panels(motion, frames, not findings)
            return Shown(plan, panels, tuple(frames), findings, failure, watch, play.simulated_s)
    return Shown(plan, findings=nominal.physical, failure="before")


def _panels(motion: Motion, frames: Sequence[Frame], good: bool) -> tuple[Panel, ...]:
    """Returns the picture at the start and at the end of each segment."""
    panels = [Panel("start", frames[0])]
    for name, end in zip(
        (s.name for s in motion.segments), np.cumsum([s.duration for s in motion.segments]), strict=True
    ):
        index = min(len(frames) - 1, max(0, math.floor(float(end) * FPS)))
        panels.append(Panel(f"{name}, {float(end):.1f} s", frames[index]))
    return (*panels, Panel("end: done" if good else "end: failed", frames[-1], good))
