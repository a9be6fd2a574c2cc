"""Opening hours, by the clock on the wall of their zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dryfly.setup.hours import Day, DayException, Hours, Span, hours_problems, standing

ZONES = ("Europe/Vienna", "America/New_York", "Asia/Kolkata", "UTC", "Australia/Lord_Howe")
WORKDAY: tuple[Span, ...] = (Span("08:00", "12:00"), Span("13:00", "17:30"))
WEEK = dict.fromkeys(list(Day)[:5], WORKDAY)
VIENNA = Hours("Europe/Vienna", WEEK)


def at(text: str, zone: str = "Europe/Vienna") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def test_no_hours_are_always_open() -> None:
    assert standing(None, 0).is_open


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23T08:00", None),  # a Monday, on the dot
        ("2026-11-23T07:59", "2026-11-23T08:00"),
        ("2026-11-23T12:00", "2026-11-23T13:00"),  # lunch
        ("2026-11-23T17:30", "2026-11-24T08:00"),
        ("2026-11-27T18:00", "2026-11-30T08:00"),  # over the weekend
    ],
)
def test_the_next_opening(now: str, opens: str | None) -> None:
    found = standing(VIENNA, at(now))
    assert (found.is_open, found.opens_at) == (opens is None, at(opens) if opens else None)


def test_dates_differ_from_their_weekday() -> None:
    holiday = DayException("2026-12-25")
    short = DayException("2026-12-24", (Span("08:00", "12:00"),))
    hours = msgspec.structs.replace(VIENNA, exceptions=(holiday, short))
    assert standing(hours, at("2026-12-24T11:59")).is_open
    assert standing(hours, at("2026-12-24T12:00")).opens_at == at("2026-12-28T08:00")


def test_an_emergency_shuts_at_once_and_says_why() -> None:
    hours = msgspec.structs.replace(VIENNA, closed=True, closed_text="The building is being cleared.")
    found = standing(hours, at("2026-11-23T09:00"))
    assert (found.is_open, found.opens_at, found.text) == (False, None, "The building is being cleared.")


def test_a_night_shift_goes_on_into_the_next_day() -> None:
    hours = Hours("Europe/Vienna", {Day.FRI: (Span("22:00", "02:00"),)})
    assert standing(hours, at("2026-11-28T01:59")).is_open
    assert not standing(hours, at("2026-11-28T02:00")).is_open


def test_the_wall_counts_when_clocks_change() -> None:
    around_the_clock = Hours("Europe/Vienna", {day: (Span("00:00", "24:00"),) for day in Day})
    for hour in range(72):  # 2026-10-25: 25 hours long
        assert standing(around_the_clock, at("2026-10-24T00:00") + hour * 3_600_000).is_open
    saturday = standing(VIENNA, at("2026-10-23T18:00"))
    assert saturday.opens_at == at("2026-10-26T08:00")  # 62 + 1 hours on
    night = Hours("Europe/Vienna", {Day.SUN: (Span("02:30", "10:00"),)})
    assert standing(night, at("2026-03-29T01:00")).opens_at == at("2026-03-29T03:30")  # there is no 02:30 that day


def test_closed_for_good_has_no_next_opening() -> None:
    assert standing(Hours("UTC"), 0) == standing(Hours("UTC"), 1)
    assert standing(Hours("UTC"), 0).opens_at is None


@st.composite
def weeks(draw: st.DrawFn) -> Hours:
    def day() -> tuple[Span, ...]:
        quarters = sorted(draw(st.sets(st.integers(12, 95), min_size=0, max_size=4)))  # after 03:00: no change by then
        walls = [f"{quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in quarters]
        return tuple(Span(opens, closes) for opens, closes in zip(walls[::2], walls[1::2], strict=False))

    return Hours(draw(st.sampled_from(ZONES)), {name: day() for name in Day})


@given(weeks(), st.integers(0, 370 * 96))
def test_open_is_what_the_wall_says(hours: Hours, quarter: int) -> None:
    now = at("2026-01-01T00:00", "UTC") + quarter * 900_000
    wall = datetime.fromtimestamp(now / 1000, ZoneInfo(hours.zone))
    spans = hours.week[list(Day)[wall.weekday()]]
    assert standing(hours, now).is_open == any(span.opens <= f"{wall:%H:%M}" < span.closes for span in spans)


@given(weeks(), st.integers(0, 370 * 24))
def test_nothing_opens_before_the_next_opening(hours: Hours, hour: int) -> None:
    now = at("2026-01-01T00:00", "UTC") + hour * 3_600_000
    found = standing(hours, now)
    if not found.is_open and found.opens_at is not None:
        assert standing(hours, found.opens_at).is_open
        assert not standing(hours, found.opens_at - 1).is_open
        assert not standing(hours, now + (found.opens_at - now) // 2).is_open


@pytest.mark.parametrize(
    "hours",
    [
        Hours("Mars/Olympus"),
        Hours("UTC", {Day.MON: (Span("8:00", "12:00"),)}),
        Hours("UTC", {Day.MON: (Span("08:00", "25:00"),)}),
        Hours("UTC", {Day.MON: (Span("08:00", "12:00"), Span("11:00", "13:00"))}),
        Hours("UTC", exceptions=(DayException("tomorrow"),)),
        Hours("UTC", closed_text="x" * 301),
    ],
)
def test_what_cannot_be_is_refused(hours: Hours) -> None:
    assert [problem.code for problem in hours_problems("site.hours", hours)] == ["hours_wrong"]
