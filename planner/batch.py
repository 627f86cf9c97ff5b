"""`validate_many`: many plans against one scene, on workers that stay warm."""

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
from sim_checks.motion_cache import MotionCache
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
    """A plan that is worth rehearsing, its symbolic verdict, and the sources that hold it."""

    graph: SkillGraph
    first: Verdict
    sources: list[str]


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

    First come those that cannot be read, or fail at their symbols: they never reach a worker. Plans of the same content
    are checked once. A verdict is the same as that of `Rehearsal.validate`, whoever runs it and whatever ran before;
    nothing that a plan does not say itself is done at once.

    Args:
        road: The scene and the settings.
        sources: Files of plans.
        engine: A started engine.
    """
    plans: dict[str, _Open] = {}
    settings = road.settings
    for source in map(str, sources):
        try:
            graph = road.graph(Path(source))
            first = gate.check(graph, road.scene, road.facts, settings.rules)
        except SkillsError as error:
            yield Checked(source, error.finding, tries=0)
            continue
        if not first:
            refused = conclude(graph, road.scene, settings, GateReport((first,)), Stopwatch(silent))
            yield Checked(source, refused, first.seconds, tries=0)
        else:
            plans.setdefault(graph.sha256, _Open(graph, first, [])).sources.append(source)
    for done in engine.run(_job(road, plan) for plan in plans.values()):
        yield from _concluded(road, plans[done.key], done)


def _job(road: Rehearsal, plan: _Open) -> Job:
    settings = road.settings
    arguments = (plan.graph, road.scene, settings.gates, road.facts, settings.folder, settings.rules, settings.known)
    return Job(plan.graph.sha256, check_here, arguments, settings.gates.timeout_s + GRACE_S)


def check_here(
    graph: SkillGraph,
    scene: Scene,
    settings: GateSettings,
    state: State,
    folder: Path | None,
    rules: RuleBook | None,
    known: MotionCache | None,
) -> GateReport:
    """Runs all gates in this process; runs in a worker, which is isolated already."""
    return check_plan(graph, scene, settings, state, folder, rules, in_this_process, known)


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
    yield Checked(first, outcome, done.seconds, done.tries)
    for other in others:
        yield Checked(other, outcome, 0.0, 0, same_as=first)
