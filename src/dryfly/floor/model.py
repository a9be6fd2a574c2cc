"""The floor's words: ids, set-up, commands and events.

This file is the vocabulary that the whole house shares. Nothing here decides anything; `decide.py` does.

Rules of this file
- Everything is frozen: a command is what somebody asked for, an event is what happened.
- Commands are imperative (`AcceptOffer`), events are in the past tense (`OfferAccepted`).
- Only ids, enums, numbers and *keys* of facts: never a name, an address or a word that somebody said.
  What was said lives in `conversations`, so that erasing a person breaks neither order nor replay.
- An event's fields are never removed or given a new meaning. A new field has a default; a changed
  meaning is a new event (`ledger.upcasters` lifts old ones).
- Instants are integers: milliseconds since 1970-01-01 UTC. Durations that people set end in `_s`.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

SiteId = NewType("SiteId", str)
ContactId = NewType("ContactId", str)
CustomerId = NewType("CustomerId", str)  # opaque, minted by `customers`; never a source's own key
AgentId = NewType("AgentId", str)
QueueId = NewType("QueueId", str)
SkillId = NewType("SkillId", str)
OfferId = NewType("OfferId", str)
MessageId = NewType("MessageId", str)
NoteId = NewType("NoteId", str)
Channel = NewType("Channel", str)  # "web", "mail", ...: open, since channels are plug-ins
Instant = NewType("Instant", int)  # milliseconds since 1970-01-01 UTC

LEVEL_MIN = 1
LEVEL_MAX = 10


# ---- states ------------------------------------------------------------------------------------


class ContactState(StrEnum):
    WITH_BOT = "with_bot"
    WAITING = "waiting"
    OFFERED = "offered"
    CALLBACK = "callback"  # to be called back at a time that was agreed
    ACTIVE = "active"
    PARKED = "parked"
    WRAP_UP = "wrap_up"
    MERGED = "merged"  # goes on inside another contact of the same customer
    CLOSED = "closed"


class OwnerKind(StrEnum):
    BOT = "bot"
    QUEUE = "queue"
    AGENT = "agent"
    CONTACT = "contact"  # the one that it is merged into
    NOBODY = "nobody"  # closed contacts only


class Presence(StrEnum):
    OFFLINE = "offline"
    READY = "ready"
    AWAY = "away"  # break, training, meeting, or set by the floor after too many missed offers


class Role(StrEnum):
    """What somebody else than the owner does in a contact."""

    CONSULTED = "consulted"
    LISTENING = "listening"
    INVITED = "invited"


class RequestEnd(StrEnum):
    """What became of a request to a colleague who did not join."""

    DECLINED = "declined"
    LAPSED = "lapsed"
    GONE = "gone"  # the colleague signed out
    WITHDRAWN = "withdrawn"


class AuthorKind(StrEnum):
    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class Ending(StrEnum):
    """How a contact closed."""

    SERVED = "served"  # an agent served it and wrapped it up
    SOLVED_BY_BOT = "solved_by_bot"  # and the customer said so
    ABANDONED = "abandoned"  # the customer left while waiting or offered
    LEFT_BOT = "left_bot"  # the customer left while the bot had it
    QUIET = "quiet"  # parked, and never heard of again
    RELEASED = "released"  # a supervisor closed a stuck contact
    MERGED = "merged"  # with the contact that it was merged into
    UNREACHED = "unreached"  # called back as often as was promised, and never reached
    CALLED_OFF = "called_off"  # the customer wants no call back any more


class QueuedBecause(StrEnum):
    BOT_LET_GO = "bot_let_go"
    CUSTOMER_ASKED = "customer_asked"
    TRANSFERRED = "transferred"
    AGENT_VANISHED = "agent_vanished"
    REPLY_OVERDUE = "reply_overdue"
    SPOKE_AGAIN = "spoke_again"
    OPENED = "opened"
    TAKEN_BACK = "taken_back"
    RECLAIMED = "reclaimed"  # set aside for too long
    OVERFLOWED = "overflowed"
    CALLBACK_DUE = "callback_due"
    SNOOZE_OVER = "snooze_over"
    PARTED = "parted"  # from the contact that it was merged into


class OfferEnd(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MISSED = "missed"
    RESCINDED = "rescinded"  # the contact went away, or the agent did
    FAILED = "failed"


# ---- set-up that the floor decides by ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SkillNeed:
    """One line of a requirement: a skill at `level_min` (1..10) or better."""

    skill: SkillId
    level_min: int = LEVEL_MIN
    firm: bool = False  # never relaxed


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One step in which a requirement relaxes, once the customer has waited for `after_s`. Steps add up."""

    after_s: int
    levels: tuple[SkillNeed, ...] = ()  # new least levels; 0: the skill is needed no more
    backup: tuple[SkillNeed, ...] = ()  # whoever has these may serve it as well


