"""The interval that a share of few trials is known to lie in."""

import math

Z = 1.96
"""Quantile of the normal distribution at 97.5 %."""


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Returns the 95 % Wilson interval of a share.

    Source: Wilson, Probable inference, the law of succession, and statistical inference (1927).
    """
    if n == 0:
        return 0.0, 1.0
    share, extra = successes / n, Z * Z / n
    middle = (share + extra / 2) / (1 + extra)
    half = Z / (1 + extra) * math.sqrt(share * (1 - share) / n + extra / (4 * n))
    return max(0.0, middle - half), min(1.0, middle + half)
