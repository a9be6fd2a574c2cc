"""What a talk says by itself: who came and left, that it is over, that it goes on.

The event is the record. These lines are made from it, for followers as it happens and for readers from the journal;
so none is said twice or lost, none counts as a message to any clock or number, and old journals have them too.
A line has a code and ids; screens make the sentence, and names are as the set-up has them when it is read.
"""

from collections.abc import Callable

from dryfly.conversations.model import Message
from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, AuthorKind, MessageId, QueuedBecause, Role
from dryfly.ledger import Recorded

NameOf = Callable[[AgentId], str]

TELLING = (
    floor.ContactQueued, floor.ContactBegun, floor.ContactEngaged, floor.ContactResumed, floor.ParticipantJoined,
    floor.ParticipantParted, floor.WrapUpBegun, floor.ContactClosed,
)  # fmt: skip
QUEUED = {
    QueuedBecause.BOT_LET_GO: "handed_over",
    QueuedBecause.CUSTOMER_ASKED: "handed_over",
    QueuedBecause.TRANSFERRED: "passed_on",
    QueuedBecause.TAKEN_BACK: "passed_on",
    QueuedBecause.AGENT_VANISHED: "passed_on",
    QueuedBecause.REPLY_OVERDUE: "passed_on",
    QueuedBecause.SPOKE_AGAIN: "came_back",
}


def told_of(recorded: Recorded, name_of: NameOf) -> Message | None:
    """The line that stands in the talk for this event, if it has one."""
    found = _code_of(recorded)
    if found is None:
        return None
    code, agent = found
    values: dict[str, int | str] = {"name": name_of(agent)} if agent else {}
    id = MessageId(f"told-{recorded.seq}")
    return Message(id, recorded.seq, recorded.at, AuthorKind.SYSTEM, agent=agent, code=code, values=values)


def _code_of(recorded: Recorded) -> tuple[str, AgentId | None] | None:
    """Who only listens or is consulted is none of the customer's business; who waits already is not told again."""
    match recorded.event:
        case floor.ContactQueued(because=because, waiting_since=since) if since == recorded.at and because in QUEUED:
            return QUEUED[because], None
        case floor.ContactBegun(agent=agent) | floor.ContactEngaged(agent=agent):
            return "agent_joined", agent
        case floor.ParticipantJoined(agent=agent, role=Role.INVITED):
            return "agent_joined", agent
        case floor.ParticipantParted(agent=agent, role=Role.INVITED):
            return "agent_left", agent
        case floor.ContactResumed():
            return "came_back", None
        case floor.WrapUpBegun():
            return "closed", None
        case floor.ContactClosed(ending=ending) if ending is not floor.Ending.SERVED:
            return "closed", None  # who was served was told when wrap-up began
        case _:
            return None
