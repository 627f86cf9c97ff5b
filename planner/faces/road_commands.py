"""`rehearse run | plan | validate | verify`: the road, in whole or in part."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from planner.episode import Episode
from planner.faces.answer import Answer, ExitCode, finding_text
from planner.faces.options import (
    EMBEDDED,
    KITCHEN,
    CacheOption,
    EngineOption,
    JsonOption,
    LmOption,
    OutOption,
    RobotOption,
    RulesOption,
    SceneOption,
    SeedOption,
    TogetherOption,
    model_of,
)
from planner.faces.terminal import Progress, plan_tree, show_findings, verdict_table
from planner.outcome import Outcome, Planned, Question, Refused, draft_json
from planner.pipeline import Settings
from planner.rehearsal import Rehearsal, content
from planner.scenes import open_scene
from sim_checks.certificate import verify as verify_certificate
from sim_checks.motion_cache import MotionCache
from sim_checks.motion_file import load_motions
from sim_checks.rules.book import open_rules
from skills.errors import GraphError
from skills.graph_json import loads, parse_graph
from skills.scene import Scene, parse_scene

TextArgument = Annotated[str, typer.Argument(help="What should be done, in plain English.", metavar="TEXT")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the command line."""
    app.command("run")(run)
    app.command("plan")(plan)
    app.command("validate")(validate)
    app.command("verify")(verify)


def run(
    text: TextArgument,
    scene: SceneOption = KITCHEN,
    seed: SeedOption = 0,
    out: OutOption = None,
    lm: LmOption = EMBEDDED,
    rules: RulesOption = None,
    robot: RobotOption = None,
    together: TogetherOption = False,
    as_json: JsonOption = False,
) -> None:
    """Plans a sentence, rehearses and certifies the plan, and lets the simulated robot carry it out.

    Example: rehearse run "put the black bowl on the plate" --scene kitchen --out out/bowl
    """
    road = Rehearsal(
        scene, model_of(lm), Settings(rules=open_rules(rules), together=together), seed, Progress(), robot=robot
    )
    result = road.run(text, out)
    if not isinstance(result, Episode):
        answer_for(result, road.scene, text).give(as_json)
        return

    def show(console: Console) -> None:
        show_episode(console, result, road.scene)

    data = {**planned_json(result.planned), "episode": result.to_json()}
    Answer(ExitCode.PASS if result else ExitCode.REJECTED, data, show).give(as_json)


def plan(
    text: TextArgument,
    scene: SceneOption = KITCHEN,
    seed: SeedOption = 0,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File for the plan.", metavar="FILE")] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", "-c", help="File for the certificate.", metavar="FILE")
    ] = None,
    lm: LmOption = EMBEDDED,
    rules: RulesOption = None,
    robot: RobotOption = None,
    together: TogetherOption = False,
    as_json: JsonOption = False,
) -> None:
    """Plans a sentence and checks the plan at every gate; nothing moves.

    Example: rehearse plan "open the top drawer" --out plan.json
    """
    road = Rehearsal(
        scene, model_of(lm), Settings(rules=open_rules(rules), together=together), seed, Progress(), robot=robot
    )
    outcome = road.plan(text)
    _keep(outcome, out, certificate)
    answer_for(outcome, road.scene, text).give(as_json)


def validate(
    plan_files: Annotated[list[Path], typer.Argument(help="Plans as JSON, or folders of them.", metavar="PLAN...")],
    scene: SceneOption = KITCHEN,
    seed: SeedOption = 0,
    certificate: Annotated[
        Path | None,
        typer.Option("--certificate", "-c", help="File for the certificate; of many plans, a folder.", metavar="FILE"),
    ] = None,
    rules: RulesOption = None,
    robot: RobotOption = None,
    together: TogetherOption = False,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=256, help="Of many plans: how many at once.")] = 2,
    engine: EngineOption = "pool",
    cache: CacheOption = None,
    as_json: JsonOption = False,
) -> None:
    """Checks plans from any source at every gate, offline; no language model is loaded.

    Example: rehearse validate plan.json --scene kitchen --json, or rehearse validate plans/ --jobs 8
    """
    settings = Settings(rules=open_rules(rules), known=MotionCache(cache) if cache else None, together=together)
    road = Rehearsal(scene, None, settings, seed, Progress(), robot=robot)
    plan_file = plan_files[0]
    if len(plan_files) > 1 or plan_file.is_dir():
        from planner.faces.batch_answer import batch_answer

        if together:
            what = "What two arms could do at once is proposed for one plan at a time."
            raise GraphError.at(
                "one-plan-only", "--together", what, "Name one plan, or say it in the plans themselves."
            )
        batch_answer(road, plan_files, engine, jobs, certificate).give(as_json)
    outcome = road.validate(plan_file)
    _keep(outcome, None, certificate)
    answer_for(outcome, road.scene, str(plan_file)).give(as_json)


