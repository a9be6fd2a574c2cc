"""What happened. These are what the journal keeps: see `model` for the rules."""

from dataclasses import field

from dryfly.floor.facts import fact
from dryfly.floor.terms import (
    AgentId,
    AgentSpec,
    AuthorKind,
    Channel,
    ContactId,
    CustomerId,
    Ending,
    Instant,
    MessageId,
    NoteId,
    OfferEnd,
    OfferId,
    OverflowTo,
    Presence,
    QueuedBecause,
    QueueId,
    QueueSpec,
    RequestEnd,
    Role,
    SiteSpec,
    SkillNeed,
    Span,
)


@fact
class SitePut:
    spec: SiteSpec


@fact
class QueuePut:
    queue: QueueId
    spec: QueueSpec


@fact
class QueueRemoved:
    queue: QueueId


@fact
class HoursPut:
    queue: QueueId
    spans: tuple[Span, ...] | None = None


@fact
class EstimateNoted:
    queue: QueueId
    wait_s: int | None = None


@fact
class AgentPut:
    agent: AgentId
    spec: AgentSpec


@fact
class AgentRemoved:
    agent: AgentId


@fact
class PresenceChanged:
    agent: AgentId
    presence: Presence
    reason: str | None = None
    by_floor: bool = False  # too many missed offers, or vanished for longer than the grace time


@fact
class AgentConnected:
    agent: AgentId


@fact
class AgentVanished:
    """The connection was lost; the talks are kept until `grace_until`."""

    agent: AgentId
    grace_until: Instant


@fact
class ContactArrived:
    contact: ContactId
    channel: Channel
    customer: CustomerId | None = None


@fact
class ContactBegun:
    """An agent began it and serves it at once. Queue, requirement and due time are those it has if it ever waits."""

    contact: ContactId
    agent: AgentId
    queue: QueueId
    due_at: Instant
    requirement: tuple[SkillNeed, ...] = ()
    permit_rule: str = ""


@fact
class CustomerIdentified:
    contact: ContactId
    customer: CustomerId
    level: int


@fact
class MessageHeard:
    contact: ContactId
    message: MessageId
    channel: Channel | None = None
    reply_due_at: Instant | None = None  # the reply clock that this message started, if any


@fact
class MessageSaid:
    contact: ContactId
    message: MessageId
    author: AuthorKind
    agent: AgentId | None = None
    permit_rule: str = ""
    asks_again: bool = False


@fact
class DeliveryReported:
    contact: ContactId
    message: MessageId
    state: str


@fact
class NoteWritten:
    contact: ContactId
    note: NoteId
    agent: AgentId | None = None
    mentions: tuple[AgentId, ...] = ()


@fact
class NoteHeeded:
    contact: ContactId
    note: NoteId
    agent: AgentId


@fact
class FactsRecorded:
    contact: ContactId
    keys: tuple[str, ...]


@fact
class SurveyAnswered:
    contact: ContactId
    score: int | None = None


@fact
class ContactQueued:
    """Waiting from now (or kept from before: `waiting_since`), due at `due_at`."""

    contact: ContactId
    queue: QueueId
    due_at: Instant
    waiting_since: Instant
    because: QueuedBecause
    requirement: tuple[SkillNeed, ...] = ()
    need: str | None = None
    reason: str | None = None
    preferred: AgentId | None = None  # the agent who knows it...
    preferred_until: Instant | None = None  # ...is waited for until then
    cooled: AgentId | None = None  # the agent it was taken from is not offered it...
    cooldown_until: Instant | None = None  # ...before then


@fact
class ContactOverflowed:
    """A rule of its queue holds, and leads to the bot or proposes a call back. To another queue: `ContactQueued`."""

    contact: ContactId
    rule: str
    to: OverflowTo


@fact
class CallbackKept:
    """To be called back in their turn: they wait on, and need not be there."""

    contact: ContactId


@fact
class CallbackBooked:
    """To be called back at `at`; for the first time, or once more after an `attempts`-th failure."""

    contact: ContactId
    at: Instant
    attempts: int = 0


@fact
class CallbackCancelled:
    """In line: waits as before."""

    contact: ContactId


@fact
class CallbackReached:
    contact: ContactId
    agent: AgentId
    permit_rule: str = ""


@fact
class CallbackFailed:
    """Not reached. It is tried again (`CallbackBooked`), or was tried often enough (`ContactClosed`)."""

    contact: ContactId
    agent: AgentId
    permit_rule: str = ""


@fact
class PreferredWaitEnded:
    """The agent who knows it was waited for long enough, or left: anybody may have it now."""

    contact: ContactId
    agent: AgentId


@fact
class RequirementRelaxed:
    """The customer has waited for so long that the first `steps` relaxations of the queue hold."""

    contact: ContactId
    steps: int


@fact
class CooldownEnded:
    """The agent may be offered the waiting contact again, if nobody else can take it."""

    contact: ContactId
    agent: AgentId


