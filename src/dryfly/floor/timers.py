"""What happens when a deadline has come.

`fire` decides the events of the one subject that is due first; `step` applies them and goes on until nothing is due.
A deadline follows from facts, and what fires changes those facts: so each fires once, and a restart loses none.
"""

from dryfly.floor.agents import grace_over
from dryfly.floor.alarms import AGENT, CONTACT
from dryfly.floor.callbacks import slot_has_come
from dryfly.floor.consulting import lapsed
from dryfly.floor.deadlines import (
    deadline_of_agent,
    deadline_of_contact,
    first_cooldown,
    first_expiry,
    first_lapse,
    relaxes_at,
)
from dryfly.floor.entities import Contact
from dryfly.floor.hours import after
from dryfly.floor.merging import with_followers
from dryfly.floor.model import (
    AgentId,
    ContactClosed,
    ContactId,
    ContactParked,
    ContactState,
    CooldownEnded,
    Ending,
    Event,
    Instant,
    PreferredWaitEnded,
    QueuedBecause,
    ReplyOverdue,
    RequirementRelaxed,
)
from dryfly.floor.offers import missed
from dryfly.floor.overflow import overflowed, overflows_at
from dryfly.floor.service import requeued
from dryfly.floor.snoozing import snooze_over
from dryfly.floor.state import State, queue_spec


def next_deadline(state: State) -> Instant | None:
    """When the floor wants to be woken up; exact."""
    if state.alarms.changed:
        _look_at_changed(state)
    while (entry := state.alarms.peek()) is not None:
        at, (kind, name) = entry
        deadline = _deadline(state, kind, name)
        if deadline == at:
            return Instant(at)
        state.alarms.correct(deadline)
    return None


def _look_at_changed(state: State) -> None:
    for name in state.alarms.changed:
        state.alarms.watch((CONTACT, name), deadline_of_contact(state, state.contacts[name]))
    state.alarms.changed.clear()


def fire(state: State, now: Instant) -> list[Event]:
    """The events of what is due first by `now`; none if nothing is."""
    deadline = next_deadline(state)
    entry = state.alarms.peek()
    if deadline is None or entry is None or deadline > now:
        return []
    kind, name = entry[1]
    if kind == AGENT:
        return with_followers(state, grace_over(state, state.agents[AgentId(name)], now))
    return with_followers(state, _fire_contact(state, state.contacts[ContactId(name)], deadline, now))


def _deadline(state: State, kind: int, name: str) -> Instant | None:
    if kind == AGENT:
        agent = state.agents.get(AgentId(name))
        return deadline_of_agent(agent) if agent else None
    contact = state.contacts.get(ContactId(name))
    return deadline_of_contact(state, contact) if contact else None


def _fire_contact(state: State, contact: Contact, due: Instant, now: Instant) -> list[Event]:
    match contact.state:
        case ContactState.WITH_BOT:
            return [ContactClosed(contact.id, Ending.LEFT_BOT)]
        case ContactState.OFFERED if first_expiry(state, contact) == due:
            return missed(state, contact, now)
        case ContactState.WAITING | ContactState.OFFERED:
            return [_waited(state, contact, due, now)]
        case ContactState.CALLBACK:
            return [slot_has_come(state, contact, now)]
        case ContactState.ACTIVE if first_lapse(contact) == due:
            return [lapsed(contact, due)]
        case ContactState.ACTIVE:
            return [_quiet(state, contact, due, now)]
        case ContactState.PARKED if contact.snoozed_until is not None:
            return snooze_over(state, contact, now)
        case ContactState.PARKED:
            return [ContactClosed(contact.id, Ending.QUIET, contact.agent)]
        case _:
            return [ContactClosed(contact.id, Ending.SERVED, contact.agent)]


def _waited(state: State, contact: Contact, due: Instant, now: Instant) -> Event:
    """More agents may have the contact from now on, or it goes elsewhere."""
    awaited = contact.preferred if contact.state is ContactState.WAITING else None
    if awaited is not None and contact.preferred_until == due:
        return PreferredWaitEnded(contact.id, awaited)
    if contact.state is ContactState.WAITING and relaxes_at(state, contact) == due:
        return RequirementRelaxed(contact.id, contact.relaxed + 1)
    if contact.state is ContactState.WAITING and overflows_at(state, contact) == due:
        return overflowed(state, contact, due, now)
    assert due == first_cooldown(contact)
    agent = min(agent for agent, until in contact.tried.items() if until == due)
    return CooldownEnded(contact.id, agent)


def _quiet(state: State, contact: Contact, due: Instant, now: Instant) -> Event:
    """The agent owes an answer, or nobody says anything any more."""
    assert contact.agent is not None
    if contact.reply_due_at == due:
        grace_s = queue_spec(state, contact).reply_grace_s
        return ReplyOverdue(contact.id, contact.agent, after(now, grace_s))
    if contact.reclaim_at == due:
        return requeued(state, contact, now, QueuedBecause.RECLAIMED, cooled=contact.agent)
    if contact.requeue_at == due:
        return requeued(state, contact, now, QueuedBecause.REPLY_OVERDUE, cooled=contact.agent)
    return ContactParked(contact.id, contact.agent)