@dataclass(frozen=True, slots=True)
class Span:
    """Open from an instant until another."""

    from_at: Instant
    to_at: Instant


class OverflowWhen(StrEnum):
    LENGTH = "length"  # at entry, so many wait already
    ESTIMATE = "estimate"  # at entry, the wait is expected to be longer than so many seconds
    WAIT = "wait"  # after so many seconds of waiting
    CLOSED = "closed"  # at entry, and for those who still wait at closing time


class OverflowTo(StrEnum):
    QUEUE = "queue"
    BOT = "bot"  # which goes on meanwhile; the place is kept
    CALLBACK = "callback"  # it is proposed; the customer decides


@dataclass(frozen=True, slots=True)
class OverflowRule:
    """The first rule of a queue that holds decides."""

    when: OverflowWhen
    to: OverflowTo
    limit: int = 0  # contacts, or seconds
    queue: QueueId | None = None  # for `to = queue`

    @property
    def name(self) -> str:
        return f"{self.when}:{self.limit}:{self.to}"


@dataclass(frozen=True, slots=True)
class ChannelCapacity:
    """How much of an agent one contact on this channel takes, and how many they may hold at once."""

    channel: Channel
    units_each: int
    contacts_max: int
    interruptible: bool = False  # gives way to work that is not, and goes on when there is room again


@dataclass(frozen=True, slots=True)
class AgentSpec:
    """What the floor has to know of an agent. `skills` maps a skill to the agent's level, 1..10."""

    skills: dict[SkillId, int] = field(default_factory=dict)
    capacity_units: int = 100
    channels: tuple[ChannelCapacity, ...] = ()
    auto_accept: bool = False
    wrap_up_s: int | None = None  # None: the queue's


@dataclass(frozen=True, slots=True)
class QueueSpec:
    """What the floor has to know of a queue. Names and purposes are words: they live in `setup`."""

    requirement: tuple[SkillNeed, ...] = ()
    target_s: int = 60  # due time = entry + target - head start
    service_level_s: int = 60  # T of the service level
    short_abandon_s: int = 5  # S: abandons before it are shown apart
    ring: int = 1  # how many agents are offered a contact at once; the first to accept has it
    offer_timeout_s: int = 20
    miss_cooldown_s: int = 60
    decline_cooldown_s: int = 60
    fail_cooldown_s: int = 10
    misses_to_away: int = 3
    reply_clock_s: int | None = 300  # a customer's message wants an answer within it
    reply_grace_s: int = 300  # after the supervisor was told, before it requeues
    wrap_up_s: int = 60
    park_after_s: int = 900  # quiet for so long: parked, counts no more
    parked_close_s: int = 72 * 3600
    owner_patience_s: int = 120  # how long a returning talk waits for the agent who knows it
    choice: str = "least_sufficient"  # a name in floor.policies
    relaxations: tuple[Relaxation, ...] = ()
    overflow: tuple[OverflowRule, ...] = ()
    sticky_s: int = 0  # a new contact waits so long for the agent who last served the customer
    callback_attempts_max: int = 0  # 0: nobody is called back
    callback_retry_s: int = 900
    callback_slots_max: int = 0  # booked calls that half an hour holds; 0: only the place in line is kept
    waiting_max: int = 10_000
    reclaim_after_s: int = 0  # what is set aside for so long goes to others; 0: never


@dataclass(frozen=True, slots=True)
class SiteSpec:
    """What the floor has to know of the whole site."""

    agent_grace_s: int = 30  # a vanished agent keeps the talks for so long
    overdue_agent_share: float = 1.0  # 0..1 of the agents that overdue small work may take
    deferrable: tuple[Channel, ...] = (Channel("mail"),)  # small work, which that share is about
    contacts_max: int = 200_000  # open contacts
    bot_quiet_s: int = 1800  # a customer silent with the bot for so long has left
    request_timeout_s: int = 180  # a colleague who was asked may answer for so long


# ---- commands: what somebody asks for ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PutSite:
    spec: SiteSpec


