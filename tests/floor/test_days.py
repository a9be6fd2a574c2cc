"""Whole days with faults: invariants after every step, the naive floor agreeing, replay to the same digest."""

import pytest

from tests.days.generator import GeneratedDay
from tests.floor.floors import CheckedFloor

DAYS_COUNT = 100
DAYS_COUNT_LONG = 2_000


def play(seed: int) -> CheckedFloor:
    floor = CheckedFloor()
    try:
        GeneratedDay(seed, floor).run()
        floor.check_replay()
    except BaseException as error:
        error.add_note(f"Play it again: play({seed})")
        raise
    return floor


@pytest.mark.parametrize("seed", range(DAYS_COUNT))
def test_a_day_with_faults_keeps_every_promise(seed: int) -> None:
    floor = play(seed)
    assert not floor.state.contacts, "at the end of the day everybody has been served, has left, or fell silent"
    assert not floor.state.offers


@pytest.mark.long
def test_thousands_of_days_keep_every_promise() -> None:
    for seed in range(DAYS_COUNT, DAYS_COUNT + DAYS_COUNT_LONG):
        play(seed)
