"""Writes down each wait: its signs and what was told when it began, and how it ended. Work of a durable follower."""

from collections.abc import Callable, Sequence

from dryfly.floor.model import (
    ContactClosed,
    ContactEngaged,
    ContactId,
    ContactQueued,
    ContactResumed,
    QueueId,
    SiteId,
)
from dryfly.ledger import Recorded
from dryfly.platform.database import Connection
from dryfly.platform.sql import load_sql
from dryfly.waiting.signs import VERSION
from dryfly.waiting.watch import Aside

sql = load_sql(__file__, "store.sql")

ENDS = (ContactQueued, ContactEngaged, ContactResumed, ContactClosed)
ANSWERED = (ContactEngaged, ContactResumed)

AsideOf = Callable[[ContactId, int], Aside | None]


def begins_or_ends(recorded: Recorded) -> bool:
    return isinstance(recorded.event, ENDS)


class WaitsWrittenDown:
    def __init__(self, site: SiteId, aside_of: AsideOf) -> None:
        self._site = site
        self._aside_of = aside_of

    async def work(self, conn: Connection, records: Sequence[Recorded]) -> None:
        for recorded in records:
            if recorded.contact is None:
                continue
            await conn.execute(
                sql.end_wait, self._site, recorded.contact, recorded.at, isinstance(recorded.event, ANSWERED)
            )
            if isinstance(recorded.event, ContactQueued):
                await self._begin(conn, recorded.contact, recorded.event.queue, recorded.at)

    async def _begin(self, conn: Connection, contact: ContactId, queue: QueueId, at: int) -> None:
        """Nothing was seen of it where an agent had it at once, or the server began anew meanwhile."""
        aside = self._aside_of(contact, at)
        if aside is None:
            return
        await conn.execute(
            sql.begin_wait, self._site, contact, at, queue, VERSION, aside.signs,
            aside.rule.p50_s if aside.rule else None,
            aside.told.p50_s if aside.told else None,
            aside.told.p80_s if aside.told else None,
        )  # fmt: skip