@dataclass(frozen=True, slots=True)
class PutQueue:
    queue: QueueId
    spec: QueueSpec


@dataclass(frozen=True, slots=True)
class RemoveQueue:
    """Refused while contacts wait in it."""

    queue: QueueId


@dataclass(frozen=True, slots=True)
class PutHours:
    """When the queue is open, some weeks ahead, in order and apart. None: always. An emergency cuts them short."""

    queue: QueueId
    spans: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class NoteEstimate:
    """How long somebody who entered now would wait, as the estimate says. None: not known."""

    queue: QueueId
    wait_s: int | None


@dataclass(frozen=True, slots=True)
class PutAgent:
    agent: AgentId
    spec: AgentSpec


@dataclass(frozen=True, slots=True)
class RemoveAgent:
    """Signs the agent out for good: offers are rescinded, active contacts requeue."""

    agent: AgentId


@dataclass(frozen=True, slots=True)
class OpenContact:
    """A customer came. With the bot first, or straight into `queue`."""

    contact: ContactId
    channel: Channel
    customer: CustomerId | None = None
    queue: QueueId | None = None
    last_agent: AgentId | None = None  # who last served this customer


@dataclass(frozen=True, slots=True)
class BeginContact:
    """An agent writes first, to a customer who was here before. `permit_rule` as in `SayToCustomer`."""

    contact: ContactId
    customer: CustomerId
    channel: Channel
    agent: AgentId
    queue: QueueId
    permit_rule: str


@dataclass(frozen=True, slots=True)
class IdentifyCustomer:
    """Somebody (bot, agent, channel) learned who the customer is. `level` as `customers.IdentityLevel`."""

    contact: ContactId
    customer: CustomerId
    level: int


@dataclass(frozen=True, slots=True)
class HearCustomer:
    """The customer said something on the contact."""

    contact: ContactId
    message: MessageId
    channel: Channel | None = None  # set when the customer changed channel


@dataclass(frozen=True, slots=True)
class SayToCustomer:
    """Bot, agent or system answers. `permit_rule` names the rule of the `gate.Permit` that let it out.

    The bot is refused (`bot_is_silent`) while it does not own the contact: this is the lock that keeps
    it mute once a person is wanted. `asks_again`: it puts a question whose answer was known.
    """

    contact: ContactId
    message: MessageId
    author: AuthorKind
    agent: AgentId | None
    permit_rule: str
    asks_again: bool = False


@dataclass(frozen=True, slots=True)
class ReportDelivery:
    """The channel or the customer's page reports what became of a message. `state`: conversations.Delivery."""

    contact: ContactId
    message: MessageId
    state: str


@dataclass(frozen=True, slots=True)
class WriteNote:
    """`mentions`: colleagues whom the note is for."""

    contact: ContactId
    note: NoteId
    agent: AgentId | None
    mentions: tuple[AgentId, ...] = ()


@dataclass(frozen=True, slots=True)
class HeedNote:
    """A colleague whom a note mentions has seen it."""

    contact: ContactId
    note: NoteId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """`keys` only; the values are words and lie in `conversations`."""

    contact: ContactId
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerSurvey:
    """The customer answers the one question after the talk, which is over. None: they would rather not."""

    contact: ContactId
    score: int | None = None


@dataclass(frozen=True, slots=True)
class QueueContact:
    """The bot lets go, or a customer who waits is moved. `head_start_s` brings the due time forward."""

    contact: ContactId
    queue: QueueId
    because: QueuedBecause
    need: str | None = None  # the playbook's key of the need
    reason: str | None = None  # the bot's rule, e.g. "asked_for_person"
    head_start_s: int = 0
    extra: tuple[SkillNeed, ...] = ()  # beside the queue's own requirement
    last_agent: AgentId | None = None  # who last served this customer


@dataclass(frozen=True, slots=True)
class BookCallback:
    """The customer who waits wants to be called back: in their turn (None), or at a time."""

    contact: ContactId
    at: Instant | None = None


@dataclass(frozen=True, slots=True)
class CancelCallback:
    """The customer does not want to be called back any more. In line, they wait on as before."""

    contact: ContactId


@dataclass(frozen=True, slots=True)
class ReportCallback:
    """The agent who serves it called the customer back, and reached them or did not. `permit_rule` as in
    `SayToCustomer`."""

    contact: ContactId
    agent: AgentId
    reached: bool
    permit_rule: str = ""


