"""The numbers, each with one definition (FLOOR.md "Words for numbers"), as one fold over events.

- *Entered*: queued for a person; the clock starts. A parked talk that is spoken to again and has to queue enters anew.
- *Answered*: an agent engages for the first time after entry. *Within* T of the queue: `service_level_s` at entry.
- *Abandoned*: left while waiting or offered, before anybody answered; *short* before S (`short_abandon_s`), apart.
- Service level = answered within T / (answered + abandoned after S). ASA over the answered.
- AHT = talk + hold + wrap-up, of closed contacts; an agent serving three chats for a minute gives three minutes. The
  same by agent-minute: time in which agents handled anything, over contacts handled.
- Begun by an agent: no entry, so in no service level, ASA, abandonment or AHT, also when it is passed on later; the
  work on it is handling time of the agent. Parked, and queued when the customer speaks again, it enters like any other.
- Merged into another contact: there it counts once. Its clock stops: not answered before, it is neither answered nor
  abandoned (with those whom the bot solved while they waited); answered before, it is handled. Parted, it is like one
  that an agent began; if it has to queue then, it enters anew.
- Occupancy = handling / (handling + ready).
- Call backs stand apart: who was promised one is neither answered nor abandoned. *Kept*: an agent called in their turn,
  or within half an hour of the time agreed.
- *Asked twice*: questions put to the customer whose answer was known (`conversations.asking` says which are seen).
- Test contacts, walked by whoever runs the place, are in none of them: what is folded here is without them.
All by the queue of entry. Shares are 0..1, and None while there is nothing to divide by.
"""

from dataclasses import dataclass, field

from dryfly.floor.entities import READY
from dryfly.floor.hours import SLOT_MS
from dryfly.floor.model import (
    AgentConnected,
    AgentId,
    AgentRemoved,
    AgentVanished,
    CallbackBooked,
    CallbackCancelled,
    CallbackKept,
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
    Instant,
    MessageSaid,
    Presence,
    PresenceChanged,
    QueuedBecause,
    QueueId,
    QueuePut,
    QueueSpec,
)

ENTERS_ANEW = (QueuedBecause.SPOKE_AGAIN, QueuedBecause.PARTED)


@dataclass(slots=True)
class QueueFigures:
    entered_count: int = 0
    waiting_count: int = 0  # not answered yet
    answered_count: int = 0
    answered_within_count: int = 0
    answer_ms: int = 0  # summed over the answered
    abandoned_count: int = 0  # after S
    short_abandoned_count: int = 0
    abandoned_later_count: int = 0  # left while waiting for a second agent
    solved_waiting_count: int = 0  # by the bot, released, called off or merged, before anybody answered
    overflowed_count: int = 0  # entered here, and went on to another queue
    promised_count: int = 0  # call backs promised to those who waited here
    kept_count: int = 0  # of those: an agent called, in time
    unreached_count: int = 0  # of those: called as often as promised, in vain
    handled_count: int = 0
    handle_ms: int = 0  # summed over the handled and closed

    @property
    def service_level(self) -> float | None:
        return _share(self.answered_within_count, self.answered_count + self.abandoned_count)

    @property
    def kept_share(self) -> float | None:
        """Promises that were kept."""
        return _share(self.kept_count, self.promised_count)

    @property
    def abandoned_share(self) -> float | None:
        return _share(self.abandoned_count, self.answered_count + self.abandoned_count)

    @property
    def asa_s(self) -> float | None:
        return _share(self.answer_ms / 1000, self.answered_count)

    @property
    def aht_s(self) -> float | None:
        return _share(self.handle_ms / 1000, self.handled_count)


@dataclass(slots=True)
class AgentFigures:
    presence: Presence = Presence.OFFLINE
    is_connected: bool = False
    contacts_count: int = 0  # active or wrapping up
    since: Instant = Instant(0)  # noqa: RUF009
    handling_ms: int = 0
    ready_ms: int = 0

    def occupancy(self, now: Instant) -> float | None:
        self.settle(now)
        return _share(self.handling_ms, self.handling_ms + self.ready_ms)

    def settle(self, now: Instant) -> None:
        """Book the time since the last change."""
        if self.contacts_count:
            self.handling_ms += now - self.since
        elif self.presence is READY and self.is_connected:
            self.ready_ms += now - self.since
        self.since = now


