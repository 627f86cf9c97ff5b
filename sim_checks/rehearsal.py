"""The rehearsal of one plan: motions are planned from the state that physics has reached, node by node.

A node whose motion fails in physics is planned again with another candidate (another grasp, another
approach, another spot); everything before it is replayed, never restored.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sim_checks.abreast import NOT_TOGETHER, Abreast
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.stage import Stage
from sim_checks.bullet.zones import add_zones
from sim_checks.geometric import Choices, plan_node, requests
from sim_checks.incident import Incident
from sim_checks.motion.planning import Planning
from sim_checks.proofs import Ledger
from sim_checks.remedy import Remedy, remedy_for, slowed
from sim_checks.rollout import Rollout, World, play_through
from sim_checks.rules.book import RuleBook, shipped_rules
from sim_checks.rules.watch import zones_of
from skills.body import BodyKind, BodyRequest
from skills.finding import Finding
from skills.graph import SkillGraph
from skills.motion import Motion
from skills.scene import Scene

TRIES = 3
"""Further rehearsals for each pair of runs that two arms do at once."""
DEAD_ENDS = 2
"""Further tries after a node has no motion at all: each takes another grasp before it."""


@dataclass
class Nominal:
    """What the nominal rehearsal brought.

    Args:
        motions: One for each node, as far as it got.
        geometric: Findings of the geometric gate (empty: every node has a motion).
        physical: Findings of the nominal rollout (empty: every step and the goal held).
        incidents: The same, with their moments and contacts.
        worst: Rule that was watched -> the figure nearest to its limit, and the limit.
        remedies: What was changed after a failure in physics, in order.
        kept: Node whose motion an earlier check has shown -> sha256 of the plan that was checked then.
        played_s: How much was played of the last rehearsal [s].
        attempts: How many rollouts it took.
        planning_s: Wall time spent on planning motions, those that were dropped again included [s].
        processor_s: Processor time of the same [s].
    """

    motions: list[Motion] = field(default_factory=list)
    geometric: tuple[Finding, ...] = ()
    physical: tuple[Finding, ...] = ()
    incidents: tuple[Incident, ...] = ()
    worst: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    remedies: list[Remedy] = field(default_factory=list)
    kept: Mapping[str, str] = field(default_factory=dict)
    played_s: float = 0.0
    attempts: int = 0
    planning_s: float = 0.0
    processor_s: float = 0.0


def ordered(graph: SkillGraph) -> tuple[str, ...]:
    """Returns the node ids in execution order."""
    return tuple(n.id for n in graph.nodes)


def rehearse_nominal(
    graph: SkillGraph,
    scene: Scene,
    seed: int,
    choices: Choices,
    attempts: int = 6,
    folder: Path | None = None,
    rules: RuleBook | None = None,
    ledger: Ledger | None = None,
) -> Nominal:
    """Plans and rehearses every node in the nominal world.

    Args:
        graph: A plan that has passed the symbolic gate.
        scene: Its scene.
        seed: Seed of the motion planners.
        choices: Candidates ruled out so far; updated.
        attempts: Most replays.
        folder: Folder of the scene's meshes.
        rules: The rules that are watched (default: the shipped ones).
        ledger: What earlier checks have shown, and where what this one shows is written down.
    """
    book = rules or shipped_rules()
    asked = requests(graph, scene)
    order = ordered(graph)
    result = Nominal()
    kept: list[Motion] = []
    with Stage(scene, folder=folder) as shadow:
        planning = Planning(shadow.robot, shadow.world, scene, seed)
        planning.collisions.bodies.update(add_zones(shadow.client, zones_of(book, scene)))
        if ledger:
            basis = {"scene": scene.sha256, "shapes": shadow.assets(), "rules": book.sha256, "seed": seed}
            ledger.begin(basis)
        dead_ends, stopped = 0, None
        two = [Abreast(graph, index, planning, asked, order, choices) for index in range(len(graph.together))]
        pairs, groups = {t.group.nodes[0]: t for t in two}, frozenset(t.name for t in two)
        for attempt in range(attempts + TRIES * len(groups)):
            result.attempts = attempt + 1
            with Stage(scene, folder=folder) as stage:
                rollout = Rollout(graph, stage, book)
                stopped = _through(graph, rollout, planning, asked, order, choices, kept, result, ledger, pairs)
                result.worst, result.played_s = rollout.watch.worst, stage.clock_s
            dead_ends += bool(result.geometric)
            if not stopped or dead_ends > DEAD_ENDS or (result.geometric and stopped in groups):
                break
            if stopped in groups and not result.physical:
                kept = list(result.motions)
                continue
            if result.physical:
                remedy = remedy_for(result.incidents, stopped, book, result.worst)
                result.remedies.append(remedy)
                if remedy.kind == "slow":
                    kept = [*result.motions[:-1], slowed(result.motions[-1], remedy.factor)]
                    if ledger:
                        ledger.changed(kept[-1].node)
                    continue
            if stopped in pairs:
                choices.exclude(pairs[stopped].name)
                kept = result.motions[:-1]
                continue
            position = _back_up(order, asked, choices, stopped)
            if position is None:
                break
            kept = result.motions[: _before(graph, order[position])]
    if len(result.motions) < len(graph.acts()) and not (result.geometric or result.physical):
        what = f"{attempts + TRIES * len(groups)} rehearsals brought no motion for both arms."
        result.geometric = (Finding("not-together", stopped or "together", what, NOT_TOGETHER),)
    if ledger:
        ledger.end(result.motions)
        result.kept = ledger.kept
    return result


def _through(
    graph: SkillGraph,
    rollout: Rollout,
    planning: Planning,
    asked: Mapping[str, BodyRequest],
    order: tuple[str, ...],
    choices: Choices,
    kept: list[Motion],
    result: Nominal,
    ledger: Ledger | None,
    pairs: Mapping[str, Abreast],
) -> str | None:
    """Runs the plan once; returns the id of the node where it stopped, or None at the end."""
    result.geometric = result.physical = ()
    result.incidents = ()
    stage, motions = rollout.stage, list[Motion]()
    result.motions = motions
    acts = graph.acts()
    for index, act in enumerate(acts):
        node = act[0]
        if index < len(kept):
            motion: Motion | Finding = kept[index]
            if stage.held() is None:
                planning.resting = rollout.resting(asked[node.id].subject)
        elif len(act) > 1:
            return _at_once(pairs[node.id], rollout, result, motions[-1].segments[-1].force if motions else 20.0)
        else:
            held = stage.held()
            if held is None:
                planning.resting = rollout.resting(asked[node.id].subject)
            elif motions:
                planning.force = motions[-1].segments[-1].force
            snapshot = stage.snapshot()
            planning.sync(snapshot, held)
            wall, processor = time.perf_counter(), time.process_time()
            soon = pairs.get(acts[index + 1][0].id) if index + 1 < len(acts) else None
            drives = soon is not None and asked[node.id].kind is BodyKind.NAVIGATE
            way = soon.approach(rollout, node.id, planning.force) if soon and drives else None
            if way is not None:
                motion = way
                if ledger:
                    ledger.changed(node.id)
            elif ledger:
                motion = ledger.plan(planning, snapshot, node, asked, order, choices)
            else:
                motion = plan_node(planning, node, asked, order, choices)
            result.planning_s += time.perf_counter() - wall
            result.processor_s += time.process_time() - processor
        if isinstance(motion, Finding):
            result.geometric = (motion,)
            return node.id
        motions.append(motion)
        wrong = rollout.play(act, motion)
        if wrong:
            _stop(result, wrong)
            return node.id
    wrong = rollout.finish()
    if wrong:
        _stop(result, wrong)
        return order[-1]
    return None


def _at_once(two: Abreast, rollout: Rollout, result: Nominal, force: float) -> str:
    """Plans what two arms are to do at once; returns where the plan is to be begun anew, with it if it was found."""
    began = (time.perf_counter(), time.process_time())
    found = two.plan(rollout, force)
    result.planning_s += time.perf_counter() - began[0]
    result.processor_s += time.process_time() - began[1]
    if isinstance(found, Motion):
        result.motions.append(found)
    elif found is None:
        two.choices.exclude(two.name)
    else:
        result.geometric = (found,)
    return two.name


def _before(graph: SkillGraph, node: str) -> int:
    """Returns how many motions come before the one that carries out a node."""
    return next(i for i, act in enumerate(graph.acts()) if node in [n.id for n in act])


def _stop(result: Nominal, wrong: tuple[Incident, ...]) -> None:
    """Takes down what stopped a rehearsal."""
    result.incidents = wrong
    result.physical = tuple(i.finding for i in wrong)


def _back_up(order: tuple[str, ...], asked: Mapping[str, BodyRequest], choices: Choices, stopped: str) -> int | None:
    """Rules out the candidate to blame and returns the position to plan again from, or None."""
    position = order.index(stopped)
    if stopped in choices.used:
        choices.exclude(stopped)
        if len(choices.without(stopped)) <= 2 or asked[stopped].kind is BodyKind.GRASP:
            return position
    for before in range(position - 1, -1, -1):  # no (more) motion here: another grasp before it may help
        if asked[order[before]].kind is BodyKind.GRASP and asked[order[before]].subject == asked[stopped].subject:
            choices.exclude(order[before])
            choices.excluded.pop(stopped, None)
            return before
    return position if stopped in choices.excluded and choices.excluded[stopped] else None


def rollout(
    graph: SkillGraph,
    scene: Scene,
    motions: list[Motion],
    seed: int,
    perturbation: Perturbation,
    folder: Path | None = None,
    rules: RuleBook | None = None,
) -> tuple[Finding, ...]:
    """Plays the motions in one perturbed world; returns findings, empty for a success."""
    found = play_through(graph, motions, World(scene, seed, perturbation, folder=folder), rules)
    return tuple(i.finding for i in found)
