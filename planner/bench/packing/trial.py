"""The road on one packing problem: a sentence or the goal goes in, and every box has to lie in the basket at the end.

Judged twice, on the executed world: by the predicate `in` (the centre of each box inside the basket, below the height
at which it would stand on another), and by LLM3's own rule (each box's bounds inside the basket's).
"""

import itertools
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from planner.bench.execution import End, execute_certified
from planner.bench.libero import Spoken, draft_correct
from planner.bench.packing.instances import BASKET, SCALE, Instance
from planner.bench.shelf import Shelf
from planner.bench.task import Row, Task
from planner.compile import compile_draft
from planner.instruction import Instruction
from planner.language.port import LanguageModel
from planner.outcome import Planned, Refused
from planner.pipeline import Settings, plan
from sim_checks.assets.build import build_asset
from sim_checks.gates import GateSettings
from skills.errors import SkillsError
from skills.finding import Finding
from skills.geometry import Pose
from skills.graph import Draft
from skills.scene import Scene

SENTENCES = (
    "Put all the boxes into the basket.",
    "Pack every box into the basket.",
    "Please get all of the boxes into the basket.",
    "Move all boxes into the basket.",
    "Put every box in the basket.",
)
"""What the language model is told; instances take them by turns. Source: our own."""
OVERHANG = 0.015 * SCALE
"""How far a box may stand out of the basket [m]. Source: LLM3's check, at this size."""
SETTINGS = Settings(GateSettings(timeout_s=7200.0))
"""Four boxes make eight steps a rehearsal; on busy cores the usual time would decide, not the plan."""


class Source(StrEnum):
    """Where the goal comes from."""

    ORACLE = "oracle"
    LM = "lm"


@dataclass(frozen=True)
class Trial:
    """An instance and what starts its road.

    Args:
        instance: The problem.
        source: Where its draft comes from.
    """

    instance: Instance
    source: Source

    @property
    def task(self) -> Task:
        """The task of its row."""
        name = f"{self.instance.setting}/{self.instance.index}"
        said = SENTENCES[self.instance.index % len(SENTENCES)] if self.source is Source.LM else "(the goal)"
        return Task(f"{self.source.value}/{name}", Path(name), said, self.instance.index)


def bench(
    trials: Sequence[Trial], model: LanguageModel | None, jobs: int = 1, shelf: Shelf | None = None
) -> Iterator[Row]:
    """Tries every instance; yields rows as they are done.

    Args:
        trials: What to try.
        model: The language model, for those whose goal comes from one.
        jobs: How many at once; the heavy work of each runs in killable processes of its own.
        shelf: Certified plans of earlier runs; used where the same plan is asked for again.
    """
    with ThreadPoolExecutor(jobs) as pool:
        pending: set[Future[Row]] = set()
        for trial in trials:
            drafted = _draft(trial, model)
            if isinstance(drafted, Row):
                yield drafted
                continue
            pending.add(pool.submit(_guarded, trial, drafted, shelf))
            for done in [f for f in pending if f.done()]:
                pending.remove(done)
                yield done.result()
        for done in as_completed(pending):
            yield done.result()


def _draft(trial: Trial, model: LanguageModel | None) -> Draft | Row:
    """Returns the goal itself, or what the language model says of the sentence."""
    if trial.source is Source.ORACLE or model is None:
        return Draft(trial.instance.goal)
    try:
        return model.draft(Instruction(trial.task.instruction, trial.instance.scene))
    except SkillsError as error:
        return _row(trial, "decompose", (error.finding,))


def _guarded(trial: Trial, draft: Draft, shelf: Shelf | None) -> Row:
    """Tries one instance; whatever is raised costs this one alone."""
    try:
        return attempt(trial, draft, shelf)
    except Exception as error:
        finding: Finding | None = getattr(error, "finding", None)
        what = f"{type(error).__name__}: {error}"
        return _row(trial, "fault", (finding or Finding("fault", "task", what, "Report this."),))


