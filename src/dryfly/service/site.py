"""One site at work: its history, and the rooms that look at it, put together."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence

import msgspec
import structlog

from dryfly.bot.runner import BotOnDuty
from dryfly.channels.web.gateway import LettingGo, SignedCustomer, WidgetGateway
from dryfly.channels.web.opening import tell_hours
from dryfly.channels.web.view import WebView
from dryfly.channels.web.words import HoursNow, Invite, LookPage, WhoTalked, WidgetLook
from dryfly.conversations.model import TEST_CONTACT, Certainty, Fact, Origin
from dryfly.conversations.record import SYSTEM, Recorder
from dryfly.conversations.remembering import Remembering
from dryfly.conversations.search import Searches, can_be_found, fold_search
from dryfly.conversations.store import Conversations
from dryfly.conversations.story import Stories, changes_talk, fold_talks
from dryfly.conversations.talks import Talks
from dryfly.conversations.words import TABLES
from dryfly.customers.find import CustomerSearch
from dryfly.customers.image import Customers
from dryfly.customers.model import Evidence, Identifier, IdentifierKind, IdentityLevel
from dryfly.desk.beginning import AGENTS_BEGIN, Beginning
from dryfly.desk.board import Board
from dryfly.desk.customer_pages import CustomerPages
from dryfly.desk.floor_feed import FloorFeed
from dryfly.desk.gateway import DeskGateway
from dryfly.desk.helping import Helping
from dryfly.desk.house import House
from dryfly.desk.kept_alerts import KeptAlerts
from dryfly.desk.lines import Lines
from dryfly.desk.looking import Looks
from dryfly.desk.mentions import Mentions
from dryfly.desk.merging import Merging
from dryfly.desk.pages import Pages
from dryfly.desk.routing import Routing
from dryfly.desk.searching import Searching
from dryfly.desk.story_view import StoryView
from dryfly.desk.supervising import Supervising
from dryfly.desk.view import DeskView
from dryfly.floor import State
from dryfly.floor.model import AgentId, Command, ContactId, MessageId, QueueId, SiteId
from dryfly.insight.store import counts, fold_reports
from dryfly.ledger import Actor, CommandId, DurableFollower, Ledger, Topic, View
from dryfly.ledger.following import Wants, Work
from dryfly.ledger.model import Recorded
from dryfly.platform.clock import Clock
from dryfly.platform.database import Connection, Database
from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.ids import new_id
from dryfly.platform.security import RateLimiter
from dryfly.service.flooring import WidgetWaits, expected_by, shut_by, today_by
from dryfly.service.knowing import ImageLookup, who_talked
from dryfly.service.opening import Estimates, Openings, keep_told
from dryfly.service.proposing import BotProposes
from dryfly.setup.change import specs_on_floor
from dryfly.setup.closings import Closings
from dryfly.setup.logins import Login, Logins
from dryfly.setup.model import Catalogue
from dryfly.setup.sites import Sites
from dryfly.waiting.estimates import Waiting
from dryfly.waiting.record import begins_or_ends

log = structlog.get_logger(__name__)

SAY_PER_S, SAY_BURST = 1.0, 20  # messages of one visitor
ATTACH_PER_S, ATTACH_BURST = 0.2, 10
STORY_PATIENCE_S = 1.0
CLAIMS = {  # what a signed login may name a customer by
    "account": IdentifierKind.ACCOUNT,
    "email": IdentifierKind.EMAIL,
    "phone_number": IdentifierKind.PHONE,
}


class SiteAtWork:
    """Implements `channels.web.gateway.House` for its site."""

    def __init__(
        self, site: SiteId, url: str, db: Database, clock: Clock, sites: Sites, customers: Customers,
        *, sends_mail: bool = False,
    ) -> None:  # fmt: skip
        self.site = site
        self.sends_mail = sends_mail
        self._db = db
        self._sites = sites
        self._customers = customers
        self._logins = Logins(clock)
        self._saying = RateLimiter(clock, per_s=SAY_PER_S, burst=SAY_BURST)
        self._attaching = RateLimiter(clock, per_s=ATTACH_PER_S, burst=ATTACH_BURST)
        self._tasks: list[asyncio.Task[None]] = []
        self.bot: BotOnDuty | None = None
        self.followers: dict[str, DurableFollower] = {}
        self._is_set_up = False
        self.conversations = Conversations(db, sites.shown_name)
        self.talks = Talks(self.conversations)
        self.lines = Lines(self.talks, self.catalogue)
        self.mentions = Mentions(db)
        self.looks = Looks(lambda me, contact: self.pages.require_reader(me, contact))
        self.house = House(self.catalogue)
        self.waiting = Waiting(db, site)
        views: list[View] = [
            self.waiting.watch,
            self.talks,
            self.mentions,
            self.looks,
            self.house,
            StoryView(DeskView(self.lines)),
            WebView(self.agent_name),
            _WhenRecalled(self._recalled),
        ]
        self.ledger = Ledger(url, site, clock=clock, tables=TABLES, views=views)
        self.recorder = Recorder(self.ledger, self.talks.asks_again, Remembering(db, self.ledger))
        self.openings = Openings(self.ledger, self.catalogue, Closings(db, site), self.submit)
        self.estimates = Estimates(self.ledger, self.waiting, self.submit)
        board = Board(self.catalogue, expected_by(self.waiting), shut_by(self.openings))
        self.floor_feed = FloorFeed(
            self.ledger, board, self.lines, self.catalogue, today_by(db, site, self.catalogue), KeptAlerts(db, site)
        )
        self.widget = WidgetGateway(self.ledger, db, self.conversations, self.recorder, self, WidgetWaits(self.waiting))
        beginning = Beginning(
            self.ledger, self.recorder, self.conversations, self.lines, self.widget, lambda: self.pages,
            lambda: self.catalogue().site.settings.get(AGENTS_BEGIN) is not False, self.default_queue,
        )  # fmt: skip
        self.desk = DeskGateway(
            self.ledger, self.conversations, self.recorder, self.lines, self.looks, self.mentions,
            Supervising(self.ledger, self.recorder, self.lines, self.floor_feed), beginning,
            Merging(self.ledger, self.recorder, lambda: self.pages), self.house,
        )  # fmt: skip
        search, stories = CustomerSearch(db), Stories(db, site, self._story_reached)
        of_customers = CustomerPages(site, customers, search, stories)
        self.pages = Pages(
            self.ledger, db, self.conversations, of_customers, self.lines, self.mentions, self._is_set_to
        )
        self.routing = Routing(self.ledger, db, self.pages.require_reader)
        self.searching = Searching(site, clock, Searches(db, site), customers, search, self.pages.sight)
        self.helping = Helping(self.ledger, self.conversations, self.lines, BotProposes(lambda: self.bot))

    # ---- life ----------------------------------------------------------------------------------

    async def start(self) -> None:
        """Waits for its turn to write; then serves."""
        await self.ledger.start()
        await self.waiting.start()
        await self.openings.start()
        self._follow("talks", self._fold_talks, changes_talk)
        self._follow("search", self._fold_search, can_be_found)
        self._follow("reports", self._fold_reports, counts)
        self._follow("waiting", self.waiting.written_down.work, begins_or_ends)
        self._spawn(self.waiting.run(self.ledger.now), "waiting")
        self._spawn(self.floor_feed.run(), "board")
        self._spawn(keep_told(self.openings, self.estimates), "openings")
        self._spawn(self.widget.line.tell(), "places")
        self._spawn(tell_hours(self.widget.pages, self.hours), "hours")

    async def reconcile(self) -> None:
        """The floor follows the set-up, and knows whose desks are open."""
        self._is_set_up = True
        await self._sites.reconcile(self.site, self.ledger.peek(specs_on_floor))
        await self.openings.put()
        await self.desk.reconnect()

    def _recalled(self) -> None:
        """The history was recalled while we serve: what was promised in the lost memory is looked at again."""
        if self._is_set_up:
            self._spawn(self._reconcile_again(), "reconcile")

    async def _reconcile_again(self) -> None:
        with contextlib.suppress(PeerError):  # away again: the next recall looks again
            await self.ledger.settle()
            await self.reconcile()

    def begin_bot(self, bot: BotOnDuty) -> None:
        """The bot comes on duty; one that learned a new playbook takes over from the next message on."""
        is_first, self.bot = self.bot is None, bot
        if is_first:
            self._follow("bot", self._bot_works, self._bot_wants)

    def _bot_wants(self, recorded: Recorded) -> bool:
        assert self.bot is not None
        return self.bot.wants(recorded)

    async def _bot_works(self, conn: Connection, records: Sequence[Recorded]) -> None:
        assert self.bot is not None
        await self.bot.work(conn, records)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.ledger.stop()

    def _follow(self, name: str, work: Work, wants: Wants) -> None:
        follower = self.followers[name] = DurableFollower(self.ledger, self._db, name, work, wants)
        self._spawn(follower.run(), name)

    def _spawn(self, work: Coroutine[None, None, None], name: str) -> None:
        self._tasks = [task for task in self._tasks if not task.done()]
        task = asyncio.create_task(work, name=f"{name}-{self.site}")
        task.add_done_callback(_tell_if_failed)
        self._tasks.append(task)

    async def _fold_talks(self, conn: Connection, records: Sequence[Recorded]) -> None:
        await fold_talks(self.site, conn, records)

    async def _fold_search(self, conn: Connection, records: Sequence[Recorded]) -> None:
        await fold_search(self.site, conn, records)

    async def _story_reached(self, seq: int) -> None:
        """A page that shows a number waits for the story a moment, not for ever."""
        await self.followers["talks"].reached(seq, STORY_PATIENCE_S)

    def _is_set_to(self, setting: str) -> bool:
        return self.catalogue().site.settings.get(setting) is True

    async def _fold_reports(self, conn: Connection, records: Sequence[Recorded]) -> None:
        await fold_reports(self.site, conn, records)

    # ---- set-up --------------------------------------------------------------------------------

    def catalogue(self) -> Catalogue:
        """The set-up as this process last saw it."""
        return self._sites.seen(self.site)

    async def submit(self, command: Command, actor: str) -> None:
        await self.recorder.do(CommandId(new_id(self.ledger.now())), Actor(actor), command)

    def mark_test(self, contact: ContactId) -> None:
        self._spawn(self.learn_test(contact), "test-mark")

    async def learn_test(self, contact: ContactId) -> None:
        now = self.ledger.now()
        fact = Fact(TEST_CONTACT, "walked by a supervisor", Origin.AGENT, Certainty.PROVED, now, label="Test contact")
        await self.recorder.learn(CommandId(new_id(now)), contact, (fact,), SYSTEM)

    # ---- what the widget's gateway asks --------------------------------------------------------

    def look(self) -> WidgetLook:
        site = self.catalogue().site
        look = site.look
        bot_name = look.bot_name if self.bot else ""  # the widget offers no assistant where there is none
        return WidgetLook(
            look.title or site.title, bot_name, look.accent, look.language, site.languages, look.theme, look.side,
            look.offset_x, look.offset_y, look.greeting, look.survey,
        )  # fmt: skip

    def look_page(self) -> LookPage:
        asked = self.catalogue().site.invitations
        return LookPage(self.look(), tuple(Invite(**msgspec.structs.asdict(invitation)) for invitation in asked))

    def hours(self, queue: QueueId | None = None) -> HoursNow:
        found = self.openings.standing(queue)
        return HoursNow(found.is_open, found.opens_at, found.text)

    def agent_name(self, agent: AgentId) -> str:
        return self.lines.shown_name(agent)

    def default_queue(self) -> QueueId:
        queues = self.catalogue().queues
        if not queues:
            raise CallerError("no_queue", "This site has no queue yet: an administrator adds one.", status=503)
        return QueueId("general") if "general" in queues else next(iter(queues))

    def entry_queue(self) -> QueueId | None:
        return None if self.bot else self.default_queue()

    async def letting_go(self, contact: ContactId, asked: MessageId) -> LettingGo:
        if self.bot is None:
            return LettingGo(self.default_queue(), None, None)
        let_go = await self.bot.let_go(contact, asked, self.ledger.now())
        return LettingGo(self.bot.queueing(contact, let_go).queue, let_go.need, let_go.brief)

    async def signed_customer(self, login: str, visitor: str) -> SignedCustomer | None:
        """Whom the page's signed login names, if the customer image knows exactly one."""
        accepted = self._logins.accept(self.catalogue().site, login, visitor)
        for identifier in _named_by(accepted):
            matches = await self._customers.find(self.site, identifier, Evidence.SIGNED)
            if len(matches) == 1:
                return SignedCustomer(matches[0].customer, "", int(IdentityLevel.PROVED))
        return None

    async def who_talked(self, contact: ContactId) -> WhoTalked:
        return await who_talked(self._db, self._customers, self.site, contact)

    def require_saying(self, visitor: str) -> None:
        self._saying.require(visitor)

    def require_attaching(self, visitor: str) -> None:
        self._attaching.require(visitor)

    def lookup(self) -> ImageLookup:
        return ImageLookup(self._customers, self.site)


class _WhenRecalled:
    """Implements `ledger.View` to hear that memory begins anew."""

    def __init__(self, recalled: Callable[[], None]) -> None:
        self._recalled = recalled

    async def reset(self, site: SiteId, state: State) -> None:
        self._recalled()

    def see(self, recorded: Recorded, state: State) -> list[tuple[Topic, bytes]]:
        return []


def _named_by(login: Login) -> list[Identifier]:
    """`sub` is the customer's account unless a claim says it more exactly."""
    named = [Identifier(kind, login.claims[claim]) for claim, kind in CLAIMS.items() if claim in login.claims]
    return [*named, Identifier(IdentifierKind.ACCOUNT, login.subject)]


def _tell_if_failed(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("site.task_failed", task=task.get_name(), error=repr(error))
