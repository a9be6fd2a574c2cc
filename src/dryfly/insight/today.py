"""Today's figures of each queue, for the board: from the durable tables, so they are right after a restart.

Three short reads by index, for a site of any age: call it every few seconds if you like. The figures lag behind the
floor by the time of the fold, well under a second. Definitions: `insight.model`, docs/guide/reports.md.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from dryfly.floor.model import QueueId, SiteId
from dryfly.insight.model import QUARTER_MS
from dryfly.insight.periods import first_of_day
from dryfly.insight.sums import summed
from dryfly.platform.database import Connection, Database
from dryfly.platform.sql import load_sql

LATELY_MS = 30 * 60 * 1000


class Counted(msgspec.Struct, frozen=True):
    """Of the contacts that entered in a stretch of time."""

    entered_count: int = 0
    answered_count: int = 0
    within_count: int = 0  # answered within the queue's service level
    abandoned_count: int = 0  # without the short ones
    answer_ms: int = 0  # summed over the answered
    solved_by_bot_count: int = 0
    asked_twice_count: int = 0
    test_count: int = 0  # left out of everything else

    @property
    def service_level(self) -> float | None:
        """0..1; None while nobody was answered or left."""
        decided = self.answered_count + self.abandoned_count
        return self.within_count / decided if decided else None

    @property
    def abandoned_share(self) -> float | None:
        decided = self.answered_count + self.abandoned_count
        return self.abandoned_count / decided if decided else None

    @property
    def asa_s(self) -> float | None:
        return self.answer_ms / 1000 / self.answered_count if self.answered_count else None


sql = load_sql(__file__, "today.sql", counted=summed(Counted.__struct_fields__))


class Quarter(msgspec.Struct, frozen=True):
    """A quarter of an hour that begins at `at` (ms)."""

    at: int
    counted: Counted


class QueueToday(msgspec.Struct, frozen=True):
    """`today` since midnight in the site's zone; `lately` the last 30 minutes, to the moment; `quarters` today's, in
    order, the running one last, none left out."""

    today: Counted
    lately: Counted
    quarters: tuple[Quarter, ...]


async def read_today(db: Database, site: SiteId, zone: ZoneInfo, now: int) -> Mapping[QueueId, QueueToday]:
    """By queue; queues that nobody entered today or lately are not there: `nothing_yet(zone, now)` is theirs. The
    queue "" is of contacts that never queued."""
    begin = midnight(zone, now)
    async with db.site(site) as conn:
        quarters = await _quarters(conn, site, begin)
        lately = await _lately(conn, site, now - LATELY_MS)
    times = range(begin, now + 1, QUARTER_MS)
    return {
        queue: _today(times, quarters.get(queue, {}), lately.get(queue, Counted()))
        for queue in quarters.keys() | lately.keys()
    }


def nothing_yet(zone: ZoneInfo, now: int) -> QueueToday:
    """Of a queue that nobody entered."""
    return _today(range(midnight(zone, now), now + 1, QUARTER_MS), {}, Counted())


def midnight(zone: ZoneInfo, now: int) -> int:
    return first_of_day(datetime.fromtimestamp(now / 1000, zone).date(), zone)


def _today(times: range, quarters: Mapping[int, Counted], lately: Counted) -> QueueToday:
    shown = tuple(Quarter(at, quarters.get(at, Counted())) for at in times)
    return QueueToday(_sum(quarter.counted for quarter in shown), lately, shown)


def _sum(counted: Iterable[Counted]) -> Counted:
    rows = [msgspec.structs.astuple(one) for one in counted]
    return Counted(*(sum(column) for column in zip(*rows, strict=True))) if rows else Counted()


async def _quarters(conn: Connection, site: SiteId, begin: int) -> dict[QueueId, dict[int, Counted]]:
    found: dict[QueueId, dict[int, Counted]] = {}
    for queue, at, *counted in await conn.fetch(sql.quarters_since, site, begin):
        found.setdefault(QueueId(queue), {})[at] = Counted(*counted)
    return found


async def _lately(conn: Connection, site: SiteId, since: int) -> dict[QueueId, Counted]:
    return {QueueId(queue): Counted(*counted) for queue, *counted in await conn.fetch(sql.entered_since, site, since)}
