"""The room at work for one site: what a wait is estimated at now, and what each who waits was told.

An estimate comes from the newest lines that were learned of the queue, and where there are none, from the rule.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import NamedTuple

import msgspec
import numpy as np

from dryfly.floor.model import ContactId, QueueId, SiteId
from dryfly.platform.database import Database
from dryfly.platform.errors import PeerError
from dryfly.platform.sql import load_sql
from dryfly.waiting.model import Band, Cause, Range, Told, rounded, step_s
from dryfly.waiting.promise import shown, told_anew
from dryfly.waiting.record import WaitsWrittenDown
from dryfly.waiting.regression import Lines, Reader
from dryfly.waiting.rule import by_rule
from dryfly.waiting.signs import VERSION, signs
from dryfly.waiting.watch import Watch

sql = load_sql(__file__, "store.sql")

REFRESH_EVERY_S = 600
LATELY_MS = 86_400_000

_decode_lines = msgspec.json.Decoder(Lines).decode
_decode_told = msgspec.json.Decoder(Told).decode


class Shown(NamedTuple):
    """What somebody who waits is told now."""

    range: Range
    because: Cause


class Quality(msgspec.Struct, frozen=True):
    """Of the last 24 hours: how far the medians were off, and the share of waits that ended within what was told."""

    error_s: float = float("nan")
    covered: float = float("nan")


class Waiting:
    """`watch` is a view of the ledger, `written_down` the work of a durable follower; `run` keeps it fresh."""

    def __init__(self, db: Database, site: SiteId) -> None:
        self._db = db
        self._site = site
        self._learned: dict[QueueId, Reader] = {}
        self._days_count: dict[QueueId, int] = {}
        self._told: dict[ContactId, Told] = {}
        self._stored: dict[ContactId, Told] = {}
        self.quality = Quality()
        self.watch = Watch(self._by_history)
        self.written_down = WaitsWrittenDown(site, self.watch.aside)

    # ---- life ----------------------------------------------------------------------------------

    async def start(self) -> None:
        """With what was told and learned before."""
        async with self._db.site(self._site) as conn:
            rows = await conn.fetch(sql.told, self._site)
        self._told = {ContactId(row["contact"]): _decode_told(row["told"]) for row in rows}
        self._stored = dict(self._told)

    async def run(self, now: Callable[[], int]) -> None:
        """Until cancelled: takes up what was learned, and looks how good it was."""
        while True:
            with contextlib.suppress(PeerError, OSError):  # the store is away: what is known goes on
                await self.refresh(now())
            await asyncio.sleep(REFRESH_EVERY_S)

    async def refresh(self, now: int) -> None:
        async with self._db.site(self._site) as conn:
            models = await conn.fetch(sql.models, self._site, VERSION)
            lately = await conn.fetchrow(sql.lately, self._site, now - LATELY_MS)
        lines = {QueueId(row["queue"]): _decode_lines(row["lines"]) for row in models}
        self._learned = {queue: one.reader() for queue, one in lines.items()}
        self._days_count = {queue: one.days_count for queue, one in lines.items()}
        if lately is not None and lately["error_s"] is not None:
            self.quality = Quality(lately["error_s"], lately["covered"])

    # ---- estimates -----------------------------------------------------------------------------

    def estimate(self, queue: QueueId, place: int, now: int, contact: ContactId | None = None) -> Band | None:
        """For `contact`, which waits there; without one, for somebody who came now. None: nobody can say."""
        flow = self.watch.flow
        if queue not in self._learned:
            return by_rule(flow.lines[queue], place, now)
        waiter = self.watch.waiter(contact, queue, now)
        return self._by_history(queue, signs(flow, queue, waiter, now, contact))

    def expected(self, queue: QueueId, place: int, now: int) -> Range | None:
        """What somebody who came now would be told."""
        band = self.estimate(queue, place, now)
        return None if band is None else rounded(band.p50_s, band.p80_s, step_s(band.p80_s))

    def learned_days(self, queue: QueueId) -> int | None:
        """How many days of the site's own history an estimate comes from (0: not written down). None: the rule."""
        return self._days_count.get(queue)

    def _by_history(self, queue: QueueId, row: list[float]) -> Band | None:
        lines = self._learned.get(queue)
        if lines is None:
            return None
        p50, p80 = lines.read(np.array([row]))[0]
        return Band(float(p50), float(p80), is_learned=True)

    # ---- promises ------------------------------------------------------------------------------

    def tell(self, contact: ContactId, queue: QueueId, place: int, now: int) -> Shown | None:
        """What it is told now; the same promise until something changes it."""
        lost_at = self.watch.flow.lines[queue].lost_at
        told = told_anew(
            self._told.get(contact), queue, place, now, lost_at, lambda: self.estimate(queue, place, now, contact)
        )
        if told is None:
            self._told.pop(contact, None)
            return None
        self._told[contact] = told
        return Shown(shown(told, now), told.because)

    def forget(self, contact: ContactId) -> None:
        """Nothing holds any longer: people went home."""
        self._told.pop(contact, None)

    async def keep(self) -> None:
        """Forgets who waits no longer, and stores what is new."""
        waiting = self.watch.flow.queue_of
        self._told = {contact: told for contact, told in self._told.items() if contact in waiting}
        changed = {contact: told for contact, told in self._told.items() if self._stored.get(contact) != told}
        gone = [contact for contact in self._stored if contact not in self._told]
        if not (changed or gone):
            return
        async with self._db.site(self._site) as conn:
            rows = [(self._site, contact, msgspec.json.encode(told).decode()) for contact, told in changed.items()]
            await conn.executemany(sql.put_told, rows)
            await conn.execute(sql.forget_told, self._site, gone)
        self._stored = self._stored | changed
        for contact in gone:
            del self._stored[contact]
