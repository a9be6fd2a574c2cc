"""The board: queues and agents of the floor, drawn from its state in one pass over open contacts and one over agents.

What an agent can serve is worked out once a set-up: it changes seldom, and is most of the work.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from operator import itemgetter

from dryfly.desk.floor_words import AgentLine, FloorCounts, QueueLine, QueueShut, TalksAsked, WaitRange
from dryfly.desk.lines import HOLDING
from dryfly.floor import Agent, Contact, State
from dryfly.floor.model import AgentId, AgentSpec, ContactState, Presence, QueueId
from dryfly.setup.model import Agent as AgentSetUp
from dryfly.setup.model import Catalogue, Queue

TALKS_EACH_PAGE = 50
IN_LINE = (ContactState.WAITING, ContactState.OFFERED)

Expected = Callable[[QueueId, int, int], WaitRange | None]
"""What somebody at this place of the queue's line is told at this time."""

Shut = Callable[[QueueId], QueueShut | None]


@dataclass(slots=True)
class Tally:
    """Open contacts of one queue, or of one agent."""

    waiting_count: int = 0
    oldest_since: int | None = None
    overdue_count: int = 0

    def add_waiting(self, since: int) -> None:
        self.waiting_count += 1
        self.oldest_since = since if self.oldest_since is None else min(since, self.oldest_since)


@dataclass(slots=True)
class Tallies:
    queues: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    agents: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))  # overdue replies
    states: defaultdict[ContactState, int] = field(default_factory=lambda: defaultdict(int))
    overdue_count: int = 0
    calls_count: int = 0
    next_call_at: int | None = None

    def add_call(self, at: int | None) -> None:
        self.calls_count += 1
        self.next_call_at = at if self.next_call_at is None else min(self.next_call_at, at or self.next_call_at)


@dataclass(slots=True, frozen=True)
class Drawn:
    counts: FloorCounts
    queues: Mapping[QueueId, QueueLine]
    agents: Mapping[AgentId, AgentLine]


class Board:
    """Draws one site's board. `catalogue` gives the set-up as it is now."""

    def __init__(self, catalogue: Callable[[], Catalogue], expected: Expected, shut: Shut) -> None:
        self._catalogue = catalogue
        self._expected = expected
        self._shut = shut
        self._fits: dict[AgentId, tuple[AgentSpec, tuple[str, ...]]] = {}
        self._fits_of: dict[QueueId, Queue] = {}

    def draw(self, state: State, now: int) -> Drawn:
        catalogue = self._catalogue()
        tallies = tally(state.contacts.values())
        agents = {
            agent.id: self._agent(agent, catalogue, tallies.agents.get(agent.id, 0)) for agent in state.agents.values()
        }
        ready, on = _there(state, agents.values())
        queues = {
            queue.id: self._queue(queue, tallies.queues[queue.id], ready[queue.id], on[queue.id], now)
            for queue in catalogue.queues.values()
        }
        return Drawn(_counts(state, tallies), queues, agents)

    def _queue(self, queue: Queue, tally: Tally, ready_count: int, on_count: int, now: int) -> QueueLine:
        return QueueLine(
            queue.id, queue.title, queue.spec.service_level_s, tally.waiting_count, tally.oldest_since,
            tally.overdue_count, ready_count, on_count, self._expected(queue.id, tally.waiting_count + 1, now),
            self._shut(queue.id),
        )  # fmt: skip

    def _agent(self, agent: Agent, catalogue: Catalogue, overdue_count: int) -> AgentLine:
        known = catalogue.agents.get(agent.id)
        is_lost = not agent.is_connected and agent.presence is not Presence.OFFLINE
        return AgentLine(
            agent=agent.id,
            name=known.name if known else agent.id,
            team=_team(known, catalogue),
            presence=agent.presence,
            reason=agent.reason,
            since=agent.present_since,
            connected=agent.is_connected,
            lost_until=agent.grace_until if is_lost else None,
            units=agent.units,
            units_max=agent.spec.capacity_units,
            talks_count=len(agent.holding),
            overdue_count=overdue_count,
            over_at=_over_at(agent, catalogue),
            queues=self._queues_of(agent, catalogue),
        )

    def _queues_of(self, agent: Agent, catalogue: Catalogue) -> tuple[str, ...]:
        if catalogue.queues is not self._fits_of:
            self._fits, self._fits_of = {}, catalogue.queues
        known = self._fits.get(agent.id)
        if known is None or known[0] is not agent.spec:
            fits = tuple(queue.id for queue in catalogue.queues.values() if _fits(agent, queue))
            known = self._fits[agent.id] = (agent.spec, fits)
        return known[1]


