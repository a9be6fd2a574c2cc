"""Writing down what is said: the one way for words into the history.

Everything is checked, masked and counted here, then submitted as one command whose words are stored in the
statement that appends its events. An answer to the customer needs a `Permit`; there is no other function
that makes a `SayToCustomer`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import msgspec

from dryfly.conversations import model
from dryfly.conversations.model import Brief, Delivery, Fact
from dryfly.conversations.words import (
    NO_EXTRA,
    BriefWords,
    DeliveryWords,
    FactWords,
    HeededWords,
    MessageExtra,
    MessageWords,
    NoteWords,
    extra_text,
)
from dryfly.floor import State
from dryfly.floor import model as floor
from dryfly.floor.beginning import open_contact_of
from dryfly.floor.model import (
    AgentId,
    AuthorKind,
    Channel,
    ContactId,
    CustomerId,
    MessageId,
    NoteId,
    QueuedBecause,
    QueueId,
)
from dryfly.gate import Circumstances, Denied, Outgoing, Permit, Purpose, Rule, may_go_out
from dryfly.ledger import Actor, CommandId, Ledger, Receipt, Submission, Words, child_id
from dryfly.platform.errors import CallerError
from dryfly.platform.masking import mask_cards

NOT_BEGUN = {
    Rule.SITE_BEGINS_NOT: "At this site only customers begin a talk.",
    Rule.HAS_OPEN_CONTACT: "This customer is in a talk already. Go on there, or wait until it is over.",
    Rule.NOT_IN_OWN_NAME: "Write in your own name, to a customer who is known.",
}

CUSTOMER = Actor("customer")
BOT = Actor("bot")
SYSTEM = Actor("system")


def agent_actor(agent: str) -> Actor:
    return Actor(f"agent:{agent}")


class Said(msgspec.Struct, frozen=True):
    """One answer on its way to the customer."""

    contact: ContactId
    text: str
    author: AuthorKind
    agent: AgentId | None = None
    author_name: str = ""
    code: str = ""
    extra: MessageExtra = NO_EXTRA
    asks: str = ""  # the key of the fact that the assistant asks for with it


AsksAgain = Callable[[ContactId, str, str, str], bool]  # contact, who says it, text, the fact that it asks for


def nobody_knows(contact: ContactId, who: str, text: str, fact: str) -> bool:
    """For histories that nobody has lived: nothing was asked before."""
    return False


Remembered = Callable[[floor.Command], Awaitable[floor.Command]]  # with who last served the customer, where it counts


async def nothing_remembered(command: floor.Command) -> floor.Command:
    return command


def check_text(text: str, *, may_be_empty: bool = False) -> str:
    """The text as it may be stored: within the limit, without NUL, card numbers masked."""
    text = text.replace("\x00", "").strip()
    if not text and not may_be_empty:
        raise CallerError("message_empty", "Write something, or attach a file.")
    if len(text) > model.TEXT_MAX:
        raise CallerError(
            "message_too_long", f"A message has at most {model.TEXT_MAX} characters.", limit=model.TEXT_MAX
        )
    return mask_cards(text)


class Recorder:
    """Submits what was said on one site's contacts."""

    def __init__(
        self, ledger: Ledger, asks_again: AsksAgain = nobody_knows, remembered: Remembered = nothing_remembered
    ) -> None:
        self._ledger = ledger
        self._asks_again = asks_again
        self._remembered = remembered

    async def open(
        self,
        id: CommandId,
        contact: ContactId,
        channel: Channel,
        customer: CustomerId | None = None,
        queue: QueueId | None = None,
    ) -> Receipt:
        return await self._submit(id, CUSTOMER, floor.OpenContact(contact, channel, customer, queue))

    async def hear(
        self, id: CommandId, contact: ContactId, text: str, extra: MessageExtra = NO_EXTRA,
        *, message: MessageId | None = None, channel: Channel | None = None,
    ) -> Receipt:  # fmt: skip
        """The customer said something. The message's id is the command's where none is given."""
        message = message or MessageId(id)
        words = MessageWords(
            contact, message, AuthorKind.CUSTOMER,
            text=check_text(text, may_be_empty=bool(extra.attachments)), extra=extra_text(extra),
        )  # fmt: skip
        return await self._submit(id, CUSTOMER, floor.HearCustomer(contact, message, channel), words)

    async def say(self, id: CommandId, said: Said, actor: Actor, cause: int | None = None) -> Receipt:
        """An answer within the customer's own contact, through the gate."""
        message = MessageId(id)
        text = check_text(said.text, may_be_empty=bool(said.code or said.extra.attachments))
        words = MessageWords(
            said.contact, message, said.author, said.agent, said.author_name, text, said.code, extra_text(said.extra)
        )
        permit = self._permit(said, message)
        if isinstance(permit, Denied):
            return await self._said_before(id, permit)
        asks_again = self._asks_again(said.contact, said.agent or said.author, text, said.asks)
        if asks_again and (receipt := await self._ledger.answer_to(id)):
            return receipt  # what is known now was not when it went out
        return await self._submit_said(id, actor, permit, words, cause, asks_again=asks_again)

    async def begin(
        self, id: CommandId, said: Said, command: floor.BeginContact, actor: Actor, *, site_begins: bool
    ) -> Receipt:
        """The contact begins, and the first message goes out with it. Asked again, it goes on from where it was."""
        text, begin = check_text(said.text), child_id(id, "begin")
        if await self._ledger.is_known(begin):
            return await self.say(id, said, actor)
        message = MessageId(id)
        outgoing = Outgoing(message, said.contact, command.customer, command.channel, said.author, Purpose.BEGIN)
        known = self._ledger.peek(lambda state: open_contact_of(state, command.customer))
        now = floor.Instant(self._ledger.now())
        permit = may_go_out(outgoing, Circumstances(None, command.customer, now, site_begins, known is not None))
        if isinstance(permit, Denied):
            raise CallerError(
                f"gate_{permit.rule}", NOT_BEGUN[permit.rule], status=409, rule=permit.rule, contact=known or ""
            )
        await self._submit(begin, actor, replace(command, permit_rule=permit.rule))
        words = MessageWords(said.contact, message, said.author, said.agent, said.author_name, text)
        return await self._submit_said(id, actor, permit, words, None)

    async def _said_before(self, id: CommandId, denied: Denied) -> Receipt:
        """Sent again, what went out while it might has its receipt."""
        if receipt := await self._ledger.answer_to(id):
            return receipt
        raise CallerError(f"gate_{denied.rule}", "This may not go out to the customer.", status=409, rule=denied.rule)

    def _permit(self, said: Said, message: MessageId) -> Permit | Denied:
        contact = self._ledger.peek(lambda state: state.contacts.get(said.contact))
        customer = contact.customer if contact else None
        channel = contact.channel if contact else Channel("")
        outgoing = Outgoing(message, said.contact, customer, channel, said.author, Purpose.ANSWER)
        seen = Circumstances(contact.state if contact else None, customer, floor.Instant(self._ledger.now()))
        return may_go_out(outgoing, seen)

    async def _submit_said(
        self, id: CommandId, actor: Actor, permit: Permit, words: MessageWords, cause: int | None,
        *, asks_again: bool = False,
    ) -> Receipt:  # fmt: skip
        assert permit.covers(words.message, words.contact)
        command = floor.SayToCustomer(words.contact, words.message, words.author, words.agent, permit.rule, asks_again)
        return await self._submit(id, actor, command, words, cause=cause)

    async def write_note(
        self,
        id: CommandId,
        contact: ContactId,
        text: str,
        agent: AgentId,
        name: str,
        mentions: tuple[AgentId, ...] = (),
    ) -> Receipt:
        note = NoteId(id)
        words = NoteWords(contact, note, check_text(text), agent, name, " ".join(mentions))
        return await self._submit(id, agent_actor(agent), floor.WriteNote(contact, note, agent, mentions), words)

    async def ask_colleague(self, id: CommandId, command: floor.AskColleague, text: str, name: str) -> Receipt:
        """With a note where there is something to say: the colleague reads it before they join, and it stays."""
        actor = agent_actor(command.agent)
        if not text.strip():
            return await self._submit(id, actor, command)
        words = NoteWords(command.contact, NoteId(id), check_text(text), command.agent, name)
        return await self._submit(id, actor, replace(command, note=words.note), words)

    async def whisper(
        self, id: CommandId, contact: ContactId, text: str, agent: AgentId | None, name: str, actor: Actor
    ) -> Receipt:
        """A supervisor's word to whoever serves the talk. Never the customer's to see."""
        words = NoteWords(contact, NoteId(id), check_text(text), agent, name, whisper=True)
        return await self._submit(id, actor, floor.WriteNote(contact, words.note, agent), words)

    async def heed_note(self, id: CommandId, contact: ContactId, note: NoteId, agent: AgentId) -> Receipt:
        words = HeededWords(contact, note, agent)
        return await self._submit(id, agent_actor(agent), floor.HeedNote(contact, note, agent), words)

    async def learn(
        self, id: CommandId, contact: ContactId, facts: tuple[Fact, ...], actor: Actor, cause: int | None = None
    ) -> Receipt:
        """Facts, each key once. A later fact of the same key stands in place of the earlier one."""
        newest = {fact.key: fact for fact in facts}
        _check_facts(newest)
        words = [FactWords.of(contact, _masked(fact)) for fact in newest.values()]
        return await self._submit(id, actor, floor.RecordFacts(contact, tuple(newest)), *words, cause=cause)

    async def identify(
        self, id: CommandId, contact: ContactId, customer: CustomerId, level: int, actor: Actor,
        facts: tuple[Fact, ...] = (), cause: int | None = None,
    ) -> Receipt:  # fmt: skip
        words = [FactWords.of(contact, fact) for fact in facts]
        return await self._submit(id, actor, floor.IdentifyCustomer(contact, customer, level), *words, cause=cause)

    async def book_call(self, id: CommandId, command: floor.BookCallback, facts: tuple[Fact, ...]) -> Receipt:
        """The promise, and the number that the customer gave with it."""
        words = [FactWords.of(command.contact, fact) for fact in facts]
        return await self._submit(id, CUSTOMER, command, *words)

    async def hand_over(
        self, id: CommandId, command: floor.QueueContact, brief: Brief | None, actor: Actor, cause: int | None = None
    ) -> Receipt:
        """The bot lets go, or the customer asks for a person: with everything that was learned."""
        words = [] if brief is None else [BriefWords.of(command.contact, brief)]
        return await self._submit(id, actor, command, *words, cause=cause)

    async def report_delivery(
        self, id: CommandId, contact: ContactId, message: MessageId, state: Delivery, actor: Actor
    ) -> Receipt:
        words = DeliveryWords(contact, message, state)
        return await self._submit(id, actor, floor.ReportDelivery(contact, message, state), words)

    async def do(self, id: CommandId, actor: Actor, command: floor.Command, cause: int | None = None) -> Receipt:
        """A command without words."""
        assert not isinstance(command, floor.SayToCustomer), "an answer goes through `say`, and so through the gate"
        return await self._submit(id, actor, command, cause=cause)

    async def _submit(
        self, id: CommandId, actor: Actor, command: floor.Command, *words: Words,
        cause: int | None = None,
    ) -> Receipt:  # fmt: skip
        return await self._ledger.submit(Submission(id, actor, await self._remembered(command), tuple(words), cause))


def asked_for_person(state: State, contact: ContactId, queue: QueueId) -> floor.QueueContact:
    """The customer pressed the button: the queue that the talk is in already, or the site's first one."""
    known = state.contacts.get(contact)
    return floor.QueueContact(
        contact,
        (known.queue if known and known.queue else None) or queue,
        QueuedBecause.CUSTOMER_ASKED,
        reason="asked_for_person",
    )


def _check_facts(facts: dict[str, Fact]) -> None:
    if not facts or len(facts) > model.FACTS_MAX:
        raise CallerError("facts_count", f"Give 1 to {model.FACTS_MAX} facts.", limit=model.FACTS_MAX)
    for fact in facts.values():
        if not fact.key or len(fact.key) > 64 or len(fact.value) > model.FACT_VALUE_MAX:
            raise CallerError(
                "fact_too_long",
                f"A fact's value has at most {model.FACT_VALUE_MAX} characters.",
                limit=model.FACT_VALUE_MAX,
            )


def _masked(fact: Fact) -> Fact:
    return msgspec.structs.replace(fact, value=mask_cards(fact.value.replace("\x00", "")))
