"""What the floor is told of hours: instants, five weeks ahead, with holidays, clock changes and closings in them."""

from datetime import date

import msgspec
import pytest

from dryfly.floor.model import QueueId
from dryfly.setup.closings import Closing
from dryfly.setup.holidays import PublicHolidays, holidays_shown, is_known
from dryfly.setup.hours import Day, DayException, Hours, Span, hours_problems, standing
from dryfly.setup.openings import DAY_MS, spans_ahead, standing_with
from tests.setup.test_hours import VIENNA, at

HOUR = 3_600_000
RETURNS = QueueId("returns")
AROUND_THE_CLOCK = Hours("Europe/Vienna", {day: (Span("00:00", "24:00"),) for day in Day})


def told(hours: Hours | None, now: str, closing: Closing | None = None) -> list[tuple[int, int]]:
    return [(span.from_at, span.to_at) for span in spans_ahead(hours, closing, at(now)) or ()]


def test_what_never_closes_is_told_so() -> None:
    assert spans_ahead(None, None, at("2026-11-23T09:00")) is None
    assert spans_ahead(AROUND_THE_CLOCK, None, at("2026-11-23T09:00")) is None


def test_several_spans_a_day_for_five_weeks() -> None:
    found = told(VIENNA, "2026-11-23T09:00")
    assert found[0] == (at("2026-11-23T08:00"), at("2026-11-23T12:00"))
    assert found[1] == (at("2026-11-23T13:00"), at("2026-11-23T17:30"))
    assert found[-1][1] >= at("2026-11-23T09:00") + 34 * DAY_MS
    assert found == sorted(found)


def test_within_a_day_the_same_is_told() -> None:
    assert told(VIENNA, "2026-11-23T02:00") == told(VIENNA, "2026-11-23T23:00")


@pytest.mark.parametrize(
    ("day", "hours_long"),
    [("2026-03-29", 3), ("2026-10-25", 5)],  # put forward: 23 hours; put back: 25
)
def test_a_night_over_a_clock_change_is_as_long_as_it_is(day: str, hours_long: int) -> None:
    night = Hours("Europe/Vienna", {Day.SUN: (Span("00:00", "04:00"),)})
    opens, closes = next(span for span in told(night, f"{day}T12:00") if span[0] == at(f"{day}T00:00"))
    assert closes - opens == hours_long * HOUR
    assert closes == at(f"{day}T04:00")


def test_a_span_that_the_clock_skips_is_not_there_that_day() -> None:
    hours = Hours("Europe/Vienna", {Day.SUN: (Span("02:00", "03:00"), Span("10:00", "11:00"))})
    found = told(hours, "2026-03-28T12:00")
    assert found[0] == (at("2026-03-29T10:00"), at("2026-03-29T11:00"))
    assert found[1] == (at("2026-04-05T02:00"), at("2026-04-05T03:00"))


def test_public_holidays_are_closed_unless_a_date_says_otherwise() -> None:
    hours = msgspec.structs.replace(VIENNA, holidays=PublicHolidays("AT"))
    assert standing(hours, at("2026-12-08T09:00")).opens_at == at("2026-12-09T08:00")  # a Tuesday
    open_then = msgspec.structs.replace(hours, exceptions=(DayException("2026-12-08", (Span("10:00", "12:00"),)),))
    assert standing(open_then, at("2026-12-08T10:30")).is_open
    assert not any(
        at("2026-12-08T00:00") <= opens < at("2026-12-09T00:00") for opens, _ in told(hours, "2026-12-01T09")
    )


def test_parts_of_a_country_have_their_own() -> None:
    saxony = msgspec.structs.replace(VIENNA, holidays=PublicHolidays("DE", "SN"))
    germany = msgspec.structs.replace(VIENNA, holidays=PublicHolidays("DE"))
    repentance = at("2026-11-18T09:00")
    assert not standing(saxony, repentance).is_open
    assert standing(germany, repentance).is_open
    assert not is_known(PublicHolidays("DE", "XX"))
    shown = holidays_shown(PublicHolidays("DE", "SN"), date(2026, 11, 1))
    assert shown.parts["SN"] == "Sachsen"
    assert shown.ahead[0].date == "2026-11-18"


def test_a_closing_cuts_its_time_out() -> None:
    now = at("2026-11-23T09:00")
    closing = Closing(RETURNS, now, now + HOUR, "Fire alarm.", "Ada")
    found = told(VIENNA, "2026-11-23T09:00", closing)
    assert found[:2] == [(at("2026-11-23T08:00"), now), (now + HOUR, at("2026-11-23T12:00"))]
    always = told(None, "2026-11-23T09:00", closing)
    assert now + HOUR in [opens for opens, _ in always]
    assert standing_with(None, closing, now).opens_at == now + HOUR
    assert standing_with(None, closing, now + HOUR).is_open


def test_a_closing_over_the_evening_opens_with_the_hours() -> None:
    now = at("2026-11-23T16:00")
    closing = Closing(RETURNS, now, at("2026-11-23T20:00"), "Power cut.", "Ada")
    assert standing_with(VIENNA, closing, now).opens_at == at("2026-11-24T08:00")


@pytest.mark.parametrize(
    ("hours", "place"),
    [
        (Hours("UTC", {Day.MON: (Span("22:00", "06:00"),), Day.TUE: (Span("05:00", "09:00"),)}), "hours.week.tue"),
        (Hours("UTC", {Day.SUN: (Span("22:00", "06:00"),), Day.MON: (Span("05:00", "09:00"),)}), "hours.week.mon"),
        (Hours("UTC", {Day.MON: (Span("22:00", "06:00"), Span("23:00", "23:30"))}), "hours.week.mon"),
        (Hours("UTC", {Day.MON: (Span("24:00", "06:00"),)}), "hours.week.mon"),
        (
            Hours("Europe/Vienna", exceptions=(DayException("2026-03-29", (Span("02:30", "10:00"),)),)),
            "hours.exceptions.2026-03-29",
        ),
        (Hours("UTC", holidays=PublicHolidays("Atlantis")), "hours.holidays"),
    ],
)
def test_impossible_hours_are_refused_where_they_stand(hours: Hours, place: str) -> None:
    (problem,) = hours_problems("queues/returns.hours", hours)
    assert (problem.code, problem.values["where"]) == ("hours_wrong", f"queues/returns.{place}")
    assert "2026-03-29" not in place or "no 02:30" in problem.text
