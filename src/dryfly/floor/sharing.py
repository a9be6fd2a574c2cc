"""How many of the agents overdue small work may take before what cannot be put off comes first again.

A mail that is overdue comes before a call that is not. So that a pile of them does not take everybody, it does so only
until a stated share of the agents who are there have such work; from then on small work yields to all other.
"""

from dryfly.floor.entities import Contact
from dryfly.floor.model import ContactId, Instant
from dryfly.floor.state import State

OrderEntry = tuple[bool, int, int, ContactId]  # yields, due time, order of arrival, id


def order_of(state: State, contact: Contact) -> OrderEntry:
    """Who is served before whom, over all lines."""
    is_shared = state.site.overdue_agent_share < 1
    return is_shared and yields(state, contact), contact.due_at, contact.number, contact.id


def yields(state: State, contact: Contact) -> bool:
    return contact.channel in state.site.deferrable and _is_used_up(state)


def is_overdue_work(state: State, contact: Contact, now: Instant) -> bool:
    return contact.channel in state.site.deferrable and contact.due_at <= now


def _is_used_up(state: State) -> bool:
    return len(state.index.overdue_counts) >= state.site.overdue_agent_share * len(state.index.present)
