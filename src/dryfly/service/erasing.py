"""Erasing a person: asked for once, done in every room by a durable job.

Each room that holds a person's words or addresses erases its own; this module knows them all. A job that is repeated
erases what is left. Nothing of the person is written down about it: the audit and the log have the customer's id, which
without the customer image says nothing. The image's row of suppression keeps a refresh from bringing them back.

Talks whose customer nobody ever knew are nobody's, and are not found by a customer's id.
"""

import argparse
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from litestar import Request, Router, post
from litestar.params import FromPath

from dryfly.bot.store import forget_contact, forget_customer
from dryfly.channels.web.erasing import erase_visitors
from dryfly.conversations.erasing import erase_words, talks_of
from dryfly.customers.image import Customers
from dryfly.floor.model import CustomerId, SiteId
from dryfly.platform.clock import Clock, SystemClock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.platform.jobs import Job, Worker, enqueue, worker
from dryfly.setup.defaults import FIRST_SITE
from dryfly.setup.model import Me
from dryfly.setup.sites import SYSTEM
from dryfly.setup.store import write_audit

log = structlog.get_logger(__name__)

KIND = "erase_person"
Req = Request[Any, Any, Any]
Settled = Callable[[SiteId], Awaitable[None]]


class Erasing:
    """Of all sites. `settled`: everything that was said until now is folded."""

    def __init__(self, db: Database, customers: Customers, clock: Clock) -> None:
        self._db = db
        self._customers = customers
        self._clock = clock

    async def ask(self, site: SiteId, customer: CustomerId, actor: str) -> None:
        """Raises CallerError `customer_exists_not`, `customer_has_open_contact`."""
        on_file = await self._customers.is_on_file(site, customer)
        async with self._db.site(site) as conn:
            contacts, open_ones = await talks_of(conn, site, customer)
            if not contacts and not on_file:
                raise CallerError("customer_exists_not", "There is no such customer.", status=404)
            _require_over(open_ones)
            now = self._clock.now()
            await write_audit(conn, site, actor, now, [("person_erased", customer, {})])
            await enqueue(conn, KIND, f"{customer}.{now}", {"customer": customer})

    def worker(self, settled: Settled) -> Worker:
        @worker(KIND)
        async def erase(job: Job) -> None:
            await settled(SiteId(job.site))
            await self._erase(SiteId(job.site), CustomerId(job.body["customer"]))

        return erase

    async def _erase(self, site: SiteId, customer: CustomerId) -> None:
        async with self._db.site(site) as conn:
            contacts, open_ones = await talks_of(conn, site, customer)
            _require_over(open_ones)  # it began meanwhile: the job is tried again
            visitors = await erase_visitors(conn, site, contacts)
            await erase_words(conn, site, contacts, visitors)
            await forget_customer(conn, site, customer)
            for contact in contacts:
                await forget_contact(conn, site, contact)
        await self._customers.suppress(site, customer, now=self._clock.now())
        log.info("person_erased", site=site, customer=customer, contacts_count=len(contacts))


def _require_over(open_ones: Sequence[str]) -> None:
    if open_ones:
        text = "This customer is in a talk: close it, and then erase them."
        raise CallerError("customer_has_open_contact", text, status=409, contact=open_ones[0])


def erasing_router(administrator: Callable[[Req], Awaitable[Me]], erasing: Erasing) -> Router:
    """`administrator` tells who asks, or refuses."""

    @post("/{customer:str}/erase", status_code=202)
    async def erase(request: Req, customer: FromPath[str]) -> None:
        """Words, files, addresses and the record on file, in every room. It cannot be undone."""
        me = await administrator(request)
        await erasing.ask(SiteId(me.site), CustomerId(customer), me.person)

    return Router("/api/customers", route_handlers=[erase], tags=["customers"])


async def main(
    argv: Sequence[str], db: Database, *, clock: Clock | None = None, say: Callable[[str], None] = print
) -> int:
    """`dryfly erase --customer ID [--site S]`: the running server does it, or the next one."""
    parser = argparse.ArgumentParser(prog="dryfly erase", description="Erase a person: it cannot be undone.")
    parser.add_argument("--customer", required=True, help="the id in the address of the customer's page")
    parser.add_argument("--site", default=FIRST_SITE)
    args = parser.parse_args(argv)
    clock = clock or SystemClock()
    await Erasing(db, Customers(db), clock).ask(SiteId(args.site), CustomerId(args.customer), SYSTEM)
    say("The server erases this person now; where none runs, the next one does.")
    return 0
