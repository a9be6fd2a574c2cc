"""Opening hours: a week in a zone, dates that differ, and a switch for emergencies. Pure; instants come in.

A span is told by the clock on the wall of `zone`; one that closes at or before it opens goes on into the next day.
When clocks are put forward, a time that does not exist is an hour later by the wall; when they are put back, a span
covers the hour that comes twice both times.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from dryfly.platform.errors import CallerError
from dryfly.setup.holidays import PublicHolidays, holidays_of, is_known

SPANS_MAX = 6  # a day
EXCEPTIONS_MAX = 400
TEXT_MAX = 300
AHEAD_DAYS = 400  # as far as an opening is looked for
MINUTES_A_DAY = 24 * 60


class Day(StrEnum):
    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By the wall's clock: "08:00" to "17:30"; "24:00" is midnight at the end of the day."""

    opens: str
    closes: str


class DayException(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A date (2027-01-01) with other hours than its weekday's; none: closed."""

    date: str
    spans: tuple[Span, ...] = ()


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When people answer. `closed` shuts at once, whatever the week says; `closed_text` tells customers why.

    On public holidays of `holidays` it is closed, unless an exception says otherwise.
    """

    zone: str = "UTC"
    week: dict[Day, tuple[Span, ...]] = {}
    exceptions: tuple[DayException, ...] = ()
    closed: bool = False
    closed_text: str = ""
    holidays: PublicHolidays | None = None


class Standing(msgspec.Struct, frozen=True):
    """How it stands at one moment. `opens_at` (ms): the next opening; None while open, or if none is known."""

    is_open: bool
    opens_at: int | None = None
    text: str = ""


OPEN = Standing(True)


def standing(hours: Hours | None, at: int) -> Standing:
    """Nobody who set no hours is ever closed."""
    if hours is None:
        return OPEN
    if hours.closed:
        return Standing(False, None, hours.closed_text)
    for opens, closes in _periods(hours, at):
        if closes > at:
            return OPEN if opens <= at else Standing(False, opens)
    return Standing(False)


def periods(hours: Hours, from_at: int, to_at: int) -> list[tuple[int, int]]:
    """From when until when it is open within [from_at, to_at): in order, apart, and none of them empty."""
    found: list[tuple[int, int]] = []
    for opens, closes in () if hours.closed else _periods(hours, from_at):
        opens, closes = max(opens, from_at), min(closes, to_at)
        if opens >= to_at:
            break
        if closes > from_at:
            _join(found, opens, closes)
    return found


def _join(found: list[tuple[int, int]], opens: int, closes: int) -> None:
    if found and opens <= found[-1][1]:
        opens, before = found.pop()
        closes = max(before, closes)
    found.append((opens, closes))


def _periods(hours: Hours, at: int) -> Iterator[tuple[int, int]]:
    """(opens, closes) in order of opening, from the day before `at`, whose last span may reach into today."""
    zone = ZoneInfo(hours.zone)
    exceptions = {exception.date: exception.spans for exception in hours.exceptions}
    first = datetime.fromtimestamp(at / 1000, zone).date() - timedelta(days=1)
    for ahead in range(AHEAD_DAYS):
        day = first + timedelta(days=ahead)
        spans = exceptions.get(day.isoformat(), _usual(hours, day))
        told = sorted(period(day, span, zone) for span in spans)
        yield from ((opens, closes) for opens, closes in told if opens < closes)


def _usual(hours: Hours, day: date) -> tuple[Span, ...]:
    if hours.holidays is not None and day in holidays_of(hours.holidays, day.year):
        return ()
    return hours.week.get(list(Day)[day.weekday()], ())


def period(day: date, span: Span, zone: ZoneInfo) -> tuple[int, int]:
    """Empty, or the wrong way round, where clocks that are put forward skip it."""
    opens, closes = minutes_of(span.opens), minutes_of(span.closes)
    if closes <= opens:
        closes += MINUTES_A_DAY
    return _instant(day, opens, zone, 0), max(_instant(day, closes, zone, fold) for fold in (0, 1))


def _instant(day: date, minutes: int, zone: ZoneInfo, fold: int) -> int:
    wall = datetime.combine(day, time(), zone) + timedelta(minutes=minutes)  # arithmetic on the wall, not in time
    return int(wall.replace(fold=fold).astimezone(UTC).timestamp() * 1000)


def minutes_of(wall: str) -> int:
    """Since midnight. Raises ValueError."""
    hour, minute = wall.split(":")
    if len(hour) != 2 or len(minute) != 2 or not (0 <= int(minute) < 60 and 0 <= int(hour) * 60 + int(minute) <= 1440):
        raise ValueError(wall)
    return int(hour) * 60 + int(minute)


# ---- what they must be like --------------------------------------------------------------------


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def hours_problems(where: str, hours: Hours | None) -> Iterator[CallerError]:
    if hours is None:
        return
    if hours.zone not in _zones():
        yield _problem(f"{where}.zone", f"{hours.zone!r} is no time zone such as Europe/Vienna.")
        return
    if len(hours.exceptions) > EXCEPTIONS_MAX:
        yield _problem(f"{where}.exceptions", f"At most {EXCEPTIONS_MAX} dates.")
    if len(hours.closed_text) > TEXT_MAX or "\x00" in hours.closed_text:
        yield _problem(f"{where}.closed_text", f"At most {TEXT_MAX} characters, none of them NUL.")
    if hours.holidays is not None and not is_known(hours.holidays):
        country, part = hours.holidays.country, hours.holidays.part
        yield _problem(f"{where}.holidays", f"The public holidays of {country} {part} are not known.")
    yield from _week_problems(where, hours.week)
    for exception in hours.exceptions[:EXCEPTIONS_MAX]:
        place = f"{where}.exceptions.{exception.date}"
        wrong = [*_date_problems(place, exception.date), *_span_problems(place, exception.date, exception.spans)]
        yield from wrong or _gap_problems(place, exception, ZoneInfo(hours.zone))


def _week_problems(where: str, week: dict[Day, tuple[Span, ...]]) -> Iterator[CallerError]:
    wrong = [found for day, spans in week.items() for found in _span_problems(f"{where}.week.{day}", day, spans)]
    yield from wrong or _night_problems(where, week)


def _night_problems(where: str, week: dict[Day, tuple[Span, ...]]) -> Iterator[CallerError]:
    """A night that reaches into the next day must be over before that day opens."""
    days = list(Day)
    for day, following in zip(days, days[1:] + days[:1], strict=True):
        nights = [_told(span) for span in week.get(day, ()) if minutes_of(span.closes) <= minutes_of(span.opens)]
        over_at = max((closes - MINUTES_A_DAY for _, closes in nights), default=0)
        first = min((minutes_of(span.opens) for span in week.get(following, ())), default=MINUTES_A_DAY)
        if first < over_at:
            yield _problem(f"{where}.week.{following}", f"{following}: it opens before the night of {day} is over.")


def _date_problems(where: str, text: str) -> Iterator[CallerError]:
    try:
        date.fromisoformat(text)
    except ValueError:
        yield _problem(where, f"{text!r} is no date such as 2027-01-01.")


def _span_problems(where: str, day: str, spans: tuple[Span, ...]) -> Iterator[CallerError]:
    if len(spans) > SPANS_MAX:
        yield _problem(where, f"{day}: at most {SPANS_MAX} spans.")
    try:
        told = sorted(_told(span) for span in spans)
    except ValueError:
        yield _problem(where, f"{day}: write times as 08:00, at most 24:00.")
        return
    if any(closes > next_opens for (_, closes), (next_opens, _) in pairwise(told)):
        yield _problem(where, f"{day}: spans must not lie over each other.")


def _told(span: Span) -> tuple[int, int]:
    """Minutes since midnight; a span over midnight closes after 24:00. Raises ValueError."""
    opens, closes = minutes_of(span.opens), minutes_of(span.closes)
    if opens == MINUTES_A_DAY:
        raise ValueError(span.opens)
    return opens, closes if closes > opens else closes + MINUTES_A_DAY


def _gap_problems(where: str, exception: DayException, zone: ZoneInfo) -> Iterator[CallerError]:
    """On a date that is written down, no time may be meant that the clock skips."""
    day = date.fromisoformat(exception.date)
    for wall in (wall for span in exception.spans for wall in (span.opens, span.closes)):
        if is_skipped(day, minutes_of(wall), zone):
            text = f"There is no {wall} on {exception.date} in {zone.key}: clocks are put forward then."
            yield _problem(where, text)


def skipped_spans(hours: Hours, today: date) -> Iterator[tuple[date, Span]]:
    """Weekly spans that lie within an hour that the clock skips, in the year to come."""
    zone = ZoneInfo(hours.zone)
    for day in (today + timedelta(days=ahead) for ahead in range(366)):
        for span in hours.week.get(list(Day)[day.weekday()], ()):
            opens, closes = period(day, span, zone)
            if opens >= closes:
                yield day, span


def is_skipped(day: date, minutes: int, zone: ZoneInfo) -> bool:
    wall = datetime.combine(day, time(), zone) + timedelta(minutes=minutes)
    back = wall.astimezone(UTC).astimezone(zone)
    return back.replace(tzinfo=None) != wall.replace(tzinfo=None)


def _problem(where: str, text: str) -> CallerError:
    return CallerError("hours_wrong", f"{where}: {text}", where=where)
