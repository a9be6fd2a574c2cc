"""Erlang A against published values, and against the chain of its states summed up."""

import numpy as np
import pytest

from dryfly.simulation.erlang import ErlangA, erlang_a


def summed(per_hour: float, handling_s: float, agents: int, patience_s: float) -> tuple[float, float]:
    """Waiting and abandoned shares from the stationary states, one by one."""
    arrivals, served, left = per_hour / 3600, 1 / handling_s, 1 / patience_s
    numbers = np.arange(1, agents + 5_000)
    rates = np.minimum(numbers, agents) * served + np.maximum(numbers - agents, 0) * left
    log = np.concatenate(([0.0], np.cumsum(np.log(arrivals / rates))))
    states = np.exp(log - log.max())
    states /= states.sum()
    waiting = np.maximum(np.arange(len(states)) - agents, 0)
    return float(states[agents:].sum()), float((states * waiting).sum() * left / arrivals)


def test_the_standard_example() -> None:
    """48 calls a minute of one minute, 50 agents, patience of two minutes."""
    found = erlang_a(48 * 60, 60, 50, 120, 20)
    assert found.abandoned_share == pytest.approx(0.0309, abs=5e-5)
    assert found.wait_s == pytest.approx(3.71, abs=5e-3)


def test_calls_of_four_minutes() -> None:
    found = erlang_a(720, 240, 50, 120, 20)
    assert found.wait_share == pytest.approx(0.3423, abs=5e-5)
    assert found.abandoned_share == pytest.approx(0.0480, abs=5e-5)
    assert found.within_share == pytest.approx(0.8506, abs=5e-5)
    assert found.wait_s == pytest.approx(5.76, abs=5e-3)


@pytest.mark.parametrize("agents", [1, 5, 50, 110, 2_000])
@pytest.mark.parametrize("load", [0.2, 0.95, 1.0, 2.0])
def test_the_integral_is_the_sum(agents: int, load: float) -> None:
    per_hour = agents * load * 20
    waits, leaves = summed(per_hour, 180, agents, 90)
    found = erlang_a(per_hour, 180, agents, 90, 20)
    assert (found.wait_share, found.abandoned_share) == pytest.approx((waits, leaves), abs=1e-9)


def test_everybody_is_answered_within_endless_time_or_leaves() -> None:
    found: ErlangA = erlang_a(720, 240, 40, 120, 10**6)
    assert found.within_share == pytest.approx(1 - found.abandoned_share, abs=1e-12)
