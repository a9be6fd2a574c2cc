"""A talk is put aside until a time: the agent promised to come back to it, or nothing can be done before.

It is parked: it counts no more, and the customer who speaks has it back at once. When the time has come it goes to
the agent who snoozed it, with a reply clock as if the customer had spoken; if that agent is not there, to others.
"""

from dryfly.floor.entities import Contact
from dryfly.floor.hours import after
from dryfly.floor.model import (
    ContactSnoozed,
    ContactState,
    Event,
    Instant,
    QueuedBecause,
    SnoozeContact,
    SnoozeEnded,
)
from dryfly.floor.refusals import refuse
from dryfly.floor.service import comes_back
from dryfly.floor.state import State
from dryfly.floor.talks import require_owned, require_served

SNOOZE_S_MIN = 60
SNOOZE_S_MAX = 183 * 24 * 3600


def snooze(state: State, command: SnoozeContact, now: Instant) -> list[Event]:
    """A parked talk may be snoozed as well, or until another time."""
    contact = require_owned(state, command.contact, command.agent)
    if contact.state is not ContactState.PARKED:
        require_served(state, command.contact, command.agent)
    if not after(now, SNOOZE_S_MIN) <= command.until <= after(now, SNOOZE_S_MAX):
        refuse("snooze_out_of_range", until=command.until)
    return [ContactSnoozed(contact.id, command.agent, command.until)]


def snooze_over(state: State, contact: Contact, now: Instant) -> list[Event]:
    assert contact.agent is not None
    ended = SnoozeEnded(contact.id, contact.agent)
    return [ended, comes_back(state, contact, contact.channel, now, QueuedBecause.SNOOZE_OVER)]