@dataclass(frozen=True, slots=True)
class ReturnToBot:
    """The waiting customer chooses to go on with the bot meanwhile; the place in line is kept."""

    contact: ContactId


@dataclass(frozen=True, slots=True)
class LeaveContact:
    """The customer ends it. `solved`: they said that it is."""

    contact: ContactId
    solved: bool = False


@dataclass(frozen=True, slots=True)
class ConnectAgent:
    """A desk of this agent is open. Ends the grace time of a vanished one."""

    agent: AgentId


@dataclass(frozen=True, slots=True)
class DisconnectAgent:
    """The last desk of this agent is gone without signing out: grace time begins."""

    agent: AgentId


@dataclass(frozen=True, slots=True)
class SetPresence:
    agent: AgentId
    presence: Presence
    reason: str | None = None  # "break", "training", "meeting", ...


@dataclass(frozen=True, slots=True)
class AcceptOffer:
    offer: OfferId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class DeclineOffer:
    offer: OfferId
    agent: AgentId
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class FailOffer:
    """The desk could not present or connect it (not the agent's doing)."""

    offer: OfferId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class TransferContact:
    """The owner passes it on: to a queue, or to an agent, who is offered it, or was asked in and has it at once."""

    contact: ContactId
    agent: AgentId
    to_queue: QueueId | None = None
    to_agent: AgentId | None = None


@dataclass(frozen=True, slots=True)
class TakeOverContact:
    """A supervisor takes a contact to serve it, or gives it to `agent` at once."""

    contact: ContactId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class ReleaseContact:
    """A supervisor frees a stuck contact: back to `queue`, or closed."""

    contact: ContactId
    queue: QueueId | None = None


@dataclass(frozen=True, slots=True)
class MergeContact:
    """`contact` goes on inside `into`, which `agent` serves: one talk from now on.

    `confirmed`: somebody said that it is the same person, where the customer of one is not known. `as_supervisor`:
    talks of others too; the shell sees to that, and `agent` may be nobody.
    """

    contact: ContactId
    into: ContactId
    agent: AgentId | None
    confirmed: bool = False
    as_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class UnmergeContact:
    """The merged contact becomes a talk of its own again."""

    contact: ContactId
    agent: AgentId | None
    as_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class AskColleague:
    """The owner asks another agent into the talk. `note` says what about, and stands in the talk."""

    contact: ContactId
    agent: AgentId
    colleague: AgentId
    role: Role  # consulted or invited
    note: NoteId | None = None


@dataclass(frozen=True, slots=True)
class AcceptRequest:
    """The colleague joins, in the role for which they were asked."""

    contact: ContactId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class DeclineRequest:
    contact: ContactId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """The owner asks no longer, or has seen what became of it."""

    contact: ContactId
    agent: AgentId
    colleague: AgentId


@dataclass(frozen=True, slots=True)
class JoinContact:
    """Without being asked: for supervisors. The shell sees to that."""

    contact: ContactId
    agent: AgentId
    role: Role


@dataclass(frozen=True, slots=True)
class PartContact:
    """The participant goes."""

    contact: ContactId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class HoldContact:
    contact: ContactId
    agent: AgentId
    held: bool


@dataclass(frozen=True, slots=True)
class ParkContact:
    contact: ContactId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class SnoozeContact:
    """Parked until a time; then it comes back to its agent, and before if the customer speaks."""

    contact: ContactId
    agent: AgentId
    until: Instant


@dataclass(frozen=True, slots=True)
class FinishContact:
    """The talk is over; wrap-up begins."""

    contact: ContactId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class WrapUpContact:
    """Wrap-up is done; the contact closes."""

    contact: ContactId
    agent: AgentId
    disposition: str | None = None


@dataclass(frozen=True, slots=True)
class WakeUp:
    """The shell's alarm rang: do what is due. The only command that no person gives."""


Command = (
    PutSite
    | PutQueue
    | RemoveQueue
    | PutHours
    | NoteEstimate
    | PutAgent
    | RemoveAgent
    | OpenContact
    | BeginContact
    | IdentifyCustomer
    | HearCustomer
    | SayToCustomer
    | ReportDelivery
    | WriteNote
    | HeedNote
    | RecordFacts
    | AnswerSurvey
    | QueueContact
    | BookCallback
    | CancelCallback
    | ReportCallback
    | ReturnToBot
    | LeaveContact
    | ConnectAgent
    | DisconnectAgent
    | SetPresence
    | AcceptOffer
    | DeclineOffer
    | FailOffer
    | TransferContact
    | TakeOverContact
    | ReleaseContact
    | MergeContact
    | UnmergeContact
    | AskColleague
    | AcceptRequest
    | DeclineRequest
    | WithdrawRequest
    | JoinContact
    | PartContact
    | HoldContact
    | ParkContact
    | SnoozeContact
    | FinishContact
    | WrapUpContact
    | WakeUp
)


