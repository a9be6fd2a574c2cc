"""Rooms that do work for what happened: each event is worked on at least once, in order.

A follower's place is a row, moved in the transaction that does the work: what is written to the database is
written exactly once. Work that goes elsewhere (another command, a provider) makes itself safe to repeat by an
id derived from the event (`derived_id`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from hashlib import blake2b

import asyncpg
import structlog

from dryfly.ledger.model import CommandId, Recorded
from dryfly.ledger.store import sql
from dryfly.ledger.writer import Ledger
from dryfly.platform.database import Connection, Database
from dryfly.platform.errors import PeerError
from dryfly.platform.ids import instant_of, new_id

log = structlog.get_logger(__name__)

Work = Callable[[Connection, Sequence[Recorded]], Awaitable[None]]
BATCH_MAX = 500


def derived_id(recorded: Recorded, purpose: str) -> CommandId:
    """The id of the command that answers an event: the same one, however often the work is done again."""
    return child_id(recorded.command, f"{recorded.seq}:{purpose}", recorded.at)


def child_id(id: str, purpose: str, at: int | None = None) -> CommandId:
    """A second command that follows from the one with `id`, with an id of its own that is always the same."""
    digest = blake2b(f"{id}:{purpose}".encode(), digest_size=10).digest()
    made_at = instant_of(id) if at is None else at
    assert made_at is not None, "ids are checked where they come in"
    return CommandId(new_id(made_at, int.from_bytes(digest, "big")))


async def follow_durably(ledger: Ledger, db: Database, name: str, work: Work) -> None:
    """Works through history from where it stopped, and then as it happens, until cancelled."""
    async with db.site(ledger.site) as conn:
        seq = await conn.fetchval(sql.follower_seq, ledger.site, name) or 0
    pause_s = 0.05
    while True:
        try:
            seq = await _work_off(ledger, db, name, work, seq)
            pause_s = 0.05
            await ledger.advanced(seq)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, PeerError) as error:
            log.warning("follower.paused", follower=name, seq=seq, error=repr(error), pause_s=pause_s)
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, 5.0)


async def _work_off(ledger: Ledger, db: Database, name: str, work: Work, seq: int) -> int:
    while seq < ledger.durable and (records := await ledger.records(seq, BATCH_MAX)):
        async with db.site(ledger.site) as conn:
            await work(conn, records)
            seq = records[-1].seq
            await conn.execute(sql.follower_moved, ledger.site, name, seq)
    return seq
