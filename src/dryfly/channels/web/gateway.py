"""The customer's page over its socket: hello, say, ask for a person, leave, resume.

A visitor is known by a secret that only their page keeps (`resume`); its hash points at their contact. So
the page may be reloaded, cut off or opened in a second tab: everybody with the secret follows the same talk
from where they are. Nothing is kept of a visitor who never wrote.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Protocol, TypeGuard
from weakref import WeakValueDictionary

import msgspec

from dryfly.channels.web import words
from dryfly.channels.web.calling import Calling
from dryfly.channels.web.invitations import Invitations
from dryfly.channels.web.letters import Letters
from dryfly.channels.web.places import Line, Waits
from dryfly.channels.web.surveys import rate
from dryfly.channels.web.view import call_of, for_customer, stage_of
from dryfly.channels.web.words import Stage
from dryfly.conversations.model import ATTACHMENT_BYTES_MAX, TEXT_MAX, Brief, Certainty, Delivery, Fact, Origin
from dryfly.conversations.record import CUSTOMER, SYSTEM, Recorder, check_text
from dryfly.conversations.store import Conversations
from dryfly.conversations.surveys import survey_answer
from dryfly.conversations.topics import agent_topic, customer_topic
from dryfly.conversations.words import MessageExtra
from dryfly.floor import State
from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, Channel, ContactId, CustomerId, MessageId, QueuedBecause, QueueId
from dryfly.floor.state import talk_of
from dryfly.ledger import CommandId, Following, Ledger, Receipt, Refused, Topic, child_id
from dryfly.platform import frames
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.platform.frames import ErrorBody
from dryfly.platform.sockets import CLOSE_AGAIN, CLOSE_BAD_FRAME, Conversation, Outbox
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "store.sql")

WEB = Channel("web")
HELLO = ErrorBody("hello_first", "Say hello before anything else.")
_decoder: msgspec.json.Decoder[words.FromWidget] = msgspec.json.Decoder(words.FromWidget)
_encode = msgspec.json.Encoder().encode


class SignedCustomer(msgspec.Struct, frozen=True):
    """Whom the page's signed login names, if the customer image has them."""

    customer: CustomerId
    name: str
    level: int


class LettingGo(msgspec.Struct, frozen=True):
    """Where a customer who asks for a person goes, and what is known."""

    queue: QueueId
    need: str | None
    brief: Brief | None


class House(Protocol):
    """What the gateway needs to know from other rooms. `service` puts it together."""

    sends_mail: bool

    async def who_talked(self, contact: ContactId) -> words.WhoTalked: ...
    def look(self) -> words.WidgetLook: ...
    def look_page(self) -> words.LookPage: ...
    def agent_name(self, agent: AgentId) -> str: ...
    def hours(self, queue: QueueId | None = None) -> words.HoursNow:
        """Whether people answer there now; without a queue: at the site."""
        ...

    def entry_queue(self) -> QueueId | None:
        """Where a new contact waits at once; None: the bot answers first."""
        ...

    async def signed_customer(self, login: str, visitor: str) -> SignedCustomer | None: ...
    async def letting_go(self, contact: ContactId, asked: MessageId) -> LettingGo: ...
    def require_saying(self, visitor: str) -> None: ...
    def require_attaching(self, visitor: str) -> None: ...


