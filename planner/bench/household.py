"""Household tasks of 6 to 20 steps in generated homes, done by a robot that drives; the goal is given (oracle).

The plan comes from the goal alone: the compiler finds the steps, `planner.routing` the drives between them. The gates
see the nominal home and one perturbed one; the plan is then carried out in a home that no gate has seen, and the goal
judged there.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

import numpy as np

from planner.bench.chores import CHORES, kitted
from planner.bench.task import Row, Task
from planner.bench.trials import each, isolated
from planner.bench.wilson import wilson
from planner.compile import compile_draft
from planner.routing import with_drives
from sim_checks import symbolic
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.stage import Stage, self_test
from sim_checks.effects import unmet
from sim_checks.geometric import Choices
from sim_checks.rehearsal import rehearse_nominal
from sim_checks.scenes.home import generate_home
from skills.errors import SceneError, SkillsError
from skills.finding import Finding
from skills.graph import Draft, SkillGraph
from skills.motion import Motion
from skills.predicates import missing
from skills.scene import Scene
from skills.symbols import Goal, Literal

TRIAL_S = 3600.0
"""Longest wall time of one task [s]."""
ATTEMPTS = 6
"""Nominal rehearsals of one plan."""
REVISIONS = 2
"""How often candidates that fail in the perturbed rehearsal are exchanged."""
LEAST, MOST = 6, 20
"""Steps of a task."""
DRAWS = 20
"""Homes drawn for one task, most."""


@dataclass(frozen=True)
class Chore:
    """A task that is ready to be planned.

    Args:
        scene: The home.
        goal: What must hold in the end.
        graph: The plan.
    """

    scene: Scene
    goal: Goal
    graph: SkillGraph


def tasks(n: int, pattern: str = "*") -> list[Task]:
    """Returns ``n`` tasks, the chores taking turns.

    Raises:
        SceneError: No chore matches the pattern.
    """
    names = [name for name in CHORES if fnmatch(name, pattern)]
    if not names:
        what = f"No chore matches {pattern!r}."
        raise SceneError.at("no-tasks", "--tasks", what, f"Use one of: {', '.join(CHORES)}.")
    return [Task(names[i % len(names)], Path(names[i % len(names)]), "", i // len(names)) for i in range(n)]


def bench(todo: Sequence[Task], robot: str, jobs: int) -> Iterator[Row]:
    """Tries every task in a process of its own; yields rows as they are done."""
    return each(todo, lambda task: isolated(task, attempt, (task.name, task.seed, robot), TRIAL_S), jobs)


def seed_of(chore: str, index: int, draw: int) -> int:
    """Returns the seed of one draw; nobody can pick a lucky one."""
    return int.from_bytes(hashlib.sha256(f"household/{chore}/{index}/{draw}".encode()).digest()[:4], "big")


def draw_chore(name: str, index: int, robot: str) -> Chore:
    """Returns the task with this number.

    Raises:
        SkillsError: No home suits.
    """
    for draw in range(DRAWS):
        seed = seed_of(name, index, draw)
        scene = kitted(name, generate_home(seed, robot).scene)
        goal = CHORES[name](scene, np.random.default_rng(seed))
        graph = plan_of(goal, scene) if goal else None
        if goal and graph and LEAST <= len(graph.nodes) <= MOST:
            return Chore(scene, goal, graph)
    raise SkillsError(Finding("no-chore", name, f"None of {DRAWS} homes suits it.", "Take another number."))


def plan_of(goal: Goal, scene: Scene) -> SkillGraph | None:
    """Returns the plan for a goal with the drives that it needs, or None where the compiler finds none."""
    return with_drives(compile_draft(Draft(goal), scene), scene).graph


def attempt(name: str, index: int, robot: str) -> Row:
    """Returns the row of one task; runs in a worker process."""
    self_test()
    began = time.perf_counter()
    chore = draw_chore(name, index, robot)
    graph, scene = chore.graph, chore.scene
    plan = (f"{chore.goal} in {scene.name}", *(str(n.step) for n in graph.nodes))
    row = Row(name, "", index, "symbolic", draft_correct=True, plan=plan)
    verdict = symbolic.check(graph, scene)
    if not verdict:
        return _failed(row, *verdict.findings)
    row = replace(row, symbolic_pass=True)
    seed, choices = seed_of(name, index, DRAWS), Choices()
    for revision in range(REVISIONS + 1):
        nominal = rehearse_nominal(graph, scene, seed + revision, choices, ATTEMPTS)
        spent = {"rehearsals": round(time.perf_counter() - began, 2), "planning": round(nominal.planning_s, 2)}
        row = replace(row, seconds=spent, geometric_pass=not nominal.geometric)
        if nominal.geometric or nominal.physical:
            stage = "geometric" if nominal.geometric else "nominal"
            return _failed(replace(row, stage=stage), *nominal.geometric, *nominal.physical)
        tried = _play(chore, nominal.motions, seed + 1000 * (revision + 1))
        if not tried.broken and not tried.left:
            break
        blamed = _blamed(graph, tried)
        row = _failed(replace(row, stage="perturbed"), *tried.broken)
        if revision == REVISIONS or blamed not in choices.used:
            return row
        choices.exclude(blamed)
    end = _play(chore, nominal.motions, seed - 1)
    row = replace(
        row,
        stage="executed" if end.left or end.broken else "achieved",
        physics_pass=True,
        goal_met=not end.left and not end.broken,
        undisturbed=not end.moved,
        disturbed=end.moved,
        missing=tuple(map(str, end.left)),
        findings=(),
        codes=(),
        seconds={**row.seconds, "all": round(time.perf_counter() - began, 2), "simulated": round(end.simulated_s, 1)},
    )
    return _failed(row, *end.broken) if end.broken else row


@dataclass(frozen=True)
class _End:
    """How a plan went in one perturbed home.

    Args:
        broken: What went wrong at the first step that failed.
        left: Goal literals that do not hold at the end.
        moved: Things that moved and should not have.
        simulated_s: Simulated time [s].
        node: The step at which it ended.
    """

    broken: tuple[Finding, ...]
    left: tuple[Literal, ...]
    moved: tuple[str, ...]
    simulated_s: float
    node: str


def _play(chore: Chore, motions: Sequence[Motion], seed: int) -> _End:
    """Plays a plan in a perturbed home up to the first step that fails."""
    graph, scene = chore.graph, chore.scene
    named = (scene.entities.get(scene.canonical(a).partition(".")[0]) for n in graph.nodes for a in n.step.args)
    meant = frozenset(e.parent or e.id for e in named if e is not None)
    broken: tuple[Finding, ...] = ()
    with Stage(scene, seed, Perturbation()) as stage:
        for node, motion in zip(graph.nodes, motions, strict=True):
            broken = (*stage.play(motion).findings, *unmet(graph, node, stage.world, scene))
            if broken:
                break
        left = missing(chore.goal, stage.world)
        return _End(broken, left, stage.disturbed(meant), stage.simulated_s, node.id)


def _blamed(graph: SkillGraph, end: _End) -> str:
    """Returns the step whose candidate is to blame: a placement blames the grasp before it."""
    steps = [n for n in graph.nodes[: [n.id for n in graph.nodes].index(end.node) + 1]]
    last = steps[-1].step
    if last.skill.startswith("place"):
        return next(n.id for n in reversed(steps) if n.step.skill == "pick" and n.step.args[0] == last.args[0])
    return end.node


def _failed(row: Row, *findings: Finding) -> Row:
    return replace(row, findings=tuple(map(str, findings[:4])), codes=tuple(f.code for f in findings[:4]))


def summary(rows: Sequence[Row]) -> dict[str, object]:
    """Returns ``n``, ``goal_met`` with its Wilson interval, the share by chore, and failures by stage and code."""
    met = sum(r.goal_met for r in rows)
    low, high = wilson(met, len(rows)) if rows else (0.0, 1.0)
    chores = {r.task: [x.goal_met for x in rows if x.task == r.task] for r in rows}
    causes = Counter(f"{r.stage}: {r.codes[0] if r.codes else 'goal-missed'}" for r in rows if not r.goal_met)
    return {
        "n": len(rows),
        "goal_met": round(met / len(rows), 4) if rows else 0.0,
        "wilson": [round(low, 4), round(high, 4)],
        "undisturbed": round(sum(r.undisturbed for r in rows) / len(rows), 4) if rows else 0.0,
        "chores": {name: round(sum(made) / len(made), 4) for name, made in sorted(chores.items())},
        "steps": sorted(len(r.plan) - 1 for r in rows if r.plan),
        "failures": dict(causes.most_common()),
    }
