"""When to ask: the threshold on a score of under-specification that split-conformal calibration gives.

The score is that of `planner.language.questioning`; the threshold goes into the weights' card.

Source: split conformal prediction, Vovk et al. (2005); Angelopoulos and Bates (2021), A Gentle Introduction, section 1.
"""

import math
from collections.abc import Sequence

ALPHA = 0.05
"""Share of ambiguous requests that may go unasked."""


def calibrate(scores_ambiguous: Sequence[float], alpha: float = ALPHA) -> float:
    """Returns the threshold at or above which a new ambiguous request scores with probability 1 - ``alpha`` or more.

    The guarantee holds for requests exchangeable with the calibration set. Where the set is too small to give it, the
    threshold is 0: ask always.

    Args:
        scores_ambiguous: Score of each ambiguous request of the calibration set.
        alpha: Share of ambiguous requests that may score below the threshold, 0 to 1.

    Raises:
        ValueError: ``alpha`` is no share, or a score is not a number.
    """
    if not 0.0 <= alpha <= 1.0:
        raise ValueError(f"alpha is a share from 0 to 1, not {alpha!r}")
    if any(math.isnan(score) for score in scores_ambiguous):
        raise ValueError("a score is not a number")
    rank = math.floor(alpha * (len(scores_ambiguous) + 1))
    if rank < 1:
        return 0.0
    return float(sorted(scores_ambiguous)[min(rank, len(scores_ambiguous)) - 1]) if scores_ambiguous else 0.0
