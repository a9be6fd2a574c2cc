"""What an event does to the state. The only way the state changes, and the only writer of the index.

Rules of this file
- No decisions and no set-up values: what an event did yesterday it does today, whatever the rules have become.
  All instants that were decided are in the event; `at` is when it happened.
- An event that does not belong stops the step (an assertion): the journal and the state disagree, or we erred.
"""

from typing import TypeVar, assert_never

from dryfly.floor import indexing
from dryfly.floor.capacity import is_beyond
from dryfly.floor.entities import COOLED, OFFERED, Agent, Callback, Contact, Offer, Request, holders_of
from dryfly.floor.model import (
    AgentConnected,
    AgentDrained,
    AgentId,
    AgentPut,
    AgentRemoved,
    AgentVanished,
    AuthorKind,
    BotResumed,
    CallbackBooked,
    CallbackCancelled,
    CallbackFailed,
    CallbackKept,
    CallbackReached,
    CommandNoted,
    ContactArrived,
    ContactBegun,
    ContactClosed,
    ContactContinued,
    ContactEngaged,
    ContactInterrupted,
    ContactMerged,
    ContactOverflowed,
    ContactParked,
    ContactQueued,
    ContactResumed,
    ContactSnoozed,
    ContactUnmerged,
    CooldownEnded,
    CustomerIdentified,
    DeliveryReported,
    EstimateNoted,
    Event,
    FactsRecorded,
    HoldChanged,
    HoursPut,
    Instant,
    MessageHeard,
    MessageSaid,
    NoteHeeded,
    NoteWritten,
    OfferEnd,
    OfferEnded,
    OfferMade,
    OverflowTo,
    ParticipantJoined,
    ParticipantParted,
    PreferredWaitEnded,
    Presence,
    PresenceChanged,
    QueueId,
    QueuePut,
    QueueRemoved,
    ReplyOverdue,
    RequestEnd,
    RequestEnded,
    RequestMade,
    RequirementRelaxed,
    SitePut,
    SnoozeEnded,
    SurveyAnswered,
    WrapUpBegun,
)
from dryfly.floor.state import State, talk_of
from dryfly.floor.transitions import next_state

V = TypeVar("V")
TURNED_AWAY = (OfferEnd.DECLINED, OfferEnd.MISSED)  # by the agent


def apply(state: State, event: Event, at: Instant) -> None:
    """Let `event` have happened at `at`."""
    assert at >= state.clock, "time never goes back"
    state.clock = at
    match event:  # the most frequent first
        case MessageHeard() | MessageSaid() | ReplyOverdue() | CustomerIdentified():
            _apply_to_talk(state, state.contacts[event.contact], event, at)
        case ContactQueued() | OfferMade() | OfferEnded() | BotResumed():
            _apply_to_waiting(state, state.contacts[event.contact], event, at)
        case ContactEngaged() | ContactResumed() | WrapUpBegun() | ContactClosed():
            _apply_to_service(state, state.contacts[event.contact], event, at)
        case ContactArrived():
            _arrive(state, event, at)
        case PreferredWaitEnded() | RequirementRelaxed() | CooldownEnded() | ContactOverflowed():
            _apply_to_waiting(state, state.contacts[event.contact], event, at)
        case ContactInterrupted() | ContactContinued():
            _set_aside(state, state.contacts[event.contact], event)
        case ContactParked() | ContactSnoozed():
            _apply_to_service(state, state.contacts[event.contact], event, at)
        case CallbackKept() | CallbackBooked() | CallbackCancelled() | CallbackReached():
            _apply_to_callback(state, state.contacts[event.contact], event, at)
        case ContactBegun():
            _begin(state, state.contacts[event.contact], event, at)
        case ContactMerged():
            _merge(state, state.contacts[event.contact], event, at)
        case ContactUnmerged():
            _unmerge(state, state.contacts[event.contact], event)
        case RequestMade() | RequestEnded():
            _apply_to_requests(state, state.contacts[event.contact], event, at)
        case HoldChanged() | ParticipantJoined() | ParticipantParted() | SnoozeEnded():
            _apply_to_talk(state, state.contacts[event.contact], event, at)
        case (
            CallbackFailed()
            | CommandNoted()
            | DeliveryReported()
            | NoteWritten()
            | NoteHeeded()
            | FactsRecorded()
            | SurveyAnswered()
        ):
            pass
        case HoursPut() | EstimateNoted():
            _apply_to_queue(state, event)
        case SitePut() | QueuePut() | QueueRemoved():
            _apply_setup(state, event)
        case AgentPut() | AgentRemoved() | PresenceChanged() | AgentConnected() | AgentVanished() | AgentDrained():
            _apply_to_agent(state, event, at)
        case _:
            assert_never(event)