def tally(contacts: Iterable[Contact]) -> Tallies:
    tallies = Tallies()
    for contact in contacts:
        tallies.states[contact.state] += 1
        if contact.queue is None:
            continue
        if is_to_be_called(contact):
            tallies.add_call(contact.callback.at if contact.callback else None)
        if contact.state in IN_LINE:
            tallies.queues[contact.queue].add_waiting(contact.waiting_since)
        elif contact.requeue_at is not None:
            tallies.queues[contact.queue].overdue_count += 1
            tallies.agents[contact.agent or ""] += 1
            tallies.overdue_count += 1
    return tallies


def is_to_be_called(contact: Contact) -> bool:
    """A call back was promised, and no agent has it yet."""
    return contact.callback is not None and contact.state in (*IN_LINE, ContactState.CALLBACK)


def _counts(state: State, tallies: Tallies) -> FloorCounts:
    count = tallies.states
    return FloorCounts(
        open_count=len(state.contacts) - count[ContactState.MERGED],
        with_bot_count=count[ContactState.WITH_BOT],
        waiting_count=count[ContactState.WAITING] + count[ContactState.OFFERED],
        served_count=count[ContactState.ACTIVE],
        overdue_count=tallies.overdue_count,
        calls_count=tallies.calls_count,
        next_call_at=tallies.next_call_at,
    )


def _there(state: State, agents: Iterable[AgentLine]) -> tuple[defaultdict[str, int], defaultdict[str, int]]:
    """By queue: agents who can serve it and are ready; and those who are signed in at all."""
    ready: defaultdict[str, int] = defaultdict(int)
    on: defaultdict[str, int] = defaultdict(int)
    for agent in agents:
        if agent.presence is Presence.OFFLINE:
            continue
        is_ready = agent.presence is Presence.READY and agent.connected
        for queue in agent.queues:
            on[queue] += 1
            ready[queue] += is_ready
    return ready, on


def _fits(agent: Agent, queue: Queue) -> bool:
    return all(agent.spec.skills.get(need.skill, 0) >= need.level_min for need in queue.spec.requirement)


def _team(agent: AgentSetUp | None, catalogue: Catalogue) -> str:
    team = catalogue.teams.get(agent.team) if agent and agent.team else None
    return team.title if team else ""


def _over_at(agent: Agent, catalogue: Catalogue) -> int | None:
    """When this absence becomes too long."""
    reason = catalogue.presence_reasons.get(agent.reason or "")
    if agent.presence is not Presence.AWAY or reason is None or reason.limit_s is None:
        return None
    return agent.present_since + reason.limit_s * 1000


# ---- the list of open talks --------------------------------------------------------------------


def listed(state: State, asked: TalksAsked) -> tuple[list[Contact], int, int]:
    """One page of the talks that were asked for, how many there are, and which page it is: who needs somebody
    comes first (overdue replies, then those who wait by their due time), then the newest. Call backs by their time."""
    order = _when_called if asked.calls else _urgency
    found = [(order(contact), contact) for contact in state.contacts.values() if _is_asked_for(contact, asked)]
    pages_max = max(0, (len(found) - 1) // TALKS_EACH_PAGE)
    page = min(max(asked.page, 0), pages_max)
    first = nsmallest((page + 1) * TALKS_EACH_PAGE, found, key=itemgetter(0))
    return [contact for _, contact in first[page * TALKS_EACH_PAGE :]], len(found), page


def _is_asked_for(contact: Contact, asked: TalksAsked) -> bool:
    return (
        contact.main is None
        and (not asked.queue or contact.queue == asked.queue)
        and (asked.state is None or contact.state is asked.state)
        and (not asked.agent or (contact.agent == asked.agent and contact.state in HOLDING))
        and (not asked.overdue or contact.requeue_at is not None)
        and (not asked.calls or is_to_be_called(contact))
    )


def _when_called(contact: Contact) -> tuple[int, int]:
    """At the time that was agreed; in their turn, when the queue's target says."""
    agreed = contact.callback.at if contact.callback else None
    return contact.due_at if agreed is None else agreed, contact.number


def _urgency(contact: Contact) -> tuple[int, int]:
    if contact.requeue_at is not None:
        return 0, contact.requeue_at
    if contact.queue is not None and contact.state in IN_LINE:
        return 1, contact.due_at
    return 2, -contact.number
