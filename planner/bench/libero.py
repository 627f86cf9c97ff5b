"""The road on LIBERO's tasks: the sentence goes in, the task's goal judges the executed world.

The planner never sees the goal; with ``goal_source="oracle"`` the goal takes the language model's place, so
that physics and language are measured apart.
"""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace

from planner.bench.execution import execute_certified, execute_refused
from planner.bench.shelf import Shelf
from planner.bench.task import Row, Task
from planner.compile import compile_draft
from planner.instruction import Instruction
from planner.language.port import LanguageModel
from planner.outcome import Planned, Question, Refused
from planner.pipeline import Settings, plan
from sim_checks import symbolic
from skills.errors import SkillsError
from skills.finding import Finding
from skills.formats.bddl import import_bddl
from skills.graph import Draft, SkillGraph
from skills.scene import Scene
from skills.symbols import Goal
from skills.trace import final_state


@dataclass
class Spoken:
    """A language model that says one draft again, made beforehand; a `LanguageModel`."""

    said: Draft
    name: str = "spoken.v1"

    def draft(self, instruction: Instruction) -> Draft:
        """Returns the draft."""
        return self.said


@dataclass(frozen=True)
class Trial:
    """A task with its scene and the draft that starts its road.

    Args:
        task: The task.
        scene: Its scene.
        goal: What judges the end; no planner sees it.
        draft: What the language model said, or the goal itself (oracle).
        seconds: Time spent so far, by stage [s].
    """

    task: Task
    scene: Scene
    goal: Goal
    draft: Draft
    seconds: dict[str, float] = field(default_factory=dict)


def bench(
    tasks: list[Task],
    model: LanguageModel | None,
    settings: Settings,
    jobs: int = 1,
    drafts_only: bool = False,
    shelf: Shelf | None = None,
) -> Iterator[Row]:
    """Tries every task; yields rows as they are done.

    Args:
        tasks: What to try.
        model: The language model; None takes each task's own goal instead (oracle).
        settings: How hard to try.
        jobs: How many tasks at once; the heavy work of each runs in killable processes of its own.
        drafts_only: Stop after the symbolic gate.
        shelf: Certified plans of earlier runs; used where the same plan is asked for again.
    """
    with ThreadPoolExecutor(jobs) as pool:
        pending: set[Future[Row]] = set()
        for task in tasks:
            trial = _open(task, model)
            if isinstance(trial, Row):
                yield trial
            elif drafts_only:
                yield judge_draft(trial)
            else:
                pending.add(pool.submit(_guarded, trial, settings, shelf))
            for done in [f for f in pending if f.done()]:
                pending.remove(done)
                yield done.result()
        for done in as_completed(pending):
            yield done.result()


def _open(task: Task, model: LanguageModel | None) -> Trial | Row:
    """Imports the task and lets the model speak."""
    began = time.perf_counter()
    try:
        imported = import_bddl(task.path, task.seed)
    except SkillsError as error:
        return _row(task, "import", (error.finding,), {"import": time.perf_counter() - began})
    spent = {"import": time.perf_counter() - began}
    began = time.perf_counter()
    try:
        draft = Draft(imported.goal) if model is None else model.draft(Instruction(task.instruction, imported.scene))
    except SkillsError as error:
        return _row(task, "decompose", (error.finding,), spent)
    spent["decompose"] = time.perf_counter() - began
    return Trial(task, imported.scene, imported.goal, draft, spent)


def judge_draft(trial: Trial) -> Row:
    """Returns the row of a task that is tried up to the symbolic gate."""
    draft = trial.draft
    if draft.question or draft.refusal:
        why = Finding("no-draft", "instruction", draft.question or draft.refusal or "", "Say it in another way.")
        return _row(trial.task, "decompose", (why,), trial.seconds)
    began = time.perf_counter()
    compiled = compile_draft(draft, trial.scene, instruction=trial.task.instruction)
    seconds = {**trial.seconds, "compile": time.perf_counter() - began}
    if compiled.graph is None:
        return _row(trial.task, "compile", compiled.findings, seconds)
    verdict = symbolic.check(compiled.graph, trial.scene)
    row = _row(trial.task, "symbolic", verdict.findings, {**seconds, "symbolic": verdict.seconds})
    return replace(
        row,
        draft_correct=draft_correct(compiled.graph, trial.scene, trial.goal),
        symbolic_pass=bool(verdict),
        plan=_steps(compiled.graph),
    )