@dataclass(slots=True)
class _Open:
    """A contact between entry and closing."""

    queue: QueueId
    spec: QueueSpec
    entered_at: Instant
    is_answered: bool = False
    is_begun: bool = False  # by an agent: it never entered
    is_promised: bool = False  # a call back, which nobody has made yet
    promised_at: Instant | None = None  # the time that was agreed
    agent: AgentId | None = None
    served_since: Instant = Instant(0)  # noqa: RUF009
    handle_ms: int = 0


@dataclass(slots=True)
class Measures:
    """Feed every event in order; read the figures at any time."""

    queues: dict[QueueId, QueueFigures] = field(default_factory=dict)
    agents: dict[AgentId, AgentFigures] = field(default_factory=dict)
    gone: AgentFigures = field(default_factory=AgentFigures)  # the time of agents who were removed
    asked_twice_count: int = 0
    _specs: dict[QueueId, QueueSpec] = field(default_factory=dict)
    _open: dict[ContactId, _Open] = field(default_factory=dict)

    def add(self, event: Event, at: Instant) -> None:
        match event:
            case QueuePut():
                self._specs[event.queue] = event.spec
                self.queues.setdefault(event.queue, QueueFigures())
            case ContactQueued():
                self._enter(event, at)
            case CallbackKept():
                self._promise(event.contact, None)
            case CallbackBooked(contact=contact, at=agreed) if event.attempts == 0:
                self._promise(contact, agreed)
            case CallbackBooked():
                self._let_go(self._open[event.contact], at)
            case CallbackCancelled():
                self._release_promise(self._open[event.contact])
            case MessageSaid(asks_again=True):
                self.asked_twice_count += 1
            case ContactBegun(contact=contact, queue=queue):
                self._open[contact] = _Open(queue, self._specs[queue], at, is_answered=True, is_begun=True)
                self._serve(contact, event.agent, at)
            case ContactEngaged() | ContactResumed():
                self._serve(event.contact, event.agent, at)
            case ContactParked() | ContactSnoozed():
                self._let_go(self._open[event.contact], at)
            case ContactClosed(contact=contact, ending=ending):
                self._close(contact, ending, at)
            case ContactMerged(contact=contact):
                self._close(contact, Ending.MERGED, at)
            case ContactUnmerged(contact=contact, queue=queue):
                self._open[contact] = _Open(queue, self._specs[queue], at, is_answered=True, is_begun=True)
            case PresenceChanged() | AgentConnected() | AgentVanished() | AgentRemoved():
                self._change_agent(event, at)
            case _:
                pass

    def agent(self, agent: AgentId) -> AgentFigures:
        return self.agents.setdefault(agent, AgentFigures())

    def occupancy(self, now: Instant) -> float | None:
        """Over all agents."""
        handling, ready = self._agent_time(now)
        return _share(handling, handling + ready)

    def agent_s_per_contact(self, now: Instant) -> float | None:
        """AHT by agent-minute: what a contact costs when several are served at once."""
        handled = sum(figures.handled_count for figures in self.queues.values())
        return _share(self._agent_time(now)[0] / 1000, handled)

    def _agent_time(self, now: Instant) -> tuple[int, int]:
        for figures in self.agents.values():
            figures.settle(now)
        everybody = [self.gone, *self.agents.values()]
        return sum(a.handling_ms for a in everybody), sum(a.ready_ms for a in everybody)

    # ---- contacts ----

    def _enter(self, event: ContactQueued, at: Instant) -> None:
        known = self._open.get(event.contact)
        if known is not None:
            self._let_go(known, at)
        if known is not None and event.because not in ENTERS_ANEW:
            is_moved = event.because is QueuedBecause.OVERFLOWED and not known.is_answered
            self.queues[known.queue].overflowed_count += is_moved and event.queue != known.queue
            return
        if known is not None and not known.is_begun:
            self._handled(known)
        self._open[event.contact] = _Open(event.queue, self._specs[event.queue], event.waiting_since)
        figures = self.queues[event.queue]
        figures.entered_count += 1
        figures.waiting_count += 1

    def _serve(self, contact: ContactId, agent: AgentId, at: Instant) -> None:
        known = self._open[contact]
        if known.is_promised:
            self._kept(known, at)
        elif not known.is_answered:
            known.is_answered = True
            self._answered(known, at)
        self._let_go(known, at)
        known.agent, known.served_since = agent, at
        self._count_contact(agent, +1, at)

    def _answered(self, known: _Open, at: Instant) -> None:
        figures = self.queues[known.queue]
        waited_ms = at - known.entered_at
        figures.waiting_count -= 1
        figures.answered_count += 1
        figures.answer_ms += waited_ms
        figures.answered_within_count += waited_ms <= known.spec.service_level_s * 1000

    def _promise(self, contact: ContactId, agreed: Instant | None) -> None:
        known = self._open[contact]
        if known.is_answered:
            return
        known.promised_at = agreed
        if not known.is_promised:
            known.is_promised = True
            self.queues[known.queue].waiting_count -= 1
            self.queues[known.queue].promised_count += 1

    def _release_promise(self, known: _Open) -> None:
        if known.is_promised:
            known.is_promised = False
            self.queues[known.queue].waiting_count += 1
            self.queues[known.queue].promised_count -= 1

    def _kept(self, known: _Open, at: Instant) -> None:
        known.is_promised, known.is_answered = False, True
        is_late = known.promised_at is not None and at > known.promised_at + SLOT_MS
        self.queues[known.queue].kept_count += not is_late

    def _let_go(self, known: _Open, at: Instant) -> None:
        """The agent's work on it ends, or pauses."""
        if known.agent is not None:
            known.handle_ms += at - known.served_since
            self._count_contact(known.agent, -1, at)
            known.agent = None

    def _close(self, contact: ContactId, ending: Ending, at: Instant) -> None:
        known = self._open.pop(contact, None)
        if known is None:
            return  # the bot had it all along, or it ended when it was merged
        self._let_go(known, at)
        if known.is_begun:
            return
        if known.is_promised:
            return
        if known.is_answered:
            self._handled(known)
            self.queues[known.queue].unreached_count += ending is Ending.UNREACHED
            self.queues[known.queue].abandoned_later_count += ending is Ending.ABANDONED
        else:
            self._left(known, ending, at)

    def _handled(self, known: _Open) -> None:
        self.queues[known.queue].handled_count += 1
        self.queues[known.queue].handle_ms += known.handle_ms

    def _left(self, known: _Open, ending: Ending, at: Instant) -> None:
        figures = self.queues[known.queue]
        figures.waiting_count -= 1
        if ending is not Ending.ABANDONED:
            figures.solved_waiting_count += 1
        elif at - known.entered_at < known.spec.short_abandon_s * 1000:
            figures.short_abandoned_count += 1
        else:
            figures.abandoned_count += 1

    # ---- agents ----

    def _count_contact(self, agent: AgentId, change: int, at: Instant) -> None:
        figures = self.agent(agent)
        figures.settle(at)
        figures.contacts_count += change
        assert figures.contacts_count >= 0

    def _change_agent(
        self, event: PresenceChanged | AgentConnected | AgentVanished | AgentRemoved, at: Instant
    ) -> None:
        figures = self.agent(event.agent)
        figures.settle(at)
        match event:
            case PresenceChanged():
                figures.presence = event.presence
            case AgentConnected():
                figures.is_connected = True
            case AgentVanished():
                figures.is_connected = False
            case AgentRemoved():
                self.gone.handling_ms += figures.handling_ms
                self.gone.ready_ms += figures.ready_ms
                del self.agents[event.agent]


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
