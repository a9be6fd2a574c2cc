"""What the desks are told of what happens.

An agent's desk follows `agent:<id>`: it is told of every talk that is on its screen, and of the offers made
to it. Somebody who reads a talk that is not theirs follows `watch:<contact>`. Of one event, each of them is
told at most once. Lines are sent whole, to be put in place of the old ones.
"""

import msgspec

from dryfly.conversations.model import Delivery
from dryfly.conversations.surveys import SurveyWords
from dryfly.conversations.telling import told_of
from dryfly.conversations.topics import agent_topic, watch_topic
from dryfly.conversations.words import FactWords, MessageWords, NoteWords
from dryfly.desk import words
from dryfly.desk.lines import HOLDING, Lines
from dryfly.floor import State, merging
from dryfly.floor import model as floor
from dryfly.floor.contacts import may_speak
from dryfly.floor.deadlines import is_pending
from dryfly.floor.model import AgentId, ContactId, Role, SiteId
from dryfly.floor.offers import TAKEN
from dryfly.floor.state import talk_of
from dryfly.ledger import Recorded, Topic

_encode = msgspec.json.Encoder().encode

CHANGES_LINE = (
    floor.ContactSnoozed, floor.SnoozeEnded, floor.RequestMade, floor.RequestEnded,
    floor.ContactEngaged, floor.ContactQueued, floor.ContactParked, floor.ContactResumed, floor.WrapUpBegun,
    floor.ContactBegun,
    floor.HoldChanged, floor.ParticipantJoined, floor.ParticipantParted, floor.ReplyOverdue,
    floor.CustomerIdentified, floor.ContactClosed,
    floor.CallbackKept, floor.CallbackBooked, floor.CallbackCancelled, floor.CallbackReached,
)  # fmt: skip
CHANGES_OFFER = (floor.MessageHeard, floor.MessageSaid, floor.FactsRecorded)
CHANGES_PRESENCE = (floor.PresenceChanged, floor.AgentConnected, floor.AgentVanished, floor.AgentPut)


def on_screen(state: State, contact: ContactId) -> frozenset[AgentId]:
    """The agents who have this talk before them, of which the contact may be one of several."""
    found = state.contacts.get(contact)
    if found is None:
        return frozenset()
    known = talk_of(state, found)
    owner = {known.agent} if known.agent and known.state in HOLDING else set()
    return frozenset(owner | known.participants.keys())


def asked_into(state: State, contact: ContactId) -> frozenset[AgentId]:
    """The agents who are asked into this talk, and have not answered."""
    known = state.contacts.get(contact)
    requests = known.requests if known else {}
    return frozenset(agent for agent, request in requests.items() if is_pending(request))


def role_of(state: State, contact: ContactId, agent: AgentId | None) -> Role | None:
    """What this agent does in somebody else's talk, if anything."""
    known = state.contacts.get(contact)
    return known.participants.get(agent) if known and agent else None


def speaks(state: State, contact: ContactId, agent: AgentId | None) -> bool:
    """This agent may write to the customer now."""
    known = state.contacts.get(contact)
    return known is not None and agent is not None and may_speak(talk_of(state, known), agent)


def listed_for(state: State, contact: ContactId) -> frozenset[AgentId]:
    """The agents in whose list the contact has a line of its own."""
    known = state.contacts.get(contact)
    return frozenset() if known is None or known.main is not None else on_screen(state, contact)


def answers_on(state: State, contact: ContactId) -> ContactId:
    """The contact on which the customer reads what is said in this talk."""
    known = state.contacts.get(contact)
    return merging.answers_on(talk_of(state, known)) if known else contact


