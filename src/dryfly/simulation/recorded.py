"""A recorded day, taken apart: what people did whatever the rules were, so that it can be played with others.

Theory of operation
- A fold over the journal. Each time that a contact waits for a person is an *entry*, by the definition of
  `floor.measures`; contacts that wait or are served when the day begins enter at its first moment.
- Of an entry: who came, when, on which channel, to which queue, with what need beside the queue's own; how long they
  waited and whether they left; how long agents worked on it. Parts of the work that lay apart (parked, transferred,
  taken up by another) are put together: the work is the same, its pauses are not played.
- Of an agent: when they were there, paused, lost the connection and came back. What the floor did to them (away after
  missed offers) is left to the floor.
- Of the rules: those that most entries of a queue met.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dryfly.floor import State
from dryfly.floor import model as m
from dryfly.floor.hours import after_open
from dryfly.floor.measures import ENTERS_ANEW, AgentFigures
from dryfly.floor.model import AgentId, ContactId, ContactState, Instant, QueueId
from dryfly.simulation.drive import OUTCOMES
from dryfly.simulation.workload import Act, Outcome

SERVED_NOW = (ContactState.ACTIVE, ContactState.WRAP_UP)
IN_LINE = (ContactState.WAITING, ContactState.OFFERED)


@dataclass(slots=True, eq=False)
class Entry:
    """A contact waits for a person, and what came of it. Instants are of the clock."""

    queue: QueueId
    channel: m.Channel
    customer: m.CustomerId | None
    entered_at: int
    extra: tuple[m.SkillNeed, ...] = ()
    head_start_s: int = 0
    last_agent: AgentId | None = None
    started_at: int | None = None
    agent: AgentId | None = None  # who answered first
    ended_at: int | None = None
    outcome: Outcome = Outcome.OPEN
    talk_ms: int = 0
    wrap_up_ms: int | None = None
    reaction_ms: int | None = None
    misses: int = 0
    overflows: int = 0
    promised_at: int | None = None
    is_proposed: bool = False  # a call back was
    unreached: int = 0

    @property
    def handled_ms(self) -> int:
        return self.talk_ms + (self.wrap_up_ms or 0)

    @property
    def has_left(self) -> bool:
        """Of their own will, before anybody answered: their patience is known."""
        return self.outcome is Outcome.ABANDONED and self.started_at is None

    def waited_ms(self, end: int) -> int:
        """Until they were answered, promised a call back, or gone."""
        return (
            min(at for at in (self.started_at, self.promised_at, self.ended_at, end) if at is not None)
            - self.entered_at
        )


@dataclass(slots=True)
class _Talk:
    """A contact in the house."""

    channel: m.Channel
    customer: m.CustomerId | None = None
    entry: Entry | None = None
    agent: AgentId | None = None
    since: int = 0
    is_wrapping: bool = False


@dataclass(slots=True)
class _Staff:
    """An agent, as the roster will have them."""

    figures: AgentFigures
    is_here: bool = False
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the fold found. `acts`: (when, agent, act), in order."""

    begin: int
    end: int
    entries: tuple[Entry, ...]
    acts: tuple[tuple[int, AgentId, Act], ...]
    site: m.SiteSpec
    queues: dict[QueueId, m.QueueSpec]
    agents: dict[AgentId, m.AgentSpec]
    hours: dict[QueueId, tuple[m.Span, ...]]
    handling_ms: dict[AgentId, int]
    ready_ms: dict[AgentId, int]
    changed: tuple[QueueId, ...] = ()  # whose rules changed while contacts came
    begun_count: int = 0  # by agents: their work is not played

    @property
    def answered_count(self) -> int:
        return sum(entry.started_at is not None for entry in self.entries)


