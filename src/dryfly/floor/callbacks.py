"""Customers who need not wait: they are called back in their turn, or at a time that was agreed.

An agent is reserved first, like for any contact; then the customer is called. Who is not reached is tried again as
often as the queue promises. Who is to be called back may close the page: that is no leaving.
"""

from dryfly.floor.entities import IN_LINE, Contact
from dryfly.floor.hours import SLOT_MS, after, is_open_at, slot_of
from dryfly.floor.model import (
    BookCallback,
    CallbackBooked,
    CallbackCancelled,
    CallbackFailed,
    CallbackKept,
    CallbackReached,
    CancelCallback,
    CommandNoted,
    ContactClosed,
    ContactQueued,
    ContactState,
    Ending,
    Event,
    Instant,
    QueuedBecause,
    ReportCallback,
)
from dryfly.floor.refusals import refuse
from dryfly.floor.service import require_contact, rescinded
from dryfly.floor.state import State, queue_spec
from dryfly.floor.talks import require_served

AHEAD_S_MAX = 14 * 24 * 3600
BOOKABLE = (*IN_LINE, ContactState.CALLBACK)


def book(state: State, command: BookCallback, now: Instant) -> list[Event]:
    contact = require_contact(state, command.contact)
    if contact.state not in BOOKABLE:
        refuse("contact_not_waiting", contact=contact.id, state=contact.state)
    if not queue_spec(state, contact).callback_attempts_max:
        refuse("no_callbacks", queue=contact.queue)
    if command.at is None:
        if contact.state is ContactState.CALLBACK:
            refuse("contact_not_waiting", contact=contact.id, state=contact.state)
        return [CallbackKept(contact.id)] if contact.callback is None else [CommandNoted()]
    _check_slot(state, contact, command.at, now)
    return [*rescinded(contact, "callback"), CallbackBooked(contact.id, command.at)]


def cancel(state: State, command: CancelCallback) -> list[Event]:
    contact = require_contact(state, command.contact)
    if contact.callback is None:
        return [CommandNoted()]
    if contact.state is ContactState.CALLBACK:
        return [ContactClosed(contact.id, Ending.CALLED_OFF)]
    if contact.state not in IN_LINE:
        refuse("contact_not_waiting", contact=contact.id, state=contact.state)
    return [CallbackCancelled(contact.id)]


def report(state: State, command: ReportCallback, now: Instant) -> list[Event]:
    contact = require_served(state, command.contact, command.agent)
    if contact.callback is None:
        refuse("no_callback_due", contact=contact.id)
    if command.reached:
        return [CallbackReached(contact.id, command.agent, command.permit_rule)]
    failed = CallbackFailed(contact.id, command.agent, command.permit_rule)
    attempts, spec = contact.callback.attempts + 1, queue_spec(state, contact)
    if attempts >= spec.callback_attempts_max:
        return [failed, ContactClosed(contact.id, Ending.UNREACHED, command.agent)]
    return [failed, CallbackBooked(contact.id, after(now, spec.callback_retry_s), attempts)]


def free_slots(state: State, contact: Contact, now: Instant, slots_max: int) -> list[Instant]:
    """The next half hours that begin in opening hours, have room, and are not the one that it has."""
    spec, taken = queue_spec(state, contact), state.index.slots
    spans = state.hours.get(contact.queue) if contact.queue else None
    own = contact.callback.at if contact.callback and contact.callback.at else None
    free: list[Instant] = []
    for slot in range(slot_of(now) + 1, slot_of(after(now, AHEAD_S_MAX)) + 1):
        at = Instant(slot * SLOT_MS)
        has_room = contact.queue is not None and taken.get((contact.queue, slot), 0) < spec.callback_slots_max
        if has_room and is_open_at(spans, at) and (own is None or slot != slot_of(own)):
            free.append(at)
        if len(free) >= slots_max or not spec.callback_slots_max:
            break
    return free


def slot_has_come(state: State, contact: Contact, now: Instant) -> Event:
    """Due at once, before all who came since."""
    assert contact.callback is not None
    assert contact.callback.at is not None
    assert contact.queue is not None
    return ContactQueued(
        contact=contact.id,
        queue=contact.queue,
        due_at=contact.callback.at,
        waiting_since=now,
        because=QueuedBecause.CALLBACK_DUE,
        requirement=contact.requirement,
        need=contact.need,
    )


def _check_slot(state: State, contact: Contact, at: Instant, now: Instant) -> None:
    spec = queue_spec(state, contact)
    assert contact.queue is not None
    if not now < at <= after(now, AHEAD_S_MAX):
        refuse("slot_out_of_range", at=at)
    if not is_open_at(state.hours.get(contact.queue), at):
        refuse("slot_out_of_hours", at=at)
    if state.index.slots.get((contact.queue, slot_of(at)), 0) >= spec.callback_slots_max:
        refuse("slot_is_full", at=at)
