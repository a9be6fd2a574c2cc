"""Chance: laws have the means they say, and a draw changes by nothing but its own name and number."""

import numpy as np
import pytest

from dryfly.simulation.crowd import arrivals, expected_by
from dryfly.simulation.draws import Chance, Empirical, Exponential, Fixed, Law, Lognormal, Purpose, Weibull, repeats
from dryfly.simulation.scenario import Rate

CHANCE = Chance(seed=7, replication=3)
HOUR_MS = 3_600_000


@pytest.mark.parametrize(
    ("law", "cv"),
    [
        (Fixed(30), 0.0),
        (Exponential(120), 1.0),
        (Lognormal(280, 1.2), 1.2),
        (Weibull(90, 2.0), 0.5227),
        (Empirical((1.0, 2.0, 9.0)), 0.8898),
    ],
)
def test_a_law_has_the_mean_and_spread_it_says(law: Law, cv: float) -> None:
    drawn = law.drawn(CHANCE.rows(Purpose.HANDLING, "calls", 200_000))
    assert drawn.min() >= 0
    assert drawn.mean() == pytest.approx(law.mean_s, rel=0.02)
    assert drawn.std() / drawn.mean() == pytest.approx(cv, abs=0.03)


def test_a_row_depends_on_its_number_alone() -> None:
    few, many = (CHANCE.rows(Purpose.PATIENCE, "calls", count) for count in (10, 10_000))
    assert np.array_equal(few, many[:10])


def test_seed_replication_purpose_and_subject_each_give_other_chance() -> None:
    streams = [
        CHANCE.uniforms(Purpose.PATIENCE, "calls", 100),
        CHANCE.uniforms(Purpose.HANDLING, "calls", 100),
        CHANCE.uniforms(Purpose.PATIENCE, "chats", 100),
        Chance(7, 4).uniforms(Purpose.PATIENCE, "calls", 100),
        Chance(8, 3).uniforms(Purpose.PATIENCE, "calls", 100),
    ]
    assert len({float(stream[0]) for stream in streams}) == len(streams)
    assert np.abs(np.corrcoef(streams) - np.eye(len(streams))).max() < 0.4


def test_a_raised_rate_keeps_every_customer_and_brings_them_sooner() -> None:
    calm, busy = (arrivals(Rate(per_hour=rate), CHANCE, "calls", 10 * HOUR_MS) for rate in (60.0, 90.0))
    assert len(busy) > len(calm)
    assert bool(np.all(busy[: len(calm)] <= calm))


def test_arrivals_follow_the_rate_of_their_interval() -> None:
    rate = Rate(per_interval=(0.0, 4_000.0, 1_000.0), minutes=60)
    came = arrivals(rate, CHANCE, "calls", 3 * HOUR_MS)
    by_hour = np.bincount(came // HOUR_MS, minlength=3)
    assert by_hour[0] == 0
    assert by_hour[1] == pytest.approx(4_000, abs=250)
    assert by_hour[2] == pytest.approx(1_000, abs=130)


def test_a_run_that_ends_within_an_interval_gets_its_share() -> None:
    edges, expected = expected_by(Rate(per_interval=(10.0, 20.0), minutes=60), HOUR_MS * 3 // 2)
    assert edges.tolist() == [0, HOUR_MS, HOUR_MS * 3 / 2]
    assert expected.tolist() == [0, 10, 20]


def test_days_differ_as_far_as_the_forecast_doubts() -> None:
    rate = Rate(per_hour=2_000.0, cv=0.2)
    counts = [len(arrivals(rate, Chance(1, n), "calls", HOUR_MS)) for n in range(200)]
    assert np.mean(counts) == pytest.approx(2_000, rel=0.05)
    assert np.std(counts) / 2_000 == pytest.approx(0.2, abs=0.04)


def test_what_happens_again_with_a_chance_happens_so_often() -> None:
    times = repeats(CHANCE.uniforms(Purpose.RETRIES, "calls", 100_000), 0.5, 3)
    assert np.bincount(times).tolist() == pytest.approx([50_000, 25_000, 12_500, 12_500], rel=0.03)
    assert repeats(np.array([0.0, 0.99]), 0.0, 3).tolist() == [0, 0]
    assert repeats(np.array([0.0, 0.99]), 1.0, 3).tolist() == [3, 3]
