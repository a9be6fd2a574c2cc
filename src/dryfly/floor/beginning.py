"""An agent begins a contact with a customer who was here before: it is theirs at once, and was never in line.

One customer has one talk at a time. Whoever writes second finds the talk that the first began.
"""

from dryfly.floor.capacity import has_room
from dryfly.floor.hours import after
from dryfly.floor.model import BeginContact, ContactArrived, ContactBegun, ContactId, CustomerId, Event, Instant
from dryfly.floor.refusals import refuse
from dryfly.floor.service import merged
from dryfly.floor.state import State, talk_of
from dryfly.floor.talks import require_connected


def begin(state: State, command: BeginContact, now: Instant) -> list[Event]:
    _check(state, command)
    spec = state.queues[command.queue]
    due_at, needs = after(now, spec.target_s), merged(spec.requirement)
    return [
        ContactArrived(command.contact, command.channel, command.customer),
        ContactBegun(command.contact, command.agent, command.queue, due_at, needs, command.permit_rule),
    ]


def open_contact_of(state: State, customer: CustomerId) -> ContactId | None:
    """The customer's open talk, the oldest of several."""
    talks = [talk_of(state, state.contacts[name]) for name in state.index.customers.get(customer, ())]
    oldest = min(talks, key=lambda talk: talk.number, default=None)
    return oldest.id if oldest else None


def _check(state: State, command: BeginContact) -> None:
    if command.contact in state.contacts:
        refuse("contact_exists", contact=command.contact)
    if len(state.contacts) >= state.site.contacts_max:
        refuse("site_is_full", contacts_max=state.site.contacts_max)
    if command.queue not in state.queues:
        refuse("queue_exists_not", queue=command.queue)
    if known := open_contact_of(state, command.customer):
        refuse("customer_has_open_contact", contact=known)
    if not has_room(require_connected(state, command.agent), command.channel):
        refuse("agent_is_full", agent=command.agent, channel=command.channel)
