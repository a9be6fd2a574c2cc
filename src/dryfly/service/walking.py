"""Walks from the shell are marked as tests: the command asks for it beside the server, whose history it is."""

from collections.abc import Awaitable, Callable

from dryfly.floor.model import ContactId, SiteId
from dryfly.platform.database import Database
from dryfly.platform.jobs import Job, Worker, enqueue, worker
from dryfly.service.site import SiteAtWork
from dryfly.walk.cli import Mark

KIND = "mark_test"


def marking(db: Database) -> Mark:
    """For the command: anybody may walk as a customer does, but only who has the machine may mark."""

    async def mark(site: str, contact: str) -> None:
        async with db.site(site) as conn:
            await enqueue(conn, KIND, contact, None)

    return mark


def walk_worker(at_work: Callable[[SiteId], Awaitable[SiteAtWork]]) -> Worker:
    @worker(KIND, attempts_max=1)
    async def mark_test(job: Job) -> None:
        await (await at_work(SiteId(job.site))).learn_test(ContactId(job.key))

    return mark_test