class DeskView:
    """Implements `ledger.View` for the desks. Remembers who has which talk on the screen, to tell who lost it."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._shown: dict[ContactId, frozenset[AgentId]] = {}
        self._asked: dict[ContactId, frozenset[AgentId]] = {}

    async def reset(self, site: SiteId, state: State) -> None:
        self._shown = {contact: agents for contact in state.contacts if (agents := listed_for(state, contact))}
        self._asked = {contact: agents for contact in state.contacts if (agents := asked_into(state, contact))}

    def see(self, recorded: Recorded, state: State) -> list[tuple[Topic, bytes]]:
        event = recorded.event
        if isinstance(event, CHANGES_PRESENCE):
            return self._presence(state, event.agent)
        if isinstance(event, floor.OfferMade):
            return self._offer_shown(state, event)
        if isinstance(event, floor.OfferEnded):
            return self._offer_gone(state, event)
        if recorded.contact is None:
            return []
        if isinstance(event, floor.ContactMerged):
            return self._merged(state, event)
        if isinstance(event, floor.ContactUnmerged):
            return self._line_changed(recorded, state, event.main)
        if isinstance(event, CHANGES_LINE) and _talk_id(state, recorded.contact) != recorded.contact:
            main = _talk_id(state, recorded.contact)
            return [*self._line_changed(recorded, state, main), self._watched(state, recorded.contact)]
        if isinstance(event, CHANGES_LINE):
            changed = self._line_changed(recorded, state, recorded.contact)
            # who is told of the change is not held out the old offer: a new one comes with its own event
            addressed = {topic for topic, _ in changed}
            again = self._offer_again(state, recorded.contact)
            return [*changed, *((topic, push) for topic, push in again if topic not in addressed)]
        if isinstance(event, floor.NoteHeeded):
            return [(agent_topic(event.agent), _encode(words.MentionHeeded(event.contact, event.note)))]
        contact = _talk_id(state, recorded.contact)
        push = _words_push(recorded, contact, state)
        if push is None:
            return []
        mentioned = event.mentions if isinstance(event, floor.NoteWritten) else ()
        shown = self._to_screens(contact, _encode(push), mentioned)
        return [*shown, *self._offer_again(state, contact)] if isinstance(event, CHANGES_OFFER) else shown

    def _presence(self, state: State, agent: AgentId) -> list[tuple[Topic, bytes]]:
        known = state.agents.get(agent)
        if known is None:
            return []
        return [(agent_topic(agent), _encode(words.PresenceSet(self._lines.presence(known))))]

    def _offer_shown(self, state: State, event: floor.OfferMade) -> list[tuple[Topic, bytes]]:
        offer = state.offers.get(event.offer)
        if offer is None:  # ended within the same command
            return []
        shown = words.OfferShown(self._lines.offer(state, offer))
        return [(agent_topic(event.agent), _encode(shown)), *self._to_others(state, event.contact, event.agent)]

    def _offer_again(self, state: State, contact: ContactId) -> list[tuple[Topic, bytes]]:
        """To whom a talk is held out sees what is said in it, and who it is. Who takes part in it is told anyway."""
        known = state.contacts.get(contact)
        told = self._shown.get(contact, ())
        offers = [state.offers[name] for agent, name in (known.offers if known else {}).items() if agent not in told]
        return [(agent_topic(o.agent), _encode(words.OfferShown(self._lines.offer(state, o)))) for o in offers]

    def _offer_gone(self, state: State, event: floor.OfferEnded) -> list[tuple[Topic, bytes]]:
        known = state.contacts.get(event.contact)
        takes_part = event.agent in self._shown.get(event.contact, ())
        line = self._lines.talk(known) if known and takes_part else None
        gone = words.OfferGone(event.offer, event.end, line, event.reason == TAKEN)
        return [(agent_topic(event.agent), _encode(gone)), *self._to_others(state, event.contact, event.agent)]

    def _to_others(self, state: State, contact: ContactId, but: AgentId) -> list[tuple[Topic, bytes]]:
        """Who takes part in a talk that is offered to somebody, or reads it, sees where it stands."""
        known = state.contacts.get(contact)
        if known is None:
            return []
        line = self._lines.talk(known)
        changed = _encode(words.TalkChanged(line))
        others = self._shown.get(contact, frozenset()) - {but}
        watched = (watch_topic(contact), _encode(words.WatchedChanged(line)))
        return [*((agent_topic(agent), changed) for agent in others), watched]

    def _line_changed(self, recorded: Recorded, state: State, contact: ContactId) -> list[tuple[Topic, bytes]]:
        before = self._shown.pop(contact, frozenset())
        now = listed_for(state, contact)
        if now:
            self._shown[contact] = now
        gone = _encode(words.TalkGone(contact))
        pushes = [(agent_topic(agent), gone) for agent in before - now] + self._requests(state, contact, before | now)
        known = state.contacts.get(contact)
        if known is None:
            return [*pushes, (watch_topic(contact), gone)]
        line, told = self._lines.talk(known), told_of(recorded, self._lines.shown_name)
        changed = _encode(words.TalkChanged(line, told))
        watched = _encode(words.WatchedChanged(line, told))
        return [*pushes, *((agent_topic(agent), changed) for agent in now), (watch_topic(contact), watched)]

    def _merged(self, state: State, event: floor.ContactMerged) -> list[tuple[Topic, bytes]]:
        """Who had either of the two in their list has the one line now."""
        before = self._shown.pop(event.contact, frozenset())
        now = self._shown.get(event.into, frozenset())
        merged = _encode(words.TalkMerged(event.contact, self._lines.talk(state.contacts[event.into])))
        gone = _encode(words.TalkGone(event.contact))
        return [
            *((agent_topic(agent), merged) for agent in now),
            *((agent_topic(agent), gone) for agent in before - now),
            *self._requests(state, event.contact, before | now),
            *(self._watched(state, contact) for contact in (event.contact, event.into)),
        ]

    def _watched(self, state: State, contact: ContactId) -> tuple[Topic, bytes]:
        return watch_topic(contact), _encode(words.WatchedChanged(self._lines.talk(state.contacts[contact])))

    def _requests(self, state: State, contact: ContactId, told: frozenset[AgentId]) -> list[tuple[Topic, bytes]]:
        """Cards come and go. Who is `told` of the talk itself knows by that that they are not asked any more."""
        before = self._asked.pop(contact, frozenset())
        now = asked_into(state, contact)
        if now:
            self._asked[contact] = now
        gone = _encode(words.RequestGone(contact)) if before - now - told else b""
        cards = {agent: self._lines.request(state.contacts[contact], agent) for agent in now}
        return [
            *((agent_topic(agent), gone) for agent in before - now - told),
            *((agent_topic(agent), _encode(words.RequestShown(card))) for agent, card in cards.items()),
        ]

    def _to_screens(
        self, contact: ContactId, payload: bytes, mentioned: tuple[AgentId, ...]
    ) -> list[tuple[Topic, bytes]]:
        agents = self._shown.get(contact, frozenset()) | frozenset(mentioned)
        return [*((agent_topic(agent), payload) for agent in agents), (watch_topic(contact), payload)]


def _talk_id(state: State, contact: ContactId) -> ContactId:
    """The talk that shows what happens on the contact."""
    known = state.contacts.get(contact)
    return talk_of(state, known).id if known else contact


def _words_push(recorded: Recorded, contact: ContactId, state: State) -> words.DeskPush | None:
    match recorded.event:
        case floor.MessageHeard() | floor.MessageSaid():
            return _message_added(recorded, contact, state)
        case floor.NoteWritten():
            notes = [w.as_note(recorded.seq, recorded.at) for w in recorded.words if isinstance(w, NoteWords)]
            return words.NoteAdded(contact, notes[0]) if notes else None
        case floor.FactsRecorded():
            facts = tuple(w.as_fact(recorded.at) for w in recorded.words if isinstance(w, FactWords))
            return words.FactsLearned(contact, facts)
        case floor.DeliveryReported(message=message, state=delivery):
            return words.DeliveryChanged(contact, message, Delivery(delivery))
        case floor.SurveyAnswered():
            answers = [w.as_answer(recorded.at) for w in recorded.words if isinstance(w, SurveyWords)]
            return words.SurveyTaken(contact, answers[0]) if answers else None
        case _:
            return None


def _message_added(recorded: Recorded, contact: ContactId, state: State) -> words.MessageAdded | None:
    known = state.contacts.get(contact)
    said = next((w for w in recorded.words if isinstance(w, MessageWords)), None)
    if known is None or said is None:
        return None
    return words.MessageAdded(
        contact=contact,
        message=said.as_message(recorded.seq, recorded.at, shown_in=contact),
        channel=known.channel,
        reply_due_at=known.reply_due_at,
        reply_overdue=known.requeue_at is not None,
        woken=known.is_woken,
        answers_on=known.heard_on,
    )
