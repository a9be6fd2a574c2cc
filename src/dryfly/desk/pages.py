"""One talk and one customer, put together for the agent who has to know."""

from typing import Any

from dryfly.conversations.store import MESSAGES_PAGE, Conversations
from dryfly.customers.image import Customers
from dryfly.customers.model import AGENT_SIGHT, Field, Profile, Record
from dryfly.desk import words
from dryfly.desk.lines import Lines
from dryfly.desk.mentions import Mentions
from dryfly.desk.view import on_screen
from dryfly.floor import State
from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, ContactId, ContactState, CustomerId
from dryfly.ledger import Ledger, Recorded, read_story
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.setup.model import PersonRole

RECORDS_SHOWN = 50


class Pages:
    """Reads for one site. What may be read by whom is decided here."""

    def __init__(
        self, ledger: Ledger, db: Database, conversations: Conversations, customers: Customers, lines: Lines,
        mentions: Mentions,
    ) -> None:  # fmt: skip
        self._ledger = ledger
        self._db = db
        self._conversations = conversations
        self._customers = customers
        self._lines = lines
        self._mentions = mentions

    # ---- who may -------------------------------------------------------------------------------

    async def require_reader(self, me: words.Me, contact: ContactId) -> None:
        """Supervisors read every talk of their site; agents those that are or were theirs, are offered to
        them, belong to a customer whom they are serving, or have a note that mentions them."""
        if me.role is not PersonRole.AGENT:
            return
        agent = AgentId(me.agent or "")
        if self._ledger.peek(lambda state: _is_before(state, agent, contact)):
            return
        talk = await self._conversations.talk(self._ledger.site, contact)
        if talk is not None:
            serves = self._ledger.peek(lambda state: _customers_of(state, agent))
            if talk["agent"] == agent or (talk["customer"] and talk["customer"] in serves):
                return
        if await self._mentions.allow_reading(self._ledger.site, agent, contact):
            return
        raise CallerError("talk_exists_not", "There is no such talk, or it is not yours.", status=404)

    def require_customer_reader(self, me: words.Me, customer: CustomerId) -> None:
        """Agents see the customers whom they are serving."""
        if me.role is PersonRole.AGENT:
            serves = self._ledger.peek(lambda state: _customers_of(state, AgentId(me.agent or "")))
            if customer not in serves:
                raise CallerError("customer_exists_not", "You are not serving such a customer.", status=404)

    # ---- pages ---------------------------------------------------------------------------------

    async def talk(self, me: words.Me, contact: ContactId) -> words.TalkPage:
        await self.require_reader(me, contact)
        site = self._ledger.site
        line, seq = await self._ledger.read(lambda state: self._line(state, contact))
        talk = line or await self._closed_line(contact)
        messages, more = await self._conversations.messages(site, contact, seq + 1)
        panel = await self.customer(talk.customer, contact) if talk.customer else None
        async with self._db.site(site) as conn:
            story = await read_story(conn, site, contact, seq)
        return words.TalkPage(
            seq=seq,
            talk=talk,
            messages=messages,
            more_before=more,
            notes=await self._conversations.notes(site, contact, seq),
            facts=await self._conversations.facts(site, contact, seq),
            brief=await self._conversations.brief(site, contact, seq),
            customer=panel,
            why=tuple(why for recorded in story if (why := _why(recorded))),
        )

    async def messages(self, me: words.Me, contact: ContactId, before: int, limit: int) -> words.MessagesPage:
        await self.require_reader(me, contact)
        limit = max(1, min(limit, MESSAGES_PAGE))
        messages, more = await self._conversations.messages(self._ledger.site, contact, before, limit)
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
            queue=row["queue"],
            need=row["need"],
            owner=row["agent"],
            owner_name=self._lines.agent_name(row["agent"]),
        )

    async def customer(self, customer: str, contact: ContactId) -> words.CustomerPanel | None:
        """What the customer image has, with its age, and the customer's other contacts."""
        site, id = self._ledger.site, CustomerId(customer)
        profile = await self._customers.profile(site, id, AGENT_SIGHT)
        if profile is None:
            return None
        page = await self._customers.records(site, id, level=AGENT_SIGHT, limit=RECORDS_SHOWN)
        level = self._ledger.peek(lambda state: _level_of(state, contact))
        return words.CustomerPanel(
            customer=customer,
            name=profile.name or "",
            identity_level=level,
            fields=_lines(profile.fields),
            records=tuple(_record(record) for record in page.records),
            records_count=len(page.records) + (page.next is not None),
            image=_age(profile),
            earlier=await self._conversations.earlier(site, id, contact),
        )


def _is_before(state: State, agent: AgentId, contact: ContactId) -> bool:
    known = state.contacts.get(contact)
    is_offered = known is not None and known.state is ContactState.OFFERED and known.agent == agent
    return is_offered or agent in on_screen(state, contact)


def _customers_of(state: State, agent: AgentId) -> frozenset[CustomerId]:
    known = state.agents.get(agent)
    contacts = [] if known is None else [*known.holding, *known.joined]
    customers = (state.contacts[contact].customer for contact in contacts)
    return frozenset(customer for customer in customers if customer)


def _level_of(state: State, contact: ContactId) -> int:
    known = state.contacts.get(contact)
    return known.identity_level if known else 0


def _lines(fields: tuple[Field, ...]) -> tuple[words.FieldLine, ...]:
    return tuple(words.FieldLine(field.label, field.text, field.type) for field in fields)


def _record(record: Record) -> words.RecordLine:
    return words.RecordLine(
        kind=record.label,
        key=record.key,
        title="" if record.key in record.title else record.title,
        status=record.status_words or "",
        amount=_money(record.amount, record.currency),
        date=record.date or "",
        fields=_lines(record.fields),
        items=tuple(
            words.FieldLine(line.title, _money(line.amount, record.currency), "money") for line in record.lines
        ),
    )


def _money(amount: Any, currency: str | None) -> str:
    return "" if amount is None else f"{amount} {currency or ''}".rstrip()


def _age(profile: Profile) -> words.ImageAge:
    made = profile.provenance
    return words.ImageAge(made.source, made.version, made.loaded_at)


def _why(recorded: Recorded) -> words.WhyLine | None:
    """The decisions of the floor about a contact: why it waits where, and why this agent was asked."""
    match recorded.event:
        case floor.ContactQueued(queue=queue, because=because, reason=reason):
            return words.WhyLine(
                recorded.seq, recorded.at, f"queued_{because}", {"queue": queue, "reason": reason or ""}
            )
        case floor.OfferMade(agent=agent, rule=rule, values=values):
            return words.WhyLine(recorded.seq, recorded.at, rule, {"agent": agent, **values})
        case floor.OfferEnded(agent=agent, end=end):
            return words.WhyLine(recorded.seq, recorded.at, f"offer_{end}", {"agent": agent})
        case floor.ContactSnoozed(agent=agent, until=until):
            return words.WhyLine(recorded.seq, recorded.at, "snoozed", {"agent": agent, "until": until})
        case floor.ContactEngaged(agent=agent):
            return words.WhyLine(recorded.seq, recorded.at, "engaged", {"agent": agent})
        case _:
            return None
