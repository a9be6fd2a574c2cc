"""The bot on duty: follows the history, and answers what customers say to it.

A message is worked on at least once, in the order of its contact; contacts do not wait for each other. The
commands that follow from a message have ids derived from its event, and `shell` gives the same message the
same turn, so doing it again after a crash says nothing twice. The floor refuses the bot's word the moment a
person is wanted (`bot_is_silent`): there is no gap between the look and the word.
"""

import asyncio
from collections.abc import Sequence

import structlog

from dryfly.bot.model import Heard, Knowledge, LetGo, Reason, Turn
from dryfly.bot.shell import Bot, Proposal, sources_of
from dryfly.conversations.model import Brief, Certainty, Fact, Origin
from dryfly.conversations.record import BOT, Recorder, Said
from dryfly.conversations.store import Conversations
from dryfly.conversations.words import MessageExtra, MessageWords
from dryfly.floor import State
from dryfly.floor import model as floor
from dryfly.floor.model import AuthorKind, ContactId, ContactState, CustomerId, MessageId, QueuedBecause, QueueId
from dryfly.ledger import Ledger, Recorded, Refused, derived_id
from dryfly.platform.database import Connection
from dryfly.platform.errors import CallerError

log = structlog.get_logger(__name__)

OVERTAKEN = frozenset({"bot_is_silent", "contact_closed", "contact_is_merged"})
"""A person or the customer was faster: not an error."""
PROOF = "proof"  # the fact that tells by what the customer was recognised


