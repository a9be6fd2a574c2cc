"""Background work that survives us: one table, claimed with SKIP LOCKED.

    @worker("refresh_image", attempts_max=5)
    async def refresh_image(job: Job) -> None: ...

    await jobs.enqueue(conn, "refresh_image", f"{seq}", {"source": "crm"})     # in the caller's transaction
    await JobRunner(db, [refresh_image], clock, schedules=[Every("refresh_image", 900)]).run()

Rules
- (site, kind, key) names a piece of work. Asking for it again changes nothing and harms no transaction: a
  follower of the journal uses the event's sequence number as key and moves its cursor beside it.
- A job runs at least once. A worker that vanishes (or overruns `timeout_s`) loses the job to another, and can
  then no longer finish it; what it did outside the database must bear repetition.
- A job that fails is tried again after a pause that doubles, `attempts_max` times; then it is dead and stays
  until somebody looks at it (`dead_jobs`, `revive`).
- Done jobs are remembered for `DONE_KEPT_S`, so that late repetitions are known as such.

docs/decisions/0002-jobs.md says why this is ours.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
import msgspec
import structlog

from dryfly.platform.clock import Clock
from dryfly.platform.database import ALL_SITES, Connection, Database
from dryfly.platform.errors import PeerError
from dryfly.platform.sql import load_sql, row_as, rows_as

sql = load_sql(__file__, "jobs.sql")
log = structlog.get_logger(__name__)

PAUSE_MS_FIRST = 2_000
PAUSE_MS_MAX = 3_600_000
DONE_KEPT_S = 7 * 86_400
LOOK_MS_MAX = 30_000  # also finds the jobs of workers that vanished
RECONNECT_PAUSE_S = 1.0
AT_ONCE = 4
ERROR_LENGTH_MAX = 2_000
CHANNEL = "dryfly_jobs"


class Job(msgspec.Struct, frozen=True):
    """One attempt at a piece of work; `attempts` counts this one."""

    site: str
    kind: str
    key: str
    body: Any
    attempts: int


class DeadJob(msgspec.Struct, frozen=True):
    site: str
    kind: str
    key: str
    body: Any
    attempts: int
    last_error: str
    finished_at: int


@dataclass(frozen=True, slots=True)
class Worker:
    """What does the jobs of one kind."""

    kind: str
    work: Callable[[Job], Awaitable[None]]
    attempts_max: int = 8
    timeout_s: float = 300


@dataclass(frozen=True, slots=True)
class Every:
    """A job of `kind` at every full `every_s`, once in the whole installation however many processes there are.

    Its key is the instant (ms) it was due at. `site`: whose job it is; `*` is the installation's own.
    """

    kind: str
    every_s: int
    site: str = ALL_SITES

    def slot(self, now: int) -> int:
        return now - now % (self.every_s * 1000)


class WorkersVanished(Exception):
    """Nobody who took this job came back."""


def worker(
    kind: str, *, attempts_max: int = 8, timeout_s: float = 300
) -> Callable[[Callable[[Job], Awaitable[None]]], Worker]:
    """Makes a coroutine function the Worker of a kind."""
    return lambda work: Worker(kind, work, attempts_max, timeout_s)


async def enqueue(conn: Connection, kind: str, key: str, body: Any, *, run_at: int = 0) -> bool:
    """Asks for work in the transaction of `conn` and for its site. False: it was asked for before.

    `run_at`: not before that instant (ms).
    """
    new = await conn.fetchval(sql.enqueue, kind, key, body, run_at) is True
    if new:
        await conn.execute(sql.wake)
    return new


async def dead_jobs(conn: Connection, *, after: tuple[str, str, str] = ("", "", ""), limit: int = 200) -> list[DeadJob]:
    """Those that were given up, in the order of (site, kind, key)."""
    return rows_as(DeadJob, await conn.fetch(sql.dead, *after, min(limit, 200)))


async def revive(conn: Connection, job: DeadJob, now: int) -> bool:
    """Another row of attempts for a dead job."""
    return await conn.fetchval(sql.revive, job.site, job.kind, job.key, now) is True


class JobRunner:
    """Does the jobs of the kinds that it has a worker for."""

    def __init__(self, db: Database, workers: Sequence[Worker], clock: Clock, schedules: Sequence[Every] = ()) -> None:
        self._db = db
        self._clock = clock
        self._workers = {worker.kind: worker for worker in workers}
        self._kinds = list(self._workers)
        self._schedules = schedules
        self._slots: dict[Every, int] = {}
        self._busy = 0
        assert len(self._workers) == len(workers), "two workers for one kind"
        assert all(entry.kind in self._workers for entry in schedules), "a schedule without a worker"

    async def run(self) -> None:
        """Until cancelled. Outlives a database that is away for a while."""
        while True:
            try:
                await self._run_while_connected()
            except* (PeerError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as errors:
                log.warning("jobs_paused", error=str(errors.exceptions[0]))
            await asyncio.sleep(RECONNECT_PAUSE_S)

    async def run_due(self) -> int:
        """Does everything that is due now, one after the other. Returns how many attempts that took."""
        await self._enqueue_scheduled()
        attempts_count = 0
        while job := await self._claim():
            await self._attempt(job)
            attempts_count += 1
        return attempts_count

    async def _run_while_connected(self) -> None:
        woken = asyncio.Event()
        async with _listening(self._db, woken) as listener, asyncio.TaskGroup() as attempts:
            while not listener.is_closed():
                woken.clear()
                await self._enqueue_scheduled()
                await self._forget_done()
                await self._start_due(attempts, woken)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(await self._seconds_to_next()):
                        await woken.wait()

    async def _start_due(self, attempts: asyncio.TaskGroup, woken: asyncio.Event) -> None:
        while self._busy < AT_ONCE and (job := await self._claim()):
            self._busy += 1
            attempts.create_task(self._attempt(job)).add_done_callback(lambda _: self._freed(woken))

    def _freed(self, woken: asyncio.Event) -> None:
        self._busy -= 1
        woken.set()

    async def _claim(self) -> Job | None:
        # Twice the time that a worker has, so that it is stopped before its job is given to another.
        leases_s = [2 * worker.timeout_s for worker in self._workers.values()]
        async with self._db.site(ALL_SITES) as conn:
            return row_as(Job, await conn.fetchrow(sql.claim, self._kinds, leases_s, self._clock.now()))

    async def _attempt(self, job: Job) -> None:
        worker = self._workers[job.kind]
        try:
            if job.attempts > worker.attempts_max:
                raise WorkersVanished("every process that took it died")
            async with asyncio.timeout(worker.timeout_s):
                await worker.work(job)
        except Exception as error:  # whatever it is: it is written down, and the others go on
            await self._record_failure(worker, job, f"{type(error).__name__}: {error}"[:ERROR_LENGTH_MAX])
        else:
            await self._settle(sql.finish, job, self._clock.now())

    async def _record_failure(self, worker: Worker, job: Job, error: str) -> None:
        now = self._clock.now()
        if job.attempts >= worker.attempts_max:
            log.error("job_died", kind=job.kind, key=job.key, site=job.site, attempts=job.attempts, error=error)
            await self._settle(sql.bury, job, now, error)
        else:
            log.warning("job_failed", kind=job.kind, key=job.key, site=job.site, attempts=job.attempts, error=error)
            await self._settle(sql.postpone, job, now + pause_ms(job.attempts), error)

    async def _settle(self, statement: str, job: Job, *values: Any) -> None:
        async with self._db.site(ALL_SITES) as conn:
            await conn.execute(statement, job.site, job.kind, job.key, job.attempts, *values)

    async def _enqueue_scheduled(self) -> None:
        now = self._clock.now()
        for entry in self._schedules:
            slot = entry.slot(now)
            if self._slots.get(entry) != slot:
                async with self._db.site(entry.site) as conn:
                    await enqueue(conn, entry.kind, str(slot), None, run_at=slot)
                self._slots[entry] = slot

    async def _forget_done(self) -> None:
        async with self._db.site(ALL_SITES) as conn:
            await conn.execute(sql.forget_done, self._clock.now() - DONE_KEPT_S * 1000)

    async def _seconds_to_next(self) -> float:
        """To the next job or slot. While all hands are busy, one that gets free says so."""
        if self._busy >= AT_ONCE:
            return LOOK_MS_MAX / 1000
        now = self._clock.now()
        async with self._db.site(ALL_SITES) as conn:
            due: int | None = await conn.fetchval(sql.next_due, self._kinds)
        instants = [entry.slot(now) + entry.every_s * 1000 for entry in self._schedules]
        instants.append(now + LOOK_MS_MAX if due is None else due)
        return max(0.0, min(*instants, now + LOOK_MS_MAX) - now) / 1000


def pause_ms(attempts: int) -> int:
    """How long a job rests after its n-th failure."""
    return min(PAUSE_MS_FIRST << (attempts - 1), PAUSE_MS_MAX)


@contextlib.asynccontextmanager
async def _listening(db: Database, woken: asyncio.Event) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A connection that sets `woken` when somebody asked for work, or when it is lost."""
    conn = await db.connect(ALL_SITES)
    try:
        conn.add_termination_listener(lambda _: woken.set())
        await conn.add_listener(CHANNEL, lambda *_: woken.set())
        yield conn
    finally:
        await conn.close()