def verify(
    certificate: Annotated[
        Path, typer.Argument(help="A certificate, or the folder of an episode.", metavar="CERTIFICATE")
    ],
    plan_file: Annotated[
        Path | None, typer.Option("--plan", "-p", help="The plan (default: plan.json beside it).", metavar="PLAN")
    ] = None,
    scene: Annotated[
        str | None, typer.Option("--scene", "-s", help="The scene (default: scene.json beside it).", metavar="SCENE")
    ] = None,
    public_key: Annotated[
        str | None, typer.Option("--public-key", help="The key that is trusted (default: your own).", metavar="HEX")
    ] = None,
    seed: SeedOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Checks offline that a certificate is genuine and is for exactly this plan, scene and motions.

    Example: rehearse verify out/demo
    """
    folder = certificate if certificate.is_dir() else certificate.parent
    file = certificate / "certificate.json" if certificate.is_dir() else certificate
    twin = open_scene(scene, seed).scene if scene else parse_scene(loads(content(folder / "scene.json")), "scene.json")
    graph = parse_graph(content(plan_file or folder / "plan.json"))
    motions = load_motions(folder / "motions.npz") if (folder / "motions.npz").exists() else None
    verdict = verify_certificate(content(file), graph, twin, public_key, motions)
    data = {"certificate_id": verdict.evidence.get("id"), **verdict.to_json()}

    def show(console: Console) -> None:
        mark = "[green]holds[/]" if verdict else "[red]does not hold[/]"
        console.print(f"certificate [bold]{verdict.evidence.get('id', '')}[/] {mark}")
        show_findings(console, (verdict,))

    Answer(ExitCode.PASS if verdict else ExitCode.REJECTED, data, show).give(as_json)


def planned_json(planned: Planned) -> dict[str, object]:
    """Returns a certified plan as JSON-ready data."""
    return {
        "outcome": "planned",
        "instruction": planned.graph.instruction,
        "draft": draft_json(planned.draft),
        "trail": [a.to_json() for a in planned.trail],
        "plan": planned.graph.to_json(),
        "verdicts": [{**v.to_json(), "seconds": round(v.seconds, 3)} for v in planned.verdicts],
        "notes": [f.to_json() for f in planned.notes],
        "certificate": planned.certified.certificate.to_json(),
        "certificate_id": planned.certified.id,
        "seconds": {k: round(v, 3) for k, v in planned.seconds.items()},
    }


def answer_for(outcome: Outcome, scene: Scene, text: str) -> Answer:
    """Returns the answer that says how planning ended."""
    match outcome:
        case Planned():
            return Answer(ExitCode.PASS, planned_json(outcome), lambda c: show_planned(c, outcome, scene))
        case Question():
            data: dict[str, object] = {"outcome": "question", "instruction": text, "question": outcome.text}
            return Answer(ExitCode.REJECTED, data, lambda c: c.print(f"[bold yellow]?[/] {escape(outcome.text)}"))
        case Refused():
            data = {
                "outcome": "refused",
                "instruction": text,
                "stage": outcome.stage,
                "draft": draft_json(outcome.draft),
                "trail": [a.to_json() for a in outcome.trail],
                "findings": [f.to_json() for f in outcome.findings],
                "plan": outcome.graph.to_json() if outcome.graph else None,
                "verdicts": [{**v.to_json(), "seconds": round(v.seconds, 3)} for v in outcome.verdicts],
                "seconds": {k: round(v, 3) for k, v in outcome.seconds.items()},
            }
            return Answer(ExitCode.REJECTED, data, lambda c: show_refused(c, outcome, scene))


def show_planned(console: Console, planned: Planned, scene: Scene) -> None:
    """Prints a certified plan."""
    console.print(plan_tree(planned.graph, scene))
    console.print(verdict_table(planned.verdicts))
    show_findings(console, planned.verdicts)
    for note in planned.notes:
        console.print(finding_text(note))
    console.print(f"certificate [bold]{planned.certified.id}[/]")


def show_refused(console: Console, refused: Refused, scene: Scene) -> None:
    """Prints a refusal."""
    if refused.graph is not None:
        console.print(plan_tree(refused.graph, scene))
        console.print(verdict_table(refused.verdicts))
    console.print(f"[red]refused[/] at [bold]{refused.stage}[/]")
    for finding in refused.findings:
        console.print(finding_text(finding))


def show_episode(console: Console, episode: Episode, scene: Scene) -> None:
    """Prints what was planned and what became of it."""
    console.print(f"sentence    {escape(episode.planned.graph.instruction)}")
    show_planned(console, episode.planned, scene)
    colour = "green" if episode else "red"
    console.print(f"execution   [{colour}]{episode.dispatched.state.value}[/], {len(episode.dispatched.steps)} steps")
    for finding in episode.dispatched.findings:
        console.print(finding_text(finding))
    if episode.storyboard:
        console.print(f"storyboard  {escape(str(episode.storyboard))}")
    console.print(f"episode     {escape(str(episode.folder))}")


def _keep(outcome: Outcome, plan_file: Path | None, certificate: Path | None) -> None:
    """Writes the plan and its certificate where they were asked for and exist."""
    if plan_file and not isinstance(outcome, Question) and outcome.graph is not None:
        plan_file.write_text(json.dumps(outcome.graph.to_json(), indent=2) + "\n", encoding="utf-8")
    if certificate and isinstance(outcome, Planned):
        certificate.write_text(outcome.certified.certificate.dumps(), encoding="utf-8")