class BotOnDuty:
    """One site's bot, working on its history."""

    def __init__(self, bot: Bot, ledger: Ledger, recorder: Recorder, conversations: Conversations) -> None:
        self._bot = bot
        self._ledger = ledger
        self._recorder = recorder
        self._conversations = conversations

    def wants(self, recorded: Recorded) -> bool:
        """What is said in talks that are the bot's: those of agents are no work for it."""
        match recorded.event:
            case floor.BotResumed():
                return True
            case floor.MessageHeard(contact=contact):
                return self._ledger.peek(lambda state: _is_the_bots(state, contact))
            case _:
                return False

    async def work(self, conn: Connection, records: Sequence[Recorded]) -> None:
        """Work of a durable follower."""
        talks: dict[ContactId, list[Recorded]] = {}
        for recorded in records:
            if isinstance(recorded.event, floor.MessageHeard | floor.BotResumed) and recorded.contact:
                talks.setdefault(recorded.contact, []).append(recorded)
        await asyncio.gather(*(self._work_on(contact, heard) for contact, heard in talks.items()))

    async def _work_on(self, contact: ContactId, records: list[Recorded]) -> None:
        for recorded in records:
            try:
                await self._take(contact, recorded)
            except CallerError as error:
                if error.code not in OVERTAKEN:
                    log.exception("bot.failed", contact=contact, seq=recorded.seq)
                    await self._give_up(contact, recorded)

    async def _take(self, contact: ContactId, recorded: Recorded) -> None:
        if isinstance(recorded.event, floor.BotResumed):
            heard = Heard(MessageId(recorded.command), "", recorded.at)
            turn = await self._bot.go_on(contact, heard, await self._known(contact))
            await self._follow_turn(contact, recorded, turn)
        elif self._ledger.peek(lambda state: _is_the_bots(state, contact)):
            before = await self._known(contact)
            turn, known = await self._bot.hear(contact, _heard(recorded), before)
            await self._identify(contact, recorded, before, known)
            await self._follow_turn(contact, recorded, turn)

    # ---- what follows --------------------------------------------------------------------------

    async def _identify(self, contact: ContactId, recorded: Recorded, before: Knowledge, known: Knowledge) -> None:
        """Who it is, and by what; the name is a fact from now on, so that nobody asks for it."""
        if known.customer is None or (known.level <= before.level and before.name):
            return
        on_floor = self._ledger.peek(lambda state: _identity(state, contact))
        if on_floor != (known.customer, known.level):
            id = derived_id(recorded, "identity")
            await self._recorder.identify(id, contact, known.customer, known.level, BOT, cause=recorded.seq)
        facts = [Fact(PROOF, known.proof, Origin.BOT, Certainty.PROVED, recorded.at, label="Known by")]
        if known.name:
            facts.append(Fact("name", known.name, Origin.RECORD, Certainty.ON_RECORD, recorded.at, label="Name"))
        await self._recorder.learn(derived_id(recorded, "name"), contact, tuple(facts), BOT, recorded.seq)

    async def _follow_turn(self, contact: ContactId, recorded: Recorded, turn: Turn) -> None:
        if turn.facts:
            await self._recorder.learn(derived_id(recorded, "facts"), contact, turn.facts, BOT, recorded.seq)
        for number, say in enumerate(turn.say):
            asks = turn.ask or "" if say is turn.say[-1] else ""
            extra = MessageExtra(choices=say.choices, sources=sources_of(say))
            said = Said(contact, say.text, AuthorKind.BOT, extra=extra, asks=asks)
            await self._recorder.say(derived_id(recorded, f"say{number}"), said, BOT, recorded.seq)
        if turn.let_go is not None:
            await self._hand_over(contact, recorded, turn.let_go)
        elif turn.solved:
            leave = floor.LeaveContact(contact, solved=True)
            await self._recorder.do(derived_id(recorded, "solved"), BOT, leave, recorded.seq)

    async def _hand_over(self, contact: ContactId, recorded: Recorded, let_go: LetGo) -> None:
        need = Fact("need", let_go.brief.need_title, Origin.BOT, Certainty.GUESSED, recorded.at, label="Need")
        if need.value:
            await self._recorder.learn(derived_id(recorded, "need"), contact, (need,), BOT, recorded.seq)
        id, command = derived_id(recorded, "let_go"), self.queueing(contact, let_go)
        await self._recorder.hand_over(id, command, let_go.brief, BOT, recorded.seq)

    async def propose(self, contact: ContactId, message: MessageId, text: str, at: int) -> Proposal:
        """For the agent who serves it: what the playbook answers to these words. Nothing is done about it."""
        return await self._bot.propose(Heard(message, text, at), await self._known(contact))

    def queueing(self, contact: ContactId, let_go: LetGo) -> floor.QueueContact:
        """Into the queue that the playbook names; where the site has none of that name, into its default."""
        queues = self._ledger.peek(lambda state: frozenset(state.queues))
        queue = let_go.queue if let_go.queue in queues else self._bot.playbook.default_queue
        asked = let_go.reason is Reason.ASKED_FOR_PERSON
        because = QueuedBecause.CUSTOMER_ASKED if asked else QueuedBecause.BOT_LET_GO
        return floor.QueueContact(
            contact, QueueId(queue), because, let_go.need, let_go.reason, let_go.head_start_s, let_go.skills
        )

    async def _give_up(self, contact: ContactId, recorded: Recorded) -> None:
        let_go = LetGo(self._bot.playbook.default_queue, Reason.BOT_ERROR, None, Brief(reason=Reason.BOT_ERROR))
        try:
            await self._recorder.hand_over(
                derived_id(recorded, "give_up"), self.queueing(contact, let_go), let_go.brief, BOT, recorded.seq
            )
        except Refused as refused:
            log.warning("bot.could_not_let_go", contact=contact, code=refused.code)

    async def let_go(self, contact: ContactId, asked: MessageId, at: int) -> LetGo:
        """The customer pressed the button for a person: where they go, and everything that is known."""
        known = await self._known(contact)
        turn = await self._bot.let_go(contact, Heard(asked, "", at), known, Reason.ASKED_FOR_PERSON)
        default = LetGo(self._bot.playbook.default_queue, Reason.ASKED_FOR_PERSON, None, Brief())
        return turn.let_go or default  # let go already: the talk waits, and goes on waiting

    # ---- who is there --------------------------------------------------------------------------

    async def _known(self, contact: ContactId) -> Knowledge:
        """Who is there, as far as the history tells: by the bot, by the page's signed login, or by an agent."""
        customer, level = self._ledger.peek(lambda state: _identity(state, contact))
        if customer is None:
            return Knowledge()
        facts = await self._conversations.facts(self._ledger.site, contact, self._ledger.durable)
        known = {fact.key: fact.value for fact in facts}
        proof = known.get(PROOF, "signed login")
        return Knowledge(customer=customer, level=level, proof=proof, name=known.get("name", ""))


def _is_the_bots(state: State, contact: ContactId) -> bool:
    known = state.contacts.get(contact)
    return known is not None and (known.state is ContactState.WITH_BOT or known.bot_resumed)


def _identity(state: State, contact: ContactId) -> tuple[CustomerId | None, int]:
    known = state.contacts.get(contact)
    return (known.customer, known.identity_level) if known else (None, 0)


def _heard(recorded: Recorded) -> Heard:
    said = next((words for words in recorded.words if isinstance(words, MessageWords)), None)
    assert said is not None, "a message without words"
    return Heard(said.message, said.text, recorded.at)
