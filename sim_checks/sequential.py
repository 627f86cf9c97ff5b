"""Wald's sequential probability ratio test: as few rollouts as the claim allows."""

import math
from dataclasses import dataclass

from sim_checks.verdict import Outcome


@dataclass(frozen=True)
class Claim:
    """The claim that success has probability at least ``least``, tested sequentially.

    Args:
        least: The claim p0.
        good: The alternative p1 that a good plan should reach.
        error: Probability of a wrong decision on either side.
        most: Largest number of rollouts; undecided then is UNKNOWN.

    Source: Wald, Sequential Tests of Statistical Hypotheses (1945).
    """

    least: float = 0.75
    good: float = 0.97
    error: float = 0.05
    most: int = 60

    def decide(self, successes: int, failures: int) -> Outcome | None:
        """Returns PASS or FAIL as soon as the evidence suffices, UNKNOWN when ``most`` is reached, else None."""
        ratio = successes * math.log(self.good / self.least)
        ratio += failures * math.log((1 - self.good) / (1 - self.least))
        bound = math.log((1 - self.error) / self.error)
        if ratio >= bound:
            return Outcome.PASS
        if ratio <= -bound:
            return Outcome.FAIL
        return Outcome.UNKNOWN if successes + failures >= self.most else None
