"""The fold from events to entries, spans and figures: pure, and blind to where its rows lie.

A `Book` is opened on the rows that a batch of events touches (`store.py` fetches them), is told the events in order,
and then holds what has to be written: rows that changed, and by how much the figures of each quarter of an hour did.
It follows `floor.measures` step by step; a test over generated days holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dryfly.conversations.model import TEST_CONTACT
from dryfly.floor.hours import SLOT_MS
from dryfly.floor.model import (
    AgentConnected,
    AgentId,
    AgentRemoved,
    AgentVanished,
    CallbackBooked,
    CallbackCancelled,
    CallbackKept,
    ContactArrived,
    ContactBegun,
    ContactClosed,
    ContactEngaged,
    ContactId,
    ContactMerged,
    ContactParked,
    ContactQueued,
    ContactResumed,
    ContactSnoozed,
    ContactUnmerged,
    Ending,
    Event,
    FactsRecorded,
    MessageHeard,
    MessageSaid,
    Presence,
    PresenceChanged,
    QueuedBecause,
    QueueId,
    QueuePut,
)
from dryfly.insight.model import ENTERED_ANEW, QUARTER_MS, Doing, Entry, Promise, Span, Sums, doing, quarter_of, sums_of
from dryfly.ledger.model import CommandRefused

Level = tuple[int, int]  # service_level_s, short_abandon_s
FigureKey = tuple[int, str, str, str]  # quarter, queue, channel, need
AgentKey = tuple[int, AgentId]  # quarter, agent
Counted = tuple[FigureKey, AgentId, Sums]
AgentEvent = PresenceChanged | AgentConnected | AgentVanished | AgentRemoved

FOLDED = (
    QueuePut, ContactArrived, ContactBegun, ContactQueued, ContactEngaged, ContactResumed, ContactParked,
    ContactSnoozed, CallbackKept, CallbackBooked, CallbackCancelled,
    ContactClosed, ContactMerged, ContactUnmerged, PresenceChanged, AgentConnected, AgentVanished, AgentRemoved,
)  # fmt: skip


def is_folded(event: Event | CommandRefused) -> bool:
    """Whether an event changes anything here. Most are messages, and do not."""
    match event:
        case MessageHeard(channel=channel):
            return channel is not None
        case MessageSaid(asks_again=asks_again):
            return asks_again
        case FactsRecorded(keys=keys):
            return TEST_CONTACT in keys
        case _:
            return isinstance(event, FOLDED)


@dataclass(slots=True)
class AgentTime:
    """Time of one agent within one quarter of an hour."""

    ready_ms: int = 0
    handling_ms: int = 0
    away_ms: int = 0

    def plus(self, other: "AgentTime") -> None:
        self.ready_ms += other.ready_ms
        self.handling_ms += other.handling_ms
        self.away_ms += other.away_ms

    def add(self, state: Doing, ms: int) -> None:
        match state:
            case Doing.READY:
                self.ready_ms += ms
            case Doing.HANDLING:
                self.handling_ms += ms
            case Doing.AWAY:
                self.away_ms += ms
            case Doing.OFFLINE:
                pass


@dataclass(slots=True)
class Book:
    """`promises`, `entries` (each contact's newest) and `spans` (each agent's open one) are the rows as they were."""

    promises: dict[QueueId, Level] = field(default_factory=dict)
    entries: dict[ContactId, Entry] = field(default_factory=dict)
    spans: dict[AgentId, Span] = field(default_factory=dict)
    ended_entries: list[Entry] = field(default_factory=list)  # that a newer entry of the same contact followed
    ended_spans: list[Span] = field(default_factory=list)
    figures: dict[FigureKey, Sums] = field(default_factory=dict)  # by how much they change
    agent_figures: dict[AgentKey, Sums] = field(default_factory=dict)  # likewise, by who answered first
    agent_times: dict[AgentKey, AgentTime] = field(default_factory=dict)  # likewise
    _counted: dict[tuple[ContactId, int], Counted] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.entries.values():
            self._counted[entry.contact, entry.number] = _counted(entry)

    def add(self, event: Event | CommandRefused, at: int) -> None:
        match event:
            case QueuePut(queue=queue, spec=spec):
                self.promises[queue] = spec.service_level_s, spec.short_abandon_s
            case ContactArrived(contact=contact, channel=channel):
                self.entries[contact] = Entry(contact, 1, channel, at, channel_now=channel)
            case MessageHeard(contact=contact, channel=channel) if channel and contact in self.entries:
                self.entries[contact].channel_now = channel
            case MessageSaid(contact=contact, asks_again=True) if contact in self.entries:
                self.entries[contact].asked_twice_count += 1
            case FactsRecorded(contact=contact, keys=keys) if TEST_CONTACT in keys and contact in self.entries:
                self.entries[contact].is_test = True
            case ContactQueued():
                self._enter(event, at)
            case ContactBegun(contact=contact, agent=agent, queue=queue):
                self.entries[contact].queue = queue
                self._serve(self.entries[contact], agent, at)
            case ContactEngaged(contact=contact, agent=agent) | ContactResumed(contact=contact, agent=agent):
                self._serve(self.entries[contact], agent, at)
            case ContactParked(contact=contact) | ContactSnoozed(contact=contact):
                self._let_go(self.entries[contact], at)
            case CallbackKept(contact=contact):
                self._promise(self.entries[contact], None)
            case CallbackBooked(contact=contact, at=agreed, attempts=0):
                self._promise(self.entries[contact], agreed)
            case CallbackBooked(contact=contact):
                self._let_go(self.entries[contact], at)
            case CallbackCancelled(contact=contact):
                self._release(self.entries[contact])
            case ContactMerged(contact=contact, agent=agent):
                self._merge(self.entries[contact], agent, at)
            case ContactUnmerged(contact=contact, queue=queue):
                self._anew(self.entries[contact], at).queue = queue
            case ContactClosed():
                self._close(event, at)
            case PresenceChanged() | AgentConnected() | AgentVanished() | AgentRemoved():
                self._change_agent(event, at)
            case _:
                pass

    def settle(self) -> None:
        """Books what the changed entries changed in the figures. Once, when all events are in."""
        for entry in [*self.ended_entries, *self.entries.values()]:
            now, before = _counted(entry), self._counted.get((entry.contact, entry.number))
            if now == before:
                continue
            if before is not None:
                self._book(before, -1)
            self._book(now, +1)

    def _book(self, counted: Counted, sign: int) -> None:
        key, agent, sums = counted
        self.figures.setdefault(key, Sums()).add(sums, sign)
        self.agent_figures.setdefault((key[0], agent), Sums()).add(sums, sign)

    # ---- contacts ------------------------------------------------------------------------------

    def _enter(self, event: ContactQueued, at: int) -> None:
        entry = self.entries[event.contact]
        self._let_go(entry, at)
        if entry.entered_at is None and not entry.agent:  # what an agent began has one, and never entered
            self._begin(entry, event)
        elif event.because is QueuedBecause.SPOKE_AGAIN:
            self._begin(self._anew(entry, at), event)

    def _begin(self, entry: Entry, event: ContactQueued) -> None:
        """What an entry counts under is settled now: who changes channel or need later moves no figure."""
        entry.queue, entry.entered_at = event.queue, event.waiting_since
        entry.channel, entry.need = entry.channel_now, event.need or entry.need
        entry.service_level_s, entry.short_abandon_s = self.promises[event.queue]

    def _anew(self, entry: Entry, at: int) -> Entry:
        if entry.ended_at is None:
            entry.ended_at, entry.ending = at, ENTERED_ANEW
        self.ended_entries.append(entry)
        channel = entry.channel_now
        anew = Entry(entry.contact, entry.number + 1, channel, entry.arrived_at, entry.need, channel_now=channel)
        anew.is_test = entry.is_test
        self.entries[entry.contact] = anew
        return anew

    def _serve(self, entry: Entry, agent: AgentId, at: int) -> None:
        entry.agent = entry.agent or agent
        if entry.promise == Promise.OPEN:
            is_late = entry.agreed_at is not None and at > entry.agreed_at + SLOT_MS
            entry.answered_at, entry.promise = at, Promise.LATE if is_late else Promise.KEPT
        elif entry.answered_at is None and entry.entered_at is not None:
            entry.answered_at = at
            entry.is_within = at - entry.entered_at <= entry.service_level_s * 1000
        self._let_go(entry, at)
        entry.serving, entry.served_since = agent, at
        self._count_contact(agent, +1, at)

    def _let_go(self, entry: Entry, at: int) -> None:
        """The agent's work on it ends, or pauses."""
        if entry.served_since is not None:
            entry.handle_ms += at - entry.served_since
            self._count_contact(entry.serving, -1, at)
            entry.serving, entry.served_since = AgentId(""), None

    def _promise(self, entry: Entry, agreed: int | None) -> None:
        """A call back, to somebody whom nobody had answered."""
        if entry.entered_at is not None and entry.answered_at is None:
            entry.promise, entry.agreed_at = Promise.OPEN, agreed

    def _release(self, entry: Entry) -> None:
        if entry.promise == Promise.OPEN:
            entry.promise, entry.agreed_at = "", None

    def _merge(self, entry: Entry, agent: AgentId, at: int) -> None:
        """It counts where it goes on, and here no more. An agent has what the bot had."""
        self._let_go(entry, at)
        entry.agent = entry.agent or agent
        entry.ended_at, entry.ending = at, Ending.MERGED

    def _close(self, event: ContactClosed, at: int) -> None:
        entry = self.entries[event.contact]
        if entry.ended_at is not None:
            return  # when it was merged
        self._let_go(entry, at)
        entry.ended_at, entry.ending, entry.disposition = at, event.ending, event.disposition or ""
        if entry.entered_at is not None and entry.answered_at is None and event.ending is Ending.ABANDONED:
            entry.is_short = at - entry.entered_at < entry.short_abandon_s * 1000

    # ---- agents --------------------------------------------------------------------------------

    def _count_contact(self, agent: AgentId, change: int, at: int) -> None:
        now = self._span(agent, at)
        self._turn(now, at, contacts_count=now.contacts_count + change)

    def _change_agent(self, event: AgentEvent, at: int) -> None:
        now = self._span(event.agent, at)
        match event:
            case PresenceChanged(presence=presence, reason=reason):
                self._turn(now, at, presence=presence, reason=reason or "")
            case AgentConnected():
                self._turn(now, at, is_connected=True)
            case AgentVanished():
                self._turn(now, at, is_connected=False)
            case AgentRemoved():
                self._turn(now, at, presence=Presence.OFFLINE, reason="", is_connected=False, contacts_count=0)

    def _span(self, agent: AgentId, at: int) -> Span:
        return self.spans.setdefault(agent, Span(agent, at))

    def _turn(self, now: Span, at: int, **changes: object) -> None:
        """The agent is something else from `at` on. What lasted no time was not."""
        then = replace(now, from_at=at, **changes)  # type: ignore[arg-type]
        then.state = doing(then.contacts_count, then.presence, is_connected=then.is_connected)
        if then == replace(now, from_at=at):
            return
        if at > now.from_at:
            self.ended_spans.append(replace(now, to_at=at))
            self._spend(now, at)
        self.spans[now.agent] = then

    def _spend(self, span: Span, to_at: int) -> None:
        if span.state is not Doing.OFFLINE:
            for quarter, ms in quarters_of(span.from_at, to_at).items():
                self.agent_times.setdefault((quarter, span.agent), AgentTime()).add(span.state, ms)


def quarters_of(from_at: int, to_at: int) -> Mapping[int, int]:
    """How much of a stretch of time lies in which quarter of an hour."""
    quarters = range(quarter_of(from_at), to_at, QUARTER_MS)
    return {quarter: min(to_at, quarter + QUARTER_MS) - max(from_at, quarter) for quarter in quarters}


def _counted(entry: Entry) -> Counted:
    """What an entry counts under, and with what."""
    return (quarter_of(entry.counted_at), entry.queue, entry.channel, entry.need), entry.agent, sums_of(entry)
