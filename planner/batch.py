"""`validate_many`: many plans against one scene, on workers that stay warm."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from planner.event import Stopwatch, silent
from planner.outcome import Planned, Refused
from planner.pipeline import conclude
from planner.rehearsal import Rehearsal
from sim_checks.engines.port import Done, Engine, Job
from sim_checks.engines.warm import in_this_process
from sim_checks.gates import GateReport, GateSettings, check_plan
from sim_checks.rules import gate
from sim_checks.rules.book import RuleBook
from sim_checks.verdict import Outcome, Verdict
from sim_checks.worker import Fault
from skills.errors import GraphError, SkillsError
from skills.finding import Finding
from skills.graph import SkillGraph
from skills.scene import Scene
from skills.symbols import State

MOST_FILES = 10_000
"""Largest number of plans in one batch."""
GRACE_S = 15.0
"""Time that a worker has beyond the limit of the gates [s]."""


@dataclass(frozen=True, eq=False)
class Checked:
    """What became of one plan of a batch.

    Args:
        source: Where it came from.
        outcome: The certified plan, the refusal, or why it could not be read.
        seconds: Wall time of its gates [s].
        tries: Workers that it was given; a worker that is killed costs one.
        same_as: The plan of the batch with the same content, whose verdict counts for this one too.
    """

    source: str
    outcome: Planned | Refused | Finding
    seconds: float = 0.0
    tries: int = 1
    same_as: str | None = None


class _Open(NamedTuple):
    """A plan, its symbolic verdict, the sources that hold it, and what became of it once that is known."""

    graph: SkillGraph
    first: Verdict
    sources: list[str]
    done: list[Checked]


def plan_files(places: Sequence[Path]) -> tuple[Path, ...]:
    """Returns the plans that files and folders name: of a folder, its JSON files in the order of their names.

    Raises:
        GraphError: A folder holds none, or there are too many.
    """
    found: list[Path] = []
    for place in places:
        inside = sorted(place.glob("*.json")) if place.is_dir() else [place]
        if not inside:
            raise GraphError.at("no-plans", str(place), "The folder holds no plan.", "Name a folder of JSON files.")
        found += inside
    if len(found) > MOST_FILES:
        what = f"{len(found)} plans are more than {MOST_FILES}."
        raise GraphError.at("too-large", "plans", what, "Validate them in several batches.")
    return tuple(found)


def validate_many(road: Rehearsal, sources: Sequence[Path], engine: Engine) -> Iterator[Checked]:
    """Yields what became of each plan, as soon as it is known; see `Rehearsal.validate`.

    What cannot be read, and what fails at its symbols, never reaches a worker. Plans of the same content are checked
    once. A verdict is the same as that of `Rehearsal.validate`, whoever runs it and whatever ran before.

    Args:
        road: The scene and the settings.
        sources: Files of plans.
        engine: A started engine.
    """
    early: deque[Checked] = deque()
    plans: dict[str, _Open] = {}
    for done in engine.run(_jobs(road, sources, early, plans)):
        yield from _drained(early)
        yield from _concluded(road, plans[done.key], done)
    yield from _drained(early)


def _jobs(road: Rehearsal, sources: Sequence[Path], early: deque[Checked], plans: dict[str, _Open]) -> Iterator[Job]:
    """Yields a job for each plan that is worth one; the others are told to ``early``."""
    settings = road.settings
    for source in sources:
        try:
            graph = road.graph(source)
            first = gate.check(graph, road.scene, road.facts, settings.rules)
        except SkillsError as error:
            early.append(Checked(str(source), error.finding))
            continue
        if not first:
            refused = conclude(graph, road.scene, settings, GateReport((first,)), Stopwatch(silent))
            early.append(Checked(str(source), refused, first.seconds, 0))
        elif graph.sha256 in plans:
            same = plans[graph.sha256]
            if same.done:
                early.append(Checked(str(source), same.done[0].outcome, 0.0, 0, same_as=same.sources[0]))
            else:
                same.sources.append(str(source))
        else:
            plans[graph.sha256] = _Open(graph, first, [str(source)], [])
            arguments = (graph, road.scene, settings.gates, road.facts, settings.folder, settings.rules)
            yield Job(graph.sha256, check_here, arguments, settings.gates.timeout_s + GRACE_S)


def check_here(
    graph: SkillGraph, scene: Scene, settings: GateSettings, state: State, folder: Path | None, rules: RuleBook | None
) -> GateReport:
    """Runs all gates in this process; runs in a worker, which is isolated already."""
    return check_plan(graph, scene, settings, state, folder, rules, in_this_process)


def _concluded(road: Rehearsal, plan: _Open, done: Done) -> Iterator[Checked]:
    """Yields what a worker's report means for every source of the plan."""
    first, *others = plan.sources
    report = done.answer
    outcome: Planned | Refused | Finding
    if isinstance(report, Fault) and report.finding is not None:
        outcome = report.finding
    else:
        if isinstance(report, Fault):
            why = Finding(report.code, "gates.geometric", report.what, "Validate it alone; report this if it stays.")
            report = GateReport((plan.first, Verdict("geometric", Outcome.UNKNOWN, (why,), {}, done.seconds)))
        outcome = conclude(plan.graph, road.scene, road.settings, report, Stopwatch(silent))
    plan.done.append(Checked(first, outcome, done.seconds, done.tries))
    yield plan.done[0]
    for other in others:
        yield Checked(other, outcome, 0.0, 0, same_as=first)


def _drained(early: deque[Checked]) -> Iterator[Checked]:
    while early:
        yield early.popleft()