def run_road(trial: Trial, settings: Settings, shelf: Shelf | None = None) -> Row:
    """Returns the row of a task that is tried to the end, with a robot."""
    compiled = compile_draft(trial.draft, trial.scene, instruction=trial.task.instruction)
    kept = shelf.find(compiled.graph, trial.scene) if shelf and compiled.graph else None
    if kept is not None and compiled.graph is not None:
        row = replace(
            _row(trial.task, "executed", (), trial.seconds),
            draft_correct=draft_correct(compiled.graph, trial.scene, trial.goal),
            symbolic_pass=True,
            geometric_pass=True,
            physics_pass=True,
            plan=_steps(compiled.graph),
            from_shelf=True,
        )
        return _certified(row, trial, kept)
    outcome = plan(Instruction(trial.task.instruction, trial.scene), Spoken(trial.draft), settings)
    if shelf and isinstance(outcome, Planned):
        shelf.put(outcome)
    seconds = {**trial.seconds, **{k: v for k, v in outcome.seconds.items() if k != "decompose"}}
    if isinstance(outcome, Question):
        why = Finding("question", "instruction", outcome.text, "Say it in another way.")
        return _row(trial.task, "decompose", (why,), seconds)
    graph = outcome.graph
    if graph is None:
        assert isinstance(outcome, Refused)
        return _row(trial.task, outcome.stage, outcome.findings, seconds)
    passed = {v.gate for v in outcome.verdicts if v}
    row = replace(
        _row(trial.task, "executed", (), seconds),
        draft_correct=draft_correct(graph, trial.scene, trial.goal),
        symbolic_pass="symbolic" in passed,
        geometric_pass="geometric" in passed,
        physics_pass="physics" in passed,
        plan=_steps(graph),
    )
    if isinstance(outcome, Planned):
        return _certified(row, trial, outcome)
    row = _with_findings(replace(row, stage=outcome.stage), outcome.findings)
    if len(outcome.motions) == len(graph.nodes) > 0:
        met = execute_refused(trial.scene, trial.goal, outcome.motions, trial.task.seed)
        row = replace(row, met_uncertified=met.goal_met, seconds={**row.seconds, "bench": round(met.seconds, 3)})
    return row


def _certified(row: Row, trial: Trial, planned: Planned) -> Row:
    """Dispatches the plan and judges the world at its end."""
    end = execute_certified(trial.scene, trial.goal, planned, trial.task.seed)
    row = replace(
        row,
        stage="achieved" if end.goal_met else "executed",
        certified=True,
        goal_met=end.goal_met,
        undisturbed=not end.disturbed,
        missing=tuple(map(str, end.missing)),
        disturbed=end.disturbed,
        seconds={**row.seconds, "dispatch": round(end.seconds, 3)},
    )
    return _with_findings(row, end.findings)


def draft_correct(graph: SkillGraph, scene: Scene, goal: Goal) -> bool:
    """Says whether the symbolic end state of the graph satisfies the goal."""
    final = final_state(graph, scene)
    return final is not None and not goal.missing(final)


def _guarded(trial: Trial, settings: Settings, shelf: Shelf | None = None) -> Row:
    """Tries one task; whatever is raised costs this task alone."""
    try:
        return run_road(trial, settings, shelf)
    except Exception as error:
        finding: Finding | None = getattr(error, "finding", None)
        what = f"{type(error).__name__}: {error}"
        return _row(trial.task, "fault", (finding or Finding("fault", "task", what, "Report this."),), trial.seconds)


def _steps(graph: SkillGraph) -> tuple[str, ...]:
    return tuple(f"{n.step}{' [added]' if n.added else ''}" for n in graph.ordered())


def _row(task: Task, stage: str, findings: tuple[Finding, ...], seconds: dict[str, float]) -> Row:
    rounded = {k: round(v, 3) for k, v in seconds.items()}
    return _with_findings(Row(task.name, task.instruction, task.seed, stage, seconds=rounded), findings)


def _with_findings(row: Row, findings: tuple[Finding, ...]) -> Row:
    return replace(row, findings=tuple(map(str, findings[:5])), codes=tuple(f.code for f in findings[:5]))
