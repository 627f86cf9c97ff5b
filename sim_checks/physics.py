"""The physics gate: a nominal rollout, the same at half of the time step, then perturbed rollouts until a test decides.

Every rollout is watched: a rule that is broken on the way fails it as a missed goal does.
"""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sim_checks.bullet.client import engine_parameters
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.stage import Stage, self_test
from sim_checks.counterexample import Counterexample, of_planning, of_rehearsal
from sim_checks.geometric import Choices
from sim_checks.halving import Compared, compare, halved
from sim_checks.incident import Incident
from sim_checks.motion_cache import MotionCache, rehearsed
from sim_checks.proofs import Ledger, Proofs
from sim_checks.rehearsal import Nominal
from sim_checks.remedy import Remedy
from sim_checks.rollout import World, play_through
from sim_checks.rules.book import RuleBook, shipped_rules
from sim_checks.sequential import Claim
from sim_checks.verdict import Outcome, Verdict
from skills.graph import SkillGraph
from skills.motion import Motion
from skills.parameter import candidates
from skills.scene import Scene

WORLDS = 1000
"""Distance between the seeds of two tests: candidates that were exchanged are tried in worlds of their own."""


@dataclass(frozen=True)
class PhysicsReport:
    """Verdicts of the geometric and physics gates, with what they produced, and what checks of repairs may keep."""

    geometric: Verdict
    physics: Verdict | None = None
    motions: tuple[Motion, ...] = ()
    assets: Mapping[str, str] = field(default_factory=dict)
    seeds: tuple[int, ...] = ()
    engine: Mapping[str, object] = field(default_factory=engine_parameters)
    proofs: Proofs | None = None


@dataclass(frozen=True)
class Examined:
    """What is examined, and how.

    Args:
        graph: A plan that has passed the symbolic gate.
        scene: Its scene.
        claim: What must be shown.
        perturbation: The declared distribution.
        folder: Folder of the scene's meshes.
        rules: The rules that every rollout is held to.
        earlier: What checks of the same request have shown, if that is to be kept.
    """

    graph: SkillGraph
    scene: Scene
    claim: Claim
    perturbation: Perturbation
    folder: Path | None
    rules: RuleBook
    earlier: Proofs | None = None

    def world(self, seed: int | None = None) -> World:
        """Returns the nominal world, or the perturbed one of a seed."""
        return World(self.scene, seed, None if seed is None else self.perturbation, folder=self.folder)


@dataclass(frozen=True)
class _Series:
    """Perturbed rollouts of one set of motions; the incidents are the first of each failure, with its seed."""

    outcome: Outcome
    seeds: tuple[int, ...]
    failures: tuple[tuple[int, Incident], ...]
    successes: int

    @property
    def blamed(self) -> str:
        """The node that failed most often."""
        return Counter(i.finding.where.removeprefix("nodes.") for _, i in self.failures).most_common(1)[0][0]


def examine(
    graph: SkillGraph,
    scene: Scene,
    claim: Claim,
    perturbation: Perturbation,
    attempts: int,
    revisions: int,
    seed: int,
    folder: Path | None = None,
    rules: RuleBook | None = None,
    known: MotionCache | None = None,
    earlier: Proofs | None = None,
) -> PhysicsReport:
    """Plans motions for every node, rehearses them, and perturbs the world until the claim is decided.

    Args:
        graph: A plan that has passed the symbolic gate.
        scene: Its scene.
        claim: What must be shown.
        perturbation: The declared distribution.
        attempts: Most nominal rehearsals.
        revisions: How often candidates are exchanged that fail under perturbation or at half of the time step.
        seed: Base of every seed used.
        folder: Folder of the scene's meshes.
        rules: The rules that every rollout is held to (default: the shipped ones).
        known: Motions that were planned before.
        earlier: What checks of the same request have shown; what this one shows is added where it is given.
    """
    self_test()
    it = Examined(graph, scene, claim, perturbation, folder, rules or shipped_rules(), earlier)
    ledger = None if earlier is None else Ledger(graph.sha256, earlier)
    engine = engine_parameters(rollers=bool(candidates("conveyor", scene)))
    report = replace(_decide(it, attempts, revisions, seed, known, ledger), engine=engine)
    return report if ledger is None else replace(report, proofs=ledger.proofs)


