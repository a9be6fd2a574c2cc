"""Rooms that do work for what happened: each event is worked on at least once, in order.

A follower's place is a row, moved in the transaction that does the work: what is written to the database is
written exactly once. Work that goes elsewhere (another command, a provider) makes itself safe to repeat by an
id derived from the event (`derived_id`).
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import asyncpg
import structlog

from dryfly.ledger.model import CommandId, Recorded
from dryfly.ledger.receipts import made_at_of
from dryfly.ledger.store import sql
from dryfly.ledger.writer import Ledger
from dryfly.platform.database import Connection, Database
from dryfly.platform.errors import PeerError
from dryfly.platform.ids import new_id

log = structlog.get_logger(__name__)

Work = Callable[[Connection, Sequence[Recorded]], Awaitable[None]]
Wants = Callable[[Recorded], bool]
BATCH_MAX = 500
UNMOVED_MAX = 10_000  # events without work for a follower, before its row is moved all the same


def everything(recorded: Recorded) -> bool:
    return True


def derived_id(recorded: Recorded, purpose: str) -> CommandId:
    """The id of the command that answers an event: the same one, however often the work is done again."""
    return child_id(recorded.command, f"{recorded.seq}:{purpose}", recorded.at)


def child_id(id: str, purpose: str, at: int | None = None) -> CommandId:
    """A second command that follows from the one with `id`, with an id of its own that is always the same."""
    digest = blake2b(f"{id}:{purpose}".encode(), digest_size=10).digest()
    return CommandId(new_id(made_at_of(id) if at is None else at, int.from_bytes(digest, "big")))


@dataclass(slots=True)
class DurableFollower:
    """A room at work on history. `wants` tells what there is to do for: most of it is no work for most rooms.

    How far one has come: `seq` in memory, `stored` in its row. What lies between them was no work for it.
    """

    ledger: Ledger
    db: Database
    name: str
    work: Work
    wants: Wants = everything
    seq: int = 0
    stored: int = 0
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def reached(self, seq: int, patience_s: float) -> bool:
        """Waits until everything up to `seq` is worked on, but no longer than that; tells whether it is."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                while self.seq < seq:
                    await self._moved.wait()
        return self.seq >= seq

    async def run(self) -> None:
        """Works through history from where it stopped, and then as it happens, until cancelled."""
        pause_s, has_begun = 0.05, False
        while True:
            try:
                if not has_begun:
                    await self.begin()
                    has_begun = True
                await self.work_off()
                pause_s = 0.05
                await self.ledger.advanced(self.seq)
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, PeerError) as error:
                log.warning("follower.paused", follower=self.name, seq=self.seq, error=repr(error), pause_s=pause_s)
                await asyncio.sleep(pause_s)
                pause_s = min(pause_s * 2, 5.0)

    async def begin(self) -> None:
        async with self.db.site(self.ledger.site) as conn:
            self.seq = self.stored = await conn.fetchval(sql.follower_seq, self.ledger.site, self.name) or 0

    async def work_off(self) -> None:
        while self.seq < self.ledger.durable and (records := await self.ledger.records(self.seq, BATCH_MAX)):
            wanted = [recorded for recorded in records if self.wants(recorded)]
            newest = records[-1].seq
            if wanted or newest - self.stored >= UNMOVED_MAX:
                await self._work_on(wanted, newest)
            self._move(newest)

    def _move(self, seq: int) -> None:
        self.seq = seq
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def _work_on(self, wanted: list[Recorded], newest: int) -> None:
        async with self.db.site(self.ledger.site) as conn:
            await self.work(conn, wanted)
            await conn.execute(sql.follower_moved, self.ledger.site, self.name, newest)
        self.stored = newest
