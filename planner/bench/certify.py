"""Does a certificate say the truth? Synthetic plans whose probability of success is known, through the real test.

A synthetic plan succeeds in a rollout with probability p, whatever the rollout. It is tested as `sim_checks.physics`
tests a plan: rollouts until `Claim.decide` decides; if that is no PASS and a rollout failed, its candidates are
exchanged and tested anew, in rollouts of their own, at most ``revisions`` times. A certificate is false if p is less
than the claimed p0. The exchange changes nothing about p here: the worst case, in which every further test is one more
chance of a false certificate.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from planner.bench.progress import Progress
from planner.bench.wilson import wilson
from sim_checks.sequential import Claim, fixed_number, without_failure
from sim_checks.verdict import Outcome

BAD = 0.3
"""What a bad plan has: it fails more often than not."""
BELOW = 1e-6
"""How much less than p0 the last false plan has."""


class Tested(NamedTuple):
    """What came of one synthetic plan.

    Args:
        certified: Whether a test passed.
        rollouts: Rollouts of all its tests.
        tests: How many tests there were.
    """

    certified: bool
    rollouts: int
    tests: int


Decide = Callable[[int, int, int], Outcome | None]


def tested(decide: Decide, p: float, revisions: int, rng: np.random.Generator) -> Tested:
    """Returns what becomes of a plan of known p: the loop of `sim_checks.physics.examine`, without its physics.

    Args:
        decide: `Claim.decide`.
        p: Probability that a rollout succeeds.
        revisions: How often candidates are exchanged.
        rng: Decides the rollouts.
    """
    rollouts = 0
    for test in range(1, revisions + 2):
        successes = failures = 0
        while (outcome := decide(successes, failures, test)) is None:
            good = bool(rng.random() < p)
            successes, failures = successes + good, failures + (not good)
        rollouts += successes + failures
        if outcome is Outcome.PASS or not failures:
            break
    return Tested(outcome is Outcome.PASS, rollouts, test)


def measure(claims: Mapping[str, Claim], revisions: int, plans: int = 5000, seed: int = 0) -> dict[str, Any]:
    """Returns shares of certified plans and rollouts used, by claim and p.

    ``false_certify`` is the largest share of certified plans among all p below p0, over all claims. The fixed number is
    that of the exact binomial test with the same two errors; ``sequential_good`` and ``sequential_bad`` are the mean
    rollouts of one test, over that number, at the p of a good plan and of a bad one, the larger one of all claims.

    Args:
        claims: Name -> claim.
        revisions: How often candidates are exchanged.
        plans: Synthetic plans of each p.
        seed: Seed of the rollouts.
    """
    grids = {name: _grid(claim) for name, claim in claims.items()}
    progress = Progress(sum(map(len, grids.values())))
    rows: list[dict[str, Any]] = []
    for name, claim in claims.items():
        fixed, decide = fixed_number(claim), cache(claim.decide)
        for p in grids[name]:
            rng = np.random.default_rng([seed, len(rows)])
            found = [tested(decide, p, revisions, rng) for _ in range(plans)]
            once = [tested(decide, p, 0, rng) for _ in range(plans)]
            passed, used = sum(t.certified for t in found), float(np.mean([t.rollouts for t in once]))
            rows.append(
                {
                    "claim": f"{name}: p >= {claim.least:g} at {1 - claim.error:.0%}",
                    "p": round(p, 7),
                    "false": p < claim.least,
                    "plans": plans,
                    "certified": passed / plans,
                    "wilson": [round(v, 5) for v in wilson(passed, plans)],
                    "certified_at_once": sum(t.certified for t in once) / plans,
                    "rollouts": round(used, 2),
                    "rollouts_with_exchange": round(float(np.mean([t.rollouts for t in found])), 2),
                    "fixed": fixed,
                    "fixed_without_failure": without_failure(claim),
                    "ratio": round(used / fixed, 4),
                    "role": "good" if p == claim.good else "bad" if p == BAD else "",
                }
            )
            progress.step(f"p = {p:g} under {name}")
    worst = max((r for r in rows if r["false"]), key=lambda r: r["certified"])
    return {
        "false_certify": worst["certified"],
        "false_certify_wilson": worst["wilson"],
        "sequential_good": max(r["ratio"] for r in rows if r["role"] == "good"),
        "sequential_bad": max(r["ratio"] for r in rows if r["role"] == "bad"),
        "revisions": revisions,
        "rows": rows,
    }


def _grid(claim: Claim) -> list[float]:
    return sorted({0.5, 0.8, 0.9, 0.94, 0.97, 0.99, BAD, claim.least - BELOW, claim.least, claim.good})


def held(folders: Sequence[Path], worlds: int, seed: int) -> dict[str, Any]:
    """Returns how often certified plans reach their goal in fresh worlds of the distribution that they were tested in.

    Args:
        folders: What `CertifiedPlan.save` wrote, one plan each.
        worlds: Fresh worlds for each plan.
        seed: Base of their seeds.

    Raises:
        sim_checks.errors.CertificateError: A folder holds no certified plan.
    """
    from sim_checks.bullet.perturb import Perturbation
    from sim_checks.certificate import load
    from sim_checks.rehearsal import rollout

    progress = Progress(len(folders))
    rows: list[dict[str, Any]] = []
    for index, folder in enumerate(folders):
        plan = load(folder)
        perturbation = Perturbation(**plan.certificate.payload["settings"]["perturbation"])
        used = set(plan.certificate.payload["seeds"])
        seeds = _fresh(range(seed + 10**9 + index * 10**6, 2**48), used, worlds)
        motions = list(plan.motions)
        met = sum(not rollout(plan.graph, plan.scene, motions, s, perturbation, folder) for s in seeds)
        rows.append({"plan": str(folder), "worlds": worlds, "met": met, "share": met / worlds})
        progress.step(f"{met} of {worlds} in {folder}")
    met, of = sum(int(r["met"]) for r in rows), worlds * len(rows)
    return {"certified_holds": met / of, "certified_holds_wilson": list(wilson(met, of)), "held": rows}


def _fresh(numbers: Iterable[int], used: set[int], count: int) -> list[int]:
    found: list[int] = []
    for number in numbers:
        if len(found) == count:
            break
        if number not in used:
            found.append(number)
    return found