class WidgetGateway:
    """One site's widget."""

    def __init__(
        self, ledger: Ledger, db: Database, conversations: Conversations, recorder: Recorder, house: House, waits: Waits
    ) -> None:
        self.ledger = ledger
        self.conversations = conversations
        self.recorder = recorder
        self.house = house
        self.line = Line(ledger, waits, house.hours)
        self.pages: dict[Outbox, words.HoursNow] = {}  # those that are open, with the hours that each was told
        self.conversing: set[WidgetConversation] = set()  # likewise
        self.invitations = Invitations(db, ledger.site)
        self.letters = Letters(ledger, db, conversations, house)
        self.calling = Calling(ledger, conversations, recorder)
        self._db = db
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def begin(self, outbox: Outbox) -> "WidgetConversation":
        return WidgetConversation(self, outbox)

    def require_attaching(self, visitor: str) -> None:
        self.house.require_attaching(visitor)

    async def visitor_of(self, secret: str) -> tuple[str, ContactId | None]:
        """(visitor, contact): the visitor's id is the hash of the secret; the contact may be closed by now."""
        return await self.visitor_of_id(visitor_id(secret))

    async def visitor_of_id(self, visitor: str) -> tuple[str, ContactId | None]:
        async with self._db.site(self.ledger.site) as conn:
            row = await conn.fetchrow(sql.visitor, self.ledger.site, visitor)
        return (visitor, ContactId(row["contact"])) if row else (visitor, None)

    async def is_rated(self, contact: ContactId) -> bool:
        async with self._db.site(self.ledger.site) as conn:
            return await survey_answer(conn, self.ledger.site, contact) is not None

    @asynccontextmanager
    async def place_of(self, customer: CustomerId, begun: ContactId) -> AsyncIterator[tuple[str, ContactId]]:
        """(visitor, newest contact): where the customer was last. `begun`: found there already, when asked again.

        Meanwhile the visitor begins nothing: whoever is second finds what the first began."""
        visitor, _ = await self._place_of(customer, begun)
        async with self.turn_of(visitor):
            yield await self._place_of(customer, begun)

    def turn_of(self, visitor: str) -> asyncio.Lock:
        """Who begins a talk at this visitor's page takes it first."""
        return self._turns.setdefault(visitor, asyncio.Lock())

    async def _place_of(self, customer: CustomerId, begun: ContactId) -> tuple[str, ContactId]:
        async with self._db.site(self.ledger.site) as conn:
            row = await conn.fetchrow(sql.visitor_of_customer, self.ledger.site, customer, begun)
        is_open = row is not None and self.ledger.peek(lambda state: row["contact"] in state.contacts)
        if row is None or not (row["is_theirs"] or is_open):  # an open one is told of, and somebody else's is not taken
            raise CallerError("customer_out_of_reach", "This customer has no place to read it any more.", status=409)
        return row["visitor"], ContactId(row["contact"])

    async def move(self, visitor: str, before: ContactId, contact: ContactId) -> None:
        """The visitor's talk is `contact` from now on: on open pages at once, on others at their next hello."""
        async with self._db.site(self.ledger.site) as conn:
            await conn.execute(sql.move_visitor, self.ledger.site, visitor, before, contact)
        for page in [page for page in self.conversing if page.visitor == visitor]:
            await page.turn_to(contact)

    async def keep_visitor(self, visitor: str, contact: ContactId, language: str) -> None:
        async with self._db.site(self.ledger.site) as conn:
            await conn.execute(sql.put_visitor, self.ledger.site, visitor, contact, language)


def _is_secret(resume: str | None) -> TypeGuard[str]:
    """Long enough that nobody guesses it; a page may come back with one that never wrote."""
    return resume is not None and 40 <= len(resume) <= 100


