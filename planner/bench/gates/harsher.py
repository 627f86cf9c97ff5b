"""The physics half of `rehearse bench gates`: verdicts held against a simulation that is harsher than the gates' own.

Cases are calls in generated scenes, every other one with a fault that only physics can see: too heavy, too slippery,
too far. The gates judge each as they judge any plan. Then the planned motions are played in fresh worlds at a quarter
of the time step, with four times the solver's iterations and a wider perturbation; how often they succeed there is the
truth. What the gates refuse to pick for its weight is picked there all the same, as hard as the fingers can.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from planner.bench.skills import draw_trial, embodied, seed_of
from planner.bench.task import Row, Task
from planner.bench.trials import each
from planner.bench.wilson import wilson
from planner.compile import compile_draft
from sim_checks.bullet.client import SOLVER_ITERATIONS
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.stage import Stage
from sim_checks.gates import GateReport, GateSettings, check_plan
from sim_checks.geometric import Choices
from sim_checks.rehearsal import ordered, rehearse_nominal
from sim_checks.rollout import World, play_through
from sim_checks.scenes.generate import PANDA
from sim_checks.sequential import Claim
from sim_checks.worker import Fault, run_isolated
from skills.graph import Draft, SkillGraph
from skills.motion import Motion
from skills.scene import Scene
from skills.symbols import Goal

FINER, ITERATIONS, WIDER = 4, 4 * SOLVER_ITERATIONS, 1.5
"""How much harsher: steps in the place of one, the solver's iterations, the factor on every limit of the noise."""
WORLDS, MOST_WORLDS = 10, 40
"""Harsh worlds for each case, and for one that fails in some of them: ten say too little near the claim."""
STRONGEST = 70.0
"""Force of a finger with which a thing that is too heavy is gripped all the same: the Panda's largest [N]."""
LIMIT_S, DRAWS = 1800.0, 12
"""Longest wall time of the harsh rollouts of a case [s], and scenes drawn for one case, most."""


@dataclass(frozen=True)
class HarshWorld(World):
    """A perturbed world whose contacts are solved with more iterations."""

    def stage(self) -> Stage:
        """Returns this world as a stage that is still to be opened."""
        return Stage(self.scene, self.seed, self.perturbation, self.folder, ITERATIONS, self.finer)


def heavy(scene: Scene, thing: str, rng: np.random.Generator) -> Scene:
    """Returns the scene with a thing of 1 to 25 kg."""
    return _with(scene, thing, mass=float(np.exp(rng.uniform(np.log(1.0), np.log(25.0)))))


def slippery(scene: Scene, thing: str, rng: np.random.Generator) -> Scene:
    """Returns the scene with a thing of 0.2 to 2 kg whose friction coefficient is 0.01 to 0.2."""
    mass, friction = np.exp(rng.uniform(np.log([0.2, 0.01]), np.log([2.0, 0.2])))
    return _with(scene, thing, mass=float(mass), friction=float(friction))


def far(scene: Scene, thing: str, rng: np.random.Generator) -> Scene:
    """Returns the scene with the robot's base 2 to 15 cm further from the table's middle."""
    robot = scene.robots[0]
    x, y, z = robot.pose.position
    moved = robot.pose.model_copy(update={"position": (x - float(rng.uniform(0.02, 0.15)), y, z)})
    return scene.model_copy(update={"robots": (robot.model_copy(update={"pose": moved}), *scene.robots[1:])})


FAULTS: dict[str, Callable[[Scene, str, np.random.Generator], Scene]] = {
    "heavy": heavy,
    "slippery": slippery,
    "far": far,
}
"""Faults of a scene that no symbol shows."""
CARRYING = ("pick", "place_on", "place_in", "stack", "push", "pull", "wipe", "rinse", "insert")
"""Skills that feel a thing's weight and friction: the cases with a fault are theirs."""


def _with(scene: Scene, thing: str, **fields: float) -> Scene:
    found = tuple(o.model_copy(update=fields) if o.id == thing else o for o in scene.objects)
    return scene.model_copy(update={"objects": found})


