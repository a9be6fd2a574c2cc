"""Connections of their own for those who read much: bounded, and stopped by themselves, so that the floor never waits.

Reports take turns on one lane, exports on another: whoever saves a million rows keeps nobody from a report.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from dryfly.floor.model import SiteId
from dryfly.platform.database import Connection, Database
from dryfly.platform.errors import CallerError

SETTINGS = {
    "work_mem": "16MB",
    "max_parallel_workers_per_gather": "0",  # one core at most: the other ones are the floor's
    "jit": "off",
    "enable_seqscan": "off",  # intervals lie side by side in the keys
    "default_transaction_read_only": "on",
    "timezone": "UTC",
}


class Lane:
    """One connection, on which so many may wait at most. Opened when it is first used."""

    def __init__(self, url: str, *, timeout: str, waiting_max: int) -> None:
        self._url = url
        self._settings = {**SETTINGS, "statement_timeout": timeout}
        self._waiting_max = waiting_max
        self._db: Database | None = None
        self._turn = asyncio.Lock()
        self._waiting_count = 0

    @asynccontextmanager
    async def reading(self, site: SiteId) -> AsyncIterator[Connection]:
        """A transaction that reads. Raises CallerError `reports_busy`, `report_too_slow`."""
        await self._take_turn()
        try:
            async with (await self._database()).site(site) as conn:
                yield conn
        except asyncpg.QueryCanceledError:
            raise CallerError("report_too_slow", "This takes too long: ask for a shorter period.", status=422) from None
        finally:
            self._turn.release()

    async def close(self) -> None:
        if self._db is not None:
            await self._db.close()

    async def _take_turn(self) -> None:
        if self._waiting_count >= self._waiting_max:
            raise CallerError("reports_busy", "Many reports are being made: try again in a moment.", status=429)
        self._waiting_count += 1
        try:
            await self._turn.acquire()
        finally:
            self._waiting_count -= 1

    async def _database(self) -> Database:
        if self._db is None:
            self._db = await Database.open(self._url, size=1, settings=self._settings)
        return self._db
