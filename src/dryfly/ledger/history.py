"""History read back: the floor as it stood at an instant, what happened from there on, and the proof that both fit.

Nothing here writes, and no writer is needed: the journal is read beside the one that is at work.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from dryfly import floor
from dryfly.floor.model import Event, Instant, SiteId
from dryfly.ledger.codec import decode_event
from dryfly.ledger.model import CommandRefused
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "history.sql")

BATCH = 5_000

Row = tuple[int, Instant, Event | None]  # number, when, what; None: a command was refused


@dataclass(slots=True)
class Past:
    """The floor as of event `seq`."""

    state: floor.State = field(default_factory=floor.new_state)
    seq: int = 0

    def apply(self, row: Row) -> None:
        seq, at, event = row
        assert seq == self.seq + 1, f"the journal has a gap before {seq}"
        if event is not None:
            floor.apply(self.state, event, at)
        self.seq = seq


@dataclass(frozen=True, slots=True)
class Proof:
    """A stretch of history was applied again. `kept`: numbers at which a stored snapshot was met, and said the same."""

    events_count: int
    digest_before: str
    digest_after: str
    kept: tuple[int, ...]
    differ: tuple[int, ...]  # where a stored snapshot says something else


async def floor_at(conn: Any, site: SiteId, at: int) -> Past:
    """The floor before what happened at `at` or later: the newest snapshot before it, and the events since."""
    row = await conn.fetchrow(sql.snapshot_before, site, at)
    past = Past(floor.restore(row["state"]), row["seq"]) if row else Past()
    async for event in history(conn, site, past.seq, at):
        past.apply(event)
    return past


async def history(conn: Any, site: SiteId, after: int, until: int) -> AsyncIterator[Row]:
    """What happened after a number and before an instant, in order."""
    while rows := await conn.fetch(sql.history, site, after, BATCH):
        for row in rows:
            if row["at"] >= until:
                return
            event = decode_event(row["kind"], row["version"], row["body"])
            yield row["seq"], Instant(row["at"]), None if isinstance(event, CommandRefused) else event
        after = rows[-1]["seq"]


async def prove(conn: Any, site: SiteId, begin: int, end: int) -> Proof:
    """Apply the stretch again, held against each stored snapshot on the way, or the next one after it."""
    past = await floor_at(conn, site, begin)
    stored = {row["seq"]: row["state"] for row in await conn.fetch(sql.snapshots_after, site, past.seq)}
    first, before, after = past.seq, floor.digest(past.state), ""
    agree: list[int] = []
    differ: list[int] = []
    count = 0
    async for row in history(conn, site, past.seq, 2**62):
        if row[1] >= end and not after:
            after, count = floor.digest(past.state), past.seq - first
        if after and (agree or differ or past.seq > max(stored, default=0)):
            break
        past.apply(row)
        if past.seq in stored:
            same = floor.digest(floor.restore(stored[past.seq])) == floor.digest(past.state)
            (agree if same else differ).append(past.seq)
    return Proof(count or past.seq - first, before, after or floor.digest(past.state), tuple(agree), tuple(differ))
