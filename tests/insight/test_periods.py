"""Intervals as people in a place count them."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from dryfly.insight.periods import Every, instant_of, intervals, zone_of

HOUR_MS = 3600 * 1000


def lengths(day: str, after: str, every: Every, zone: str) -> list[float]:
    """The hours that each interval lasts."""
    there = zone_of(zone)
    bounds = intervals(instant_of(day, there), instant_of(after, there), every, there)
    return [(end - begin) / HOUR_MS for begin, end in pairwise(bounds)]


@pytest.mark.parametrize(
    ("day", "after", "zone", "count"),
    [
        ("2026-03-29", "2026-03-30", "Europe/Berlin", 23),
        ("2026-10-25", "2026-10-26", "Europe/Berlin", 25),
        ("2026-07-01", "2026-07-02", "Asia/Kolkata", 24),
        ("2026-07-01", "2026-07-02", "Asia/Kathmandu", 24),
    ],
)
def test_an_hour_is_an_hour(day: str, after: str, zone: str, count: int) -> None:
    assert lengths(day, after, Every.HOUR, zone) == [1] * count
    assert lengths(day, after, Every.QUARTER, zone) == [0.25] * 4 * count


def test_days_begin_at_midnight_or_at_the_first_instant_that_there_is() -> None:
    assert lengths("2026-03-28", "2026-03-31", Every.DAY, "Europe/Berlin") == [24, 23, 24]
    # In Beirut clocks go forward at midnight: the day begins at one o'clock.
    assert lengths("2026-03-28", "2026-03-31", Every.DAY, "Asia/Beirut") == [24, 23, 24]
    begin = instant_of("2026-03-29", zone_of("Asia/Beirut"))
    assert datetime.fromtimestamp(begin / 1000, zone_of("Asia/Beirut")).hour == 1


def test_half_an_hour_of_change_makes_one_odd_interval() -> None:
    assert sum(lengths("2026-04-05", "2026-04-06", Every.HOUR, "Australia/Lord_Howe")) == 24.5
    assert set(lengths("2026-04-05", "2026-04-06", Every.HOUR, "Australia/Lord_Howe")) == {1, 1.5}


def test_a_period_is_one_interval_or_begins_within_one() -> None:
    assert lengths("2026-03-28", "2026-03-31", Every.PERIOD, "UTC") == [72]
    assert lengths("2026-03-28T08:15", "2026-03-28T10:00", Every.HOUR, "UTC") == [0.75, 1]


def test_times_are_local_unless_they_say_otherwise() -> None:
    berlin = zone_of("Europe/Berlin")
    at = datetime(2026, 7, 1, 6, 15, tzinfo=UTC).timestamp() * 1000
    assert {
        instant_of(text, berlin) for text in ("2026-07-01T08:15", "2026-07-01T06:15Z", "2026-07-01T11:45+05:30")
    } == {at}