# ---- set-up ------------------------------------------------------------------------------------


def _apply_setup(state: State, event: SitePut | QueuePut | QueueRemoved) -> None:
    match event:
        case SitePut():
            state.site = event.spec
        case QueuePut():
            state.queues[event.queue] = event.spec
            indexing.look_at_line(state, event.queue)
        case QueueRemoved():
            del state.queues[event.queue]
            state.hours.pop(event.queue, None)
            state.estimates.pop(event.queue, None)
    indexing.relist_for_orders(state)
    indexing.forget_ranks(state)
    indexing.watch_all_contacts(state)


def _apply_to_queue(state: State, event: HoursPut | EstimateNoted) -> None:
    match event:
        case EstimateNoted():
            _put_or_drop(state.estimates, event.queue, event.wait_s)
        case HoursPut():
            _put_or_drop(state.hours, event.queue, event.spans)
            indexing.watch_all_contacts(state)


def _put_or_drop(values: dict[QueueId, V], queue: QueueId, value: V | None) -> None:
    if value is None:
        values.pop(queue, None)
    else:
        values[queue] = value


# ---- agents ------------------------------------------------------------------------------------


def _apply_to_agent(
    state: State,
    event: AgentPut | AgentRemoved | PresenceChanged | AgentConnected | AgentVanished | AgentDrained,
    at: Instant,
) -> None:
    if isinstance(event, AgentPut):
        _put_agent(state, event, at)
    elif isinstance(event, AgentRemoved):
        _remove_agent(state, state.agents[event.agent])
    else:
        _change_agent(state, state.agents[event.agent], event, at)


def _change_agent(
    state: State,
    agent: Agent,
    event: PresenceChanged | AgentConnected | AgentVanished | AgentDrained,
    at: Instant,
) -> None:
    match event:
        case PresenceChanged():
            _change_presence(agent, event, at)
        case AgentConnected():
            agent.is_connected, agent.grace_until = True, None
        case AgentVanished():
            agent.is_connected = False
            agent.grace_until = None if agent.presence is Presence.OFFLINE else event.grace_until
        case AgentDrained():
            indexing.begin_drain(state, agent, event.contact)
    indexing.note_presence(state, agent)
    indexing.relist_agent(state, agent, freed=True)
    indexing.watch_agent(state, agent)


def _put_agent(state: State, event: AgentPut, at: Instant) -> None:
    agent = state.agents.get(event.agent)
    if agent is None:
        agent = state.agents[event.agent] = Agent(event.agent, event.spec, idle_since=at)
        indexing.recall_parked(state, agent)
    else:
        indexing.leave_agent(state, agent)
        agent.spec = event.spec
    indexing.enter_agent(state, agent)
    agent.is_overfull = is_beyond(agent)


def _remove_agent(state: State, agent: Agent) -> None:
    assert not agent.holding, "its contacts were taken from it before"
    assert not agent.awaited
    assert not agent.joined
    if agent.draining_for is not None:
        indexing.end_drain(state, agent)
    indexing.leave_agent(state, agent)
    indexing.forget_agent(state, agent)
    del state.agents[agent.id]


def _change_presence(agent: Agent, event: PresenceChanged, at: Instant) -> None:
    if event.presence is Presence.READY:
        agent.idle_since = at
        agent.misses = 0
    if event.presence is Presence.OFFLINE:
        agent.grace_until = None
    if (event.presence, event.reason) != (agent.presence, agent.reason):
        agent.present_since = at
    agent.presence, agent.reason = event.presence, event.reason


# ---- contacts ----------------------------------------------------------------------------------


def _arrive(state: State, event: ContactArrived, at: Instant) -> None:
    assert event.contact not in state.contacts
    state.contacts_count += 1
    contact = Contact(event.contact, state.contacts_count, event.channel, at, at, event.customer)
    state.contacts[contact.id] = contact
    indexing.enter_contact(state, contact)


def _begin(state: State, contact: Contact, event: ContactBegun, at: Instant) -> None:
    indexing.withdraw(state, contact)
    contact.state = next_state(contact.state, ContactBegun)
    contact.agent, contact.quiet_since = event.agent, at
    contact.queue, contact.requirement, contact.due_at = event.queue, event.requirement, event.due_at
    indexing.enlist(state, contact)


