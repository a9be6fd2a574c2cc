"""The console over its socket: presence, offers, talks, notes, transfer, wrap-up.

The session says who asks; the floor says whether this agent may do that to this contact. What goes beyond
one's own talks (listening in, taking over, releasing, the board) is for supervisors, and checked here. An
agent is connected for as long as one of their desks is open; when the last is gone without signing out, the
floor gives them its grace time.
"""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import structlog

from dryfly.conversations.model import ATTACHMENT_BYTES_MAX, TEXT_MAX, Certainty, Delivery, Fact, Origin
from dryfly.conversations.record import Recorder, Said, agent_actor
from dryfly.conversations.store import Conversations
from dryfly.conversations.topics import agent_topic, customer_topic, watch_topic
from dryfly.conversations.words import MessageExtra
from dryfly.desk import words
from dryfly.desk.beginning import Beginning
from dryfly.desk.calling import Calling
from dryfly.desk.house import House
from dryfly.desk.lines import Lines
from dryfly.desk.looking import Looks
from dryfly.desk.mentions import Mentions, check_mentions
from dryfly.desk.merging import Merging
from dryfly.desk.supervising import Supervising
from dryfly.desk.view import answers_on, on_screen, role_of, speaks
from dryfly.floor import State
from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, AuthorKind, ContactId, MessageId, NoteId, OfferId, Presence, QueueId, Role
from dryfly.ledger import CommandId, Following, Ledger, Mode, Receipt, child_id
from dryfly.platform import frames
from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.ids import new_id
from dryfly.platform.sockets import CLOSE_AGAIN, Conversation, Outbox

log = structlog.get_logger(__name__)
_decoder: msgspec.json.Decoder[words.FromDesk] = msgspec.json.Decoder(words.FromDesk)
_encode = msgspec.json.Encoder().encode

SUPERVISING = frozenset({"supervisor", "administrator"})
GONE_AGAIN_S = 1.0


class DeskGateway:
    """One site's desks."""

    def __init__(
        self, ledger: Ledger, conversations: Conversations, recorder: Recorder, lines: Lines, looks: Looks,
        mentions: Mentions, supervising: Supervising, beginning: Beginning, merging: Merging, house: House,
    ) -> None:  # fmt: skip
        self.ledger = ledger
        self.supervising = supervising
        self.beginning = beginning
        self.merging = merging
        self.calling = Calling(ledger, conversations, recorder)
        self.looks = looks
        self.mentions = mentions
        self.house = house
        looks.begin(ledger)
        house.begin(ledger)
        self.conversations = conversations
        self.recorder = recorder
        self.lines = lines
        self._open: dict[AgentId, set[DeskConversation]] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    def begin(self, outbox: Outbox, me: words.Me) -> "DeskConversation":
        return DeskConversation(self, outbox, me)

    # ---- who is there --------------------------------------------------------------------------

    async def came(self, conversation: "DeskConversation") -> None:
        """Raises PeerError where the floor cannot be told: a desk that it does not know of is no desk."""
        agent = conversation.agent
        if agent is None:
            return
        self._open.setdefault(agent, set()).add(conversation)
        await self._tell(floor.ConnectAgent(agent), agent)

    def went(self, conversation: "DeskConversation") -> None:
        """One desk is gone. Was it the agent's last, the floor is told."""
        agent = conversation.agent
        desks = self._open.get(agent, set()) if agent else set()
        desks.discard(conversation)
        if agent and not desks and self._open.pop(agent, None) is not None:
            gone = floor.SetPresence(agent, Presence.OFFLINE, "signed_out") if conversation.is_signed_out else None
            task = asyncio.create_task(self._tell_gone(gone or floor.DisconnectAgent(agent), agent))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    async def _tell(self, command: floor.Command, agent: AgentId) -> None:
        try:
            await self.recorder.do(CommandId(new_id(self.ledger.now())), agent_actor(agent), command)
        except CallerError as error:
            log.warning("desk.presence_lost", agent=agent, error=str(error))

    async def _tell_gone(self, command: floor.Command, agent: AgentId) -> None:
        """However long the store is away, unless they come back. When we stop, the next start tells (`reconnect`)."""
        while agent not in self._open and self.ledger.mode is not Mode.STOPPED:
            try:
                await self._tell(command, agent)
            except PeerError:
                await asyncio.sleep(GONE_AGAIN_S)
            else:
                return

    async def reconnect(self) -> None:
        """After a start or a recovery: whose desks are open, and whose are not any more."""
        connected = self.ledger.peek(lambda state: [a.id for a in state.agents.values() if a.is_connected])
        for agent in connected:
            await self._tell_gone(floor.DisconnectAgent(agent), agent)


