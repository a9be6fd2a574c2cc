"""Stretches of time as people in a place count them, over changes of their clocks.

A period and its intervals are instants; a zone says where they begin. An interval begins at each local time that
its length divides, and where a day begins: so the day on which clocks go forward has 23 of an hour, and the one on
which they go back has 25, each with its own instant. Where clocks change by half an hour, one interval is that much
longer or shorter.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dryfly.insight.model import DAY_MS, QUARTER_MS
from dryfly.platform.errors import CallerError

DAYS_MAX = 1_100  # three years, by the day
DAYS_MAX_WITHIN = 62  # two months, by anything shorter
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


class Every(StrEnum):
    """How long an interval is."""

    QUARTER = "15"
    HALF_HOUR = "30"
    HOUR = "60"
    DAY = "day"
    PERIOD = "period"  # one interval: all of it


def zone_of(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, a path, a folder of zones
        raise CallerError("zone_unknown", "There is no such time zone: give one like Europe/Berlin.") from None


def first_of_day(day: date, zone: ZoneInfo) -> int:
    """The first instant of a local day, also where clocks skip midnight or have it twice."""
    return round(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)


def instant_of(text: str, zone: ZoneInfo) -> int:
    """`2026-03-29` is the beginning of that day, `2026-03-29T08:15` a local time, with an offset or Z an instant."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise CallerError("time_wrong", f"{text[:40]!r} is no date and no time: write 2026-03-29.") from None
    if not EARLIEST <= at.date() <= LATEST:
        raise CallerError("time_wrong", f"{text[:40]!r} is out of range.")
    return round((at if at.tzinfo else at.replace(tzinfo=zone)).timestamp() * 1000)


def intervals(begin: int, end: int, every: Every, zone: ZoneInfo) -> list[int]:
    """Where the intervals of a period begin, and its end last. Refuses periods that are empty, too long or uneven."""
    check_period(begin, end, every)
    return [begin, *(at for at in _begins(begin, end, every, zone) if begin < at < end), end]


def days_within(begin: int, end: int) -> tuple[int, int]:
    """The whole days of UTC within an interval, from and to; where it holds none, both are its end."""
    first, last = -(-begin // DAY_MS) * DAY_MS, end // DAY_MS * DAY_MS
    return (first, last) if first < last else (end, end)


def check_period(begin: int, end: int, every: Every) -> None:
    if begin >= end:
        raise CallerError("period_empty", "The period ends before it begins.")
    if begin % QUARTER_MS or end % QUARTER_MS:
        raise CallerError("period_uneven", "A period begins and ends at a full quarter of an hour.")
    days_max = DAYS_MAX if every in (Every.DAY, Every.PERIOD) else DAYS_MAX_WITHIN
    if end - begin > days_max * DAY_MS:
        raise CallerError(
            "period_too_long",
            f"At most {days_max} days at this interval: ask for a shorter period or a longer interval.",
            limit=days_max,
        )


def _begins(begin: int, end: int, every: Every, zone: ZoneInfo) -> list[int]:
    match every:
        case Every.PERIOD:
            return []
        case Every.DAY:
            return _days(begin, end, zone)
        case Every.QUARTER | Every.HALF_HOUR | Every.HOUR:
            return _shorter(begin, end, int(every), zone)


def _days(begin: int, end: int, zone: ZoneInfo) -> list[int]:
    day, last = _local(begin, zone).date(), _local(end, zone).date()
    return [first_of_day(day + timedelta(days=n), zone) for n in range((last - day).days + 1)]


def _shorter(begin: int, end: int, minutes: int, zone: ZoneInfo) -> list[int]:
    quarters = range(begin, end, QUARTER_MS)
    local = (_local(at, zone) for at in quarters)
    return [at for at, there in zip(quarters, local, strict=True) if (there.hour * 60 + there.minute) % minutes == 0]


def _local(at: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at / 1000, zone)
