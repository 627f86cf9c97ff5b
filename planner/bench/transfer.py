"""Certified plans in a second physics engine: does a certificate hold where the gates have never been?

Each task's own goal takes the language model's place, so that what is measured is the certificate. A plan that no
gate certified is not carried out and not counted: it would not have moved a robot.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from planner.bench.libero import Spoken
from planner.bench.shelf import Shelf
from planner.bench.task import Row, Task
from planner.bench.trials import each
from planner.compile import compile_draft
from planner.instruction import Instruction
from planner.outcome import Planned
from planner.pipeline import Settings, plan
from planner.rehearsal import unseen_seed
from planner.storyboard import Panel, write_storyboard
from sim_checks.certificate import CertifiedPlan
from sim_checks.mujoco.transfer import Carried, carry_out
from sim_checks.worker import Fault, run_isolated
from skills.errors import SkillsError
from skills.formats.bddl import import_bddl
from skills.graph import Draft
from skills.symbols import Goal

CARRY_S = 400.0
"""Longest wall time of carrying out one plan [s]."""


@dataclass(frozen=True)
class How:
    """How plans are certified and carried out.

    Args:
        settings: How hard to try for a certificate.
        shelf: Certified plans of earlier runs; used where the same plan is asked for again.
        shelf_only: Leave out the tasks whose plan is not on the shelf.
        perturbed: Carry plans out in a world that is perturbed with a seed no gate has used, not in the nominal one.
        pictures: Folder for a storyboard of each plan, or None.
    """

    settings: Settings
    shelf: Shelf | None = None
    shelf_only: bool = False
    perturbed: bool = False
    pictures: Path | None = None


def bench(tasks: Sequence[Task], how: How, jobs: int = 1) -> Iterator[Row]:
    """Certifies every task's plan and carries it out in the second engine; yields rows as they are done.

    Args:
        tasks: What to try.
        how: How.
        jobs: How many tasks at once; the heavy work of each runs in killable processes of its own.
    """
    return each(tasks, partial(_guarded, how=how), jobs)


def _guarded(task: Task, how: How) -> Row:
    """Tries one task; whatever is raised costs this task alone."""
    row = Row(task.name, task.instruction, task.seed, "fault")
    try:
        return attempt(task, how)
    except SkillsError as error:
        return replace(row, stage="import", findings=(str(error.finding),), codes=(error.finding.code,))
    except Exception as error:
        return replace(row, findings=(f"{type(error).__name__}: {error}",), codes=("fault",))


def attempt(task: Task, how: How) -> Row:
    """Certifies one task's plan and carries it out."""
    began = time.perf_counter()
    imported = import_bddl(task.path, task.seed)
    draft = Draft(imported.goal)
    row = Row(task.name, task.instruction, task.seed, "compile")
    graph = compile_draft(draft, imported.scene, instruction=task.instruction).graph
    if graph is None:
        return row
    kept = how.shelf.find(graph, imported.scene) if how.shelf else None
    if kept is None and how.shelf_only:
        return replace(row, stage="not-on-shelf", draft_correct=True)
    outcome = kept or plan(Instruction(task.instruction, imported.scene), Spoken(draft), how.settings)
    row = replace(row, draft_correct=True, from_shelf=kept is not None, plan=tuple(str(n.step) for n in graph.nodes))
    if not isinstance(outcome, Planned):
        findings = getattr(outcome, "findings", ())
        stage = getattr(outcome, "stage", "decompose")
        return replace(row, stage=stage, findings=tuple(map(str, findings[:3])), codes=tuple(f.code for f in findings))
    if how.shelf and kept is None:
        how.shelf.put(outcome)
    certified = time.perf_counter()
    row = carried(row, outcome.certified, imported.goal, how)
    spent = {"certify": round(certified - began, 3), "carry": round(time.perf_counter() - certified, 3)}
    return replace(row, seconds=spent)


def carried(row: Row, plan: CertifiedPlan, goal: Goal, how: How) -> Row:
    """Returns the row of a certified plan that was carried out in a process of its own."""
    seed = unseen_seed(plan, row.seed) if how.perturbed else None
    arguments = (plan.graph, plan.scene, plan.motions, goal, seed, None, None, how.pictures is not None)
    answer = run_isolated(carry_out, arguments, CARRY_S)
    row = replace(row, stage="carried-out", certified=True, symbolic_pass=True, geometric_pass=True, physics_pass=True)
    if isinstance(answer, Fault):
        return replace(row, findings=(answer.what[-400:],), codes=(answer.code,))
    if how.pictures is not None:
        how.pictures.mkdir(parents=True, exist_ok=True)
        name = f"{row.task.removesuffix('.bddl').replace('/', '-')}-{row.seed}.png"
        title = f"{row.instruction}: {'achieved' if answer.goal_met else answer.cause} in MuJoCo"
        panels = [Panel(shot.caption, shot.frame, shot.good) for shot in answer.shots]
        write_storyboard(how.pictures / name, title, panels)
    return judged(row, answer)


def judged(row: Row, end: Carried) -> Row:
    """Returns the row with what became of the plan; its first code is the cause of a failure."""
    findings: tuple[str, ...] = (f"{end.cause} at {end.node or 'goal'}",) if end.cause else ()
    if end.hit:
        findings += (f"the arm or the back of the hand touched {', '.join(end.hit)}",)
    lengths = {"settled_apart": max(end.drift.values(), default=0.0), "slip": end.slip}
    return replace(
        row,
        stage="achieved" if end.goal_met else "carried-out",
        goal_met=end.goal_met,
        missing=tuple(map(str, end.missing)),
        findings=findings,
        codes=(str(end.cause),) if end.cause else (),
        lengths={name: round(value, 6) for name, value in lengths.items()},
    )


def summary(rows: Sequence[Row]) -> dict[str, object]:
    """Returns ``n`` certified plans that were carried out, and the share of them that reached their goal."""
    done = [row for row in rows if row.certified]
    apart = sorted(row.lengths.get("settled_apart", 0.0) for row in done)
    slips = sorted(row.lengths.get("slip", 0.0) for row in done)
    return {
        "n": len(done),
        "goal_met": round(sum(r.goal_met for r in done) / len(done), 4) if done else 0.0,
        "not_certified": len(rows) - len(done),
        "flawed_on_the_way": sum(bool(r.goal_met and r.codes) for r in done),
        "settled_apart_mm": {"median": _mm(apart, 0.5), "most": _mm(apart, 1.0)},
        "slip_mm": {"median": _mm(slips, 0.5), "most": _mm(slips, 1.0)},
    }


def _mm(lengths: Sequence[float], share: float) -> float:
    """Returns a quantile of sorted lengths [m] in [mm]."""
    return round(1000 * lengths[min(len(lengths) - 1, int(share * len(lengths)))], 3) if lengths else 0.0
