"""The benches of engines: medians, growth beyond the warm-up, and two workers that say the same as one."""

import pytest

from planner.bench.engine_jobs import simulate
from planner.bench.scale import Run, figures
from planner.bench.soak import Weight
from planner.bench.soak import figures as grown
from planner.bench.soak import measure as soak
from tests.worlds import hob


def test_the_speedup_is_of_medians():
    runs = [Run("pool", w, s, "same") for w, s in ((1, 10.0), (2, 5.0), (1, 12.0), (2, 6.0), (1, 30.0), (2, 40.0))]
    found = figures(runs, 6)
    assert found["pool_busy_share"] == 0.0 and found["ray_busy_share"] is None
    assert found["pool_speedup"] == 2.0 and found["ray_speedup"] is None
    assert found["load_average"] >= 0 and found["runs"][0]["jobs_per_s"] == 0.6


def test_growth_is_what_comes_after_the_warm_up():
    leaking = [Weight(10**8 + 10_000 * n, 5 * 10**7, 9, 3 + n // 100) for n in range(1100)]
    found = grown(leaking)
    assert found["growth_mb"] == pytest.approx(9.0) and found["growth_entries"] == 9
    still = [Weight(10**8 + (10**7 if n > 20 else 0), 5 * 10**7, 9, 3) for n in range(1100)]
    assert grown(still)["growth_mb"] == 0.0


def test_a_soak_sees_each_world_again():
    weights = soak(hob(), jobs=60, warm_up=2, steps=1)
    assert len(weights) == 62 and weights[-1].worker > 10**7
    assert grown(weights, 2)["growth_files"] == 0
    assert simulate(hob(), 1, 1) != simulate(hob(), 2, 1)
