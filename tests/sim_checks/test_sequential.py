"""The sequential test keeps its error bounds and stops early."""

import numpy as np
import pytest

from sim_checks.sequential import Claim
from sim_checks.verdict import Outcome


def _run(claim: Claim, p: float, rng: np.random.Generator) -> tuple[Outcome, int]:
    successes = failures = 0
    while True:
        decided = claim.decide(successes, failures)
        if decided is not None:
            return decided, successes + failures
        if rng.random() < p:
            successes += 1
        else:
            failures += 1


def test_accepts_after_straight_successes() -> None:
    claim = Claim(least=0.80, good=0.95)
    assert claim.decide(17, 0) is None
    assert claim.decide(18, 0) is Outcome.PASS


def test_rejects_after_few_failures() -> None:
    assert Claim().decide(0, 2) is Outcome.FAIL


def test_undecided_at_the_end_is_unknown_and_unknown_is_no_pass() -> None:
    claim = Claim(most=10)
    assert claim.decide(9, 1) is Outcome.UNKNOWN


@pytest.mark.parametrize("seed", [0, 1])
def test_false_certificates_stay_under_the_stated_error(seed: int) -> None:
    rng = np.random.default_rng(seed)
    claim = Claim(most=400)
    passed = sum(_run(claim, claim.least, rng)[0] is Outcome.PASS for _ in range(2000))
    assert passed / 2000 <= 0.055


def test_a_bad_plan_is_thrown_out_quickly() -> None:
    rng = np.random.default_rng(3)
    counts = [_run(Claim(), 0.3, rng)[1] for _ in range(500)]
    assert np.mean(counts) < 6
