"""Two contacts of one customer become one talk, and are parted again.

- The merged contact *follows* its main one: it takes no room, has no clock and no offer of its own, and belongs to
  whoever has the main one. `talk_of` says where what happens on it counts.
- The main one remembers on which contact the customer spoke last (`heard_on`); there the answer goes.
- It ends with its main one, and on whichever of them the customer ends it.
- Parted, it is the same agent's where there is room, and waits in its queue otherwise, by the due time that it had.
- One level: what follows is not followed. One customer: who turns out to be somebody else is parted at once.
"""

from dryfly.floor.capacity import has_room, is_present
from dryfly.floor.entities import Contact
from dryfly.floor.hours import after
from dryfly.floor.model import (
    AgentId,
    CommandNoted,
    ContactClosed,
    ContactEngaged,
    ContactId,
    ContactMerged,
    ContactQueued,
    ContactState,
    ContactUnmerged,
    CustomerId,
    Ending,
    Event,
    Instant,
    MergeContact,
    ParticipantParted,
    Presence,
    QueuedBecause,
    UnmergeContact,
)
from dryfly.floor.refusals import refuse
from dryfly.floor.service import reply_due, require_contact, rescinded
from dryfly.floor.state import State, talk_of
from dryfly.floor.talks import require_owned

FOLLOWERS_MAX = 10  # of one contact
HAD = (ContactState.ACTIVE, ContactState.PARKED, ContactState.WRAP_UP)
"""States in which an agent has a talk, or knows it."""


def answers_on(contact: Contact) -> ContactId:
    """Where the customer reads the answer: on the contact on which they spoke last."""
    return contact.heard_on or contact.id


def merge(state: State, command: MergeContact, now: Instant) -> list[Event]:
    contact, into = require_contact(state, command.contact), require_contact(state, command.into)
    if contact.main == into.id:
        return [CommandNoted()]
    _check_pair(contact, into)
    _check_customers(contact, into, confirmed=command.confirmed)
    _check_theirs(state, contact, into, command)
    assert into.agent is not None
    starts_clock = contact.unanswered and into.reply_due_at is None and into.requeue_at is None
    due = reply_due(state, into, now) if starts_clock else None
    parted = [ParticipantParted(contact.id, agent) for agent in sorted(contact.participants)]
    return [*rescinded(contact, "merged"), *parted, ContactMerged(contact.id, into.id, into.agent, due)]


def unmerge(state: State, command: UnmergeContact, now: Instant) -> list[Event]:
    contact = require_contact(state, command.contact)
    if contact.main is None:
        refuse("not_merged", contact=contact.id)
    if not command.as_supervisor:
        require_owned(state, contact.main, command.agent or AgentId(""))
    return _parted(state, contact, now)


def parted_strangers(state: State, contact: Contact, customer: CustomerId, now: Instant) -> list[Event]:
    """The contact is of this customer: whoever is merged with it and is another one has a talk of their own again."""
    main = talk_of(state, contact)
    if main is not contact:
        others = [other for other in (main, *main.followers.values()) if other is not contact]
        strangers = [contact] if any(other.customer not in (None, customer) for other in others) else []
    else:
        strangers = [other for other in main.followers.values() if other.customer not in (None, customer)]
    ordered = sorted(strangers, key=lambda stranger: stranger.number)
    return [event for other in ordered for event in _parted(state, other, now, is_first=other is ordered[0])]


def with_followers(state: State, events: list[Event]) -> list[Event]:
    """Who follows a contact that closes, closes before it."""
    closing = {event.contact for event in events if isinstance(event, ContactClosed)}
    if not closing or not any(state.contacts[name].followers for name in closing if name in state.contacts):
        return events
    return [event for closed in events for event in [*_followers_closed(state, closed), closed]]


def _followers_closed(state: State, event: Event) -> list[Event]:
    if not isinstance(event, ContactClosed):
        return []
    followers = sorted(state.contacts[event.contact].followers)
    return [ContactClosed(name, Ending.MERGED, event.agent) for name in followers]


def _parted(state: State, contact: Contact, now: Instant, *, is_first: bool = True) -> list[Event]:
    """Of several at once, the first is the agent's: there may be room for one only."""
    main = talk_of(state, contact)
    place = contact if contact.queue is not None else main  # one that was with the bot has no place of its own
    assert place.queue is not None
    unmerged = ContactUnmerged(contact.id, main.id, place.queue, place.due_at, place.requirement)
    knows = state.agents.get(main.agent) if main.agent and main.state in HAD else None
    if is_first and knows and knows.presence is not Presence.OFFLINE and has_room(knows, contact.channel):
        is_unanswered = main.unanswered and main.heard_on == contact.id
        due = reply_due(state, place, now) if is_unanswered else None
        return [unmerged, ContactEngaged(contact.id, knows.id, due)]
    is_waited_for = knows is not None and is_present(knows)
    queued = ContactQueued(
        contact=contact.id,
        queue=place.queue,
        due_at=place.due_at,
        waiting_since=now,
        because=QueuedBecause.PARTED,
        requirement=place.requirement,
        preferred=knows.id if knows and is_waited_for else None,
        preferred_until=after(now, state.queues[place.queue].owner_patience_s) if is_waited_for else None,
    )
    return [unmerged, queued]


def _check_pair(contact: Contact, into: Contact) -> None:
    if contact is into:
        refuse("merged_into_itself", contact=contact.id)
    if contact.main is not None or into.main is not None:
        refuse("already_merged", contact=contact.id, main=contact.main or into.main)
    if contact.followers:
        refuse("contact_has_merged", contact=contact.id)
    if contact.state is ContactState.WRAP_UP:
        refuse("contact_is_over", contact=contact.id)
    if len(into.followers) >= FOLLOWERS_MAX:
        refuse("merged_too_many", contact=into.id, followers_max=FOLLOWERS_MAX)


def _check_customers(contact: Contact, into: Contact, *, confirmed: bool) -> None:
    there = {other.customer for other in (into, *into.followers.values())} - {None}
    if contact.customer is not None and there - {contact.customer}:
        refuse("different_customers", contact=contact.id)
    if not confirmed and contact.customer not in there:
        refuse("merge_unconfirmed", contact=contact.id)


def _check_theirs(state: State, contact: Contact, into: Contact, command: MergeContact) -> None:
    if not command.as_supervisor:
        require_owned(state, into.id, command.agent or AgentId(""))
        if contact.agent != into.agent and contact.state in HAD:
            refuse("served_by_another", contact=contact.id, agent=contact.agent)
    if into.state is not ContactState.ACTIVE:
        refuse("contact_not_active", contact=into.id, state=into.state)
