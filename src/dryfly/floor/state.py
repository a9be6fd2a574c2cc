"""The floor's whole state: facts, and the index over them.

Closed contacts leave at once; what the floor holds grows with what is open and with the set-up, not with the day.
"""

from dataclasses import dataclass, field

from dryfly.floor.alarms import Alarms
from dryfly.floor.entities import ZERO, Agent, Contact, Offer
from dryfly.floor.index import Index
from dryfly.floor.model import (
    AgentId,
    ContactId,
    Instant,
    OfferId,
    QueueId,
    QueueSpec,
    SiteSpec,
    Span,
)


@dataclass(slots=True, eq=False)
class State:
    clock: Instant = ZERO  # of the last event; time never goes back
    site: SiteSpec = field(default_factory=SiteSpec)
    queues: dict[QueueId, QueueSpec] = field(default_factory=dict)
    hours: dict[QueueId, tuple[Span, ...]] = field(default_factory=dict)  # without: always open
    estimates: dict[QueueId, int] = field(default_factory=dict)  # seconds that somebody who enters now would wait
    agents: dict[AgentId, Agent] = field(default_factory=dict)
    contacts: dict[ContactId, Contact] = field(default_factory=dict)
    offers: dict[OfferId, Offer] = field(default_factory=dict)
    contacts_count: int = 0  # ever arrived
    offers_count: int = 0  # ever made
    # ---- derived ----
    index: Index = field(default_factory=Index)
    alarms: Alarms = field(default_factory=Alarms)


def new_state() -> State:
    return State()


def talk_of(state: State, contact: Contact) -> Contact:
    """The contact that this one goes on in: its main one, or itself."""
    return state.contacts[contact.main] if contact.main is not None else contact


def queue_spec(state: State, contact: Contact) -> QueueSpec:
    """The set-up of the contact's queue. A queue stays for as long as a contact names it."""
    assert contact.queue is not None, contact.id
    return state.queues[contact.queue]
