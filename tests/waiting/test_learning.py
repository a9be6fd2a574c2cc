"""The lines lie where they should: as another library's do, with those who left, and with the share that was said."""

import numpy as np
import pytest

from dryfly.waiting.learning import MEDIAN, History, factor, learn
from dryfly.waiting.regression import Numbers, columns, fit, stayed


def waits_like_a_queue(count: int, seed: int = 1) -> tuple[Numbers, Numbers]:
    random = np.random.default_rng(seed)
    ahead, idle = random.poisson(4, count).astype(float), random.poisson(1, count).astype(float)
    return np.column_stack([ahead, idle]), random.exponential(20 + 15 * ahead / (1 + idle))


def pinball(waits: Numbers, told: Numbers, share: float) -> float:
    return float(np.mean(np.where(waits > told, share * (waits - told), (share - 1) * (waits - told))))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_a_line_is_as_good_as_the_exact_one(share: float) -> None:
    regressor = pytest.importorskip("sklearn.linear_model").QuantileRegressor  # of the bench's set
    signs, waits = waits_like_a_queue(3_000)
    ours = fit(signs, waits, (share,)).read(signs)[:, 0]
    exact = regressor(quantile=share, alpha=0).fit(columns(signs), waits).predict(columns(signs))
    assert pinball(waits, ours, share) <= 1.01 * pinball(waits, exact, share)


def test_lines_do_not_cross_and_none_is_below_nought() -> None:
    signs, waits = waits_like_a_queue(300)
    told = fit(signs, waits, (0.1, 0.5, 0.8, 0.9)).read(np.random.default_rng(2).normal(0, 300, (500, 2)))
    assert (np.diff(told, axis=1) >= 0).all()
    assert (told >= 0).all()


def test_who_left_counts_as_one_who_would_have_waited_longer() -> None:
    signs, waits = waits_like_a_queue(8_000)
    patience = np.random.default_rng(3).exponential(90, len(waits))
    is_ended = waits <= patience
    seen = np.minimum(waits, patience)
    weights = 1 / stayed(seen, is_ended)
    weighted = fit(signs[is_ended], seen[is_ended], (0.5,), weights[is_ended]).read(signs)[:, 0]
    blind = fit(signs[is_ended], seen[is_ended], (0.5,)).read(signs)[:, 0]
    assert (waits <= blind).mean() < 0.4, "those who were answered are the ones who waited little"
    assert (waits <= weighted).mean() == pytest.approx(0.5, abs=0.03)


def test_the_share_that_stays_is_kaplan_and_meiers() -> None:
    waits, is_ended = np.array([10.0, 20.0, 30.0, 40.0]), np.array([True, False, True, True])
    assert stayed(waits, is_ended) == pytest.approx([1, 1, 2 / 3, 2 / 3])


def test_an_edge_moves_until_it_holds_its_share() -> None:
    waits = np.arange(1.0, 101.0)
    assert factor(waits, np.full(100, 40.0), 0.8, np.ones(100)) == pytest.approx(2.0)
    assert factor(waits, np.full(100, 1.0), 0.8, np.ones(100)) == 2.0, "but not without measure"


def test_the_trial_tells_the_newer_half_from_the_older() -> None:
    signs, waits = waits_like_a_queue(4_000)
    days = np.repeat(np.arange(8.0), 500)
    waits[days >= 4] *= 1.5
    lines, trial = learn(History(signs, waits, np.ones(len(waits), bool), days), (MEDIAN, 0.8))
    assert trial.count == 2_000
    assert trial.covered == pytest.approx(0.8, abs=0.02)
    assert lines.factors[0] == 1.0
    assert lines.factors[1] > 1.3, "what it did not know before, the edge makes good"
