"""Everything that one process runs, started in order and stopped in reverse."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from dryfly.bot import store as bot_store
from dryfly.bot.encoder import load_minilm
from dryfly.bot.playbook import Playbook
from dryfly.bot.playbook_file import parse_playbook
from dryfly.bot.runner import BotOnDuty
from dryfly.bot.shell import Bot, train
from dryfly.channels.web.letters import Letters, letter_worker
from dryfly.customers import jobs as image_jobs
from dryfly.customers.image import Customers
from dryfly.floor.model import Command, ContactId, SiteId
from dryfly.insight.reports import Reports
from dryfly.ledger import Mode
from dryfly.platform.clock import Clock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.platform.jobs import JobRunner
from dryfly.platform.mail import Mailer
from dryfly.service.erasing import Erasing
from dryfly.service.notices import listen
from dryfly.service.site import SiteAtWork
from dryfly.service.walking import walk_worker
from dryfly.setup.passwords import Passwords
from dryfly.setup.people import People
from dryfly.setup.sessions import Sessions
from dryfly.setup.sign_in import SignIns
from dryfly.setup.sites import Sites
from dryfly.waiting import nights

log = structlog.get_logger(__name__)

SWEEP_EVERY_S = 60
SETTLED_S = 60.0


class Server:
    """The rooms of one installation. `models`: the folder where the bot's sentence model is kept."""

    def __init__(
        self, db: Database, url: str, clock: Clock, models: Path, passwords: Passwords | None = None,
        mailer: Mailer | None = None,
    ) -> None:  # fmt: skip
        self.db = db
        self.clock = clock
        self.mailer = mailer
        self._url = url
        self._models = models
        self.customers = Customers(db)
        self.reports = Reports(url)
        self.erasing = Erasing(db, self.customers, clock)
        self.sites = Sites(db, clock, self._submit)
        self.sites.on_change = self._tell_desks
        self.sessions = Sessions(db, clock)
        self.passwords = passwords or Passwords()
        self.people = People(db, clock, self.passwords, self.sessions)
        self.sign_ins = SignIns(db, clock, self.passwords, self.sessions)
        self._at_work: dict[SiteId, SiteAtWork] = {}
        self._begun: set[SiteId] = set()
        self.on_site: Callable[[SiteAtWork], None] = lambda site: None
        """Called with each site whose history is opened."""
        self._starting = asyncio.Lock()
        self._learning = asyncio.Lock()
        self._learned: dict[SiteId, int] = {}  # the version of the playbook that the bot works by
        self._tasks: list[asyncio.Task[None]] = []
        self.is_ready = False

    # ---- life ----------------------------------------------------------------------------------

    async def start(self) -> str | None:
        """Serves every site. Returns the first administrator's one-time password, where this is the first start."""
        await self.sites.ensure_first_site()
        for site in await self._all_sites():
            await self.at_work(site)
        workers = [
            *image_jobs.image_workers(self.db, self.clock), letter_worker(self._letters, self.mailer),
            self.erasing.worker(self._settled), walk_worker(self.at_work), *nights.waiting_workers(self.db, self.clock),
        ]  # fmt: skip
        password = await self.people.ensure_first_administrator()  # last, for it can be told only once
        runner = JobRunner(self.db, workers, self.clock, [*image_jobs.SCHEDULES, *nights.SCHEDULES])
        self._tasks = [
            asyncio.create_task(runner.run(), name="jobs"),
            asyncio.create_task(self._sweep_sessions(), name="sessions"),
            asyncio.create_task(listen(self.db, self.setup_changed), name="notices"),
        ]
        self.is_ready = True
        return password

    async def stop(self) -> None:
        self.is_ready = False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for site in self._at_work.values():
            await site.stop()
        await self.reports.close()
        self.passwords.close()

    async def _all_sites(self) -> Sequence[SiteId]:
        found: list[SiteId] = []
        while page := await self.sites.page(after=found[-1] if found else "", limit=200):
            found.extend(site.id for site in page)
        return found

    async def _sweep_sessions(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_EVERY_S)
            with contextlib.suppress(Exception):  # a store that is away is told of elsewhere; the next round sweeps
                await self.sessions.sweep()

    # ---- sites ---------------------------------------------------------------------------------

    async def at_work(self, site: SiteId) -> SiteAtWork:
        """The site, working. A site that was made a moment ago begins now."""
        if site not in self._begun:
            async with self._starting:
                if site not in self._begun:
                    await self._begin(site)
        return self._at_work[site]

    async def _begin(self, site: SiteId) -> None:
        await self.sites.catalogue(site)  # refuses a site that is not there
        at_work = await self._writing(site)
        await at_work.reconcile()
        await self.begin_bot(at_work)
        self._begun.add(site)

    async def _writing(self, site: SiteId) -> SiteAtWork:
        """The site with its history open, set up or not."""
        if site not in self._at_work:
            at_work = SiteAtWork(
                site, self._url, self.db, self.clock, self.sites, self.customers, sends_mail=self.mailer is not None
            )
            try:
                await at_work.start()
            except BaseException:
                await at_work.stop()
                raise
            self._at_work[site] = at_work
            self.on_site(at_work)
        return self._at_work[site]

    async def _submit(self, site: SiteId, command: Command, actor: str) -> None:
        """The set-up changed: the floor hears of it, also that of a site which is just being made."""
        await (await self._writing(site)).submit(command, actor)

    def _tell_desks(self, site: SiteId) -> None:
        """Nobody has to load a page anew to see what was set up."""
        if site in self._at_work:
            self._at_work[site].house.set_up_changed()
            self._at_work[site].openings.look_again()

    async def _settled(self, site: SiteId) -> None:
        """What was said until now stands in every table."""
        at_work = await self.at_work(site)
        for follower in at_work.followers.values():
            await follower.reached(at_work.ledger.durable, SETTLED_S)

    def mark_test(self, site: SiteId, contact: ContactId) -> None:
        """The contact is a supervisor's walk: agents and reports can tell it from a customer's."""
        self._at_work[site].mark_test(contact)

    async def _letters(self, site: SiteId) -> Letters:
        return (await self.at_work(site)).widget.letters

    # ---- the bot -------------------------------------------------------------------------------

    async def begin_bot(self, at_work: SiteAtWork) -> None:
        """With the site's newest playbook, learned once; without one, every contact goes to people."""
        async with self._learning:
            async with self.db.site(at_work.site) as conn:
                newest = await bot_store.newest_playbook(conn, at_work.site)
            if newest is None or newest[0] == self._learned.get(at_work.site):
                return
            bot = await asyncio.to_thread(self._trained, parse_playbook(newest[1]), at_work)
            at_work.begin_bot(BotOnDuty(bot, at_work.ledger, at_work.recorder, at_work.conversations))
            self._learned[at_work.site] = newest[0]

    def _trained(self, playbook: Playbook, at_work: SiteAtWork) -> Bot:
        understander = train(playbook, load_minilm(self._models))
        return Bot(at_work.site, self.db, playbook, understander, at_work.lookup())

    async def setup_changed(self, site: SiteId) -> None:
        """A command changed the set-up or the playbook: the floor follows, the bot learns."""
        await self.sites.refresh(site)
        at_work = await self.at_work(site)
        await at_work.reconcile()
        await self.begin_bot(at_work)

    async def probe(self) -> str | None:
        """For readiness: what is missing until we can serve."""
        if not self.is_ready:
            return "starting, or waiting for another process to stop writing"
        away = [site for site, at_work in self._at_work.items() if at_work.ledger.mode is not Mode.WRITING]
        return f"the store is away for {', '.join(away)}" if away else None


def require_ready(server: Server) -> None:
    if not server.is_ready:
        raise CallerError("not_ready", "The server is starting, or waits for its turn to write.", status=503)