def _apply_to_talk(
    state: State,
    contact: Contact,
    event: MessageHeard
    | MessageSaid
    | CustomerIdentified
    | ReplyOverdue
    | HoldChanged
    | SnoozeEnded
    | ParticipantJoined
    | ParticipantParted,
    at: Instant,
) -> None:
    """What happens within a talk and leaves the contact's state as it is."""
    match event:
        case MessageHeard():
            _hear(state, contact, event, at)
        case MessageSaid():
            _say(talk_of(state, contact), event, at)
        case CustomerIdentified():
            indexing.forget_customer(state, contact)
            contact.customer, contact.identity_level = event.customer, event.level
            indexing.note_customer(state, contact)
        case ReplyOverdue():
            contact.reply_due_at, contact.requeue_at = None, event.requeue_at
        case HoldChanged():
            contact.held = event.held
        case SnoozeEnded():
            contact.snoozed_until, contact.is_woken, contact.unanswered = None, True, True
        case ParticipantJoined():
            _drop_request(state, contact, event.agent)
            contact.participants[event.agent] = event.role
            state.agents[event.agent].joined[contact.id] = None
        case ParticipantParted():
            del contact.participants[event.agent]
            del state.agents[event.agent].joined[contact.id]
    indexing.watch_contact(state, talk_of(state, contact))


def _apply_to_requests(state: State, contact: Contact, event: RequestMade | RequestEnded, at: Instant) -> None:
    match event:
        case RequestMade():
            asked = Request(event.agent, event.role, at, event.expires_at, event.note)
            contact.requests[event.colleague] = asked
            state.agents[event.colleague].asked[contact.id] = None
        case RequestEnded(end=RequestEnd.WITHDRAWN):
            _drop_request(state, contact, event.colleague)
        case RequestEnded():
            state.agents[event.colleague].asked.pop(contact.id, None)
            contact.requests[event.colleague].end = event.end
    indexing.watch_contact(state, contact)


def _drop_request(state: State, contact: Contact, colleague: AgentId) -> None:
    if contact.requests.pop(colleague, None) is not None and colleague in state.agents:
        state.agents[colleague].asked.pop(contact.id, None)


def _drop_requests(state: State, contact: Contact) -> None:
    """Who asked does not serve it any more."""
    if contact.requests:
        for colleague in list(contact.requests):
            _drop_request(state, contact, colleague)


def _hear(state: State, contact: Contact, event: MessageHeard, at: Instant) -> None:
    talk = talk_of(state, contact)
    contact.quiet_since = talk.quiet_since = at
    talk.unanswered = True
    talk.heard_on = contact.id if talk is not contact else None
    if event.reply_due_at is not None:
        talk.reply_due_at = event.reply_due_at
    if event.channel is not None and event.channel != contact.channel:
        _change_channel(state, contact, event)


def _change_channel(state: State, contact: Contact, event: MessageHeard) -> None:
    assert event.channel is not None
    indexing.withdraw(state, contact)
    contact.channel = event.channel
    indexing.enlist(state, contact)
    for name in holders_of(contact):
        state.agents[name].is_overfull = is_beyond(state.agents[name])


def _merge(state: State, contact: Contact, event: ContactMerged, at: Instant) -> None:
    main = state.contacts[event.into]
    _free_agent(state, contact, at)
    contact.state = next_state(contact.state, ContactMerged)
    contact.main, contact.merged_at = main.id, at
    main.followers[contact.id] = contact
    if contact.unanswered and not (main.unanswered and main.quiet_since > contact.quiet_since):
        main.unanswered, main.heard_on = True, contact.id
    main.reply_due_at = event.reply_due_at or main.reply_due_at
    contact.agent = contact.preferred = contact.preferred_until = contact.callback = None
    contact.reply_due_at = contact.requeue_at = contact.snoozed_until = None
    contact.unanswered = contact.held = contact.bot_resumed = contact.is_woken = False
    contact.tried.clear()
    _drop_requests(state, contact)
    indexing.enlist(state, contact)
    indexing.watch_contact(state, main)