# ---- events: what happened ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SitePut:
    spec: SiteSpec


@dataclass(frozen=True, slots=True)
class QueuePut:
    queue: QueueId
    spec: QueueSpec


@dataclass(frozen=True, slots=True)
class QueueRemoved:
    queue: QueueId


@dataclass(frozen=True, slots=True)
class HoursPut:
    queue: QueueId
    spans: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class EstimateNoted:
    queue: QueueId
    wait_s: int | None = None


@dataclass(frozen=True, slots=True)
class AgentPut:
    agent: AgentId
    spec: AgentSpec


@dataclass(frozen=True, slots=True)
class AgentRemoved:
    agent: AgentId


@dataclass(frozen=True, slots=True)
class PresenceChanged:
    agent: AgentId
    presence: Presence
    reason: str | None = None
    by_floor: bool = False  # too many missed offers, or vanished for longer than the grace time


@dataclass(frozen=True, slots=True)
class AgentConnected:
    agent: AgentId


@dataclass(frozen=True, slots=True)
class AgentVanished:
    """The connection was lost; the talks are kept until `grace_until`."""

    agent: AgentId
    grace_until: Instant


@dataclass(frozen=True, slots=True)
class ContactArrived:
    contact: ContactId
    channel: Channel
    customer: CustomerId | None = None


@dataclass(frozen=True, slots=True)
class ContactBegun:
    """An agent began it and serves it at once. Queue, requirement and due time are those it has if it ever waits."""

    contact: ContactId
    agent: AgentId
    queue: QueueId
    due_at: Instant
    requirement: tuple[SkillNeed, ...] = ()
    permit_rule: str = ""


@dataclass(frozen=True, slots=True)
class CustomerIdentified:
    contact: ContactId
    customer: CustomerId
    level: int


@dataclass(frozen=True, slots=True)
class MessageHeard:
    contact: ContactId
    message: MessageId
    channel: Channel | None = None
    reply_due_at: Instant | None = None  # the reply clock that this message started, if any


@dataclass(frozen=True, slots=True)
class MessageSaid:
    contact: ContactId
    message: MessageId
    author: AuthorKind
    agent: AgentId | None = None
    permit_rule: str = ""
    asks_again: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryReported:
    contact: ContactId
    message: MessageId
    state: str