def _decide(
    it: Examined, attempts: int, revisions: int, seed: int, known: MotionCache | None, ledger: Ledger | None
) -> PhysicsReport:
    """Rehearses, and exchanges candidates while that may help."""
    graph, choices = it.graph, Choices()
    best: PhysicsReport | None = None
    motion_seed = it.earlier.seed if it.earlier else seed
    for revision in range(revisions + 1):
        began = time.perf_counter()
        nominal = rehearsed(graph, it.world(), motion_seed + revision, choices, attempts, it.rules, known, ledger)
        planned = time.perf_counter() - began
        if nominal.geometric or nominal.physical:
            return best or _stopped(it, nominal, planned)
        began = time.perf_counter()
        compared = compare(graph, nominal.motions, it.world(), (), it.rules)
        if compared:
            series = _perturbed(it, nominal.motions, revision + 1, seed + WORLDS * (revision + 1))
            blamed = series.blamed if series.failures else None
            physics = _physics(it, nominal, compared, series, revision + 1, time.perf_counter() - began)
            seeds = series.seeds
        else:
            blamed, seeds = compared.finding.where.removeprefix("nodes."), ()
            physics = _inconclusive(it, nominal, compared, time.perf_counter() - began)
        verdict, assets = _geometric(it, nominal, planned), loaded_assets(it.scene, it.folder)
        report = PhysicsReport(verdict, physics, tuple(nominal.motions), assets, seeds)
        if physics or revision == revisions or blamed is None:
            return report if physics or best is None else best
        best = best or report
        _exchange(graph, choices, blamed)
    raise AssertionError("unreachable: the loop returns in its last round")


def _exchange(graph: SkillGraph, choices: Choices, blamed: str) -> None:
    """Rules out the candidate that failed most often under perturbation (a placement blames its grasp)."""
    nodes = {n.id: n for n in graph.nodes}
    node = nodes.get(blamed)
    if node is None:
        node = graph.nodes[-1]
    if node.step.skill.startswith("place"):
        before = [n for n in graph.nodes[: graph.nodes.index(node)] if n.step.skill == "pick"]
        same = [n for n in before if n.step.args[0] == node.step.args[0]]
        node = same[-1] if same else node
    choices.exclude(node.id)
    for later in graph.nodes[graph.nodes.index(node) + 1 :]:
        choices.excluded.pop(later.id, None)


def _perturbed(it: Examined, motions: list[Motion], test: int, seed: int) -> _Series:
    """Runs perturbed rollouts until the sequential test decides."""
    seeds: list[int] = []
    failures: list[tuple[int, Incident]] = []
    successes = 0
    while True:
        outcome = it.claim.decide(successes, len(seeds) - successes, test)
        if outcome is not None:
            return _Series(outcome, tuple(seeds), tuple(failures), successes)
        seeds.append(seed + len(seeds))
        found = play_through(it.graph, motions, it.world(seeds[-1]), it.rules)
        if found:
            failures.append((seeds[-1], found[0]))
        else:
            successes += 1


def _geometric(it: Examined, nominal: Nominal, seconds: float) -> Verdict:
    """Returns the PASS of the geometric gate; of a repair it says which motions an earlier check has shown."""
    evidence: dict[str, object] = {
        "nodes": sum(len(m.nodes) for m in nominal.motions),
        "duration_s": round(sum(m.duration for m in nominal.motions), 3),
        "rehearsals": nominal.attempts,
    }
    evidence |= _repaired(it, nominal)
    return Verdict("geometric", Outcome.PASS, (), evidence, seconds)


def _repaired(it: Examined, nominal: Nominal) -> dict[str, object]:
    """Returns, for a repair, which motions an earlier check has shown, and whose seed the planners had."""
    if it.earlier is None or it.earlier.seed_of == it.graph.sha256:
        return {}
    return {"kept": dict(nominal.kept), "seed_of": it.earlier.seed_of}