def _unmerge(state: State, contact: Contact, event: ContactUnmerged) -> None:
    """What the customer said last, and was not answered, goes with the contact on which it was said."""
    main = state.contacts[event.main]
    indexing.withdraw(state, contact)
    contact.state = next_state(contact.state, ContactUnmerged)
    contact.main = contact.merged_at = None
    del main.followers[contact.id]
    contact.queue, contact.due_at, contact.requirement = event.queue, event.due_at, event.requirement
    if main.heard_on == contact.id:
        contact.unanswered, main.heard_on = main.unanswered, None
    if contact.unanswered:
        main.unanswered, main.reply_due_at, main.requeue_at = False, None, None
    indexing.enlist(state, contact)
    indexing.watch_contact(state, main)


def _say(contact: Contact, event: MessageSaid, at: Instant) -> None:
    if event.author is AuthorKind.AGENT:
        contact.quiet_since, contact.unanswered, contact.is_woken = at, False, False
        contact.reply_due_at = contact.requeue_at = None


def _apply_to_waiting(
    state: State,
    contact: Contact,
    event: ContactQueued
    | PreferredWaitEnded
    | RequirementRelaxed
    | ContactOverflowed
    | CooldownEnded
    | BotResumed
    | OfferMade
    | OfferEnded,
    at: Instant,
) -> None:
    match event:
        case ContactQueued():
            _queue(state, contact, event, at)
        case PreferredWaitEnded():
            indexing.withdraw(state, contact)
            contact.preferred = contact.preferred_until = None
            indexing.enlist(state, contact)
        case RequirementRelaxed():
            indexing.withdraw(state, contact)
            contact.relaxed = event.steps
            indexing.enlist(state, contact)
        case ContactOverflowed():
            contact.overflows = (*contact.overflows, event.rule)
            contact.bot_resumed = contact.bot_resumed or event.to is OverflowTo.BOT
            contact.is_callback_proposed = contact.is_callback_proposed or event.to is OverflowTo.CALLBACK
            indexing.watch_contact(state, contact)
        case CooldownEnded():
            contact.tried[event.agent] = COOLED
            indexing.look_again(state, contact)
        case BotResumed():
            contact.state = next_state(contact.state, BotResumed)
            contact.bot_resumed = True
        case OfferMade():
            _make_offer(state, contact, event, at)
        case OfferEnded():
            _end_offer(state, contact, event, at)


def _queue(state: State, contact: Contact, event: ContactQueued, at: Instant) -> None:
    _free_agent(state, contact, at)
    contact.state = next_state(contact.state, ContactQueued)
    contact.queue, contact.requirement = event.queue, event.requirement
    contact.relaxed, contact.overflows = 0, ()
    contact.is_overdue_work = False
    contact.need = event.need if event.need is not None else contact.need
    contact.due_at, contact.waiting_since = event.due_at, event.waiting_since
    contact.preferred, contact.preferred_until = event.preferred, event.preferred_until
    if event.cooled is not None and event.cooldown_until is not None:
        contact.tried[event.cooled] = event.cooldown_until
    contact.agent = contact.reply_due_at = contact.requeue_at = contact.wrap_until = contact.snoozed_until = None
    contact.held = contact.bot_resumed = False
    _drop_requests(state, contact)
    contact.unanswered = True  # who waits for a person wants to hear from one
    indexing.enlist(state, contact)


def _apply_to_callback(
    state: State,
    contact: Contact,
    event: CallbackKept | CallbackBooked | CallbackCancelled | CallbackReached,
    at: Instant,
) -> None:
    match event:
        case CallbackKept():
            contact.callback, contact.is_callback_proposed = Callback(), False
        case CallbackBooked():
            _free_agent(state, contact, at)
            contact.state = next_state(contact.state, CallbackBooked)
            contact.callback, contact.is_callback_proposed = Callback(event.at, event.attempts), False
            contact.agent = contact.preferred = contact.preferred_until = contact.reply_due_at = None
            contact.requeue_at = None
            contact.held = contact.bot_resumed = False
            contact.tried.clear()
            _drop_requests(state, contact)
            indexing.enlist(state, contact)
        case CallbackCancelled() | CallbackReached():
            contact.callback = None
            indexing.watch_contact(state, contact)


def _make_offer(state: State, contact: Contact, event: OfferMade, at: Instant) -> None:
    indexing.withdraw(state, contact)
    contact.state = next_state(contact.state, OfferMade)
    contact.offers[event.agent] = event.offer
    contact.is_overdue_work = event.overdue
    state.offers_count += 1
    state.offers[event.offer] = Offer(
        event.offer, contact.id, event.agent, at, event.expires_at, event.rule, event.values
    )
    indexing.enlist(state, contact)


