"""How contacts flow through the queues at this moment: who waits, how long the last ones did, who serves.

Told of every change in order, it can say at any time what an estimate of a wait needs (`signs.py`), without a look at
each contact or agent. It is pure, so the floor, recorded calls and tests drive the same code. A contact that waits in
one queue is also in `everywhere`, which is all queues as one: agents are shared.

Who counts as an agent of a queue is seen, not configured: whoever served it within the last quarter of an hour.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict, deque
from dataclasses import dataclass, field

from dryfly.floor.model import AgentId, ContactId, QueueId

LATELY_MS = 15 * 60_000
MINUTE_MS = 60_000
REST_MS = 2 * 60_000  # an agent who finished no longer ago will take another contact soon
NEWEST = 5  # of the waits that ended
ENGAGED_MAX = 20


@dataclass(slots=True, frozen=True)
class Waiter:
    """One who waits. `is_early`: has a head start, so is due before others who came at the same time."""

    since: int
    due: int
    is_early: bool = False


@dataclass(slots=True)
class Recently:
    """Instants of the last quarter of an hour, and at times of as much before; newest last."""

    _at: list[int] = field(default_factory=list)

    def add(self, at: int) -> None:
        self._at.append(at)
        if self._at[0] <= at - 2 * LATELY_MS:
            del self._at[: bisect_right(self._at, at - LATELY_MS)]

    def count(self, after: int) -> int:
        return len(self._at) - bisect_right(self._at, after)


def _newest() -> deque[int]:
    return deque(maxlen=NEWEST)


@dataclass(slots=True)
class Line:
    """One queue, or all of them."""

    waiting: dict[ContactId, Waiter] = field(default_factory=dict)
    dues: list[int] = field(default_factory=list)  # of those who wait, sorted
    since_sum: int = 0
    early_count: int = 0
    engaged: deque[int] = field(default_factory=lambda: deque(maxlen=ENGAGED_MAX))  # when agents took one
    waited: deque[int] = field(default_factory=_newest)  # how long, of those who had to
    waited_alike: defaultdict[bool, deque[int]] = field(default_factory=lambda: defaultdict(_newest))  # by `is_early`
    came: Recently = field(default_factory=Recently)
    finished: Recently = field(default_factory=Recently)
    left: Recently = field(default_factory=Recently)
    hands: dict[AgentId, int] = field(default_factory=dict)  # agents, by when they last served here, newest last
    lost_at: int = 0  # when one of them went away last

    def add(self, contact: ContactId, waiter: Waiter, at: int) -> None:
        self.came.add(at)
        self.waiting[contact] = waiter
        insort(self.dues, waiter.due)
        self.since_sum += waiter.since
        self.early_count += waiter.is_early

    def drop(self, contact: ContactId) -> Waiter | None:
        waiter = self.waiting.pop(contact, None)
        if waiter is not None:
            del self.dues[bisect_left(self.dues, waiter.due)]
            self.since_sum -= waiter.since
            self.early_count -= waiter.is_early
        return waiter

    def take(self, waiter: Waiter, at: int) -> None:
        """An agent takes one who waited."""
        self.engaged.append(at)
        if waited := at - waiter.since:
            self.waited.append(waited)
            self.waited_alike[waiter.is_early].append(waited)

    def touch(self, agent: AgentId, at: int) -> None:
        self.hands.pop(agent, None)
        self.hands[agent] = at

    def place(self, due: int) -> int:
        """Of one who waits and is due then; 1 is next."""
        return bisect_left(self.dues, due) + 1

    def head_age(self, at: int) -> int:
        first = next(iter(self.waiting.values()), None)
        return at - first.since if first else 0

    def hands_count(self, at: int) -> int:
        while self.hands and next(iter(self.hands.values())) <= at - LATELY_MS:
            del self.hands[next(iter(self.hands))]
        return len(self.hands)


@dataclass(slots=True)
class Serving:
    agent: AgentId
    queue: QueueId
    since: int


@dataclass(slots=True)
class Flow:
    """All queues of a site. Instants are milliseconds, and never go back."""

    lines: defaultdict[QueueId, Line] = field(default_factory=lambda: defaultdict(Line))
    everywhere: Line = field(default_factory=Line)
    serving: dict[ContactId, Serving] = field(default_factory=dict)
    busy: defaultdict[AgentId, int] = field(default_factory=lambda: defaultdict(int))
    resting: dict[AgentId, int] = field(default_factory=dict)  # since when they have nothing, newest last
    queue_of: dict[ContactId, QueueId] = field(default_factory=dict)  # of those who wait

    def queue(self, contact: ContactId, queue: QueueId, waiter: Waiter, at: int) -> None:
        """It begins to wait, or waits elsewhere from now on."""
        self.finish(contact, at)
        self._drop(contact)
        self.queue_of[contact] = queue
        for line in (self.lines[queue], self.everywhere):
            line.add(contact, waiter, at)

    def engage(self, contact: ContactId, agent: AgentId, queue: QueueId, at: int) -> None:
        self.finish(contact, at)
        waiter = self._drop(contact) or Waiter(at, at)
        for line in (self.lines[queue], self.everywhere):
            line.take(waiter, at)
        self.serve(contact, agent, queue, at)

    def serve(self, contact: ContactId, agent: AgentId, queue: QueueId, at: int) -> None:
        """The agent is at it, and it did not come out of the line: a talk that goes on, or one that the agent began."""
        self.finish(contact, at)
        self.serving[contact] = Serving(agent, queue, at)
        self.busy[agent] += 1
        self.resting.pop(agent, None)
        for line in (self.lines[queue], self.everywhere):
            line.touch(agent, at)

    def finish(self, contact: ContactId, at: int) -> None:
        """The agent's work on it is over, if somebody was at it."""
        served = self.serving.pop(contact, None)
        if served is None:
            return
        for line in (self.lines[served.queue], self.everywhere):
            line.finished.add(at)
            line.touch(served.agent, at)
        self._free(served.agent, at)

    def leave(self, contact: ContactId, at: int) -> None:
        """It waits no longer, and nobody took it."""
        queue = self.queue_of.get(contact)
        if queue is not None and self._drop(contact):
            for line in (self.lines[queue], self.everywhere):
                line.left.add(at)

    def lose(self, agent: AgentId, at: int) -> None:
        """The agent takes nothing more: signed out, or on a break."""
        self.resting.pop(agent, None)
        for line in (*self.lines.values(), self.everywhere):
            if line.hands.pop(agent, None) is not None:
                line.lost_at = at

    def forget(self, contact: ContactId, agent: AgentId) -> None:
        """Whoever served it is not known to be one of the agents."""
        self.serving.pop(contact, None)
        self.busy.pop(agent, None)
        self.resting.pop(agent, None)
        for line in (*self.lines.values(), self.everywhere):
            line.hands.pop(agent, None)

    def resting_count(self, at: int) -> int:
        while self.resting and next(iter(self.resting.values())) <= at - REST_MS:
            del self.resting[next(iter(self.resting))]
        return len(self.resting)

    def _free(self, agent: AgentId, at: int) -> None:
        self.busy[agent] -= 1
        if not self.busy[agent]:
            del self.busy[agent]
            self.resting[agent] = at

    def _drop(self, contact: ContactId) -> Waiter | None:
        queue = self.queue_of.pop(contact, None)
        if queue is None:
            return None
        self.everywhere.drop(contact)
        return self.lines[queue].drop(contact)
