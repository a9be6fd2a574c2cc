"""Refreshes on a schedule: every minute the sites are looked through, and each that is due gets one job.

The job's key is the beginning of its slot of `refresh_every_min`, so a slot is refreshed once however many processes
look. A refresh that is refused (it would shrink the image, its mapping no longer fits) ends as a dead job, with the
reason; the image that is read stays as it was, and its age shows.
"""

from dryfly.customers.refresh import refresh
from dryfly.platform.clock import Clock
from dryfly.platform.database import ALL_SITES, Database
from dryfly.platform.jobs import Every, Job, Worker, enqueue, worker
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "store.sql")

LOOK_EVERY_S = 60
REFRESH_TIMEOUT_S = 3_600
ATTEMPTS_MAX = 3

SCHEDULES = [Every("image_look", LOOK_EVERY_S)]


def image_workers(db: Database, clock: Clock) -> list[Worker]:
    """The workers for `JobRunner`, beside `SCHEDULES`."""

    @worker("image_look")
    async def look(job: Job) -> None:
        await ask_for_due(db, clock.now())

    @worker("image_refresh", attempts_max=ATTEMPTS_MAX, timeout_s=REFRESH_TIMEOUT_S)
    async def refresh_image(job: Job) -> None:
        await refresh(db, job.site, now=clock.now())

    return [look, refresh_image]


async def ask_for_due(db: Database, now: int) -> None:
    """Asks for a refresh of every site whose slot has begun."""
    async with db.site(ALL_SITES) as conn:
        rows = await conn.fetch(sql.scheduled)
    for row in rows:
        slot = now - now % (row["refresh_every_min"] * 60_000)
        async with db.site(row["site"]) as conn:
            await enqueue(conn, "image_refresh", str(slot), {})