def _end_offer(state: State, contact: Contact, event: OfferEnded, at: Instant) -> None:
    agent = state.agents[event.agent]
    del state.offers[event.offer]
    if event.end is OfferEnd.ACCEPTED:
        agent.misses = 0
        return
    if event.end in TURNED_AWAY:
        agent.misses = agent.misses + 1 if event.end is OfferEnd.MISSED else 0
        agent.idle_since = at
    indexing.withdraw(state, contact)
    del contact.offers[event.agent]
    if not contact.offers:
        contact.state = next_state(contact.state, OfferEnded)
        contact.is_overdue_work = False
    if contact.preferred == event.agent:
        contact.preferred = contact.preferred_until = None
    if event.cooldown_until is not None:
        contact.tried[event.agent] = event.cooldown_until
    indexing.enlist(state, contact)
    _no_longer_overfull(agent)


def _apply_to_service(
    state: State,
    contact: Contact,
    event: ContactEngaged | ContactResumed | ContactParked | ContactSnoozed | WrapUpBegun | ContactClosed,
    at: Instant,
) -> None:
    match event:
        case ContactEngaged() | ContactResumed():
            _serve(state, contact, event, at)
        case ContactParked() | ContactSnoozed():
            _park(state, contact, event, at)
        case WrapUpBegun():
            contact.state = next_state(contact.state, WrapUpBegun)
            contact.wrap_until = event.until
            contact.is_interrupted, contact.reclaim_at = False, None
            indexing.note_load(state, state.agents[event.agent])
            contact.held = contact.is_woken = False
            _drop_requests(state, contact)
            contact.reply_due_at = contact.requeue_at = None
            indexing.watch_contact(state, contact)
        case ContactClosed():
            _free_agent(state, contact, at)
            contact.state = next_state(contact.state, ContactClosed)
            _drop_requests(state, contact)
            indexing.leave_contact(state, contact)
            del state.contacts[contact.id]


def _set_aside(state: State, contact: Contact, event: ContactInterrupted | ContactContinued) -> None:
    contact.is_interrupted = isinstance(event, ContactInterrupted)
    contact.reclaim_at = event.reclaim_at if isinstance(event, ContactInterrupted) else None
    indexing.watch_contact(state, contact)


def _park(state: State, contact: Contact, event: ContactParked | ContactSnoozed, at: Instant) -> None:
    _free_agent(state, contact, at)
    contact.is_overdue_work = False
    contact.state = next_state(contact.state, type(event))
    contact.quiet_since, contact.is_woken = at, False
    _drop_requests(state, contact)
    contact.snoozed_until = event.until if isinstance(event, ContactSnoozed) else None
    contact.reply_due_at = contact.requeue_at = None
    indexing.enlist(state, contact)


def _serve(state: State, contact: Contact, event: ContactEngaged | ContactResumed, at: Instant) -> None:
    keeps_capacity = holders_of(contact) == [event.agent]
    if not keeps_capacity:
        _free_agent(state, contact, at)
    elif contact.state is OFFERED:
        indexing.begin_service(state, contact)
    contact.state = next_state(contact.state, type(event))
    contact.agent, contact.quiet_since = event.agent, at
    contact.offers.clear()
    contact.preferred = contact.preferred_until = contact.wrap_until = contact.requeue_at = None
    contact.snoozed_until = None
    contact.reply_due_at = event.reply_due_at
    contact.tried.clear()
    _drop_requests(state, contact)
    contact.participants.pop(event.agent, None)
    state.agents[event.agent].joined.pop(contact.id, None)
    contact.held = contact.bot_resumed = False
    indexing.note_load(state, state.agents[event.agent])
    if keeps_capacity:
        indexing.watch_contact(state, contact)
    else:
        indexing.enlist(state, contact)


def _free_agent(state: State, contact: Contact, at: Instant) -> None:
    """Withdraw the contact; who held it is idle from now on."""
    contact.is_interrupted, contact.reclaim_at = False, None
    holders = [state.agents[name] for name in holders_of(contact)]
    for holder in holders:
        holder.idle_since = at
    indexing.withdraw(state, contact)
    for holder in holders:
        _no_longer_overfull(holder)


def _no_longer_overfull(agent: Agent) -> None:
    agent.is_overfull = agent.is_overfull and is_beyond(agent)