def tasks(count: int) -> list[Task]:
    """Returns the cases: skills by turns, every other case with a fault, and that one of a thing that is carried.

    Args:
        count: How many cases.
    """
    names, faults = embodied(), tuple(FAULTS)
    carrying = tuple(n for n in CARRYING if n in names)
    found = []
    for index in range(count):
        turn = index // 2
        fault = faults[turn % len(faults)] if index % 2 else "sound"
        # one skill after the other meets one fault after the other
        name = carrying[(turn + turn // len(carrying)) % len(carrying)] if index % 2 else names[turn % len(names)]
        found.append(Task(name, Path(name), fault, index))
    return found


def bench(todo: Sequence[Task], jobs: int) -> Iterator[Row]:
    """Judges every case twice; yields rows as they are done."""
    return each(todo, judged, jobs)


def judged(task: Task) -> Row:
    """Returns the row of one case: ``physics_pass`` is the gates' word, ``goal_met`` the harsher simulation's.

    ``stage`` is ``unjudged`` where there was nothing to be played; its findings say why.
    """
    began = time.perf_counter()
    row = Row(task.name, task.instruction, task.seed, "unjudged")
    case = _case(task)
    if case is None:
        return replace(row, codes=("no-call",), findings=("No feasible call in the scenes that were drawn.",))
    graph, scene = case.graph, case.scene
    settings = replace(GateSettings(), timeout_s=LIMIT_S)
    report = check_plan(graph, scene, settings)
    last = report.verdicts[-1]
    row = replace(
        row,
        plan=tuple(str(n.step) for n in graph.nodes),
        physics_pass=bool(report),
        codes=tuple(f.code for f in last.findings),
        findings=(last.outcome.value, *map(str, last.findings)),
        seconds={"gates": round(time.perf_counter() - began, 2)},
    )
    motions: tuple[Motion, ...] | Fault = report.motions if playable(report, len(graph.nodes)) else ()
    if "too-heavy" in row.codes:
        refused = last.findings[0].where.removeprefix("nodes.")
        motions = run_isolated(gripped_anyway, (graph, case.twin, refused, STRONGEST), LIMIT_S)
    if isinstance(motions, Fault):
        return replace(row, findings=(*row.findings, motions.what[-300:]))
    if not motions:
        return row
    return _harshly(row, graph, scene, motions, settings)


def playable(report: GateReport, nodes: int) -> bool:
    """Says whether a verdict can be judged: of a whole plan, or of the steps up to the one that missed.

    A plan whose first steps fail is bad whatever comes after; one that was rejected for steps which succeed there was
    rejected wrongly. Where a later motion was not found, nothing can be said.

    Args:
        report: The gates' word.
        nodes: How many steps the plan has.
    """
    whole = len(report.motions) == nodes
    return whole or bool(report.motions) and report.verdicts[-1].gate == "physics"


def gripped_anyway(graph: SkillGraph, twin: Scene, refused: str, force: float) -> tuple[Motion, ...]:
    """Returns how what the gates refuse to pick would be picked all the same; runs in a worker process.

    It is empty where there is no motion in the twin either.

    Args:
        graph: The plan.
        twin: Its scene without the fault.
        refused: Node of the pick.
        force: With which the fingers close: all that they have [N].
    """
    count = 1 + ordered(graph).index(refused)
    motions = rehearse_nominal(graph, twin, 0, Choices()).motions
    if len(motions) < count:
        return ()
    return tuple(replace(m, segments=tuple(replace(s, force=force) for s in m.segments)) for m in motions[:count])


def _harshly(row: Row, graph: SkillGraph, scene: Scene, motions: tuple[Motion, ...], settings: GateSettings) -> Row:
    began = time.perf_counter()
    limits = settings.perturbation.to_json()
    wider = Perturbation(**{name: WIDER * limit for name, limit in limits.items()})
    seed = seed_of("harsher", row.seed, 0)
    met = run_isolated(played, (graph, scene, motions, seed, wider), LIMIT_S)
    if isinstance(met, Fault):
        return replace(row, codes=(met.code,), findings=(*row.findings, met.what[-300:]))
    return replace(
        row,
        stage="judged",
        goal_met=met.good,
        findings=(*row.findings, f"{met.successes} of {met.worlds} harsh worlds"),
        seconds={**row.seconds, "harsh": round(time.perf_counter() - began, 2)},
    )


class Case(NamedTuple):
    """A plan to be judged.

    Args:
        graph: The plan.
        scene: Its scene.
        twin: The scene without the fault.
    """

    graph: SkillGraph
    scene: Scene
    twin: Scene


def _case(task: Task) -> Case | None:
    for draw in range(DRAWS):
        trial = draw_trial(task.name, task.seed, draw, PANDA)
        if trial is None:
            continue
        if task.instruction == "sound":
            return Case(trial.graph, trial.scene, trial.scene)
        things = {o.id for o in trial.scene.objects}
        named = [a for a in trial.call.args if a in things]
        fault = task.instruction if named else "far"
        rng = np.random.default_rng(seed_of(task.name, task.seed, draw))
        scene = FAULTS[fault](trial.scene, named[0] if named else "", rng)
        graph = compile_draft(Draft(Goal(()), (trial.call,)), scene).graph
        return None if graph is None else Case(graph, scene, trial.scene)
    return None


class Harsh(NamedTuple):
    """What came of a case in harsh worlds.

    Args:
        successes: Worlds in which the goal was reached with no rule broken.
        worlds: Worlds that were played.
    """

    successes: int
    worlds: int

    @property
    def good(self) -> bool:
        """Whether the share that succeeded is at least the claim's."""
        return self.successes >= Claim().least * self.worlds


def played(
    graph: SkillGraph, scene: Scene, motions: tuple[Motion, ...], seed: int, perturbation: Perturbation
) -> Harsh:
    """Returns how the motions fare in harsh worlds; runs in a worker process.

    It ends after `WORLDS` without a failure, or once no further one of `MOST_WORLDS` can change the verdict.
    """
    met = 0
    for done in range(1, MOST_WORLDS + 1):
        met += not play_through(graph, motions, HarshWorld(scene, seed + done - 1, perturbation, FINER))
        settled = met >= Claim().least * MOST_WORLDS or done - met > (1 - Claim().least) * MOST_WORLDS
        if settled or done == met == WORLDS:
            break
    return Harsh(met, done)


def summary(rows: Sequence[Row]) -> dict[str, Any]:
    """Returns ``false_accept`` and ``false_reject`` with their Wilson intervals, and what they are shares of.

    ``false_accept`` is the share that the gates accept, of the plans that fail in the harsher simulation;
    ``false_reject`` the share that they reject, of those that succeed there. ``bad_of_accepted`` and
    ``good_of_rejected`` have the other denominators: all that the gates accept, all that they reject.
    """
    done = [r for r in rows if r.stage == "judged"]
    accepted = [r for r in done if r.physics_pass]
    rejected = [r for r in done if not r.physics_pass]
    bad, good = [r for r in done if not r.goal_met], [r for r in done if r.goal_met]
    wrong, missed = sum(not r.goal_met for r in accepted), sum(r.goal_met for r in rejected)
    return {
        "false_accept": _share(wrong, len(bad)),
        "false_accept_wilson": wilson(wrong, len(bad)),
        "false_reject": _share(missed, len(good)),
        "false_reject_wilson": wilson(missed, len(good)),
        "bad_of_accepted": _share(wrong, len(accepted)),
        "good_of_rejected": _share(missed, len(rejected)),
        "accepted": len(accepted),
        "rejected": len(rejected),
        "unjudged": len(rows) - len(done),
        "harsher": {"finer": FINER, "iterations": ITERATIONS, "wider": WIDER, "worlds": [WORLDS, MOST_WORLDS]},
        "harsh_rows": [asdict(r) for r in rows],
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
