"""Split-conformal calibration: the guarantee, exactly."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.language.calibration import calibrate

SCORES = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=40)
ALPHAS = st.floats(0.0, 1.0)


@given(SCORES, ALPHAS)
def test_of_exchangeable_requests_the_left_out_one_scores_high_enough_often_enough(scores, alpha) -> None:
    """Over all choices of the one left out, the share at or above the threshold is 1 - alpha or more."""
    kept = sum(score >= calibrate(scores[:i] + scores[i + 1 :], alpha) for i, score in enumerate(scores))
    assert kept >= (1 - alpha) * len(scores) - 1e-9


@given(SCORES, ALPHAS)
def test_within_the_set_the_share_is_reached_too(scores, alpha) -> None:
    threshold = calibrate(scores, alpha)
    assert sum(s >= threshold for s in scores) >= math.floor((1 - alpha) * len(scores))


@given(SCORES, ALPHAS, ALPHAS)
def test_who_may_miss_more_asks_less(scores, one, other) -> None:
    low, high = sorted((one, other))
    assert calibrate(scores, low) <= calibrate(scores, high)


@given(SCORES, ALPHAS, st.randoms())
def test_order_does_not_matter(scores, alpha, random) -> None:
    shuffled = list(scores)
    random.shuffle(shuffled)
    assert calibrate(shuffled, alpha) == calibrate(scores, alpha)


def test_too_few_scores_mean_asking_always() -> None:
    assert calibrate([], 0.05) == 0.0 and calibrate([0.9] * 18, 0.05) == 0.0 and calibrate([0.9] * 19, 0.05) == 0.9


@pytest.mark.parametrize("scores,alpha", [([0.5], -0.1), ([0.5], 1.1), ([math.nan], 0.1)])
def test_what_is_no_share_is_refused(scores, alpha) -> None:
    with pytest.raises(ValueError):
        calibrate(scores, alpha)