class DeskConversation(Conversation):
    """One open desk."""

    __slots__ = ("_gateway", "agent", "following", "is_signed_out", "me", "touch", "unwatch")

    def __init__(self, gateway: DeskGateway, outbox: Outbox, me: words.Me) -> None:
        super().__init__(outbox)
        self._gateway = gateway
        self.following: Following | None = None
        self.me = me
        self.is_signed_out = False  # goes offline at once, without grace
        self.touch: Callable[[], None] = _nothing  # the session is in use
        self.unwatch: Callable[[], None] = _nothing  # how to stop watching the session
        self.agent = AgentId(me.agent) if me.agent else None

    def over(self) -> None:
        self._gateway.looks.leave(self)
        self._gateway.house.leave(self)
        self._gateway.supervising.feed.leave(self)
        if self.following is not None:
            self._gateway.ledger.publisher.unfollow(self.following)
        self.unwatch()
        self._gateway.went(self)

    # ---- frames --------------------------------------------------------------------------------

    async def take(self, frame: bytes) -> None:
        asked = _decoder.decode(frame)
        if self.following is None and not isinstance(asked, words.Hello):
            raise CallerError("hello_first", "Say hello before anything else.")
        match asked:
            case words.Hello():
                await self._hello(asked)
            case words.Typing():
                self._typing(ContactId(asked.contact))
            case words.Look():
                await self._gateway.looks.look(self, ContactId(asked.contact) if asked.contact else None)
            case words.LookAtFloor():
                await self._look_at_floor(asked)
            case words.Ping():
                self.outbox.say(words.Pong(self._gateway.ledger.now()))
            case words.Asks():
                self.touch()
                receipt = await self._do(asked)
                self.outbox.say(frames.Receipt(asked.id, receipt.seq, receipt.at))

    def _do(self, asked: words.Asks) -> Awaitable[Receipt]:
        match asked:
            case words.Say():
                return self._say(asked)
            case words.WriteNote():
                return self._note(asked)
            case words.HeedMention():
                return self._heed(asked)
            case words.LearnFact():
                return self._learn(asked)
            case words.Transfer():
                return self._transfer(asked)
            case words.WrapUp():
                return self._wrap_up(asked)
            case words.Seen():
                return self._seen(asked)
            case words.Called():
                return self._gateway.calling.report(asked, self._require_agent())
            case words.Begin():
                return self._gateway.beginning.begin(asked, self.me, self._require_agent())
            case words.AskColleague():
                return self._ask_colleague(asked)
            case words.Join():
                return self._join(asked)
            case words.Part():
                return self._part(asked)
            case words.Merge() | words.Unmerge():
                return self._gateway.merging.do(asked, self.me, as_supervisor=self.me.role in SUPERVISING)
            case (
                words.TakeOver()
                | words.Release()
                | words.Whisper()
                | words.SetAgent()
                | words.SeeAlert()
                | words.MoveCall()
                | words.CallOff()
            ):
                self._require_supervisor()
                return self._gateway.supervising.do(asked, self.me, agent_actor(self.agent or self.me.person))
            case _:
                return self._command(asked.id, self._command_of(asked))

    def _command_of(self, asked: words.Asks) -> floor.Command:
        """What needs no words: the floor's command, in this agent's name."""
        agent = self._require_agent()
        match asked:
            case words.BePresent():
                return floor.SetPresence(agent, asked.presence, asked.reason)
            case words.Accept():
                return floor.AcceptOffer(OfferId(asked.offer), agent)
            case words.Decline():
                return floor.DeclineOffer(OfferId(asked.offer), agent, asked.reason)
            case words.Finish():
                return floor.FinishContact(ContactId(asked.contact), agent)
            case words.Park():
                return floor.ParkContact(ContactId(asked.contact), agent)
            case words.Snooze():
                return floor.SnoozeContact(ContactId(asked.contact), agent, floor.Instant(asked.until))
            case words.Hold():
                return floor.HoldContact(ContactId(asked.contact), agent, asked.held)
            case words.AcceptRequest():
                return floor.AcceptRequest(ContactId(asked.contact), agent)
            case words.DeclineRequest():
                return floor.DeclineRequest(ContactId(asked.contact), agent)
            case words.WithdrawRequest():
                return floor.WithdrawRequest(ContactId(asked.contact), agent, AgentId(asked.colleague))
            case _:
                raise AssertionError(f"{type(asked).__name__} is not answered")

    def _require_agent(self) -> AgentId:
        if self.agent is None:
            raise CallerError(
                "not_an_agent", "You serve no contacts here: an administrator can make you an agent.", status=403
            )
        return self.agent

    def _require_supervisor(self) -> None:
        if self.me.role not in SUPERVISING:
            raise CallerError("not_allowed", "This is for supervisors.", status=403)

    async def _require_on_screen(self, contact: ContactId, id: str) -> None:
        """Words may be added by those who have the talk before them; supervisors have all.

        What was done while it was there may be sent again (`id`), and has its first answer.
        """
        if self.me.role in SUPERVISING:
            return
        agent, ledger = self._require_agent(), self._gateway.ledger
        is_there = agent in ledger.peek(lambda state: on_screen(state, contact))
        if not is_there and not await ledger.is_known(CommandId(id)):
            raise CallerError("not_your_contact", "This talk is not on your desk.", status=403)

    def _require_more_than_consulted(self, contact: ContactId) -> None:
        """Who is consulted reads, and writes notes."""
        role = self._gateway.ledger.peek(lambda state: role_of(state, contact, self.agent))
        if role is Role.CONSULTED:
            raise CallerError("not_your_contact", "You are consulted in this talk: write a note.", status=403)

    async def _command(self, id: str, command: floor.Command) -> Receipt:
        return await self._gateway.recorder.do(CommandId(id), agent_actor(self.agent or self.me.person), command)

    # ---- hello ---------------------------------------------------------------------------------

    async def _hello(self, hello: words.Hello) -> None:
        gateway = self._gateway
        if hello.site not in (None, gateway.ledger.site):
            self.outbox.close(CLOSE_AGAIN, "site_changed", "You work at another site now.")
            return
        is_first = self.following is None
        gateway.house.leave(self)
        if self.following is not None:
            gateway.ledger.publisher.unfollow(self.following)
        if is_first:
            await gateway.came(self)
        self.outbox.say(words.Welcome(gateway.ledger.now(), TEXT_MAX, ATTACHMENT_BYTES_MAX))
        topics = [agent_topic(self.agent)] if self.agent else []
        if looked_at := gateway.looks.at(self):
            topics.append(watch_topic(looked_at))
        following = gateway.ledger.publisher.follow(
            topics, hello.since if self.agent else None, self.outbox.put, self._cut_off
        )
        self.following = following
        if following.resumed:
            gateway.house.rejoin(self, hello.set_up)
            return
        state, seq = await gateway.ledger.read(lambda state: self._desk(state), following)
        self.outbox.say(words.State(seq, state))
        following.release()
        gateway.house.join(self, state)

    def _desk(self, state: State) -> words.DeskState:
        mentions = self._gateway.mentions.of(self.agent) if self.agent else ()
        desk = msgspec.structs.replace(self._gateway.lines.desk(state, self.me), mentions=mentions)
        return self._gateway.house.shown(desk)

    def _cut_off(self) -> None:
        self.outbox.close(CLOSE_AGAIN, "say_hello_again", "Say hello again with your last number.")

    # ---- with words ----------------------------------------------------------------------------

    async def _say(self, asked: words.Say) -> Receipt:
        agent, gateway = self._require_agent(), self._gateway
        if receipt := await gateway.ledger.answer_to(CommandId(asked.id)):
            return receipt  # where it went then, whatever the customer wrote on since
        contact = gateway.ledger.peek(lambda state: answers_on(state, ContactId(asked.contact)))
        files = await gateway.conversations.claim_attachments(
            gateway.ledger.site, self.me.person, asked.attachments, contact
        )
        said = Said(
            contact,
            asked.text,
            AuthorKind.AGENT,
            agent,
            gateway.lines.shown_name(agent),
            extra=MessageExtra(attachments=files),
        )
        return await gateway.recorder.say(CommandId(asked.id), said, agent_actor(agent))

    async def _note(self, asked: words.WriteNote) -> Receipt:
        agent, contact = self._require_agent(), ContactId(asked.contact)
        gateway = self._gateway
        await self._require_on_screen(contact, asked.id)
        mentions = check_mentions(asked.mentions, agent, gateway.lines.agents())
        return await gateway.recorder.write_note(
            CommandId(asked.id), contact, asked.text, agent, self.me.name, mentions
        )

    async def _heed(self, asked: words.HeedMention) -> Receipt:
        agent, contact, note = self._require_agent(), ContactId(asked.contact), NoteId(asked.note)
        gateway = self._gateway
        if not await gateway.ledger.is_known(CommandId(asked.id)):
            gateway.mentions.require(agent, note)
        return await gateway.recorder.heed_note(CommandId(asked.id), contact, note, agent)

    async def _learn(self, asked: words.LearnFact) -> Receipt:
        agent, contact = self._require_agent(), ContactId(asked.contact)
        await self._require_on_screen(contact, asked.id)
        self._require_more_than_consulted(contact)
        fact = Fact(asked.key, asked.value, Origin.AGENT, Certainty.SAID, self._gateway.ledger.now(), learned_by=agent)
        return await self._gateway.recorder.learn(CommandId(asked.id), contact, (fact,), agent_actor(agent))

    async def _ask_colleague(self, asked: words.AskColleague) -> Receipt:
        command = floor.AskColleague(
            ContactId(asked.contact), self._require_agent(), AgentId(asked.colleague), asked.role
        )
        return await self._gateway.recorder.ask_colleague(CommandId(asked.id), command, asked.note, self.me.name)

    async def _transfer(self, asked: words.Transfer) -> Receipt:
        agent, contact = self._require_agent(), ContactId(asked.contact)
        if asked.note.strip():
            await self._gateway.recorder.write_note(
                child_id(asked.id, "note"), contact, asked.note, agent, self.me.name
            )
        return await self._command(
            asked.id,
            floor.TransferContact(
                contact, agent,
                QueueId(asked.to_queue) if asked.to_queue else None,
                AgentId(asked.to_agent) if asked.to_agent else None,
            ),
        )  # fmt: skip

    async def _wrap_up(self, asked: words.WrapUp) -> Receipt:
        agent, contact = self._require_agent(), ContactId(asked.contact)
        if asked.note.strip() and not await self._gateway.ledger.is_known(CommandId(asked.id)):
            await self._gateway.recorder.write_note(
                child_id(asked.id, "note"), contact, asked.note, agent, self.me.name
            )
        return await self._command(asked.id, floor.WrapUpContact(contact, agent, asked.disposition))

    async def _seen(self, asked: words.Seen) -> Receipt:
        agent, contact = self._require_agent(), ContactId(asked.contact)
        await self._require_on_screen(contact, asked.id)
        return await self._gateway.recorder.report_delivery(
            CommandId(asked.id), contact, MessageId(asked.message), Delivery.READ, agent_actor(agent)
        )

    # ---- beyond one's own talks ----------------------------------------------------------------

    async def _join(self, asked: words.Join) -> Receipt:
        """A supervisor listens in or takes part. Listening is a fact of the history, like everything."""
        contact = ContactId(asked.contact)
        self._require_supervisor()
        receipt = await self._command(asked.id, floor.JoinContact(contact, self._require_agent(), asked.role))
        if self.following is not None:
            self._gateway.ledger.publisher.add_topic(self.following, watch_topic(contact))
        return receipt

    async def _part(self, asked: words.Part) -> Receipt:
        contact = ContactId(asked.contact)
        if self.following is not None and self._gateway.looks.at(self) != contact:
            self._gateway.ledger.publisher.drop_topic(self.following, watch_topic(contact))
        return await self._command(asked.id, floor.PartContact(contact, self._require_agent()))

    async def _look_at_floor(self, asked: words.LookAtFloor) -> None:
        self._require_supervisor()
        self.touch()  # a wall lives on: its page says so from time to time
        feed = self._gateway.supervising.feed
        if asked.on:
            await feed.look(self, asked.talks)
        else:
            feed.leave(self)

    def _typing(self, contact: ContactId) -> None:
        publisher = self._gateway.ledger.publisher
        ledger = self._gateway.ledger
        if ledger.peek(lambda state: speaks(state, contact, self.agent)):
            place = ledger.peek(lambda state: answers_on(state, contact))
            publisher.hint(customer_topic(place), _encode({"is": "typing", "author": "agent"}))
        if self.agent in ledger.peek(lambda state: on_screen(state, contact)):
            self._gateway.looks.typing(self, contact)


def _nothing() -> None:
    pass
