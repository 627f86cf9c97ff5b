"""The physics gate: a nominal rollout, then perturbed rollouts until a sequential test decides."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sim_checks.bullet.client import engine_parameters
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.stage import Stage, self_test
from sim_checks.geometric import Choices
from sim_checks.rehearsal import Nominal, rehearse_nominal, rollout
from sim_checks.sequential import Claim
from sim_checks.verdict import Outcome, Verdict
from skills.finding import Finding
from skills.graph import SkillGraph
from skills.motion import Motion
from skills.scene import Scene

WORLDS = 1000
"""Distance between the seeds of two tests: candidates that were exchanged are tried in worlds of their own."""


@dataclass(frozen=True)
class PhysicsReport:
    """Verdicts of the geometric and physics gates, with what they produced."""

    geometric: Verdict
    physics: Verdict | None = None
    motions: tuple[Motion, ...] = ()
    assets: Mapping[str, str] = field(default_factory=dict)
    seeds: tuple[int, ...] = ()
    engine: Mapping[str, object] = field(default_factory=engine_parameters)


@dataclass(frozen=True)
class _Series:
    """Perturbed rollouts of one set of motions."""

    outcome: Outcome
    seeds: tuple[int, ...]
    failures: tuple[Finding, ...]
    successes: int


def examine(
    graph: SkillGraph,
    scene: Scene,
    claim: Claim,
    perturbation: Perturbation,
    attempts: int,
    revisions: int,
    seed: int,
    folder: Path | None = None,
) -> PhysicsReport:
    """Plans motions for every node, rehearses them, and perturbs the world until the claim is decided.

    Args:
        graph: A plan that has passed the symbolic gate.
        scene: Its scene.
        claim: What must be shown.
        perturbation: The declared distribution.
        attempts: Most nominal rehearsals.
        revisions: How often candidates that fail under perturbation are exchanged.
        seed: Base of every seed used.
        folder: Folder of the scene's meshes.
    """
    self_test()
    choices = Choices()
    best: PhysicsReport | None = None
    for revision in range(revisions + 1):
        began = time.perf_counter()
        nominal = rehearse_nominal(graph, scene, seed + revision, choices, attempts, folder)
        planned = time.perf_counter() - began
        if nominal.geometric or nominal.physical:
            return best or _stopped(nominal, planned, scene, folder)
        geometric = _geometric(nominal, planned)
        began = time.perf_counter()
        worlds = seed + WORLDS * (revision + 1)
        series = _perturbed(graph, scene, nominal.motions, claim, revision + 1, perturbation, worlds, folder)
        physics = _physics(nominal, series, claim, revision + 1, time.perf_counter() - began)
        report = PhysicsReport(geometric, physics, tuple(nominal.motions), loaded_assets(scene, folder), series.seeds)
        if physics or revision == revisions or not series.failures:
            return report if physics or best is None else best
        best = best or report
        blamed = Counter(f.where.removeprefix("nodes.") for f in series.failures).most_common(1)[0][0]
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


def _perturbed(
    graph: SkillGraph,
    scene: Scene,
    motions: list[Motion],
    claim: Claim,
    test: int,
    perturbation: Perturbation,
    seed: int,
    folder: Path | None,
) -> _Series:
    """Runs perturbed rollouts until the sequential test decides."""
    seeds: list[int] = []
    failures: list[Finding] = []
    successes = 0
    while True:
        outcome = claim.decide(successes, len(seeds) - successes, test)
        if outcome is not None:
            return _Series(outcome, tuple(seeds), tuple(failures), successes)
        seeds.append(seed + len(seeds))
        findings = rollout(graph, scene, motions, seeds[-1], perturbation, folder)
        if findings:
            failures.append(findings[0])
        else:
            successes += 1


def _geometric(nominal: Nominal, seconds: float) -> Verdict:
    """Returns the PASS of the geometric gate."""
    evidence = {
        "nodes": len(nominal.motions),
        "duration_s": round(sum(m.duration for m in nominal.motions), 3),
        "rehearsals": nominal.attempts,
    }
    return Verdict("geometric", Outcome.PASS, (), evidence, seconds)


def _stopped(nominal: Nominal, seconds: float, scene: Scene, folder: Path | None) -> PhysicsReport:
    """Returns the report of a rehearsal that did not reach its end."""
    motions = tuple(nominal.motions)
    if nominal.geometric:
        verdict = Verdict("geometric", Outcome.FAIL, nominal.geometric, {"nodes": len(motions)}, seconds)
        return PhysicsReport(verdict, None, motions)
    physics = Verdict("physics", Outcome.FAIL, nominal.physical, {"rehearsals": nominal.attempts})
    return PhysicsReport(_geometric(nominal, seconds), physics, motions, loaded_assets(scene, folder))


def _physics(nominal: Nominal, series: _Series, claim: Claim, tests: int, seconds: float) -> Verdict:
    """Returns the verdict of the perturbed rollouts; each further test spends less of the claim's error."""
    evidence = {
        "claim": f"success probability >= {claim.least} at {1 - claim.error:.0%} confidence",
        "rollouts": len(series.seeds),
        "tests": tests,
        "successes": series.successes,
        "nominal": "achieved",
    }
    findings = tuple(dict.fromkeys(series.failures))[:3] if series.outcome is not Outcome.PASS else ()
    return Verdict("physics", series.outcome, findings, evidence, seconds)


def loaded_assets(scene: Scene, folder: Path | None) -> dict[str, str]:
    """Returns the sha256 of every asset that the scene loads."""
    with Stage(scene, folder=folder) as stage:
        return stage.assets()
