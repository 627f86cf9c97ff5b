"""`rehearse bench`: every figure that the project states, printed by its command."""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from planner.faces import (
    bench_gates_command,
    bench_household_command,
    bench_language_commands,
    bench_packing_command,
    bench_rules_command,
    bench_scale_commands,
    bench_skill_commands,
    bench_transfer_command,
)
from planner.faces.answer import ExitCode
from planner.faces.options import KITCHEN, ReportOption, SceneOption, SeedOption

app = typer.Typer(help="Measures the road; every figure the project states has its command here.", no_args_is_help=True)
bench_language_commands.add_to(app)
app.command("rules")(bench_rules_command.rules)
bench_skill_commands.add_to(app)
bench_gates_command.add_to(app)
bench_scale_commands.add_to(app)
bench_transfer_command.add_to(app)
bench_packing_command.add_to(app)
bench_household_command.add_to(app)
DirOption = Annotated[Path, typer.Option("--dir", help="Folder of suites with BDDL files.", metavar="DIR")]
SENTENCE = "put the black bowl on the plate"
OTHERS = ("open the top drawer of the cabinet", "turn on the stove", "put the white mug on the plate")


class GoalSource(StrEnum):
    """Where the goal of a bench comes from."""

    LM = "lm"
    ORACLE = "oracle"


@app.command()
def libero(
    folder: DirOption,
    out: ReportOption,
    tasks: Annotated[str, typer.Option("--tasks", help="Only tasks that match, e.g. 'libero_goal/*'.")] = "*",
    instructions: Annotated[
        Path | None, typer.Option("--instructions", help='Lines {"task": ..., "instruction": ...}.', metavar="FILE")
    ] = None,
    goal_source: Annotated[
        GoalSource, typer.Option("--goal-source", help="lm: the language model; oracle: the goal itself.")
    ] = GoalSource.LM,
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="Sampled placements of each task.")] = 1,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Tasks at once.")] = 1,
    drafts_only: Annotated[bool, typer.Option("--drafts-only", help="Stop after the symbolic gate.")] = False,
    resume: bench_skill_commands.ResumeOption = False,
    any_version: bench_skill_commands.AnyVersionOption = False,
    shelf: Annotated[
        Path | None,
        typer.Option("--shelf", help="Folder of certified plans: the same plan is not certified twice.", metavar="DIR"),
    ] = None,
) -> None:
    """The whole road on LIBERO's tasks; each task's goal, which no planner sees, judges the end.

    Example: rehearse bench libero --dir libero/bddl_files --goal-source oracle --jobs 2 --json oracle.json
    """
    from planner.bench import tally
    from planner.bench.libero import bench
    from planner.bench.rows import Keep, run_rows, staged
    from planner.bench.shelf import Shelf
    from planner.bench.task import Row, Task, find_tasks
    from planner.pipeline import Settings

    found = find_tasks(folder, tasks, instructions, seeds)
    kept = Shelf(shelf, Settings().gates) if shelf else None

    def tried(todo: list[Task]) -> Iterator[Row]:
        model = None
        if goal_source is GoalSource.LM:
            from planner.language.embedded import EmbeddedModel

            model = EmbeddedModel()
        return bench(todo, model, Settings(), jobs, drafts_only, kept)

    rows = run_rows(found, tried, Keep(out, f"{goal_source}/{drafts_only}", resume, any_version), staged)
    causes = tally.causes(rows, drafts_only)
    figures = tally.summary(rows, drafts_only)
    data = {
        **figures,
        "goal_source": goal_source.value,
        "seeds": seeds,
        "drafts_only": drafts_only,
        "failures": [{"stage": s, "code": c, "n": n} for s, c, n in causes],
        "rows": [row.to_json() for row in rows],
    }
    table = Table(box=None, title="failures by cause", title_justify="left")
    for column in ("stage", "cause", "tasks"):
        table.add_column(column)
    for stage, code, count in causes:
        table.add_row(stage, code, str(count))
    _finish(out, data, figures, table if causes else None)


@app.command("libero-import")
def libero_import(
    folder: DirOption,
    out: ReportOption,
    tasks: Annotated[str, typer.Option("--tasks", help="Only tasks that match, e.g. 'libero_goal/*'.")] = "*",
    seed: SeedOption = 0,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes at once.")] = 2,
) -> None:
    """Do all BDDL files import, settle without explosion, and hold what they state?

    Example: rehearse bench libero-import --dir libero/bddl_files --json import.json
    """
    from planner.bench.libero_import import run

    _finish(out, run(folder, seed, jobs, tasks=tasks))


@app.command()
def determinism(
    out: ReportOption,
    scene: SceneOption = KITCHEN,
    sentence: Annotated[str, typer.Option("--sentence", help="The request that is repeated.")] = SENTENCE,
    runs: Annotated[int, typer.Option("--runs", min=1, help="In each process.")] = 20,
    processes: Annotated[int, typer.Option("--processes", min=1)] = 3,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes at once.")] = 2,
) -> None:
    """Does the same request give the same certificate, whatever was done before and in which process?

    Example: rehearse bench determinism --json determinism.json
    """
    from planner.bench.determinism import measure

    result = measure(scene, sentence, OTHERS, runs, processes, jobs)
    for fault in result.faults:
        Console(stderr=True).print(fault, style="red", markup=False)
    _finish(out, result.to_json())


@app.command()
def rollout(
    out: ReportOption,
    scene: SceneOption = KITCHEN,
    sentence: Annotated[str, typer.Option("--sentence", help="The request whose motions are played.")] = SENTENCE,
    rollouts: Annotated[int, typer.Option("--rollouts", min=2)] = 9,
) -> None:
    """How long does a verdict take: how much of a rollout is physics, and how many rollouts does the test need?

    Example: rehearse bench rollout --json rollout.json
    """
    from planner.bench.machine import load
    from planner.bench.rollout import LIMIT_S, Plan, measure, sequential
    from planner.outcome import Planned
    from planner.pipeline import Settings
    from planner.rehearsal import Rehearsal
    from sim_checks.gates import GateSettings
    from sim_checks.sequential import Claim
    from sim_checks.worker import Fault

    road = Rehearsal(scene, settings=Settings(GateSettings(timeout_s=LIMIT_S)))
    outcome = road.plan(sentence)
    if not isinstance(outcome, Planned):
        raise RuntimeError(f"{sentence!r} gave no certified plan to play")
    plan = Plan(outcome.graph, road.scene, outcome.certified.motions, road.folder)
    result = measure(plan, nominal := max(1, rollouts // 3), rollouts - nominal)
    if isinstance(result, Fault):
        raise RuntimeError(result.what)
    claims = {"gates": GateSettings().claim, "0.95": Claim(0.95, 0.99, 0.05, most=2000)}
    _finish(out, {**result.figures(), **sequential(claims), **load()})


def _finish(
    out: Path, data: Mapping[str, Any], figures: Mapping[str, Any] | None = None, table: Table | None = None
) -> None:
    """Writes the report and prints its figures."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    console = Console(highlight=False, soft_wrap=True)
    if table is not None:
        console.print(table)
    shown = {k: v for k, v in (figures or data).items() if v is not None and not isinstance(v, list | dict | tuple)}
    for name, value in shown.items():
        console.print(f"{name:16} {value}", markup=False)
    raise typer.Exit(int(ExitCode.PASS))
