"""The sequential test keeps its error bounds and stops early."""

import math

import numpy as np
import pytest

from sim_checks.sequential import Claim, fixed_number, without_failure
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
    assert claim.decide(18, 0) is None
    assert claim.decide(19, 0) is Outcome.PASS


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


@pytest.mark.parametrize("claim", [Claim(), Claim(0.95, 0.99, most=600), Claim(0.5, 0.9, 0.1)])
def test_all_tests_of_a_plan_together_spend_one_error(claim: Claim) -> None:
    assert sum(claim.spent(test) for test in range(1, 40)) == pytest.approx(claim.error)
    for test in (1, 2, 3):
        assert certified(claim, claim.least, test) <= claim.spent(test)
        assert certified(claim, claim.least - 0.05, test) <= claim.spent(test)
    assert sum(certified(claim, claim.least, test) for test in (1, 2, 3)) <= claim.error
    assert certified(claim, claim.good, 1) >= 1 - 1.5 * claim.error


def certified(claim: Claim, p: float, test: int) -> float:
    """The exact probability of a PASS: the distribution of successes among the tests that go on, rollout by rollout."""
    going, passed = {0: 1.0}, 0.0
    for count in range(claim.most + 1):
        after: dict[int, float] = {}
        for successes, share in going.items():
            decided = claim.decide(successes, count - successes, test)
            passed += share * (decided is Outcome.PASS)
            if decided is None:
                after[successes] = after.get(successes, 0.0) + share * (1 - p)
                after[successes + 1] = after.get(successes + 1, 0.0) + share * p
        going = after
    return passed


def test_the_fixed_number_keeps_both_errors() -> None:
    claim = Claim()
    n = fixed_number(claim)
    reached = min(k for k in range(n + 1) if binomial(n, k, claim.least) <= claim.error)
    assert binomial(n, reached, claim.good) >= 1 - claim.error
    assert without_failure(Claim(0.95)) == 59 and 0.95**59 <= 0.05 < 0.95**58


def binomial(n: int, least: int, p: float) -> float:
    return sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(least, n + 1))


def test_a_bad_plan_is_thrown_out_quickly() -> None:
    rng = np.random.default_rng(3)
    counts = [_run(Claim(), 0.3, rng)[1] for _ in range(500)]
    assert np.mean(counts) < 6
