"""What the customer's page is told of what happens: the customer's side of the history, and nothing else."""

from collections.abc import Callable

import msgspec

from dryfly.channels.web.words import Call, CallIs, DeliveryChanged, MessageAdded, Stage, StageChanged
from dryfly.conversations.model import Delivery, Message
from dryfly.conversations.telling import told_of
from dryfly.conversations.topics import customer_topic
from dryfly.conversations.words import MessageWords
from dryfly.floor import State
from dryfly.floor import model as floor
from dryfly.floor.entities import IN_LINE
from dryfly.floor.model import AgentId, ContactId, ContactState, SiteId
from dryfly.floor.state import talk_of
from dryfly.ledger import Recorded, Topic

AgentName = Callable[[AgentId], str]

_encode = msgspec.json.Encoder().encode

STAGES = {
    ContactState.WITH_BOT: Stage.BOT,
    ContactState.WAITING: Stage.WAITING,
    ContactState.OFFERED: Stage.WAITING,
    ContactState.CALLBACK: Stage.CALLBACK,
    ContactState.ACTIVE: Stage.AGENT,
    ContactState.PARKED: Stage.AGENT,
    ContactState.WRAP_UP: Stage.CLOSED,
    ContactState.MERGED: Stage.AGENT,
    ContactState.CLOSED: Stage.CLOSED,
}


NO_CALL = Call()
CALLED_IN = (*IN_LINE, ContactState.CALLBACK, ContactState.ACTIVE)


def for_customer(message: Message) -> Message:
    """An agent is called by the name shown to customers; ids of people, and what an answer stands on, stay inside."""
    return msgspec.structs.replace(message, agent=None, sources=()) if message.agent or message.sources else message


def stage_of(state: State, contact: ContactId) -> tuple[Stage, AgentId | None]:
    found = state.contacts.get(contact)
    if found is None:
        return Stage.CLOSED, None
    known = talk_of(state, found)
    stage = STAGES[known.state]
    if stage is Stage.WAITING and known.bot_resumed:
        stage = Stage.WAITING_WITH_BOT
    return stage, known.agent if stage is Stage.AGENT else None


def call_of(state: State, contact: ContactId) -> Call:
    """What the customer was promised, or is proposed."""
    found = state.contacts.get(contact)
    known = talk_of(state, found) if found else None
    if known is None or known.state not in CALLED_IN:
        return NO_CALL
    promised = known.callback
    if promised is None:
        return Call(CallIs.PROPOSED) if known.is_callback_proposed and known.state in IN_LINE else NO_CALL
    if known.state is ContactState.ACTIVE:
        return Call(CallIs.NOW, promised.at, promised.attempts)
    return Call(CallIs.BOOKED if promised.at else CallIs.KEPT, promised.at, promised.attempts)


class WebView:
    """Implements `ledger.View` for the customer's page."""

    def __init__(self, agent_name: AgentName) -> None:
        self._agent_name = agent_name

    async def reset(self, site: SiteId, state: State) -> None:
        """Keeps nothing."""

    def see(self, recorded: Recorded, state: State) -> list[tuple[Topic, bytes]]:
        contact = recorded.contact
        if contact is None:
            return []
        push = self._push_of(recorded, state, contact)
        pushes = [] if push is None else [(customer_topic(contact), _encode(push))]
        return pushes + self._followers_told(state, contact) if isinstance(push, StageChanged) else pushes

    def _followers_told(self, state: State, contact: ContactId) -> list[tuple[Topic, bytes]]:
        """What is merged into it stands where it stands."""
        known = state.contacts.get(contact)
        followers = known.followers if known else ()
        return [(customer_topic(name), _encode(self._stage(state, name))) for name in followers]

    def _push_of(
        self, recorded: Recorded, state: State, contact: ContactId
    ) -> MessageAdded | StageChanged | DeliveryChanged | None:
        match recorded.event:
            case floor.MessageHeard() | floor.MessageSaid():
                return _message_added(recorded)
            case floor.DeliveryReported(message=message, state=delivery):
                return DeliveryChanged(message, Delivery(delivery))
            case (
                floor.ContactMerged() | floor.ContactBegun() | floor.ContactQueued() | floor.BotResumed()
                | floor.ContactEngaged() | floor.ContactResumed() | floor.WrapUpBegun() | floor.ContactClosed()
                | floor.ContactOverflowed()
                | floor.CallbackKept() | floor.CallbackBooked() | floor.CallbackCancelled() | floor.CallbackReached()
            ):  # fmt: skip
                return self._stage_changed(recorded, state, contact)
            case floor.ParticipantJoined() | floor.ParticipantParted():
                told = self._told(recorded)
                return MessageAdded(told) if told else None
            case _:
                return None

    def _stage_changed(self, recorded: Recorded, state: State, contact: ContactId) -> StageChanged:
        return self._stage(state, contact, self._told(recorded))

    def _stage(self, state: State, contact: ContactId, told: Message | None = None) -> StageChanged:
        stage, agent = stage_of(state, contact)
        return StageChanged(
            contact, stage, self._agent_name(agent) if agent else "", told=told, call=call_of(state, contact)
        )

    def _told(self, recorded: Recorded) -> Message | None:
        told = told_of(recorded, self._agent_name)
        return for_customer(told) if told else None


def _message_added(recorded: Recorded) -> MessageAdded | None:
    for words in recorded.words:
        if isinstance(words, MessageWords):
            return MessageAdded(for_customer(words.as_message(recorded.seq, recorded.at)))
    return None
