"""What somebody asks of the floor. See `model` for the rules."""

from dryfly.floor.facts import fact
from dryfly.floor.terms import (
    AgentId,
    AgentSpec,
    AuthorKind,
    Channel,
    ContactId,
    CustomerId,
    Instant,
    MessageId,
    NoteId,
    OfferId,
    Presence,
    QueuedBecause,
    QueueId,
    QueueSpec,
    Role,
    SiteSpec,
    SkillNeed,
    Span,
)


@fact
class PutSite:
    spec: SiteSpec


@fact
class PutQueue:
    queue: QueueId
    spec: QueueSpec


@fact
class RemoveQueue:
    """Refused while contacts wait in it."""

    queue: QueueId


@fact
class PutHours:
    """When the queue is open, some weeks ahead, in order and apart. None: always. An emergency cuts them short."""

    queue: QueueId
    spans: tuple[Span, ...] | None


@fact
class NoteEstimate:
    """How long somebody who entered now would wait, as the estimate says. None: not known."""

    queue: QueueId
    wait_s: int | None


@fact
class PutAgent:
    agent: AgentId
    spec: AgentSpec


@fact
class RemoveAgent:
    """Signs the agent out for good: offers are rescinded, active contacts requeue."""

    agent: AgentId


@fact
class OpenContact:
    """A customer came. With the bot first, or straight into `queue`."""

    contact: ContactId
    channel: Channel
    customer: CustomerId | None = None
    queue: QueueId | None = None
    last_agent: AgentId | None = None  # who last served this customer


@fact
class BeginContact:
    """An agent writes first, to a customer who was here before. `permit_rule` as in `SayToCustomer`."""

    contact: ContactId
    customer: CustomerId
    channel: Channel
    agent: AgentId
    queue: QueueId
    permit_rule: str


@fact
class IdentifyCustomer:
    """Somebody (bot, agent, channel) learned who the customer is. `level` as `customers.IdentityLevel`."""

    contact: ContactId
    customer: CustomerId
    level: int


@fact
class HearCustomer:
    """The customer said something on the contact."""

    contact: ContactId
    message: MessageId
    channel: Channel | None = None  # set when the customer changed channel


@fact
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


@fact
class ReportDelivery:
    """The channel or the customer's page reports what became of a message. `state`: conversations.Delivery."""

    contact: ContactId
    message: MessageId
    state: str


@fact
class WriteNote:
    """`mentions`: colleagues whom the note is for."""

    contact: ContactId
    note: NoteId
    agent: AgentId | None
    mentions: tuple[AgentId, ...] = ()


@fact
class HeedNote:
    """A colleague whom a note mentions has seen it."""

    contact: ContactId
    note: NoteId
    agent: AgentId


@fact
class RecordFacts:
    """`keys` only; the values are words and lie in `conversations`."""

    contact: ContactId
    keys: tuple[str, ...]


@fact
class AnswerSurvey:
    """The customer answers the one question after the talk, which is over. None: they would rather not."""

    contact: ContactId
    score: int | None = None


@fact
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


@fact
class BookCallback:
    """The customer who waits wants to be called back: in their turn (None), or at a time."""

    contact: ContactId
    at: Instant | None = None


@fact
class CancelCallback:
    """The customer does not want to be called back any more. In line, they wait on as before."""

    contact: ContactId


@fact
class ReportCallback:
    """The agent who serves it called the customer back, and reached them or did not. `permit_rule` as in
    `SayToCustomer`."""

    contact: ContactId
    agent: AgentId
    reached: bool
    permit_rule: str = ""


@fact
class ReturnToBot:
    """The waiting customer chooses to go on with the bot meanwhile; the place in line is kept."""

    contact: ContactId


@fact
class LeaveContact:
    """The customer ends it. `solved`: they said that it is."""

    contact: ContactId
    solved: bool = False


@fact
class ConnectAgent:
    """A desk of this agent is open. Ends the grace time of a vanished one."""

    agent: AgentId


@fact
class DisconnectAgent:
    """The last desk of this agent is gone without signing out: grace time begins."""

    agent: AgentId


@fact
class SetPresence:
    agent: AgentId
    presence: Presence
    reason: str | None = None  # "break", "training", "meeting", ...


@fact
class AcceptOffer:
    offer: OfferId
    agent: AgentId


@fact
class DeclineOffer:
    offer: OfferId
    agent: AgentId
    reason: str | None = None


@fact
class FailOffer:
    """The desk could not present or connect it (not the agent's doing)."""

    offer: OfferId
    agent: AgentId


@fact
class TransferContact:
    """The owner passes it on: to a queue, or to an agent, who is offered it, or was asked in and has it at once."""

    contact: ContactId
    agent: AgentId
    to_queue: QueueId | None = None
    to_agent: AgentId | None = None


@fact
class TakeOverContact:
    """A supervisor takes a contact to serve it, or gives it to `agent` at once."""

    contact: ContactId
    agent: AgentId


@fact
class ReleaseContact:
    """A supervisor frees a stuck contact: back to `queue`, or closed."""

    contact: ContactId
    queue: QueueId | None = None


@fact
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


@fact
class UnmergeContact:
    """The merged contact becomes a talk of its own again."""

    contact: ContactId
    agent: AgentId | None
    as_supervisor: bool = False


@fact
class AskColleague:
    """The owner asks another agent into the talk. `note` says what about, and stands in the talk."""

    contact: ContactId
    agent: AgentId
    colleague: AgentId
    role: Role  # consulted or invited
    note: NoteId | None = None


@fact
class AcceptRequest:
    """The colleague joins, in the role for which they were asked."""

    contact: ContactId
    agent: AgentId


@fact
class DeclineRequest:
    contact: ContactId
    agent: AgentId


@fact
class WithdrawRequest:
    """The owner asks no longer, or has seen what became of it."""

    contact: ContactId
    agent: AgentId
    colleague: AgentId


@fact
class JoinContact:
    """Without being asked: for supervisors. The shell sees to that."""

    contact: ContactId
    agent: AgentId
    role: Role


@fact
class PartContact:
    """The participant goes."""

    contact: ContactId
    agent: AgentId


@fact
class HoldContact:
    contact: ContactId
    agent: AgentId
    held: bool


@fact
class ParkContact:
    contact: ContactId
    agent: AgentId


@fact
class SnoozeContact:
    """Parked until a time; then it comes back to its agent, and before if the customer speaks."""

    contact: ContactId
    agent: AgentId
    until: Instant


@fact
class FinishContact:
    """The talk is over; wrap-up begins."""

    contact: ContactId
    agent: AgentId


@fact
class WrapUpContact:
    """Wrap-up is done; the contact closes."""

    contact: ContactId
    agent: AgentId
    disposition: str | None = None


@fact
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
