"""The sequential probability ratio test: as few rollouts as the claim allows, one error for all tests of a plan."""

import math
from dataclasses import dataclass

from sim_checks.verdict import Outcome

FIRST_SHARE = 0.8
"""Share of a claim's error that the first test may spend; each further one spends this share of what is left."""


@dataclass(frozen=True)
class Claim:
    """The claim that success has probability at least ``least``, tested sequentially.

    After each rollout the likelihood ratio of ``good`` against ``least`` is compared with two bounds: PASS at 1 / a or
    more, FAIL at error / (1 - a) or less, where a is what this test may spend of ``error``.

    Proof that a plan below ``least`` is certified with probability ``error`` at most: for p = least the likelihood
    ratio is a martingale that starts at 1, for a smaller p it shrinks in the mean. So by Ville's inequality it ever
    reaches 1 / a with probability a at most, however long one looks. Candidates that fail are exchanged and tested anew
    in rollouts of their own; test k spends a = error * 0.8 * 0.2 ** (k - 1), and the sum over all k is ``error``: the
    confidence of a certificate does not depend on how many tests there were. The lower bound is Wald's, and stops a
    test that will hardly pass any more; it can only lower the probability of a certificate.

    Args:
        least: The claim p0.
        good: The alternative p1 that a good plan should reach.
        error: Most probability that a plan below ``least`` is certified, over all tests of it; and about that with
            which a test fails a plan that reaches ``good``.
        most: Largest number of rollouts of one test; undecided then is UNKNOWN.

    Source: Wald, Sequential Tests of Statistical Hypotheses (1945); Ville, Etude critique de la notion de collectif
    (1939); how the error is spent is our own (a union bound).
    """

    least: float = 0.75
    good: float = 0.97
    error: float = 0.05
    most: int = 60

    def decide(self, successes: int, failures: int, test: int = 1) -> Outcome | None:
        """Returns PASS or FAIL as soon as the evidence suffices, UNKNOWN when ``most`` is reached, else None.

        Args:
            successes: Rollouts of this test that reached the goal.
            failures: Rollouts of this test that did not.
            test: Which test of the plan it is, from 1; each has candidates of its own.
        """
        spent = self.spent(test)
        ratio = successes * math.log(self.good / self.least)
        ratio += failures * math.log((1 - self.good) / (1 - self.least))
        if ratio >= -math.log(spent):
            return Outcome.PASS
        if ratio <= math.log(self.error / (1 - spent)):
            return Outcome.FAIL
        return Outcome.UNKNOWN if successes + failures >= self.most else None

    def spent(self, test: int = 1) -> float:
        """Returns the probability with which this test may certify a plan below ``least``; over all, ``error``."""
        return self.error * FIRST_SHARE * (1 - FIRST_SHARE) ** (test - 1)


def fixed_number(claim: Claim) -> int:
    """Returns how many rollouts a test of fixed length needs for the same claim with the same two errors.

    The smallest n for which some number of successes is reached with probability ``error`` at most if p = least, and
    with probability 1 - ``error`` at least if p = good.

    Source: the exact binomial test.
    """
    for n in range(1, 100_000):
        below = _at_least(n, claim.least, claim.error)
        if _tail(n, below, claim.good) >= 1 - claim.error:
            return n
    raise ValueError(f"no fixed number of rollouts tells {claim.good} from {claim.least}")


def without_failure(claim: Claim) -> int:
    """Returns how many rollouts, all of them successes, show the claim in a test of fixed length."""
    return math.ceil(math.log(claim.error) / math.log(claim.least))


def _at_least(n: int, p: float, error: float) -> int:
    """Returns the smallest number of successes that n rollouts reach with probability ``error`` at most."""
    tail, successes = 0.0, n + 1
    while successes > 0:
        more = tail + math.exp(_log_probability(n, successes - 1, p))
        if more > error:
            break
        tail, successes = more, successes - 1
    return successes


def _tail(n: int, successes: int, p: float) -> float:
    """Returns the probability of at least so many successes."""
    return sum(math.exp(_log_probability(n, k, p)) for k in range(successes, n + 1))


def _log_probability(n: int, k: int, p: float) -> float:
    choose = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return choose + k * math.log(p) + (n - k) * math.log1p(-p)
