"""Means with their intervals, against the tables' quantiles and against chance itself."""

import numpy as np
import pytest

from dryfly.simulation.intervals import estimate, paired, t_975

QUANTILES = {
    1: 12.7062, 2: 4.30265, 5: 2.57058, 8: 2.30600, 9: 2.26216, 10: 2.22814, 19: 2.09302, 29: 2.04523,
    199: 1.97196, 5_000: 1.96044,
}  # fmt: skip
"""Student's t at 0.975, by degrees of freedom, as the tables have it."""


@pytest.mark.parametrize(("degrees", "quantile"), QUANTILES.items())
def test_students_quantile(degrees: int, quantile: float) -> None:
    assert t_975(degrees) == pytest.approx(quantile, rel=1e-4)


def test_95_of_100_intervals_hold_the_truth() -> None:
    draws = np.random.default_rng(3).normal(10, 2, (4_000, 12))
    held = [found.low <= 10 <= found.high for found in map(estimate, draws)]
    assert np.mean(held) == pytest.approx(0.95, abs=0.012)


def test_what_both_runs_have_in_common_drops_out() -> None:
    days = np.random.default_rng(4).normal(100, 30, 20)
    better = days + 1 + np.random.default_rng(5).normal(0, 0.5, 20)
    assert paired(better, days).is_apart_from_zero
    assert paired(better, days).half < estimate(better).half / 20


def test_replications_without_a_value_are_left_out() -> None:
    found = estimate(np.array([np.nan, 1.0, 3.0]))
    assert (found.mean, found.count) == (2.0, 2)
    assert np.isnan(estimate(np.array([np.nan])).mean)
