"""What the floor's commands and events speak in: ids, states, the set-up that it decides by, and its no."""

from dataclasses import field
from enum import StrEnum
from typing import NewType

from dryfly.floor.facts import fact

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


@fact
class SkillNeed:
    """One line of a requirement: a skill at `level_min` (1..10) or better."""

    skill: SkillId
    level_min: int = LEVEL_MIN
    firm: bool = False  # never relaxed


@fact
class Relaxation:
    """One step in which a requirement relaxes, once the customer has waited for `after_s`. Steps add up."""

    after_s: int
    levels: tuple[SkillNeed, ...] = ()  # new least levels; 0: the skill is needed no more
    backup: tuple[SkillNeed, ...] = ()  # whoever has these may serve it as well


@fact
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


@fact
class OverflowRule:
    """The first rule of a queue that holds decides."""

    when: OverflowWhen
    to: OverflowTo
    limit: int = 0  # contacts, or seconds
    queue: QueueId | None = None  # for `to = queue`

    @property
    def name(self) -> str:
        return f"{self.when}:{self.limit}:{self.to}"


@fact
class ChannelCapacity:
    """How much of an agent one contact on this channel takes, and how many they may hold at once."""

    channel: Channel
    units_each: int
    contacts_max: int
    interruptible: bool = False  # gives way to work that is not, and goes on when there is room again


@fact
class AgentSpec:
    """What the floor has to know of an agent. `skills` maps a skill to the agent's level, 1..10."""

    skills: dict[SkillId, int] = field(default_factory=dict)
    capacity_units: int = 100
    channels: tuple[ChannelCapacity, ...] = ()
    auto_accept: bool = False
    wrap_up_s: int | None = None  # None: the queue's


@fact
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


@fact
class SiteSpec:
    """What the floor has to know of the whole site."""

    agent_grace_s: int = 30  # a vanished agent keeps the talks for so long
    overdue_agent_share: float = 1.0  # 0..1 of the agents that overdue small work may take
    deferrable: tuple[Channel, ...] = (Channel("mail"),)  # small work, which that share is about
    contacts_max: int = 200_000  # open contacts
    bot_quiet_s: int = 1800  # a customer silent with the bot for so long has left
    request_timeout_s: int = 180  # a colleague who was asked may answer for so long


class Refusal(Exception):
    """The floor says no. `code` is stable and machine-readable; `values` fill the sentence shown to people.

    Nothing has changed when this is raised.
    """

    def __init__(self, code: str, **values: int | str | None) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
