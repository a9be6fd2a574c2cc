"""The centre that is simulated: the floor's own set-up, in lists that arrays of numbers point into."""

from dataclasses import dataclass, field, replace

from dryfly.floor.model import AgentId, AgentSpec, Channel, Instant, QueueId, QueueSpec, SiteSpec, Span

BEGINS_AT = Instant(1_800_000_000_000)
WAITING_MAX = 10_000_000


@dataclass(frozen=True, slots=True)
class Centre:
    """`queues`, `agents` and `channels` in the order in which the arrays number them."""

    queues: tuple[tuple[QueueId, QueueSpec], ...]
    agents: tuple[tuple[AgentId, AgentSpec], ...]
    channels: tuple[Channel, ...]
    site: SiteSpec = field(default_factory=SiteSpec)
    begins_at: Instant = BEGINS_AT
    hours: tuple[tuple[QueueId, tuple[Span, ...]], ...] = ()  # of queues that are not always open


def without_words(spec: QueueSpec) -> QueueSpec:
    """The queue's rules for talks of which the run knows the length and not the words.

    Nobody says anything in a run, so nobody owes an answer and no talk falls quiet.
    """
    return replace(spec, reply_clock_s=None, park_after_s=0)
