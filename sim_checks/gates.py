"""The gates, cheap to dear: symbolic, geometric, physics. The first FAIL ends the road."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from sim_checks.bullet.perturb import Perturbation
from sim_checks.motion_cache import MotionCache
from sim_checks.physics import PhysicsReport, examine
from sim_checks.proofs import Proofs
from sim_checks.rules import gate
from sim_checks.rules.book import RuleBook
from sim_checks.sequential import Claim
from sim_checks.symbolic import Grounded
from sim_checks.verdict import Outcome, Verdict
from sim_checks.worker import Fault, run_isolated
from skills.finding import Finding
from skills.graph import SkillGraph
from skills.motion import Motion
from skills.scene import Scene
from skills.symbols import State


@dataclass(frozen=True)
class GateSettings:
    """What the gates are asked to show; bound by the certificate.

    Args:
        claim: The claim on success under perturbation, and how it is tested.
        perturbation: The declared distribution of worlds.
        attempts: Most nominal rehearsals while candidates are exchanged.
        revisions: How often candidates that fail under perturbation are exchanged.
        timeout_s: Wall-clock limit of the geometric and physics gates together [s].
    """

    claim: Claim = field(default_factory=Claim)
    perturbation: Perturbation = field(default_factory=Perturbation)
    attempts: int = 8
    revisions: int = 2
    timeout_s: float = 150.0

    def to_json(self) -> dict[str, object]:
        """Returns the settings as JSON-ready data."""
        return asdict(self)


@dataclass(frozen=True, eq=False)
class Shown:
    """What checks of one request have shown so far, for the checks of its repairs; empty at first.

    Args:
        symbols: The last plan that passed the symbolic gate, with what its calls mean.
        proofs: Motions of single nodes.
    """

    symbols: Grounded | None = None
    proofs: Proofs | None = None


@dataclass(frozen=True)
class GateReport:
    """What the gates say of one plan.

    Args:
        verdicts: In the order of the gates; those after a FAIL are missing.
        motions: One for each node, as far as planning got.
        assets: Asset name -> sha256 of every shape that was loaded.
        seeds: Seeds of the perturbed rollouts.
        engine: The physics engine and its parameters.
        shown: What checks of repairs of the plan may keep, where that was asked for.
    """

    verdicts: tuple[Verdict, ...]
    motions: tuple[Motion, ...] = ()
    assets: Mapping[str, str] = field(default_factory=dict)
    seeds: tuple[int, ...] = ()
    engine: Mapping[str, object] = field(default_factory=dict)
    shown: Shown | None = None

    def __bool__(self) -> bool:
        """True only when all three gates passed."""
        return len(self.verdicts) == 3 and all(self.verdicts)

    def verdict(self, gate: str) -> Verdict | None:
        """Returns the verdict of ``gate``, or None if the road ended before it."""
        return next((v for v in self.verdicts if v.gate == gate), None)


def base_seed(plan_sha256: str, scene: Scene, settings: GateSettings) -> int:
    """Returns the seed that plan, scene and settings determine; nobody can pick a lucky one."""
    content = json.dumps([plan_sha256, scene.sha256, settings.to_json()], sort_keys=True)
    return int.from_bytes(hashlib.sha256(content.encode()).digest()[:6], "big")


def check_plan(
    graph: SkillGraph,
    scene: Scene,
    settings: GateSettings | None = None,
    state: State | None = None,
    folder: Path | None = None,
    rules: RuleBook | None = None,
    run: Callable[..., PhysicsReport | Fault] = run_isolated,
    known: MotionCache | None = None,
    earlier: Shown | None = None,
) -> GateReport:
    """Runs the gates on one plan.

    Args:
        graph: The plan.
        scene: Its scene.
        settings: What is asked of it.
        state: Facts at the start, if not the scene's own.
        folder: Folder of the scene's meshes.
        rules: Safety rules (default: the shipped ones).
        run: What isolates the physics (default: a process of its own); a warm worker is isolated already.
        known: Motions that were planned before; they change no verdict, only the time to it.
        earlier: What checks of the same request have shown. Of a repaired plan only what the repair affects is checked
            again as far as that is sound: calls whose causal past, and motions whose entry, is as it was are kept, and
            the verdicts' evidence says which. Every rehearsal is played whole.

    Returns:
        The report; a crash, a timeout or an error is an UNKNOWN verdict, never a pass.

    Raises:
        SkillsError: The scene's files are bad input.
    """
    settings = settings or GateSettings()
    first, symbols = gate.judge(graph, scene, state, rules, earlier=earlier.symbols if earlier else None)
    shown = earlier and Shown(symbols or earlier.symbols, earlier.proofs)
    if not first:
        return GateReport((first,), shown=shown)
    arguments = (graph, scene, settings.claim, settings.perturbation, settings.attempts, settings.revisions)
    seed = base_seed(graph.sha256, scene, settings)
    proofs = shown and (shown.proofs or Proofs(seed, graph.sha256))
    answer = run(examine, (*arguments, seed, folder, rules, known, proofs), settings.timeout_s)
    if isinstance(answer, Fault):
        if answer.finding is not None:
            from skills.errors import SceneError

            raise SceneError(answer.finding)
        remedy = "Simplify the scene or raise the time limit." if answer.code == "worker-timeout" else "Report this."
        finding = Finding(answer.code, "gates.geometric", answer.what, remedy)
        return GateReport((first, Verdict("geometric", Outcome.UNKNOWN, (finding,))), shown=shown)
    return _report(first, answer, shown)


def _report(first: Verdict, answer: PhysicsReport, shown: Shown | None) -> GateReport:
    """Returns the report of all gates."""
    shown = shown and replace(shown, proofs=answer.proofs)
    verdicts = (first, answer.geometric) if answer.physics is None else (first, answer.geometric, answer.physics)
    return GateReport(verdicts, answer.motions, answer.assets, answer.seeds, answer.engine, shown)
