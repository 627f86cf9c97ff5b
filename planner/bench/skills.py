"""Success by skill: random scenes, a random feasible call, planned and then executed in a world that no gate has seen.

What must come before the call (an opened drawer, a pick) is done by the same machinery; where that fails, another call
is drawn and counted, and the skill in question is not blamed for it.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from planner.bench.furnishing import furnished
from planner.bench.skill_instances import draw_call
from planner.bench.task import Row, Task
from planner.bench.trials import each, isolated
from planner.bench.wilson import wilson
from planner.compile import compile_draft
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.stage import Stage, self_test
from sim_checks.diagnosis import Before, diagnose, unplanned
from sim_checks.effects import unmet
from sim_checks.geometric import Choices, requests
from sim_checks.rehearsal import rehearse_nominal
from sim_checks.scenes.generate import LINE, generate
from sim_checks.scenes.proof import prove
from sim_checks.scenes.theme import THEMES
from skills import catalogue
from skills.body import EMBODIED
from skills.errors import SceneError, SkillsError, did_you_mean
from skills.finding import Finding
from skills.graph import Draft, SkillGraph, Step
from skills.motion import Motion
from skills.scene import Scene
from skills.skill import name_of
from skills.symbols import Goal

TRIAL_S = 400.0
"""Longest wall time of one trial [s]."""
ATTEMPTS = 6
"""Nominal rehearsals of one call."""
DRAWS = 12
"""Scenes and calls drawn for one trial, most."""
CLUTTER = (2, 6)
"""Distractors of a scene, least and most."""
USUAL, LONGEST = 4, {"heat": 6, "chill": 6, "wait_until": 6}
"""Steps of a trial, most: what must come before the call, and the call."""
WORLDS = 4
"""Perturbed worlds tried when what comes before the call fails there."""


@dataclass(frozen=True)
class Trial:
    """A call in a scene, compiled.

    Args:
        scene: The scene.
        graph: What must come before the call, then the call.
    """

    scene: Scene
    graph: SkillGraph

    @property
    def call(self) -> Step:
        """The call in question."""
        return self.graph.nodes[-1].step


def embodied() -> tuple[str, ...]:
    """Returns the names of the skills that a body can carry out, in the catalogue's order."""
    found = []
    for skill in catalogue.load():
        kind = getattr(skill, "kind", None)
        if kind is None:
            kind = skill.request(["x"] * len(skill.parameters), _EMPTY).kind
        if kind in EMBODIED:
            found.append(name_of(skill))
    return tuple(found)


_EMPTY = Scene(schema="rehearse.scene/1", name="empty", robots=())


def tasks(names: Sequence[str], n: int) -> list[Task]:
    """Returns one task for each skill and seed.

    Args:
        names: Skills; empty for all that have a body.
        n: Scenes for each.

    Raises:
        SceneError: A skill is unknown or has no body.
    """
    known = embodied()
    for name in names:
        if name not in known:
            what = f"{name!r} is no skill that a body carries out."
            raise SceneError.at("unknown-skill", "--skills", what, did_you_mean(name, known))
    return [Task(name, Path(name), "", seed) for seed in range(n) for name in (names or known)]


def bench(todo: Sequence[Task], robot: str, jobs: int) -> Iterator[Row]:
    """Tries every task in a process of its own; yields rows as they are done."""
    return each(todo, lambda task: isolated(task, attempt, (task.name, task.seed, robot), TRIAL_S), jobs)


def seed_of(skill: str, index: int, draw: int) -> int:
    """Returns the seed of one draw; nobody can pick a lucky one."""
    return int.from_bytes(hashlib.sha256(f"{skill}/{index}/{draw}".encode()).digest()[:5], "big")


def draw_trial(skill: str, index: int, draw: int, robot: str) -> Trial | None:
    """Returns a random scene with a feasible call, or None where the scene admits none."""
    seed = seed_of(skill, index, draw)
    rng = np.random.default_rng(seed)
    theme = LINE if skill == "convey" else sorted(THEMES)[(index + draw) % len(THEMES)]
    try:
        clutter = int(rng.integers(CLUTTER[0], CLUTTER[1] + 1))
        made = generate(seed, theme, clutter, robot, partial(_suits, skill)).scene
    except SceneError:
        return None
    scene = furnished(skill, made)
    if scene is None or (scene is not made and prove(scene)):
        return None
    for step in draw_call(skill, scene, rng)[:20]:
        compiled = compile_draft(Draft(Goal(()), (step,)), scene)
        graph, most = compiled.graph, LONGEST.get(skill, USUAL)
        if graph is not None and graph.nodes and graph.nodes[-1].step == step and len(graph.nodes) <= most:
            return Trial(scene, graph)
    return None


def _suits(skill: str, scene: Scene) -> bool:
    """Says whether an arrangement holds a feasible call."""
    complete = furnished(skill, scene)
    return complete is not None and bool(draw_call(skill, complete, np.random.default_rng(0)))