def attempt(trial: Trial, draft: Draft, shelf: Shelf | None = None, settings: Settings = SETTINGS) -> Row:
    """Certifies the plan of one instance, dispatches it, and judges the end.

    Args:
        trial: The instance.
        draft: What starts the road.
        shelf: Certified plans of earlier runs.
        settings: How hard to try.
    """
    began, scene, goal = time.perf_counter(), trial.instance.scene, trial.instance.goal
    graph = compile_draft(draft, scene, instruction=trial.task.instruction).graph
    kept = shelf.find(graph, scene) if shelf and graph else None
    outcome = kept or plan(Instruction(trial.task.instruction, scene), Spoken(draft), settings)
    if isinstance(outcome, Refused) and outcome.graph is None:
        return _row(trial, outcome.stage, outcome.findings)
    if not isinstance(outcome, Planned | Refused):
        why = Finding("question", "instruction", outcome.text, "Say it in another way.")
        return _row(trial, "decompose", (why,))
    assert outcome.graph is not None
    row = replace(
        _row(trial, "executed", ()),
        draft_correct=draft_correct(outcome.graph, scene, goal),
        symbolic_pass=True,
        plan=tuple(str(n.step) for n in outcome.graph.nodes),
        from_shelf=kept is not None,
        seconds={"certify": round(time.perf_counter() - began, 2)},
    )
    if isinstance(outcome, Refused):
        gates = {v.gate for v in outcome.verdicts if v}
        row = replace(row, symbolic_pass="symbolic" in gates, geometric_pass="geometric" in gates)
        return _with_findings(replace(row, stage=outcome.stage), outcome.findings)
    if shelf and kept is None:
        shelf.put(outcome)
    end = execute_certified(scene, goal, outcome, trial.instance.index)
    return _judged(replace(row, geometric_pass=True, physics_pass=True, certified=True), trial, end)


def _judged(row: Row, trial: Trial, end: End) -> Row:
    """Returns the row of a plan that was carried out."""
    out = outside(trial.instance, end.poses) if end.judged else trial.instance.boxes
    met = end.goal_met and not out
    row = replace(
        row,
        stage="achieved" if met else "executed",
        goal_met=met,
        undisturbed=not end.disturbed,
        missing=(*map(str, end.missing), *(f"{box} stands out of the basket" for box in out)),
        disturbed=end.disturbed,
        seconds={**row.seconds, "dispatch": round(end.seconds, 2)},
    )
    return _with_findings(row, end.findings)


def outside(instance: Instance, poses: Mapping[str, Pose]) -> tuple[str, ...]:
    """Returns the boxes whose bounds reach out of the basket's, seen from above, by more than `OVERHANG`."""
    scene = instance.scene
    lower, upper = _footprint(scene, BASKET, instance.basket)
    found = []
    for box in scene.objects:
        low, high = _footprint(scene, box.id, poses[box.id])
        if any(low[k] < lower[k] - OVERHANG or high[k] > upper[k] + OVERHANG for k in (0, 1)):
            found.append(box.id)
    return tuple(found)


def _footprint(scene: Scene, thing: str, pose: Pose) -> tuple[tuple[float, float], tuple[float, float]]:
    """Returns the least and greatest x and y of a thing [m]."""
    about = scene.thing(thing)
    hx, hy, hz = build_asset(about.kind, about.params).half
    corners = [pose.transform((sx * hx, sy * hy, z)) for sx, sy, z in itertools.product((-1, 1), (-1, 1), (0, 2 * hz))]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return (min(xs), min(ys)), (max(xs), max(ys))


def _row(trial: Trial, stage: str, findings: tuple[Finding, ...]) -> Row:
    task = trial.task
    return _with_findings(Row(task.name, task.instruction, task.seed, stage), findings)


def _with_findings(row: Row, findings: tuple[Finding, ...]) -> Row:
    return replace(row, findings=tuple(map(str, findings[:5])), codes=tuple(f.code for f in findings[:5]))
