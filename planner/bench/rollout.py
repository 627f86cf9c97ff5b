"""How long a verdict takes: how much of a rollout is physics, and how many rollouts a test needs.

A rollout counts from the opening of its client to its verdict: the world is built and settles, the motions are played
under the eyes of the rules, promises and goal are judged, the client is closed. Only the time inside the engine's step
while motions are played counts as stepping.
"""

import statistics
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from sim_checks.geometric import Choices
from sim_checks.incident import Incident
from sim_checks.rehearsal import rehearse_nominal
from sim_checks.rollout import Rollout, World
from sim_checks.sequential import Claim, fixed_number
from sim_checks.worker import Fault, run_isolated
from skills.graph import SkillGraph
from skills.motion import Motion
from skills.scene import Scene

LIMIT_S = 1800.0
"""Longest wall time of all rollouts, and of the gates that certify the plan before [s]."""
BAD = 0.3
"""Probability of success of a bad plan: it fails more often than not."""


class Plan(NamedTuple):
    """What is rolled out.

    Args:
        graph: A plan that has passed the symbolic gate.
        scene: Its scene.
        motions: One for each node.
        folder: Folder of the scene's meshes.
    """

    graph: SkillGraph
    scene: Scene
    motions: tuple[Motion, ...]
    folder: Path | None = None


@dataclass(frozen=True)
class Rolled:
    """Times of one rollout.

    Args:
        seed: Seed of its world; None is the nominal one.
        findings: Codes of what went wrong.
        simulated_s: Simulated time, without that of settling [s].
        step_s: Wall time inside the engine's step while motions are played [s].
        play_s: Wall time of playing [s].
        wall_s: Wall time of it all, from no world to a verdict [s].
        processor_s: Processor time of the same [s].
    """

    seed: int | None
    findings: tuple[str, ...]
    simulated_s: float
    step_s: float
    play_s: float
    wall_s: float
    processor_s: float


@dataclass(frozen=True)
class Measured:
    """Several rollouts of one plan, and the rehearsal that planned its motions anew.

    Args:
        motion_s: Duration of the motions [s].
        nominal: Rollouts of the nominal world.
        perturbed: Rollouts of perturbed worlds.
        rehearsal_s: Wall time to a verdict where the motions are planned on the way [s].
        planning_s: Share of it that went into planning [s].
    """

    motion_s: float
    nominal: tuple[Rolled, ...]
    perturbed: tuple[Rolled, ...]
    rehearsal_s: float
    planning_s: float

    def figures(self) -> dict[str, object]:
        """Returns shares and ratios (medians over the rollouts) with the details.

        Raises:
            RuntimeError: The nominal world refuses the motions, so that no time to a verdict was taken.
        """
        wrong = [code for run in self.nominal for code in run.findings]
        if wrong:
            raise RuntimeError(f"the nominal rollout found {', '.join(wrong)}")
        every = (*self.nominal, *self.perturbed)
        shares = {
            "step_share": [r.step_s / r.wall_s for r in every],
            "step_share_playing": [r.step_s / r.play_s for r in every],
            "verdict_over_motion": [r.wall_s / self.motion_s for r in self.nominal],
            "verdict_over_motion_processor": [r.processor_s / self.motion_s for r in self.nominal],
            "realtime_ratio": [r.simulated_s / r.play_s for r in every],
        }
        return {
            **{name: round(statistics.median(values), 4) for name, values in shares.items()},
            "with_planning_over_motion": round(self.rehearsal_s / self.motion_s, 4),
            "motion_s": round(self.motion_s, 3),
            "rehearsal_s": round(self.rehearsal_s, 3),
            "planning_s": round(self.planning_s, 3),
            "rollouts": [{k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(r).items()} for r in every],
        }


def measure(plan: Plan, nominal: int = 3, perturbed: int = 6) -> Measured | Fault:
    """Rolls a plan out, in a process of its own.

    Args:
        plan: What to roll out.
        nominal: Rollouts of the nominal world.
        perturbed: Rollouts of perturbed worlds.
    """
    return run_isolated(_all, (plan, nominal, perturbed), LIMIT_S)


def _all(plan: Plan, nominal: int, perturbed: int) -> Measured:
    _rolled(plan, None)  # the first one also imports and reads what the others find ready
    runs = [_rolled(plan, seed) for seed in (*[None] * nominal, *range(perturbed))]
    began = time.perf_counter()
    found = rehearse_nominal(plan.graph, plan.scene, 0, Choices(), folder=plan.folder)
    spent = time.perf_counter() - began
    motion_s = sum(m.duration for m in plan.motions)
    return Measured(motion_s, tuple(runs[:nominal]), tuple(runs[nominal:]), spent, found.planning_s)


def _rolled(plan: Plan, seed: int | None) -> Rolled:
    wall, processor = time.perf_counter(), time.process_time()
    with World(plan.scene, seed, folder=plan.folder).stage() as stage:
        rollout, found = Rollout(plan.graph, stage), tuple[Incident, ...]()
        for act, motion in zip(plan.graph.acts(), plan.motions, strict=True):
            found = found or rollout.play(act, motion)
        found = found or rollout.finish()
        simulated, stepped, played = stage.simulated_s, stage.step_s, stage.wall_s
    spent = time.perf_counter() - wall, time.process_time() - processor
    return Rolled(seed, tuple(i.finding.code for i in found), simulated, stepped, played, *spent)


def expected_rollouts(claim: Claim, p: float) -> float:
    """Returns the mean number of rollouts after which the sequential test decides.

    Args:
        claim: The claim that is tested.
        p: Probability that a rollout succeeds.

    Source: our own; the sum over all outcomes, not a simulation.
    """
    alive, mean, count = {0: 1.0}, 0.0, 0  # failures so far -> probability
    while alive:
        later: dict[int, float] = {}
        for failures, weight in alive.items():
            if claim.decide(count - failures, failures) is not None:
                mean += weight * count
                continue
            later[failures] = later.get(failures, 0.0) + weight * p
            later[failures + 1] = later.get(failures + 1, 0.0) + weight * (1 - p)
        alive, count = later, count + 1
    return mean


def sequential(claims: Mapping[str, Claim]) -> dict[str, object]:
    """Returns rollouts used over those of the fixed number, for a good and a bad plan: the larger one of all claims.

    Args:
        claims: Name -> claim.
    """
    fixed = {name: fixed_number(claim) for name, claim in claims.items()}
    good = {name: expected_rollouts(claim, claim.good) / fixed[name] for name, claim in claims.items()}
    bad = {name: expected_rollouts(claim, BAD) / fixed[name] for name, claim in claims.items()}
    return {
        "sequential_good": round(max(good.values()), 4),
        "sequential_bad": round(max(bad.values()), 4),
        "sequential_by_claim": {name: (fixed[name], round(good[name], 4), round(bad[name], 4)) for name in claims},
    }