def _stopped(it: Examined, nominal: Nominal, seconds: float) -> PhysicsReport:
    """Returns the report of a rehearsal that did not reach its end."""
    motions = tuple(nominal.motions)
    if nominal.geometric:
        shown = of_planning(it.graph, nominal.geometric[0], nominal.played_s)
        evidence: dict[str, object] = {"nodes": sum(len(m.nodes) for m in motions), **_repaired(it, nominal)}
        verdict = Verdict("geometric", Outcome.FAIL, nominal.geometric, evidence, seconds, shown)
        return PhysicsReport(verdict, None, motions)
    began = time.perf_counter()
    compared = compare(it.graph, motions, it.world(), nominal.incidents, it.rules)
    spent = time.perf_counter() - began
    if compared:
        evidence = {**_watched(it, nominal, compared), "rehearsals": nominal.attempts}
        shown = of_rehearsal(it.graph, nominal.incidents, nominal.remedies[-1], it.world())
        physics = Verdict("physics", Outcome.FAIL, nominal.physical, evidence, spent, shown)
    else:
        physics = _inconclusive(it, nominal, compared, spent)
    return PhysicsReport(_geometric(it, nominal, seconds), physics, motions, loaded_assets(it.scene, it.folder))


def _physics(
    it: Examined, nominal: Nominal, compared: Compared, series: _Series, tests: int, seconds: float
) -> Verdict:
    """Returns the verdict of the perturbed rollouts; each further test spends less of the claim's error."""
    evidence = {
        "claim": f"success probability >= {it.claim.least} at {1 - it.claim.error:.0%} confidence",
        "rollouts": len(series.seeds),
        "tests": tests,
        "successes": series.successes,
        "nominal": "achieved",
        **_watched(it, nominal, compared),
    }
    if series.outcome is Outcome.PASS:
        return Verdict("physics", series.outcome, (), evidence, seconds)
    findings = tuple(dict.fromkeys(i.finding for _, i in series.failures))[:3]
    return Verdict("physics", series.outcome, findings, evidence, seconds, _blamed(it, series))


def _blamed(it: Examined, series: _Series) -> Counterexample | None:
    """Returns the first rollout in which the step failed that failed most often."""
    for seed, incident in series.failures:
        if incident.finding.where.removeprefix("nodes.") == series.blamed:
            return of_rehearsal(it.graph, (incident,), _exchanged(it, series.blamed), it.world(seed))
    return None


def _inconclusive(it: Examined, nominal: Nominal, compared: Compared, seconds: float) -> Verdict:
    """Returns the verdict of a rehearsal that ends otherwise at half of the time step."""
    world = it.world() if compared.usual else halved(it.world())
    remedy = _exchanged(it, compared.finding.where.removeprefix("nodes."))
    shown = of_rehearsal(it.graph, compared.usual or compared.half, remedy, world)
    evidence = _watched(it, nominal, compared)
    return Verdict("physics", Outcome.INCONCLUSIVE, (compared.finding,), evidence, seconds, shown)


def _exchanged(it: Examined, blamed: str) -> Remedy:
    """Returns what `examine` tries: another candidate for the blamed step (the goal blames the last one)."""
    return Remedy("candidate", blamed if any(n.id == blamed for n in it.graph.nodes) else it.graph.nodes[-1].id)


def _watched(it: Examined, nominal: Nominal, compared: Compared) -> dict[str, object]:
    """Returns what was held against the rules, and what the two time steps showed."""
    found: dict[str, object] = {"time_steps": compared.evidence, "rules_sha256": it.rules.sha256}
    if nominal.worst:
        found["watched"] = {rule: dict(figures) for rule, figures in nominal.worst.items()}
    if nominal.remedies:
        found["remedies"] = [str(r) for r in nominal.remedies]
    return found


def loaded_assets(scene: Scene, folder: Path | None) -> dict[str, str]:
    """Returns the sha256 of every asset that the scene loads."""
    with Stage(scene, folder=folder) as stage:
        return stage.assets()


__all__ = ["WORLDS", "Examined", "PhysicsReport", "examine", "loaded_assets"]
