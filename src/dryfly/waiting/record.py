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
    """`aside_of`: what was seen when a contact began to wait; nothing where an agent had it at once, or the server
    began anew meanwhile."""

    def __init__(self, site: SiteId, aside_of: AsideOf) -> None:
        self._site = site
        self._aside_of = aside_of

    async def work(self, conn: Connection, records: Sequence[Recorded]) -> None:
        """Of most contacts in an old history nothing is written down: one look a batch says so."""
        contacts = [recorded.contact for recorded in records if recorded.contact]
        begun = {row["contact"] for row in await conn.fetch(sql.begun, self._site, contacts)}
        for recorded in records:
            if (contact := recorded.contact) is None:
                continue
            if contact in begun:
                begun.discard(contact)
                is_answered = isinstance(recorded.event, ANSWERED)
                await conn.execute(sql.end_wait, self._site, contact, recorded.at, is_answered)
            if isinstance(recorded.event, ContactQueued) and (aside := self._aside_of(contact, recorded.at)):
                begun.add(contact)
                await self._begin(conn, contact, recorded.event.queue, recorded.at, aside)

    async def _begin(self, conn: Connection, contact: ContactId, queue: QueueId, at: int, aside: Aside) -> None:
        await conn.execute(
            sql.begin_wait, self._site, contact, at, queue, VERSION, aside.signs,
            aside.rule.p50_s if aside.rule else None,
            aside.told.p50_s if aside.told else None,
            aside.told.p80_s if aside.told else None,
        )  # fmt: skip
