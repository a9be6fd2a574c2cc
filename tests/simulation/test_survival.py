"""Patience from censored waits: against a table worked by hand, and against laws that are known."""

import numpy as np
import pytest

from dryfly.simulation.survival import constant_rate, kaplan_meier

# Ten who waited. Gave up after 2, 5, 5, 8, 12; were answered after 3, 5, 9, 12, 15.
#   at  2: 10 are left, 1 gives up:  9/10                 = 0.9
#   at  5:  8 are left, 2 give up:   9/10 * 6/8           = 0.675
#   at  8:  5 are left, 1 gives up:  0.675 * 4/5          = 0.54
#   at 12:  3 are left, 1 gives up:  0.54 * 2/3           = 0.36
WAITS = np.array([2.0, 3.0, 5.0, 5.0, 5.0, 8.0, 9.0, 12.0, 12.0, 15.0])
GAVE_UP = np.array([True, False, True, True, False, True, False, True, False, False])


def test_the_table_worked_by_hand() -> None:
    found = kaplan_meier(WAITS, GAVE_UP, at_risk_min=1)
    assert found.times.tolist() == [2, 5, 8, 12]
    assert found.shares == pytest.approx([0.9, 0.675, 0.54, 0.36])
    assert found.beyond(np.array([0.0, 2.0, 4.9, 5.0, 12.0])) == pytest.approx([1, 0.9, 0.9, 0.675, 0.36])


def test_beyond_the_last_it_goes_on_at_the_late_rate() -> None:
    found = kaplan_meier(WAITS, GAVE_UP, at_risk_min=1)  # after 5, the median: 8 and 12 end, and 3+4+7+7+10 are spent
    assert found.rate == pytest.approx(2 / 31)
    assert found.beyond(np.array([22.0])) == pytest.approx([0.36 * np.exp(-20 / 31)])


def test_where_few_are_left_single_steps_are_not_believed() -> None:
    assert kaplan_meier(WAITS, GAVE_UP, at_risk_min=5).times.tolist() == [2, 5, 8]


def test_draws_follow_the_steps_and_ascend() -> None:
    found = kaplan_meier(WAITS, GAVE_UP, at_risk_min=1)
    drawn = found.drawn(np.array([0.0, 0.09, 0.2, 0.33, 0.4, 0.6, 0.7]))
    assert drawn[:6].tolist() == [2, 2, 5, 8, 8, 12]
    assert drawn[6] == pytest.approx(12 + np.log(0.36 / 0.3) * 31 / 2)
    many = found.drawn(np.random.default_rng(1).random(200_000))
    assert [(many > at).mean() for at in (2, 5, 8, 12, 22)] == pytest.approx(
        [0.9, 0.675, 0.54, 0.36, 0.36 * np.exp(-20 / 31)], abs=0.005
    )


def test_who_waited_so_long_already_is_drawn_from_what_is_left() -> None:
    found = kaplan_meier(WAITS, GAVE_UP, at_risk_min=1)
    drawn = found.drawn(np.random.default_rng(2).random(100_000), at_least=5.0)
    assert drawn.min() > 5
    assert (drawn > 8).mean() == pytest.approx(0.54 / 0.675, abs=0.005)


def test_answers_do_not_pass_for_impatience() -> None:
    """Patience of 120 s, answered after 40 s on the average: the plain mean of those who gave up is far off."""
    chance = np.random.default_rng(3)
    patience, answer = chance.exponential(120.0, 40_000), chance.exponential(40.0, 40_000)
    waited, gave_up = np.minimum(patience, answer), patience < answer
    found, law = kaplan_meier(waited, gave_up), constant_rate(waited, gave_up)
    at = np.array([20.0, 60.0, 100.0, 300.0])
    assert found.beyond(at) == pytest.approx(np.exp(-at / 120), abs=0.02)
    assert 1 / law.rate == pytest.approx(120, rel=0.03)
    assert waited[gave_up].mean() < 40


def test_longer_by_a_factor() -> None:
    found = kaplan_meier(WAITS, GAVE_UP, at_risk_min=1)
    uniforms = np.random.default_rng(4).random(50)
    assert found.times_longer(1.25).drawn(uniforms) == pytest.approx(1.25 * found.drawn(uniforms))


def test_nobody_ever_gave_up() -> None:
    found = kaplan_meier(WAITS, np.zeros(10, dtype=bool))
    assert np.isinf(found.drawn(np.array([0.0, 0.99]))).all()
    assert found.beyond(np.array([1e9])).tolist() == [1.0]
