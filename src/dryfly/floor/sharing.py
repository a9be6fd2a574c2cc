"""How many of the agents overdue small work may take before what cannot be put off comes first again.

A mail that is overdue comes before a call that is not. So that a pile of them does not take everybody, it does so only
until a stated share of the agents who are there have such work; from then on small work yields to all other.
"""

from dryfly.floor.entities import Contact
from dryfly.floor.index import place_in_line
from dryfly.floor.model import ContactId, Instant
from dryfly.floor.state import State

OrderEntry = tuple[bool, int, int, ContactId]  # yields, due time, order of arrival, id


def order_of(state: State, contact: Contact) -> OrderEntry:
    """Who is served before whom, over all lines."""
    return yields(state, contact), *place_in_line(contact)


def yields(state: State, contact: Contact) -> bool:
    return state.site.overdue_agent_share < 1 and contact.channel in state.site.deferrable and _is_used_up(state)


def is_overdue_work(state: State, contact: Contact, now: Instant) -> bool:
    return contact.channel in state.site.deferrable and contact.due_at <= now


def _is_used_up(state: State) -> bool:
    return len(state.index.overdue_counts) >= state.site.overdue_agent_share * len(state.index.present)