@dataclass
class Recorder:
    """Give it the floor at the beginning, then each event in order; `finish` at the end."""

    state: State
    begin: int
    entries: list[Entry] = field(default_factory=list)
    acts: list[tuple[int, AgentId, Act]] = field(default_factory=list)
    begun_count: int = 0

    def __post_init__(self) -> None:
        state = self.state
        self.site = state.site
        self.queues = dict(state.queues)
        self.agents = {name: agent.spec for name, agent in state.agents.items()}
        self.hours = dict(state.hours)
        self.met: dict[QueueId, list[m.QueueSpec]] = {}
        self.talks: dict[ContactId, _Talk] = {}
        self.staff: dict[AgentId, _Staff] = {}
        self.offered_at: dict[m.OfferId, int] = {}
        self.served_by: dict[m.CustomerId, AgentId] = {}
        self.sees: dict[type[m.Event], Callable[[Any, int], None]] = self._listening()
        for agent in state.agents.values():
            self._find_agent(
                agent.id, agent.presence, is_connected=agent.is_connected, is_lost=agent.grace_until is not None
            )
        for contact in state.contacts.values():
            self._find_contact(contact)

    def see(self, event: m.Event, at: int) -> None:
        if found := self.sees.get(type(event)):
            found(event, at)

    def finish(self, end: int) -> Recorded:
        for talk in self.talks.values():
            self._let_go(talk, end)
        figures = {name: staff.figures for name, staff in self.staff.items()}
        for one in figures.values():
            one.settle(Instant(end))
        rules = {queue: Counter(met).most_common(1)[0][0] for queue, met in self.met.items()}
        return Recorded(
            self.begin,
            end,
            tuple(sorted(self.entries, key=lambda entry: entry.entered_at)),
            tuple(self.acts),
            self.site,
            self.queues | rules,
            self.agents,
            self.hours,
            {name: one.handling_ms for name, one in figures.items()},
            {name: one.ready_ms for name, one in figures.items()},
            tuple(queue for queue, met in self.met.items() if any(one != met[0] for one in met)),
            self.begun_count,
        )

    # ---- the first moment ----

    def _find_agent(self, name: AgentId, presence: m.Presence, *, is_connected: bool, is_lost: bool) -> None:
        figures = AgentFigures(presence, is_connected, since=Instant(self.begin))
        staff = self.staff[name] = _Staff(figures, is_lost=is_lost)
        if presence is m.Presence.READY or (is_connected and presence is m.Presence.AWAY):
            staff.is_here = True
            self.acts.append((self.begin, name, Act.SIGN_IN))
        if staff.is_here and presence is m.Presence.AWAY:
            self.acts.append((self.begin, name, Act.PAUSE))
        if staff.is_here and is_lost:
            self.acts.append((self.begin, name, Act.VANISH))

    def _find_contact(self, contact: Any) -> None:
        talk = self.talks[contact.id] = _Talk(contact.channel, contact.customer)
        if contact.queue is None or contact.state not in (*IN_LINE, *SERVED_NOW):
            return
        talk.entry = self._entry(contact.queue, talk, self.begin, contact.requirement)
        if contact.state in SERVED_NOW:
            self._serve(talk, contact.agent, self.begin)
            talk.is_wrapping = contact.state is ContactState.WRAP_UP

    # ---- entries ----

    def _entry(self, queue: QueueId, talk: _Talk, at: int, requirement: tuple[m.SkillNeed, ...]) -> Entry:
        spec = self.queues[queue]
        self.met.setdefault(queue, []).append(spec)
        entry = Entry(
            queue, talk.channel, talk.customer, at, tuple(n for n in requirement if n not in spec.requirement)
        )
        if talk.customer is not None:
            entry.last_agent = self.served_by.get(talk.customer)
        self.entries.append(entry)
        return entry

    def _see_queued(self, event: m.ContactQueued, at: int) -> None:
        talk = self.talks[event.contact]
        self._let_go(talk, at)
        known = talk.entry
        if known is not None and event.because not in ENTERS_ANEW:
            is_moved = event.because is m.QueuedBecause.OVERFLOWED and known.started_at is None
            known.overflows += is_moved and event.queue != known.queue
            return
        since = max(event.waiting_since, self.begin)
        if known is not None:
            self._end(known, at, Outcome.SERVED)
        entry = talk.entry = self._entry(event.queue, talk, since, event.requirement)
        due = after_open(self.hours.get(event.queue), event.waiting_since, self.queues[event.queue].target_s)
        entry.head_start_s = max(0, (due - event.due_at) // 1000)

    def _see_closed(self, event: m.ContactClosed, at: int) -> None:
        talk = self.talks.pop(event.contact)
        self._let_go(talk, at)
        if talk.entry is not None:
            self._end(talk.entry, at, OUTCOMES.get(event.ending, Outcome.OTHER))

    def _see_merged(self, event: m.ContactMerged, at: int) -> None:
        talk = self.talks[event.contact]
        self._let_go(talk, at)
        if talk.entry is not None:
            self._end(talk.entry, at, Outcome.OTHER)
            talk.entry = None

    def _end(self, entry: Entry, at: int, outcome: Outcome) -> None:
        entry.ended_at, entry.outcome = at, outcome

    # ---- offers and work ----

    def _see_offer(self, event: m.OfferMade, at: int) -> None:
        self.offered_at[event.offer] = at

    def _see_offer_end(self, event: m.OfferEnded, at: int) -> None:
        made_at, entry = self.offered_at.pop(event.offer, at), self.talks[event.contact].entry
        if entry is None or entry.started_at is not None:
            return
        entry.misses += event.end in (m.OfferEnd.MISSED, m.OfferEnd.DECLINED)
        if event.end is m.OfferEnd.ACCEPTED:
            entry.reaction_ms = at - made_at

    def _see_served(self, event: m.ContactEngaged | m.ContactResumed, at: int) -> None:
        talk = self.talks[event.contact]
        self._let_go(talk, at, is_talk=True)
        self._serve(talk, event.agent, at)

    def _serve(self, talk: _Talk, agent: AgentId, at: int) -> None:
        talk.agent, talk.since, talk.is_wrapping = agent, at, False
        self._count(agent, +1, at)
        if talk.customer is not None:
            self.served_by[talk.customer] = agent
        if talk.entry is not None and talk.entry.started_at is None:
            talk.entry.started_at, talk.entry.agent = at, agent

    def _see_wrap_up(self, event: m.WrapUpBegun, at: int) -> None:
        talk = self.talks[event.contact]
        if talk.entry is not None and talk.agent is not None:
            talk.entry.talk_ms += at - talk.since
            talk.since, talk.is_wrapping = at, True

    def _see_put_by(self, event: m.ContactParked | m.ContactSnoozed, at: int) -> None:
        self._let_go(self.talks[event.contact], at)

    def _let_go(self, talk: _Talk, at: int, *, is_talk: bool = False) -> None:
        """The agent's work on it ends, or pauses. `is_talk`: what seemed to be wrap-up was a pause of the talk."""
        if talk.agent is None:
            return
        if talk.entry is not None and talk.is_wrapping and not is_talk:
            talk.entry.wrap_up_ms = (talk.entry.wrap_up_ms or 0) + at - talk.since
        elif talk.entry is not None:
            talk.entry.talk_ms += at - talk.since
        self._count(talk.agent, -1, at)
        talk.agent, talk.is_wrapping = None, False

    def _see_begun(self, event: m.ContactBegun, at: int) -> None:
        self.begun_count += 1
        self._serve(self.talks[event.contact], event.agent, at)

    # ---- call backs ----

    def _see_promise(self, event: m.CallbackKept, at: int) -> None:
        self._promise(event.contact, at)

    def _see_booked(self, event: m.CallbackBooked, at: int) -> None:
        self._let_go(self.talks[event.contact], at)
        if event.attempts == 0:
            self._promise(event.contact, at)

    def _promise(self, contact: ContactId, at: int) -> None:
        entry = self.talks[contact].entry
        if entry is not None and entry.started_at is None and entry.promised_at is None:
            entry.promised_at = at

    def _see_cancelled(self, event: m.CallbackCancelled, _at: int) -> None:
        if (entry := self.talks[event.contact].entry) is not None:
            entry.promised_at = None

    def _see_unreached(self, event: m.CallbackFailed, _at: int) -> None:
        if (entry := self.talks[event.contact].entry) is not None:
            entry.unreached += 1

    def _see_overflow(self, event: m.ContactOverflowed, _at: int) -> None:
        entry = self.talks[event.contact].entry
        if entry is not None and event.to is m.OverflowTo.CALLBACK:
            entry.is_proposed = True

    # ---- who they are ----

    def _see_arrived(self, event: m.ContactArrived, _at: int) -> None:
        self.talks[event.contact] = _Talk(event.channel, event.customer)

    def _see_identified(self, event: m.CustomerIdentified, _at: int) -> None:
        self.talks[event.contact].customer = event.customer

    def _see_heard(self, event: m.MessageHeard, _at: int) -> None:
        if event.channel is not None:
            self.talks[event.contact].channel = event.channel

    # ---- agents ----

    def _count(self, agent: AgentId, change: int, at: int) -> None:
        figures = self._staff_of(agent, at).figures
        figures.settle(Instant(at))
        figures.contacts_count += change

    def _staff_of(self, agent: AgentId, at: int) -> _Staff:
        return self.staff.setdefault(agent, _Staff(AgentFigures(since=Instant(at))))

    def _see_presence(self, event: m.PresenceChanged, at: int) -> None:
        staff = self._staff_of(event.agent, at)
        staff.figures.settle(Instant(at))
        staff.figures.presence = event.presence
        if event.by_floor or staff.is_lost:
            return
        match event.presence:
            case m.Presence.READY:
                self.acts.append((at, event.agent, Act.RESUME if staff.is_here else Act.SIGN_IN))
                staff.is_here = True
            case m.Presence.AWAY if staff.is_here:
                self.acts.append((at, event.agent, Act.PAUSE))
            case m.Presence.OFFLINE:
                self._goes(event.agent, staff, at)
            case _:
                pass

    def _goes(self, agent: AgentId, staff: _Staff, at: int) -> None:
        if staff.is_here:
            staff.is_here = False
            self.acts.append((at, agent, Act.SIGN_OUT))

    def _see_connected(self, event: m.AgentConnected, at: int) -> None:
        staff = self._connect(event.agent, at, is_connected=True)
        if staff.is_here and staff.is_lost:
            self.acts.append((at, event.agent, Act.COME_BACK))
            if staff.figures.presence is not m.Presence.READY:
                self.acts.append((at, event.agent, Act.PAUSE))
        staff.is_lost = False

    def _see_vanished(self, event: m.AgentVanished, at: int) -> None:
        staff = self._connect(event.agent, at, is_connected=False)
        if staff.is_here:
            staff.is_lost = True
            self.acts.append((at, event.agent, Act.VANISH))

    def _connect(self, agent: AgentId, at: int, *, is_connected: bool) -> _Staff:
        staff = self._staff_of(agent, at)
        staff.figures.settle(Instant(at))
        staff.figures.is_connected = is_connected
        return staff

    def _see_removed(self, event: m.AgentRemoved, at: int) -> None:
        staff = self._staff_of(event.agent, at)
        if not staff.is_lost:
            self._goes(event.agent, staff, at)

    # ---- rules ----

    def _see_site(self, event: m.SitePut, _at: int) -> None:
        self.site = event.spec

    def _see_queue(self, event: m.QueuePut, _at: int) -> None:
        self.queues[event.queue] = event.spec

    def _see_agent(self, event: m.AgentPut, _at: int) -> None:
        self.agents[event.agent] = event.spec

    def _see_hours(self, event: m.HoursPut, _at: int) -> None:
        if event.spans is None:
            self.hours.pop(event.queue, None)
        else:
            self.hours[event.queue] = event.spans

    def _listening(self) -> dict[type[m.Event], Callable[[Any, int], None]]:
        """Every event that tells what people did, or what the rules were. The others follow from these."""
        return {
            m.ContactArrived: self._see_arrived,
            m.ContactBegun: self._see_begun,
            m.CustomerIdentified: self._see_identified,
            m.MessageHeard: self._see_heard,
            m.ContactQueued: self._see_queued,
            m.ContactOverflowed: self._see_overflow,
            m.CallbackKept: self._see_promise,
            m.CallbackBooked: self._see_booked,
            m.CallbackCancelled: self._see_cancelled,
            m.CallbackFailed: self._see_unreached,
            m.OfferMade: self._see_offer,
            m.OfferEnded: self._see_offer_end,
            m.ContactEngaged: self._see_served,
            m.ContactResumed: self._see_served,
            m.ContactParked: self._see_put_by,
            m.ContactSnoozed: self._see_put_by,
            m.ContactMerged: self._see_merged,
            m.WrapUpBegun: self._see_wrap_up,
            m.ContactClosed: self._see_closed,
            m.PresenceChanged: self._see_presence,
            m.AgentConnected: self._see_connected,
            m.AgentVanished: self._see_vanished,
            m.AgentRemoved: self._see_removed,
            m.SitePut: self._see_site,
            m.QueuePut: self._see_queue,
            m.AgentPut: self._see_agent,
            m.HoursPut: self._see_hours,
        }
