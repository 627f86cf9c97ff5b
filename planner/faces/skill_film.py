"""`film`: a random call of one skill in physics, as a storyboard and a film."""

from pathlib import Path

import numpy as np
from rich.console import Console
from rich.markup import escape

from planner.bench.skill_instances import draw_call
from planner.bench.skills import Trial, draw_trial
from planner.compile import compile_draft
from planner.faces.answer import Answer, ExitCode, finding_text
from planner.scenes import open_scene
from planner.showing import FPS, Shown, show_skill
from planner.storyboard import write_storyboard, write_video
from sim_checks.worker import Fault, run_isolated
from skills.errors import SceneError
from skills.finding import Finding
from skills.graph import Draft
from skills.symbols import Goal

GENERATED = "generated"
LIMIT_S = 900.0
"""Longest wall time of a film [s]; the software renderer takes most of it."""


def film(skill: str, source: str, seed: int, robot: str, out: Path) -> Answer:
    """Returns what became of a call, after writing ``storyboard.png`` and ``video.mp4`` into a folder.

    Args:
        skill: Name of the skill.
        source: A scene's name or file, or `GENERATED`.
        seed: Seed of the scene, the call, the planners and the perturbed world.
        robot: Kind of the robot in a generated scene.
        out: The folder.

    Raises:
        SceneError: The scene admits no feasible call of the skill.
    """
    trial = _drawn(skill, seed, robot) if source == GENERATED else in_scene(skill, source, seed)
    answer = run_isolated(show_skill, (trial.graph, trial.scene, seed), LIMIT_S)
    if isinstance(answer, Fault):
        raise SceneError(answer.finding or Finding(answer.code, skill, answer.what, "Try another seed."))
    out.mkdir(parents=True, exist_ok=True)
    files: list[str] = []
    if answer.frames:
        title = f"{trial.call} in {trial.scene.name}"
        write_storyboard(out / "storyboard.png", title, answer.panels)
        write_video(out / "video.mp4", answer.frames, FPS)
        files = [str(out / "storyboard.png"), str(out / "video.mp4")]
    return _answer(trial, answer, files)


def _drawn(skill: str, seed: int, robot: str) -> Trial:
    """Returns a call in a generated scene."""
    for draw in range(12):
        trial = draw_trial(skill, seed, draw, robot)
        if trial is not None:
            return trial
    raise _no_call(skill, GENERATED)


def in_scene(skill: str, source: str, seed: int) -> Trial:
    """Returns a call in a given scene."""
    scene = open_scene(source, seed).scene
    for step in draw_call(skill, scene, np.random.default_rng(seed))[:20]:
        graph = compile_draft(Draft(Goal(()), (step,)), scene).graph
        if graph is not None and graph.nodes and graph.nodes[-1].step == step:
            return Trial(scene, graph)
    raise _no_call(skill, source)


def _no_call(skill: str, source: str) -> SceneError:
    what = f"Scene {source!r} admits no feasible call of {skill!r}."
    return SceneError(Finding("no-call", "--scene", what, "Name a scene that holds what the skill needs."))


def _answer(trial: Trial, shown: Shown, files: list[str]) -> Answer:
    """Returns the answer for people and programs."""
    watch = shown.watch
    data = {
        "skill": trial.call.skill,
        "call": str(trial.call),
        "scene": trial.scene.name,
        "plan": shown.plan,
        "achieved": not shown.findings,
        "failure": shown.failure,
        "findings": [f.to_json() for f in shown.findings],
        "files": files,
        "seconds": round(shown.seconds, 2),
        "deepest_overlap_mm": round(1000 * watch.deepest, 2),
        "between": watch.between,
        "fastest_m_s": round(watch.fastest, 3),
        "disturbed": watch.disturbed,
    }

    def show(console: Console) -> None:
        end = "achieved" if not shown.findings else f"failed ({shown.failure})"
        console.print(f"{escape(str(trial.call))} in {trial.scene.name}: {end}, {shown.seconds:.1f} s")
        console.print(
            f"deepest overlap {1000 * watch.deepest:.1f} mm ({watch.between}), fastest {watch.fastest:.2f} m/s"
        )
        if watch.disturbed:
            console.print(f"disturbed: {', '.join(watch.disturbed)}")
        for finding in shown.findings:
            console.print(finding_text(finding))
        for file in files:
            console.print(f"wrote {escape(file)}")

    return Answer(ExitCode.REJECTED if shown.findings else ExitCode.PASS, data, show)
