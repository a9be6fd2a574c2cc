"""What the supervisor's board is told by rooms that the desk does not know: today's figures, and the honest wait."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from dryfly.channels.web.words import LongerBecause, Wait
from dryfly.desk.board import Expected, Shut
from dryfly.desk.floor_feed import TodayOf
from dryfly.desk.floor_words import FloorFigures, FloorQuarter, QueueShut, QueueToday, Today, WaitRange
from dryfly.floor.model import ContactId, QueueId, SiteId
from dryfly.insight import today as insight
from dryfly.insight.api import zone_of_site
from dryfly.insight.periods import zone_of
from dryfly.insight.today import Counted
from dryfly.platform.database import Database
from dryfly.service.opening import Openings
from dryfly.setup.model import Catalogue
from dryfly.waiting.estimates import Waiting

WHOLE_SITE = ""
NEVER_QUEUED = QueueId("")


def expected_by(waiting: Waiting) -> Expected:
    """The same that the widget tells somebody who comes now."""

    def expected(queue: QueueId, place: int, now: int) -> WaitRange | None:
        told = waiting.expected(queue, place, now)
        return None if told is None else WaitRange(told.from_s, told.to_s, waiting.learned_days(queue))

    return expected


def shut_by(openings: Openings) -> Shut:
    """Why a queue is closed, if it is."""

    def shut(queue: QueueId) -> QueueShut | None:
        if closing := openings.closing(queue):
            return QueueShut(closing.until, closing.by, closing.reason)
        found = openings.standing(queue)
        return None if found.is_open else QueueShut(found.opens_at)

    return shut


class WidgetWaits:
    """Implements `channels.web.places.Waits`."""

    def __init__(self, waiting: Waiting) -> None:
        self._waiting = waiting
        self.forget = waiting.forget
        self.keep = waiting.keep

    def tell(self, contact: ContactId, queue: QueueId, place: int, now: int) -> Wait | None:
        told = self._waiting.tell(contact, queue, place, now)
        return None if told is None else Wait(*told.range, LongerBecause(told.because))


def today_by(db: Database, site: SiteId, catalogue: Callable[[], Catalogue]) -> TodayOf:
    """Today's figures from the tables of the reports: the same numbers, and right after a restart."""

    async def today(now: int) -> Today:
        zone = zone_of(zone_of_site(catalogue()))
        read = await insight.read_today(db, site, zone, now)
        nothing = insight.nothing_yet(zone, now)
        queues = {queue: read.get(queue, nothing) for queue in catalogue().queues}
        return Today(
            insight.midnight(zone, now),
            _whole_site([*queues.values(), read.get(NEVER_QUEUED, nothing)]),
            tuple(_queue(queue, found) for queue, found in queues.items()),
            sum(found.today.test_count for found in read.values()),
        )

    return today


def _whole_site(each: Sequence[insight.QueueToday]) -> QueueToday:
    """Sums of the queues and of what never queued, quarter by quarter: all have the same ones."""
    quarters = zip(*(found.quarters for found in each), strict=True)
    return QueueToday(
        WHOLE_SITE,
        _figures(_sum(found.today for found in each)),
        _figures(_sum(found.lately for found in each)),
        tuple(_quarter(quarter[0].at, _sum(one.counted for one in quarter)) for quarter in quarters),
    )


def _queue(queue: QueueId, found: insight.QueueToday) -> QueueToday:
    quarters = tuple(_quarter(quarter.at, quarter.counted) for quarter in found.quarters)
    return QueueToday(queue, _figures(found.today), _figures(found.lately), quarters)


def _quarter(at: int, counted: Counted) -> FloorQuarter:
    return FloorQuarter(at, counted.entered_count, counted.service_level)


def _figures(counted: Counted) -> FloorFigures:
    return FloorFigures(
        counted.entered_count, counted.answered_count, counted.abandoned_count, counted.service_level,
        counted.abandoned_share, counted.asa_s, counted.solved_by_bot_count, counted.asked_twice_count,
    )  # fmt: skip


def _sum(counted: Iterable[Counted]) -> Counted:
    return Counted(*map(sum, zip(*map(msgspec.structs.astuple, counted), strict=True)))