@dataclass(frozen=True, slots=True)
class NoteWritten:
    contact: ContactId
    note: NoteId
    agent: AgentId | None = None
    mentions: tuple[AgentId, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteHeeded:
    contact: ContactId
    note: NoteId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class FactsRecorded:
    contact: ContactId
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SurveyAnswered:
    contact: ContactId
    score: int | None = None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class ContactOverflowed:
    """A rule of its queue holds, and leads to the bot or proposes a call back. To another queue: `ContactQueued`."""

    contact: ContactId
    rule: str
    to: OverflowTo


@dataclass(frozen=True, slots=True)
class CallbackKept:
    """To be called back in their turn: they wait on, and need not be there."""

    contact: ContactId


@dataclass(frozen=True, slots=True)
class CallbackBooked:
    """To be called back at `at`; for the first time, or once more after an `attempts`-th failure."""

    contact: ContactId
    at: Instant
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class CallbackCancelled:
    """In line: waits as before."""

    contact: ContactId


@dataclass(frozen=True, slots=True)
class CallbackReached:
    contact: ContactId
    agent: AgentId
    permit_rule: str = ""


@dataclass(frozen=True, slots=True)
class CallbackFailed:
    """Not reached. It is tried again (`CallbackBooked`), or was tried often enough (`ContactClosed`)."""

    contact: ContactId
    agent: AgentId
    permit_rule: str = ""


@dataclass(frozen=True, slots=True)
class PreferredWaitEnded:
    """The agent who knows it was waited for long enough, or left: anybody may have it now."""

    contact: ContactId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class RequirementRelaxed:
    """The customer has waited for so long that the first `steps` relaxations of the queue hold."""

    contact: ContactId
    steps: int


@dataclass(frozen=True, slots=True)
class CooldownEnded:
    """The agent may be offered the waiting contact again, if nobody else can take it."""

    contact: ContactId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class AgentDrained:
    """The agent takes no other work until there is room for `contact`.

    It ends by itself when there is room, when the contact no longer waits, or when the agent is not there.
    """

    agent: AgentId
    contact: ContactId


@dataclass(frozen=True, slots=True)
class BotResumed:
    """The customer goes on with the bot while keeping the place in line."""

    contact: ContactId


@dataclass(frozen=True, slots=True)
class OfferMade:
    """Held out to `agent` until `expires_at`. `rule` and `values` are what `why` tells."""

    offer: OfferId
    contact: ContactId
    agent: AgentId
    expires_at: Instant
    rule: str = ""
    values: dict[str, int | str] = field(default_factory=dict)
    overdue: bool = False  # small work that was due already


@dataclass(frozen=True, slots=True)
class OfferEnded:
    """Accepted, declined, missed, rescinded or failed. `cooldown_until`: not to this agent before."""

    offer: OfferId
    contact: ContactId
    agent: AgentId
    end: OfferEnd
    cooldown_until: Instant | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ContactEngaged:
    contact: ContactId
    agent: AgentId
    reply_due_at: Instant | None = None  # the customer spoke while waiting, and wants an answer by then


@dataclass(frozen=True, slots=True)
class ReplyOverdue:
    """The reply clock ran out: the supervisor is told; at `requeue_at` the contact goes to others."""

    contact: ContactId
    agent: AgentId
    requeue_at: Instant


@dataclass(frozen=True, slots=True)
class ContactMerged:
    """It follows `into` from now on, which `agent` serves. `reply_due_at`: the clock that this starts there, if any."""

    contact: ContactId
    into: ContactId
    agent: AgentId
    reply_due_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class ContactUnmerged:
    """It is parted from `main`. Which agent or queue has it, the event after it says; its place is this one."""

    contact: ContactId
    main: ContactId
    queue: QueueId
    due_at: Instant
    requirement: tuple[SkillNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestMade:
    """`agent` asks `colleague`, until `expires_at`. It stands for as long as the agent serves the contact."""

    contact: ContactId
    agent: AgentId
    colleague: AgentId
    role: Role
    expires_at: Instant
    note: NoteId | None = None


@dataclass(frozen=True, slots=True)
class RequestEnded:
    """Not by joining: that is `ParticipantJoined`."""

    contact: ContactId
    colleague: AgentId
    end: RequestEnd


@dataclass(frozen=True, slots=True)
class ParticipantJoined:
    """Whatever this agent was asked is answered with it."""

    contact: ContactId
    agent: AgentId
    role: Role


@dataclass(frozen=True, slots=True)
class ParticipantParted:
    contact: ContactId
    agent: AgentId
    role: Role | None = None  # the one they had


@dataclass(frozen=True, slots=True)
class HoldChanged:
    contact: ContactId
    agent: AgentId
    held: bool


@dataclass(frozen=True, slots=True)
class ContactParked:
    contact: ContactId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class ContactSnoozed:
    contact: ContactId
    agent: AgentId
    until: Instant


@dataclass(frozen=True, slots=True)
class SnoozeEnded:
    """Its time has come: somebody has to see to it, and the agent who snoozed it is asked first."""

    contact: ContactId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class ContactResumed:
    """Spoken to again or snoozed long enough, and the agent who knows it had room (or had not wrapped it up yet)."""

    contact: ContactId
    agent: AgentId
    reply_due_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class ContactInterrupted:
    """Interruptible work gives way to other work of its agent, who keeps it."""

    contact: ContactId
    agent: AgentId
    reclaim_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class ContactContinued:
    """The agent has room again for what was set aside."""

    contact: ContactId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class WrapUpBegun:
    contact: ContactId
    agent: AgentId
    until: Instant


@dataclass(frozen=True, slots=True)
class ContactClosed:
    contact: ContactId
    ending: Ending
    agent: AgentId | None = None
    disposition: str | None = None


@dataclass(frozen=True, slots=True)
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


class Refusal(Exception):
    """The floor says no. `code` is stable and machine-readable; `values` fill the sentence shown to people.

    Nothing has changed when this is raised.
    """

    def __init__(self, code: str, **values: int | str | None) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
