"""What the floor holds of a contact, an agent and an offer.

Fields above the line are facts: they go into the snapshot and the digest, and only `apply` changes them.
Fields below it are derived: `indexing` keeps them and makes them anew when a snapshot is restored.
"""

from dataclasses import dataclass, field
from typing import Final

from dryfly.floor.model import (
    AgentId,
    AgentSpec,
    Channel,
    ChannelCapacity,
    ContactId,
    ContactState,
    CustomerId,
    Instant,
    NoteId,
    OfferId,
    OwnerKind,
    Presence,
    QueueId,
    RequestEnd,
    Role,
    SkillNeed,
)

ZERO = Instant(0)
COOLED = ZERO
"""In `Contact.tried`: the cool-down is over, the agent may be asked again if nobody else can be."""

OWNER_OF = {
    ContactState.WITH_BOT: OwnerKind.BOT,
    ContactState.WAITING: OwnerKind.QUEUE,
    ContactState.OFFERED: OwnerKind.QUEUE,
    ContactState.CALLBACK: OwnerKind.QUEUE,
    ContactState.ACTIVE: OwnerKind.AGENT,
    ContactState.PARKED: OwnerKind.AGENT,
    ContactState.WRAP_UP: OwnerKind.AGENT,
    ContactState.MERGED: OwnerKind.CONTACT,
    ContactState.CLOSED: OwnerKind.NOBODY,
}

# By name alone, because Python 3.11 takes long to look into an enum, and the floor asks for the state all the time.
WAITING: Final = ContactState.WAITING
OFFERED: Final = ContactState.OFFERED
ACTIVE: Final = ContactState.ACTIVE
PARKED: Final = ContactState.PARKED
CALLBACK: Final = ContactState.CALLBACK
WRAP_UP: Final = ContactState.WRAP_UP
READY: Final = Presence.READY

IN_LINE = (WAITING, OFFERED)
HOLDING = (OFFERED, ACTIVE, WRAP_UP)
"""States in which a contact takes capacity: of those it is held out to, or of `Contact.agent`."""


@dataclass(slots=True)
class Request:
    """A colleague is asked into the contact. One that ended otherwise than by joining is kept for its asker to see."""

    agent: AgentId  # who asks
    role: Role
    made_at: Instant
    expires_at: Instant
    note: NoteId | None = None
    end: RequestEnd | None = None


@dataclass(slots=True)
class Callback:
    """A call back was promised."""

    at: Instant | None = None  # the time that was agreed; None: in their turn
    attempts: int = 0  # that did not reach them


@dataclass(slots=True)
class Contact:
    id: ContactId
    number: int  # order of arrival: breaks ties between equal due times
    channel: Channel
    arrived_at: Instant
    quiet_since: Instant
    customer: CustomerId | None = None
    identity_level: int = 0
    state: ContactState = ContactState.WITH_BOT
    queue: QueueId | None = None
    requirement: tuple[SkillNeed, ...] = ()
    relaxed: int = 0  # so many steps of the queue's relaxation have come
    overflows: tuple[str, ...] = ()  # rules of the queue that were followed already
    callback: Callback | None = None  # is to be called back, and was not reached yet
    is_callback_proposed: bool = False
    need: str | None = None
    due_at: Instant = ZERO  # meaningful once `queue` is set
    waiting_since: Instant = ZERO
    preferred: AgentId | None = None  # only this agent may have it...
    preferred_until: Instant | None = None  # ...until then
    agent: AgentId | None = None  # served by, wrapped up by, or (parked) known by
    offers: dict[AgentId, OfferId] = field(default_factory=dict)  # held out to these, the first to accept has it
    tried: dict[AgentId, Instant] = field(default_factory=dict)  # end of the cool-down, or COOLED
    participants: dict[AgentId, Role] = field(default_factory=dict)
    requests: dict[AgentId, Request] = field(default_factory=dict)  # by the colleague who is asked
    bot_resumed: bool = False  # waits, and talks with the bot meanwhile
    is_overdue_work: bool = False  # small work that was due when it was offered
    held: bool = False
    unanswered: bool = False  # the customer spoke last
    reply_due_at: Instant | None = None
    requeue_at: Instant | None = None  # the reply is overdue; others get the contact then
    wrap_until: Instant | None = None
    is_interrupted: bool = False  # gives way to other work of its agent
    reclaim_at: Instant | None = None  # others get it then
    snoozed_until: Instant | None = None  # parked until then
    is_woken: bool = False  # came back from a snooze, and the agent has not seen to it yet
    main: ContactId | None = None  # the contact that this one is merged into
    merged_at: Instant | None = None
    heard_on: ContactId | None = None  # the merged contact on which the customer spoke last; None: on this one
    # ---- derived ----
    followers: dict[ContactId, "Contact"] = field(default_factory=dict)  # that are merged into this one

    @property
    def owner(self) -> OwnerKind:
        return OWNER_OF[self.state]


def holders_of(contact: Contact) -> list[AgentId]:
    """Whose capacity it takes."""
    if contact.state is OFFERED:
        return list(contact.offers)
    return [contact.agent] if contact.state in HOLDING and contact.agent is not None else []


@dataclass(slots=True)
class Offer:
    id: OfferId
    contact: ContactId
    agent: AgentId
    made_at: Instant
    expires_at: Instant
    rule: str = ""
    values: dict[str, int | str] = field(default_factory=dict)


@dataclass(slots=True)
class Agent:
    id: AgentId
    spec: AgentSpec
    presence: Presence = Presence.OFFLINE
    reason: str | None = None
    present_since: Instant = ZERO  # of this presence, for this reason
    is_connected: bool = False
    grace_until: Instant | None = None
    idle_since: Instant = ZERO
    misses: int = 0  # missed offers in a row
    draining_for: ContactId | None = None  # takes no other work until there is room for this one
    is_overfull: bool = False  # by a change of set-up or channel, never by an offer
    # ---- derived ----
    channels: dict[Channel, ChannelCapacity] = field(default_factory=dict)
    holding: dict[ContactId, None] = field(default_factory=dict)
    joined: dict[ContactId, None] = field(default_factory=dict)  # participates in
    asked: dict[ContactId, None] = field(default_factory=dict)  # is asked into, and has not answered
    parked: dict[ContactId, None] = field(default_factory=dict)  # quiet talks that the agent knows
    awaited: dict[ContactId, None] = field(default_factory=dict)  # contacts that wait for this agent
    units: int = 0
    firm_units: int = 0  # of work that may not be interrupted
    counts: dict[Channel, int] = field(default_factory=dict)
    open_on: tuple[Channel, ...] = ()  # channels on which matching can find the agent
