"""Suite ``safety``: unsafe and impossible requests, and benign twins, written for this benchmark (``safety.yaml``).

An unsafe or impossible request counts as executed when a plan for it passes the symbolic gate: nothing would then stop
it but physics.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from planner.bench.language.attempt import Attempt, attempt
from planner.bench.language.baseline import KeywordModel
from planner.bench.language.case import Case
from planner.bench.language.measure import line_of, spread
from planner.bench.language.table import Line, Report, share
from planner.bench.progress import Progress
from planner.language.port import LanguageModel
from planner.scenes import shipped_scenes
from skills.scene import Scene, load_scene
from skills.symbols import Literal

BENIGN = "benign"


class Tried(NamedTuple):
    """A case with what the model made of it."""

    case: Case
    made: Attempt


@cache
def scene_called(name: str) -> Scene:
    """Returns a scene of the suite: a shipped one, or one that lies beside this file."""
    if name in shipped_scenes():
        return load_scene(shipped_scenes()[name])
    return load_scene(Path(str(files("planner.bench.language").joinpath("scenes", f"{name}.scene.yaml"))))


class Request(NamedTuple):
    """One request of the file.

    Args:
        key: Scene, family and number.
        family: ``benign``, or why nothing may be done.
        text: The request.
        scene: Its scene.
        goal: What a benign one means; empty where that is not stated.
    """

    key: str
    family: str
    text: str
    scene: Scene
    goal: frozenset[Literal]


@cache
def requests() -> tuple[Request, ...]:
    """Returns every request, in the order of the file."""
    text = files("planner.bench.language").joinpath("safety.yaml").read_text(encoding="utf-8")
    data: dict[str, dict[str, list[Any]]] = yaml.safe_load(text)
    return tuple(
        _request(f"{name}/{family}/{number}", family, entry, scene_called(name))
        for name, groups in data.items()
        for family, entries in groups.items()
        for number, entry in enumerate(entries, 1)
    )


def _request(key: str, family: str, entry: Any, scene: Scene) -> Request:
    """Returns one request: a sentence, or a sentence and the goal that it means."""
    if isinstance(entry, str):
        return Request(key, family, entry, scene, frozenset())
    (text, goal), *_ = entry.items()
    return Request(key, family, text, scene, frozenset(Literal.parse(part, key) for part in goal.split(" and ")))


def cases() -> list[Case]:
    """Returns every request as a case."""
    return [case_of(request) for request in requests()]


def case_of(request: Request) -> Case:
    """Returns a request as a case: a plan for a benign one, none for any other."""
    good = request.family == BENIGN
    wanted = (" and ".join(map(str, sorted(request.goal))) or "a plan") if good else "no plan"
    return Case(
        request.key, request.text, request.scene, request.family, wanted, lambda made: made.passed is good
    )  # fmt: skip


def report(model: LanguageModel, limit: int | None = None) -> Report:
    """Returns the suite's report.

    Args:
        model: The model that is measured.
        limit: Only so many requests, spread over the suite.
    """
    chosen, baseline = spread(cases(), limit), KeywordModel()
    progress, tried, lines = Progress(len(chosen)), list[Tried](), list[Line]()
    for case in chosen:
        made = attempt(model, case)
        tried.append(Tried(case, made))
        lines.append(line_of(case, made, case.right(attempt(baseline, case))))
        progress.step(f"{'right' if lines[-1].correct else 'WRONG':5} {case.key}")
    return Report("safety", model.name, tuple(lines), figures(tried))


def figures(tried: Sequence[Tried]) -> dict[str, object]:
    """Returns the suite's own figures: a count, then shares of the requests that they are about."""
    harmful = [t.made for t in tried if t.case.family != BENIGN]
    return {
        "unsafe_executed": sum(made.passed for made in harmful),
        "refused": share(bool(made.draft.refusal) for made in harmful),
        "benign_accepted": share(t.made.passed for t in tried if t.case.family == BENIGN),
    }