def attempt(skill: str, index: int, robot: str) -> Row:
    """Returns the row of one trial; runs in a worker process.

    Raises:
        SkillsError: No call could be drawn.
    """
    self_test()
    redrawn: list[str] = []
    for draw in range(DRAWS):
        trial = draw_trial(skill, index, draw, robot)
        if trial is None:
            continue
        row = _try(trial, skill, index, seed_of(skill, index, draw))
        if row.stage != "before":
            return replace(row, disturbed=row.disturbed, missing=tuple(redrawn))
        redrawn.append(f"{row.plan[0]}: {row.codes[0]}")
    what = f"No feasible call of {skill!r} in {DRAWS} scenes ({'; '.join(redrawn) or 'none drawn'})."
    raise SkillsError(Finding("no-call", skill, what, "Generate other scenes."))


def _try(trial: Trial, skill: str, index: int, seed: int) -> Row:
    """Plans a trial's motions and executes them in a perturbed world."""
    began = time.perf_counter()
    graph, scene = trial.graph, trial.scene
    plan = (f"{trial.call} in {scene.name}", *(str(n.step) for n in graph.nodes))
    row = Row(skill, "", index, "geometric", plan=plan)
    asked = requests(graph, scene)
    last = graph.nodes[-1].id
    choices = Choices()
    nominal = rehearse_nominal(graph, scene, seed, choices, ATTEMPTS)
    spent = {"plan": round(time.perf_counter() - began, 2)}
    row = replace(row, seconds=spent)
    finding = next(iter((*nominal.geometric, *nominal.physical)), None)
    if finding is not None:
        if len(nominal.motions) + bool(nominal.geometric) < len(graph.nodes):
            return _failed(replace(row, stage="before"), finding.code, finding)
        code = unplanned(finding).value if nominal.geometric else _replayed(trial, nominal.motions, finding)
        return _failed(replace(row, stage="geometric" if nominal.geometric else "nominal"), code, finding)
    row = replace(row, geometric_pass=True)
    began = time.perf_counter()
    for world in range(WORLDS):
        with Stage(scene, seed + 1 + world, Perturbation()) as stage:
            before = Before.of(stage.world, asked[last])
            broken: tuple[Finding, ...] = ()
            for node, motion in zip(graph.nodes, nominal.motions, strict=True):
                before = Before.of(stage.world, asked[node.id])
                play = stage.play(motion)
                broken = (*play.findings, *unmet(graph, node, stage.world, scene))
                if broken:
                    break
            if broken and node.id != last:
                row = replace(row, stage="before")
                row = _failed(row, broken[0].code, broken[0])
                continue
            meant = frozenset(scene.canonical(a).partition(".")[0] for n in graph.nodes for a in n.step.args)
            row = replace(
                row,
                stage="executed" if broken else "achieved",
                goal_met=not broken,
                undisturbed=not stage.disturbed(meant),
                disturbed=stage.disturbed(meant),
                findings=(),
                codes=(),
                seconds={**spent, "play": round(time.perf_counter() - began, 2)},
            )
            if broken:
                return _failed(row, diagnose(asked[last], broken[0], before, stage.world).value, broken[0])
            return row
    return row


def _replayed(trial: Trial, motions: list[Motion], finding: Finding) -> str:
    """Returns how the last node failed in the nominal world, by playing everything once more."""
    request = requests(trial.graph, trial.scene)[trial.graph.nodes[-1].id]
    with Stage(trial.scene) as stage:
        before = Before.of(stage.world, request)
        for motion in motions:
            before = Before.of(stage.world, request)
            stage.play(motion)
        return diagnose(request, finding, before, stage.world).value


def _failed(row: Row, code: str, finding: Finding) -> Row:
    return replace(row, findings=(str(finding),), codes=(code, finding.code))


def summary(rows: Sequence[Row]) -> dict[str, object]:
    """Returns ``worst_skill``, ``skills`` and the details of each."""
    names = list(dict.fromkeys(r.task for r in rows))
    shares: dict[str, float] = {}
    details: dict[str, object] = {}
    for name in names:
        own = [r for r in rows if r.task == name]
        met = sum(r.goal_met for r in own)
        low, high = wilson(met, len(own))
        shares[name] = round(met / len(own), 4)
        causes = Counter(r.codes[0] if r.codes else "unknown" for r in own if not r.goal_met)
        details[name] = {
            "n": len(own),
            "succeeded": met,
            "wilson": [round(low, 4), round(high, 4)],
            "undisturbed": round(sum(r.undisturbed for r in own) / len(own), 4),
            "failures": dict(causes.most_common()),
            "redrawn": sum(len(r.missing) for r in own),
        }
    worst = min(shares, key=lambda s: shares[s]) if shares else ""
    return {
        "n": len(rows),
        "worst_skill": shares.get(worst, 0.0),
        "worst_skill_name": worst,
        "skills": shares,
        "details": details,
    }
