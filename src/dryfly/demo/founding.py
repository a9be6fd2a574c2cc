"""Makes the demo company, once: books, image, set-up, four weeks of history, people. Refuses a site that is real."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

from dryfly.bot import store as playbooks
from dryfly.conversations.words import TABLES
from dryfly.customers.image import Customers
from dryfly.customers.model import Evidence, Identifier, IdentifierKind
from dryfly.customers.refresh import refresh
from dryfly.demo import company
from dryfly.demo.books import BOOKS, mapping_of, write_books
from dryfly.demo.company import SITE
from dryfly.demo.history import DAY_MS, DAYS, History, day_of
from dryfly.demo.shop import Shop, make_shop
from dryfly.demo.told import Told, playbook_text
from dryfly.demo.writing import PastClock, write_history
from dryfly.floor.model import Command, CustomerId, SiteId
from dryfly.floor.snapshot import restore, snapshot
from dryfly.ledger import Ledger
from dryfly.platform.clock import Clock
from dryfly.platform.database import Connection, Database
from dryfly.platform.errors import CallerError
from dryfly.platform.sql import load_sql
from dryfly.setup.change import FloorSpecs, commands_between, specs_wanted
from dryfly.setup.sites import SYSTEM, Sites

sql = load_sql(__file__, "store.sql")
log = structlog.get_logger(__name__)

SEED = 7
AWAY_MS = 6 * 3_600_000  # left for less than that, it is as it was


@dataclass(frozen=True)
class Founded:
    """The company as it stands: its books are made again from the seed and the day."""

    shop: Shop
    told: Told
    secret: str


@dataclass
class Founding:
    db: Database
    url: str
    folder: Path
    clock: Clock
    seed: int = SEED
    days: int = DAYS

    async def ensure(self) -> Founded:
        """The demo company; made first where there is none. Raises `demo_site_is_real`, `demo_is_half_made`."""
        async with self.db.site(SITE) as conn:
            row = await conn.fetchrow(sql.company, SITE)
        if row is None:
            return await self._found()
        if not row["is_whole"]:
            text = f"Making the demo company was broken off: delete the folder {self.folder.parent} and start again."
            raise CallerError("demo_is_half_made", text)
        return await self._founded(await self._catch_up(row["seed"], row["made_at"]))

    async def _founded(self, shop: Shop) -> Founded:
        sites = Sites(self.db, self.clock, _the_floor_is_told_later)
        keys = (await sites.catalogue(SITE)).site.login_keys
        secret = next((key.key for key in keys if key.id == company.LOGIN_KEY), "")
        return Founded(shop, Told(playbook_text()), secret)

    async def _found(self) -> Founded:
        sites, now = Sites(self.db, self.clock, _the_floor_is_told_later), self.clock.now()
        if await sites.page(limit=1):
            text = "There is a real site in this database: start the demo with a folder of its own (--home)."
            raise CallerError("demo_site_is_real", text)
        await self._write(lambda conn: conn.execute(sql.begin_company, SITE, self.seed, now))
        shop = await self._make_books(now)
        await sites.found(company.site_of(secrets.token_urlsafe(32)), SYSTEM, company.entries())
        await self._write(lambda conn: playbooks.put_playbook(conn, SITE, playbook_text(), now))
        await self._write_history(shop)
        await self._write(lambda conn: conn.execute(sql.company_is_whole, SITE))
        return await self._founded(shop)

    async def _make_books(self, now: int) -> Shop:
        shop = await asyncio.to_thread(make_shop, self.seed, day_of(now))
        await asyncio.to_thread(write_books, shop, self.folder / BOOKS)
        await refresh(self.db, SITE, mapping_of(self.folder), now=now)
        return shop

    async def _catch_up(self, seed: int, made_at: int) -> Shop:
        """The company lived on while nobody looked: today's books, and what happened since it was left."""
        now, self.seed = self.clock.now(), seed
        async with self.db.site(SITE) as conn:
            left_at = await conn.fetchval(sql.left_at, SITE) or made_at
            books_of = await conn.fetchval(sql.books_of, SITE) or made_at
        if day_of(books_of) == day_of(now):
            shop = await asyncio.to_thread(make_shop, seed, day_of(now))
        else:
            shop = await self._make_books(now)
        if now - left_at >= AWAY_MS:
            await self._write_history(shop, left_at)
        return shop

    async def _write(self, work: Callable[[Connection], Awaitable[object]]) -> None:
        async with self.db.site(SITE) as conn:
            await work(conn)

    async def _write_history(self, shop: Shop, left_at: int | None = None) -> None:
        """Before anybody lives here: the journal is in order of time. `left_at`: it goes on where it was left."""
        now, customer_of = self.clock.now(), await self._customers(shop)
        clock = PastClock(left_at or now - (self.days + 2) * DAY_MS)
        ledger = Ledger(self.url, SITE, clock=clock, tables=TABLES)
        await ledger.start()
        try:
            goes_on = (restore(ledger.peek(snapshot)), left_at) if left_at else None
            setting_up = () if goes_on else await self._setting_up()
            history = History(
                self.seed, shop, Told(playbook_text()), now, customer_of, setting_up, self.days, goes_on=goes_on
            )
            clock.turn_to(history.begins_at)
            count = await write_history(ledger, clock, history.plan())
            log.info("demo.history", commands=count, events=ledger.durable)
        finally:
            await ledger.stop()

    async def _setting_up(self) -> tuple[Command, ...]:
        catalogue = await Sites(self.db, self.clock, _the_floor_is_told_later).catalogue(SITE)
        return tuple(commands_between(FloorSpecs(), specs_wanted(catalogue)))

    async def _customers(self, shop: Shop) -> dict[str, CustomerId]:
        """The ids that the customer image gave them, by account."""
        customers = Customers(self.db)

        async def find(key: str) -> tuple[str, CustomerId | None]:
            found = await customers.find(SITE, Identifier(IdentifierKind.ACCOUNT, key), Evidence.SIGNED)
            return key, found[0].customer if len(found) == 1 else None

        found = await asyncio.gather(*(find(customer.key) for customer in shop.customers))
        return {key: customer for key, customer in found if customer is not None}


async def _the_floor_is_told_later(site: SiteId, command: Command, actor: str) -> None:
    """By the history, on its first day."""
