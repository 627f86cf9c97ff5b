"""The bench of rollouts: shares of whole rollouts, no time to a verdict that was a refusal, exact expectations."""

import itertools

import pytest

from planner.bench.rollout import BAD, Measured, Rolled, expected_rollouts, sequential
from sim_checks.gates import GateSettings
from sim_checks.sequential import Claim


def _run(seed=None, findings=()):
    return Rolled(seed, findings, simulated_s=8.0, step_s=0.9, play_s=1.0, wall_s=1.2, processor_s=1.1)


def test_a_rollout_counts_from_no_world_to_its_verdict():
    figures = Measured(4.0, (_run(),), (_run(0), _run(1, ("dropped",))), 6.0, 3.0).figures()
    assert figures["step_share"] == 0.75 and figures["step_share_playing"] == 0.9
    assert figures["verdict_over_motion"] == 0.3 and figures["with_planning_over_motion"] == 1.5


def test_no_time_is_given_where_the_nominal_world_refuses():
    with pytest.raises(RuntimeError, match="dropped"):
        Measured(4.0, (_run(findings=("dropped",)),), (), 6.0, 3.0).figures()


def test_the_expectation_is_the_sum_over_all_outcomes():
    claim, p = Claim(0.5, 0.9, 0.3, most=7), 0.7
    mean = 0.0
    for outcomes in itertools.product((True, False), repeat=8):
        weight = 1.0
        for good in outcomes:
            weight *= p if good else 1 - p
        mean += weight * next(n for n in range(9) if claim.decide(sum(outcomes[:n]), n - sum(outcomes[:n])) is not None)
    assert expected_rollouts(claim, p) == pytest.approx(mean)


def test_the_gates_test_takes_fewer_rollouts_than_the_fixed_number():
    found = sequential({"gates": GateSettings().claim})
    assert found["sequential_good"] <= 1.25
    assert found["sequential_bad"] <= 0.15
    assert BAD < 0.5
