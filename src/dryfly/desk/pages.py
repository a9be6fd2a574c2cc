"""One talk and one customer, put together for the agent who has to know."""

from collections.abc import Callable

from dryfly.conversations.search import Sight
from dryfly.conversations.store import MESSAGES_PAGE, Conversations
from dryfly.conversations.surveys import survey_answer
from dryfly.desk import customer_words, words
from dryfly.desk.customer_pages import CustomerPages
from dryfly.desk.lines import Lines, customer_of
from dryfly.desk.mentions import Mentions
from dryfly.desk.view import on_screen
from dryfly.desk.why_lines import why_line
from dryfly.floor import State
from dryfly.floor.model import AgentId, ContactId, ContactState, CustomerId
from dryfly.ledger import Ledger, read_story
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.setup.model import PersonRole

AGENTS_SEARCH_ALL = "agents_search_all"  # a site's setting: its agents read and find all customers and talks


class Pages:
    """Reads for one site. What may be read by whom is decided here."""

    def __init__(
        self, ledger: Ledger, db: Database, conversations: Conversations, customers: CustomerPages, lines: Lines,
        mentions: Mentions, is_set: Callable[[str], bool],
    ) -> None:  # fmt: skip
        self._ledger = ledger
        self._db = db
        self._conversations = conversations
        self._customers = customers
        self._lines = lines
        self._mentions = mentions
        self._is_set = is_set  # whether a setting of the site is on

    # ---- who may -------------------------------------------------------------------------------

    async def require_reader(self, me: words.Me, contact: ContactId) -> None:
        """Supervisors read every talk of their site; agents those that are or were theirs, are offered to
        them, belong to a customer whom they are serving, or have a note that mentions them."""
        if self._reads_everything(me):
            return
        agent = AgentId(me.agent or "")
        if self._ledger.peek(lambda state: _is_before(state, agent, contact)):
            return
        talk = await self._conversations.talk(self._ledger.site, contact)
        if talk is not None:
            serves = self._ledger.peek(lambda state: _customers_of(state, agent))
            if agent in talk["agents"] or (talk["customer"] and talk["customer"] in serves):
                return
        if talk is not None and talk["main"]:
            await self.require_reader(me, talk["main"])
            return
        if await self._mentions.allow_reading(self._ledger.site, agent, contact):
            return
        raise CallerError("talk_exists_not", "There is no such talk, or it is not yours.", status=404)

    def require_customer_reader(self, me: words.Me, customer: CustomerId) -> None:
        """Agents see the customers whom they are serving."""
        if not self._reads_everything(me):
            serves = self._ledger.peek(lambda state: _customers_of(state, AgentId(me.agent or "")))
            if customer not in serves:
                raise CallerError("customer_exists_not", "You are not serving such a customer.", status=404)

    async def require_beginner(self, me: words.Me, customer: CustomerId, after: ContactId) -> None:
        """Who may write first: agents to customers whom they serve or served (in `after`), supervisors to any."""
        talk = await self._conversations.talk(self._ledger.site, after)
        is_theirs = talk is not None and talk["customer"] == customer
        if is_theirs and talk and (self._reads_everything(me) or me.agent in talk["agents"]):
            return
        if not is_theirs:
            raise CallerError("customer_exists_not", "This talk was not with such a customer.", status=404)
        self.require_customer_reader(me, customer)

    def sight(self, me: words.Me) -> Sight:
        """What a search may find: what could be read."""
        agent = AgentId(me.agent or "")
        if self._reads_everything(me):
            return Sight(everything=True)
        return self._ledger.peek(
            lambda state: Sight(False, agent, tuple(_customers_of(state, agent)), tuple(_before(state, agent)))
        )

    def _reads_everything(self, me: words.Me) -> bool:
        return me.role is not PersonRole.AGENT or self._is_set(AGENTS_SEARCH_ALL)

    # ---- pages ---------------------------------------------------------------------------------

    async def talk(self, me: words.Me, contact: ContactId) -> words.TalkPage:
        await self.require_reader(me, contact)
        site = self._ledger.site
        line, seq = await self._ledger.read(lambda state: self._line(state, contact))
        talk = line or await self._closed_line(contact)
        merged = [each.contact for each in talk.merged]
        messages, more = await self._conversations.messages(site, contact, seq + 1, merged=merged)
        panel = await self._panel(CustomerId(talk.customer), contact, seq) if talk.customer else None
        async with self._db.site(site) as conn:
            story = await read_story(conn, site, contact, seq)
            survey = await survey_answer(conn, site, contact)
        return words.TalkPage(
            seq=seq,
            talk=talk,
            messages=messages,
            more_before=more,
            notes=await self._conversations.notes(site, contact, seq, merged),
            facts=await self._conversations.facts(site, contact, seq, merged),
            brief=await self._conversations.brief(site, contact, seq, merged),
            customer=panel,
            why=tuple(why for recorded in story if (why := why_line(recorded))),
            survey=survey,
        )

    async def messages(self, me: words.Me, contact: ContactId, before: int, limit: int) -> words.MessagesPage:
        await self.require_reader(me, contact)
        limit = max(1, min(limit, MESSAGES_PAGE))
        line, _ = await self._ledger.read(lambda state: self._line(state, contact))
        merged = [each.contact for each in (line or await self._closed_line(contact)).merged]
        messages, more = await self._conversations.messages(self._ledger.site, contact, before, limit, merged)
        return words.MessagesPage(messages, more)

    def _line(self, state: State, contact: ContactId) -> words.Talk | None:
        known = state.contacts.get(contact)
        return self._lines.talk(known) if known else None

    async def _closed_line(self, contact: ContactId) -> words.Talk:
        row = await self._conversations.talk(self._ledger.site, contact)
        if row is None:
            raise CallerError("talk_exists_not", "There is no such talk, or it is not yours.", status=404)
        changed_at = row["closed_at"] or row["opened_at"]
        return words.Talk(
            contact=contact,
            channel=row["channel"],
            state=ContactState.CLOSED,
            opened_at=row["opened_at"],
            changed_at=changed_at,
            customer=row["customer"],
            customer_name=row["customer_name"],
            queue=row["queue"],
            need=row["need"],
            need_title=row["need_title"],
            owner=row["agent"],
            owner_name=self._lines.agent_name(row["agent"]),
            main=row["main"],
            merged=await self._conversations.merged_into(self._ledger.site, contact),
        )

    # ---- a customer ----------------------------------------------------------------------------

    async def customer(self, me: words.Me, customer: CustomerId, contact: ContactId) -> customer_words.CustomerPanel:
        """What the customer image has, with its age, and the customer's other contacts."""
        self.require_customer_reader(me, customer)
        return await self._panel(customer, contact, self._ledger.durable)

    async def story(
        self, me: words.Me, customer: CustomerId, contact: ContactId, after: str | None
    ) -> customer_words.StoryPage:
        self.require_customer_reader(me, customer)
        return await self._customers.story(customer, contact, self._ledger.durable, after)

    async def records(
        self, me: words.Me, customer: CustomerId, kind: str, after: str | None
    ) -> customer_words.RecordGroup:
        self.require_customer_reader(me, customer)
        return await self._customers.records(customer, kind, after)

    async def _panel(self, customer: CustomerId, contact: ContactId, seq: int) -> customer_words.CustomerPanel:
        level = self._ledger.peek(lambda state: _level_of(state, contact))
        return await self._customers.panel(customer, contact, level, seq)


def _is_before(state: State, agent: AgentId, contact: ContactId) -> bool:
    known = state.contacts.get(contact)
    is_offered = known is not None and agent in known.offers
    return is_offered or agent in on_screen(state, contact)


def _before(state: State, agent: AgentId) -> list[ContactId]:
    """The talks on this agent's screen, and those that are offered to them."""
    known = state.agents.get(agent)
    return [] if known is None else [*known.holding, *known.joined, *known.parked]


def _customers_of(state: State, agent: AgentId) -> frozenset[CustomerId]:
    known = state.agents.get(agent)
    contacts = [] if known is None else [*known.holding, *known.joined]
    customers = (customer_of(state.contacts[contact]) for contact in contacts)
    return frozenset(customer for customer in customers if customer)


def _level_of(state: State, contact: ContactId) -> int:
    known = state.contacts.get(contact)
    return known.identity_level if known else 0