def visitor_id(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()[:40]


class WidgetConversation(Conversation):
    """One open page."""

    __slots__ = ("_contact", "_following", "_gateway", "_language", "_signed", "_visitor")

    def __init__(self, gateway: WidgetGateway, outbox: Outbox) -> None:
        super().__init__(outbox)
        self._gateway = gateway
        self._following: Following | None = None
        self._visitor = ""
        self._contact: ContactId | None = None
        self._language = "en"
        self._signed: SignedCustomer | None = None

    def over(self) -> None:
        self._gateway.pages.pop(self.outbox, None)
        self._gateway.conversing.discard(self)
        self._unfollow()

    def _unfollow(self) -> None:
        if self._following is not None:
            self._gateway.ledger.publisher.unfollow(self._following)

    # ---- frames --------------------------------------------------------------------------------

    async def take(self, frame: bytes) -> None:
        asked = _decoder.decode(frame)
        if isinstance(asked, words.Hello):
            await self._hello(asked)
            return
        if not self._visitor:
            self.outbox.close(CLOSE_BAD_FRAME, HELLO.code, HELLO.text)
            return
        match asked:
            case words.Say():
                await self._answer(asked.id, self._say(asked))
            case words.AskForPerson():
                await self._answer(asked.id, self._ask_for_person(asked))
            case words.GoOnWithBot():
                await self._answer(asked.id, self._do(asked.id, floor.ReturnToBot(self._require_contact())))
            case words.Leave():
                await self._answer(
                    asked.id, self._do(asked.id, floor.LeaveContact(self._require_contact(), asked.solved))
                )
            case words.Seen():
                await self._answer(asked.id, self._seen(asked))
            case words.Rate():
                await self._answer(asked.id, rate(self._gateway, self._require_contact(), asked))
            case words.Typing():
                self._typing()
            case words.Ping():
                self.outbox.say(words.Pong(self._gateway.ledger.now()))

    async def _answer(self, id: str, doing: Awaitable[Receipt]) -> None:
        receipt = await doing
        self.outbox.say(frames.Receipt(id, receipt.seq, receipt.at))

    def _require_contact(self) -> ContactId:
        if self._contact is None:
            raise CallerError("no_contact", "Nothing was said yet: write first.", status=409)
        return self._contact

    async def _do(self, id: str, command: floor.Command) -> Receipt:
        return await self._gateway.recorder.do(CommandId(id), CUSTOMER, command)

    # ---- hello ---------------------------------------------------------------------------------

    async def _hello(self, hello: words.Hello) -> None:
        gateway = self._gateway
        self._unfollow()
        gateway.conversing.add(self)
        self._language = hello.language[:16]
        secret = hello.resume if _is_secret(hello.resume) else secrets.token_urlsafe(32)
        self._visitor, self._contact = await gateway.visitor_of(secret)
        if hello.login:
            self._signed = await gateway.house.signed_customer(hello.login, self._visitor)
        house, now, hours = gateway.house, gateway.ledger.now(), gateway.house.hours()
        gateway.pages[self.outbox] = hours
        self.outbox.say(
            words.Welcome(secret, now, house.look(), TEXT_MAX, ATTACHMENT_BYTES_MAX, hours, house.sends_mail)
        )
        # Another talk may have begun while the page was away: it needs that whole, not what comes after a number.
        await self._follow(hello.since if hello.contact == self._contact else None)

    async def _follow(self, since: int | None) -> None:
        publisher = self._gateway.ledger.publisher
        contact = self._contact
        topics = [] if contact is None else [customer_topic(contact)]
        self._following = publisher.follow(topics, since if contact else None, self.outbox.put, self._cut_off)
        if not self._following.resumed:
            await self._send_state(self._following)

    def _cut_off(self) -> None:
        self.outbox.close(CLOSE_AGAIN, "say_hello_again", "Say hello again with your last number.")

    async def _send_state(self, following: Following) -> None:
        """A fresh state, and then the pushes after it."""
        gateway, contact = self._gateway, self._contact
        if contact is None:
            self.outbox.say(words.State(gateway.ledger.durable, words.TalkState(None, Stage.NONE)))
            following.release()
            return
        (stage, agent), seq = await gateway.ledger.read(lambda state: stage_of(state, contact), following)
        line = gateway.ledger.peek(lambda state: gateway.line.standing(state, contact))
        call = gateway.ledger.peek(lambda state: call_of(state, contact))
        messages, more = await gateway.conversations.messages(gateway.ledger.site, contact, seq + 1)
        talk = words.TalkState(
            contact, stage, gateway.house.agent_name(agent) if agent else "", line.place,
            tuple(for_customer(message) for message in messages), more, line.wait, line.opens_at,
            stage is Stage.CLOSED and await gateway.is_rated(contact), call, line.calls_back,
        )  # fmt: skip
        self.outbox.say(words.State(seq, talk))
        following.release()

    # ---- saying --------------------------------------------------------------------------------

    async def _say(self, said: words.Say) -> Receipt:
        """Said again after a reconnect, it has its first receipt, whichever talk it began or belonged to."""
        id, again = CommandId(said.id), child_id(said.id, "again")
        ledger = self._gateway.ledger
        try:
            return await ledger.answer_to(id) or await self._say_now(id, said)
        except Refused as refused:
            if refused.code != "contact_closed":
                raise
        if receipt := await ledger.answer_to(again):
            return receipt
        return await self._hear(again, said, begins=True)  # it closed between the look and the word

    async def _say_now(self, id: CommandId, said: words.Say) -> Receipt:
        self._gateway.house.require_saying(self._visitor)
        return await self._hear(id, said, begins=self._contact is None or self._is_closed(self._contact))

    async def _hear(self, id: CommandId, said: words.Say, *, begins: bool) -> Receipt:
        """Nothing is opened for words that will not be taken."""
        if begins:
            async with self._gateway.turn_of(self._visitor):
                return await self._hear_in(id, said, begins=not await self._finds_open())
        return await self._hear_in(id, said, begins=False)

    async def _finds_open(self) -> bool:
        """Meanwhile an agent, or another page of the visitor, began: this page goes on there."""
        _, contact = await self._gateway.visitor_of_id(self._visitor)
        if contact is None or self._is_closed(contact):
            return False
        await self.turn_to(contact)
        return True

    async def _hear_in(self, id: CommandId, said: words.Say, *, begins: bool) -> Receipt:
        gateway, contact = self._gateway, ContactId(id) if begins else self._require_contact()
        files = await gateway.conversations.claim_attachments(
            gateway.ledger.site, self._visitor, said.attachments, contact
        )
        check_text(said.text, may_be_empty=bool(files))
        if begins:
            await self._open(id)
        return await gateway.recorder.hear(
            id, contact, said.text, MessageExtra(attachments=files), message=MessageId(said.id)
        )

    def _is_closed(self, contact: ContactId) -> bool:
        stage, _ = self._gateway.ledger.peek(lambda state: stage_of(state, contact))
        return stage is Stage.CLOSED

    async def _open(self, id: CommandId) -> None:
        """A new contact, with its id made from the first word's, so that saying it again opens no second one."""
        gateway, contact = self._gateway, ContactId(id)
        customer = self._signed.customer if self._signed else None
        await gateway.recorder.open(child_id(id, "open"), contact, WEB, customer, gateway.house.entry_queue())
        await gateway.keep_visitor(self._visitor, contact, self._language)
        await self.turn_to(contact)
        if self._signed is not None:
            signed = self._signed
            await gateway.recorder.identify(child_id(id, "signed"), contact, signed.customer, signed.level, SYSTEM)

    @property
    def visitor(self) -> str:
        return self._visitor

    async def turn_to(self, contact: ContactId) -> None:
        """The page shows this talk from now on."""
        if self._contact == contact:
            return
        gateway = self._gateway
        before, self._contact = self._contact, contact
        if self._following is not None:
            if before is not None:
                gateway.ledger.publisher.drop_topic(self._following, customer_topic(before))
            gateway.ledger.publisher.add_topic(self._following, customer_topic(contact))
            await self._send_state(self._following)

    async def _ask_for_person(self, asked: words.AskForPerson) -> Receipt:
        gateway, id = self._gateway, CommandId(asked.id)
        if receipt := await gateway.ledger.answer_to(id):
            return receipt
        if self._contact is None or self._is_closed(self._contact):
            async with gateway.turn_of(self._visitor):
                if not await self._finds_open():
                    await self._open(id)
        contact = self._require_contact()
        letting_go = await gateway.house.letting_go(contact, MessageId(id))
        command = floor.QueueContact(
            contact, letting_go.queue, QueuedBecause.CUSTOMER_ASKED, letting_go.need, reason="asked_for_person"
        )
        await self._learn_need(id, contact, letting_go.brief)
        return await gateway.recorder.hand_over(id, command, letting_go.brief, CUSTOMER)

    async def _learn_need(self, id: CommandId, contact: ContactId, brief: Brief | None) -> None:
        """What the talk was about until now stands on the offer and in the list, whoever lets go."""
        if brief is not None and brief.need_title:
            ledger, title = self._gateway.ledger, brief.need_title
            need = Fact("need", title, Origin.BOT, Certainty.GUESSED, ledger.now(), label="Need")
            await self._gateway.recorder.learn(child_id(id, "need"), contact, (need,), SYSTEM)

    async def _seen(self, seen: words.Seen) -> Receipt:
        return await self._gateway.recorder.report_delivery(
            CommandId(seen.id), self._require_contact(), MessageId(seen.message), Delivery.READ, CUSTOMER
        )

    def _typing(self) -> None:
        if self._contact is not None:
            publisher = self._gateway.ledger.publisher
            talk, topics = self._gateway.ledger.peek(lambda state: desks_of(state, self._contact))
            frame = _encode({"is": "typing", "contact": talk})
            for topic in topics:
                publisher.hint(topic, frame)


def desks_of(state: State, contact: ContactId | None) -> tuple[ContactId | None, list[Topic]]:
    """The talk in which the contact goes on, and the topics of the agents who have it before them."""
    found = state.contacts.get(contact) if contact else None
    known = talk_of(state, found) if found else None
    if known is None or known.agent is None:
        return contact, []
    return known.id, [agent_topic(agent) for agent in (known.agent, *known.participants)]