@fact
class AgentDrained:
    """The agent takes no other work until there is room for `contact`.

    It ends by itself when there is room, when the contact no longer waits, or when the agent is not there.
    """

    agent: AgentId
    contact: ContactId


@fact
class BotResumed:
    """The customer goes on with the bot while keeping the place in line."""

    contact: ContactId


@fact
class OfferMade:
    """Held out to `agent` until `expires_at`. `rule` and `values` are what `why` tells."""

    offer: OfferId
    contact: ContactId
    agent: AgentId
    expires_at: Instant
    rule: str = ""
    values: dict[str, int | str] = field(default_factory=dict)
    overdue: bool = False  # small work that was due already


@fact
class OfferEnded:
    """Accepted, declined, missed, rescinded or failed. `cooldown_until`: not to this agent before."""

    offer: OfferId
    contact: ContactId
    agent: AgentId
    end: OfferEnd
    cooldown_until: Instant | None = None
    reason: str | None = None


@fact
class ContactEngaged:
    contact: ContactId
    agent: AgentId
    reply_due_at: Instant | None = None  # the customer spoke while waiting, and wants an answer by then


@fact
class ReplyOverdue:
    """The reply clock ran out: the supervisor is told; at `requeue_at` the contact goes to others."""

    contact: ContactId
    agent: AgentId
    requeue_at: Instant


@fact
class ContactMerged:
    """It follows `into` from now on, which `agent` serves. `reply_due_at`: the clock that this starts there, if any."""

    contact: ContactId
    into: ContactId
    agent: AgentId
    reply_due_at: Instant | None = None


@fact
class ContactUnmerged:
    """It is parted from `main`. Which agent or queue has it, the event after it says; its place is this one."""

    contact: ContactId
    main: ContactId
    queue: QueueId
    due_at: Instant
    requirement: tuple[SkillNeed, ...] = ()


@fact
class RequestMade:
    """`agent` asks `colleague`, until `expires_at`. It stands for as long as the agent serves the contact."""

    contact: ContactId
    agent: AgentId
    colleague: AgentId
    role: Role
    expires_at: Instant
    note: NoteId | None = None


@fact
class RequestEnded:
    """Not by joining: that is `ParticipantJoined`."""

    contact: ContactId
    colleague: AgentId
    end: RequestEnd


@fact
class ParticipantJoined:
    """Whatever this agent was asked is answered with it."""

    contact: ContactId
    agent: AgentId
    role: Role


@fact
class ParticipantParted:
    contact: ContactId
    agent: AgentId
    role: Role | None = None  # the one they had


@fact
class HoldChanged:
    contact: ContactId
    agent: AgentId
    held: bool


@fact
class ContactParked:
    contact: ContactId
    agent: AgentId


@fact
class ContactSnoozed:
    contact: ContactId
    agent: AgentId
    until: Instant


@fact
class SnoozeEnded:
    """Its time has come: somebody has to see to it, and the agent who snoozed it is asked first."""

    contact: ContactId
    agent: AgentId


@fact
class ContactResumed:
    """Spoken to again or snoozed long enough, and the agent who knows it had room (or had not wrapped it up yet)."""

    contact: ContactId
    agent: AgentId
    reply_due_at: Instant | None = None


@fact
class ContactInterrupted:
    """Interruptible work gives way to other work of its agent, who keeps it."""

    contact: ContactId
    agent: AgentId
    reclaim_at: Instant | None = None


@fact
class ContactContinued:
    """The agent has room again for what was set aside."""

    contact: ContactId
    agent: AgentId


@fact
class WrapUpBegun:
    contact: ContactId
    agent: AgentId
    until: Instant


@fact
class ContactClosed:
    contact: ContactId
    ending: Ending
    agent: AgentId | None = None
    disposition: str | None = None


@fact
class CommandNoted:
    """Accepted, and nothing had to change."""


Event = (
    SitePut
    | QueuePut
    | QueueRemoved
    | HoursPut
    | EstimateNoted
    | AgentPut
    | AgentRemoved
    | PresenceChanged
    | AgentConnected
    | AgentVanished
    | ContactArrived
    | ContactBegun
    | CustomerIdentified
    | MessageHeard
    | MessageSaid
    | DeliveryReported
    | NoteWritten
    | NoteHeeded
    | FactsRecorded
    | SurveyAnswered
    | ContactQueued
    | ContactOverflowed
    | CallbackKept
    | CallbackBooked
    | CallbackCancelled
    | CallbackReached
    | CallbackFailed
    | PreferredWaitEnded
    | RequirementRelaxed
    | CooldownEnded
    | AgentDrained
    | BotResumed
    | OfferMade
    | OfferEnded
    | ContactEngaged
    | ReplyOverdue
    | ContactMerged
    | ContactUnmerged
    | RequestMade
    | RequestEnded
    | ParticipantJoined
    | ParticipantParted
    | HoldChanged
    | ContactParked
    | ContactSnoozed
    | SnoozeEnded
    | ContactResumed
    | ContactInterrupted
    | ContactContinued
    | WrapUpBegun
    | ContactClosed
    | CommandNoted
)
