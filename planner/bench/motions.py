"""What planning costs: time to plan all motions of a plan over the duration of those motions, on generated tasks."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from planner.bench.skill_instances import draw_call
from planner.bench.skills import seed_of
from planner.bench.task import Row, Task
from planner.bench.trials import each, isolated
from planner.compile import compile_draft
from sim_checks.geometric import Choices
from sim_checks.rehearsal import rehearse_nominal
from sim_checks.scenes.generate import generate
from sim_checks.scenes.theme import THEMES
from skills.errors import SceneError
from skills.graph import Draft, SkillGraph, Step
from skills.scene import Scene
from skills.symbols import Goal

PARTS = ("place_on", "place_in", "open", "turn_on", "push", "close")
"""Skills that generated tasks are made of."""
CALLS = (2, 4)
"""Calls that a task asks for, least and most; picks and opened drawers come in addition."""
ATTEMPTS = 6
TRIAL_S = 3600.0
"""Longest wall time of one task [s]; what counts is processor time, so a busy machine may take its time."""


def tasks(n: int) -> list[Task]:
    """Returns ``n`` tasks."""
    return [Task("motions", Path("motions"), "", seed) for seed in range(n)]


def bench(todo: Sequence[Task], robot: str, jobs: int) -> Iterator[Row]:
    """Plans every task in a process of its own; yields rows as they are done."""
    return each(todo, lambda task: isolated(task, plan_task, (task.seed, robot), TRIAL_S), jobs)


def draw_task(index: int, robot: str) -> tuple[Scene, SkillGraph]:
    """Returns a generated scene and a plan of several calls in it.

    Raises:
        SceneError: No plan could be drawn.
    """
    for draw in range(20):
        seed = seed_of("motions", index, draw)
        rng = np.random.default_rng(seed)
        try:
            theme = sorted(THEMES)[(index + draw) % len(THEMES)]
            scene = generate(seed, theme, int(rng.integers(2, 6)), robot).scene
        except SceneError:
            continue
        graph = _several(scene, rng)
        if graph is not None:
            return scene, graph
    raise SceneError.at("no-call", "motions", f"No task could be drawn for seed {index}.", "Take another seed.")


def _several(scene: Scene, rng: np.random.Generator) -> SkillGraph | None:
    """Returns a plan of several calls about different things, or None."""
    steps: list[Step] = []
    graph = None
    for skill in [PARTS[int(i)] for i in rng.integers(len(PARTS), size=3 * CALLS[1])]:
        used = {thing for s in steps for thing in _things(s, scene)}
        fresh = [s for s in draw_call(skill, scene, rng) if not used & _things(s, scene)]
        if not fresh:
            continue
        compiled = compile_draft(Draft(Goal(()), (*steps, fresh[0])), scene).graph
        if compiled is not None and len(compiled.nodes) <= 9:
            steps.append(fresh[0])
            graph = compiled
        if len(steps) == CALLS[1]:
            break
    return graph if len(steps) >= CALLS[0] else None


def _things(step: Step, scene: Scene) -> set[str]:
    """Returns the things that a call is about; the table is shared by all."""
    entities = [scene.entities.get(scene.canonical(a).partition(".")[0]) for a in step.args]
    return {e.parent or e.id for e in entities if e is not None and e.role != "table"}


def plan_task(index: int, robot: str) -> Row:
    """Returns the row of one task; runs in a worker process."""
    scene, graph = draw_task(index, robot)
    began = time.perf_counter()
    nominal = rehearse_nominal(graph, scene, seed_of("motions", index, 99), Choices(), ATTEMPTS)
    spent = {
        "planning": round(nominal.planning_s, 3),
        "processor": round(nominal.processor_s, 3),
        "motion": round(sum(m.duration for m in nominal.motions), 3),
        "all": round(time.perf_counter() - began, 3),
    }
    row = Row("motions", "", index, "geometric", plan=(scene.name, *(str(n.step) for n in graph.nodes)), seconds=spent)
    findings = (*nominal.geometric, *nominal.physical)
    if findings:
        return replace(row, findings=(str(findings[0]),), codes=(findings[0].code,))
    return replace(row, stage="achieved", geometric_pass=True, goal_met=True)


def summary(rows: Sequence[Row]) -> dict[str, object]:
    """Returns ``planning_over_motion`` over the plans that were planned to their end, and what it is made of.

    Planning runs on one thread, so its processor time is its wall time on a core that nothing else uses.
    """
    done = [r for r in rows if r.goal_met]
    motion = sum(r.seconds["motion"] for r in done)

    def over(name: str) -> float:
        return round(sum(r.seconds[name] for r in done) / motion, 4) if motion else 0.0

    single = sorted(r.seconds["processor"] / r.seconds["motion"] for r in done)
    return {
        "n": len(rows),
        "planned": round(len(done) / len(rows), 4) if rows else 0.0,
        "planning_over_motion": over("processor"),
        "wall_over_motion": over("planning"),
        "median": round(single[len(single) // 2], 4) if single else 0.0,
        "worst": round(single[-1], 4) if single else 0.0,
        "nodes": sum(len(r.plan) - 1 for r in done),
        "motion_s": round(motion, 1),
    }
