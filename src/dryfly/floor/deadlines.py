"""When each contact and agent has to be looked at next: pure functions of facts and set-up.

| state    | the next deadline is the earliest of                                             |
|----------|----------------------------------------------------------------------------------|
| with_bot | silence of the customer for `bot_quiet_s`                                        |
| waiting  | the end of the wait for the preferred agent, the end of each cool-down, the next |
|          | step of relaxation, the next rule of overflow                                    |
| offered  | the end of the first offer, the end of each cool-down                            |
| active   | reply due, overdue reply requeues, quiet for `park_after_s` (0: never parked), a |
|          | colleague who was asked has not answered, set aside for too long                 |
| callback | the time that was agreed                                                         |
| parked   | the end of the snooze; without one, quiet for `parked_close_s`                   |
| wrap_up  | the end of wrap-up                                                               |
| merged   | none: it has the clocks of the contact that it is merged into                    |
"""

from dryfly.floor.entities import COOLED, Agent, Contact, Request
from dryfly.floor.hours import after
from dryfly.floor.model import ContactState, Instant
from dryfly.floor.overflow import overflows_at
from dryfly.floor.state import State, queue_spec


def deadline_of_agent(agent: Agent) -> Instant | None:
    return agent.grace_until


def deadline_of_contact(state: State, contact: Contact) -> Instant | None:
    match contact.state:  # the most frequent first
        case ContactState.ACTIVE:
            talk_due = _earliest(contact.reply_due_at, contact.requeue_at, parks_at(state, contact))
            talk_due = _earliest(talk_due, contact.reclaim_at)
            return _earliest(talk_due, first_lapse(contact)) if contact.requests else talk_due
        case ContactState.WAITING:
            waits_for = _earliest(contact.preferred_until, first_cooldown(contact))
            spec = queue_spec(state, contact)
            if not spec.relaxations and not spec.overflow:
                return waits_for
            return _earliest(waits_for, relaxes_at(state, contact), overflows_at(state, contact))
        case ContactState.WITH_BOT:
            return after(contact.quiet_since, state.site.bot_quiet_s)
        case ContactState.OFFERED:
            return _earliest(first_expiry(state, contact), first_cooldown(contact))
        case ContactState.CALLBACK:
            assert contact.callback is not None
            return contact.callback.at
        case ContactState.PARKED:
            return contact.snoozed_until or after(contact.quiet_since, queue_spec(state, contact).parked_close_s)
        case ContactState.WRAP_UP:
            return contact.wrap_until
        case ContactState.MERGED | ContactState.CLOSED:
            return None


def first_cooldown(contact: Contact) -> Instant | None:
    if not contact.tried:
        return None
    return min((until for until in contact.tried.values() if until != COOLED), default=None)


def first_expiry(state: State, contact: Contact) -> Instant:
    return min(state.offers[offer].expires_at for offer in contact.offers.values())


def relaxes_at(state: State, contact: Contact) -> Instant | None:
    steps = queue_spec(state, contact).relaxations
    if contact.relaxed >= len(steps):
        return None
    return after(contact.waiting_since, steps[contact.relaxed].after_s)


def is_pending(request: Request) -> bool:
    return request.end is None


def first_lapse(contact: Contact) -> Instant | None:
    """When the first of the colleagues who were asked has not answered in time."""
    return min((known.expires_at for known in contact.requests.values() if is_pending(known)), default=None)


def parks_at(state: State, contact: Contact) -> Instant | None:
    """A talk parks when both are quiet. One on hold does not, nor one in which the customer waits for an answer."""
    park_after_s = queue_spec(state, contact).park_after_s
    if contact.held or contact.unanswered or not park_after_s:
        return None
    return after(contact.quiet_since, park_after_s)


def _earliest(*instants: Instant | None) -> Instant | None:
    earliest: Instant | None = None
    for at in instants:
        if at is not None and (earliest is None or at < earliest):
            earliest = at
    return earliest
