"""Runs the real floor under virtual time: who comes, answers, finishes and leaves, told to `floor.step`.

Theory of operation
- A heap holds what people will do next: (when, kind, place or agent, stamp, visit). The floor is woken at its own
  deadlines. Nothing else moves time, nothing is drawn, and no rule of the floor is copied here: the drive gives
  commands, and plans what people do next from the events that it gets.
- At one instant the floor's deadlines come first, then kinds in the order of `DOES`, then lower numbers. So the same
  arrays give the same events, to the byte.
- A plan that was overtaken (a customer was answered before the patience ended) is not looked for: its stamp is old,
  and it is dropped when it comes up.
- What is over is written into the arrays of a `Trajectory` and forgotten. What is held in memory beside them grows with
  what is open, not with the days.
- An agent who serves several contacts works on each at the speed that `Roster.concurrency` tells; when the number
  changes, the ends of the talks are planned anew.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

from dryfly.floor import model as m
from dryfly.floor import new_state, next_deadline, step
from dryfly.floor.measures import AgentFigures
from dryfly.floor.model import AgentId, ContactId, Instant, OfferId
from dryfly.simulation.centre import Centre
from dryfly.simulation.workload import NONE, Act, Outcome, Roster, Trajectory, Workload, new_trajectory

Watch = Callable[[list[m.Event], Instant], None]

OUTCOMES = {
    m.Ending.SERVED: Outcome.SERVED,
    m.Ending.ABANDONED: Outcome.ABANDONED,
    m.Ending.UNREACHED: Outcome.UNREACHED,
}
RINGS_MS = 30_000  # how long a call back rings until nobody was reached

FINISH, WRAP_UP, ROSTER, ACCEPT, BOOK, CALL, LEAVE, ARRIVE = range(8)

FOREVER = 2**62
WAKE_UP = m.WakeUp()


@dataclass(slots=True, eq=False)
class Visit:
    """A try that is in the house."""

    place: int
    contact: int
    id: ContactId
    stamp: int = 0  # grows when what was planned is planned no more
    agent: int = NONE  # serves it now
    since: int = 0  # served by this agent since
    work_ms: float = 0.0  # left to do, at unit speed
    paced_at: int = 0  # `work_ms` is true for this time
    offers_count: int = 0
    is_aside: bool = False  # gives way to work that may not wait
    is_promised: bool = False  # a call back, and the customer was not reached yet
    calls_count: int = 0


def drive(
    centre: Centre, workload: Workload, roster: Roster, *, watch: Watch | None = None, until_ms: int | None = None
) -> Trajectory:
    """Play the run to its end, or to `until_ms`. `watch` is told all events, and when they happened."""
    return Drive(centre, workload, roster, watch).run(until_ms)


class Drive:
    """One run. Use `drive`; the class is here for those who look inside while it goes on."""

    def __init__(self, centre: Centre, workload: Workload, roster: Roster, watch: Watch | None = None) -> None:
        assert len(centre.agents) == roster.agents_count
        self.centre = centre
        self.workload = workload
        self.roster = roster
        self.watch = watch
        self.state = new_state()
        self.todo: list[tuple[Any, int, int, int, Visit | None]] = []  # the first is an Instant
        self.visits: dict[ContactId, Visit] = {}
        self.knows: dict[int, AgentId] = {}  # who served a customer last
        self.standing: dict[int, AgentId] = {}  # offers that wait for somebody to accept
        self._read(workload, roster)
        self._prepare_agents()
        self._write(new_trajectory(workload, roster))
        self._set_up()

    # ---- the run ----

    def run(self, until_ms: int | None = None) -> Trajectory:
        todo, state, does = self.todo, self.state, self.does
        self._plan_arrival(0)
        self._plan_act(0)
        until = FOREVER if until_ms is None else self.begins_at + until_ms
        while True:
            due = next_deadline(state)
            at = todo[0][0] if todo else FOREVER
            if due is not None and due <= at and due <= until:
                self._take(WAKE_UP, due)
                continue
            if not todo or at > until:
                break
            at, kind, number, stamp, visit = heappop(todo)
            if visit is None or visit.stamp == stamp:
                does[kind](at, number, stamp, visit)
        return self._finished(Instant(state.clock if until_ms is None else until))

    def _take(self, command: m.Command, now: Instant) -> None:
        """Give the floor a command, and plan what follows from what happened."""
        events = step(self.state, command, now)
        sees = self.sees
        for event in events:
            see = sees.get(type(event))
            if see is not None:
                see(event, now)
        if self.watch is not None:
            self.watch(events, now)

    # ---- what people do ----

    def _arrive(self, now: Instant, place: int, _stamp: int, _visit: Visit | None) -> None:
        if place < self.contacts_count:
            self._plan_arrival(place + 1)
        contact = self.contact_at[place]
        visit = Visit(place, contact, ContactId(f"c{place}"))
        self.visits[visit.id] = visit
        self.entered[place] = now
        who = self.customer[contact]
        customer = None if who == NONE else m.CustomerId(f"k{who}")
        knows = self.knows.get(who)
        queue, channel = self.queue_ids[self.queue[contact]], self.channels[self.channel[contact]]
        try:
            self._enter(visit, m.OpenContact(visit.id, channel, customer, queue, knows), now)
        except m.Refusal:
            self._forget(visit, Outcome.REFUSED, now)
            return
        if visit.agent == NONE:
            self._plan_leave(visit, now)

    def _enter(self, _visit: Visit, opened: m.OpenContact, now: Instant) -> None:
        self._take(opened, now)

    def _accept(self, now: Instant, _place: int, number: int, _visit: Visit | None) -> None:
        agent = self.standing.get(number)
        if agent is not None:
            self._take(m.AcceptOffer(OfferId(f"o{number}"), agent), now)

    def _finish(self, now: Instant, _place: int, _stamp: int, visit: Visit | None) -> None:
        assert visit is not None
        self._take(m.FinishContact(visit.id, self.agent_ids[visit.agent]), now)

    def _wrap_up(self, now: Instant, _place: int, _stamp: int, visit: Visit | None) -> None:
        assert visit is not None
        self._take(m.WrapUpContact(visit.id, self.agent_ids[visit.agent]), now)

    def _book(self, now: Instant, _place: int, _stamp: int, visit: Visit | None) -> None:
        """Takes the call back that was proposed, if the queue really makes any."""
        assert visit is not None
        with suppress(m.Refusal):
            self._take(m.BookCallback(visit.id), now)

    def _call(self, now: Instant, _place: int, _stamp: int, visit: Visit | None) -> None:
        """The agent calls the customer back."""
        assert visit is not None
        visit.calls_count += 1
        is_reached = visit.calls_count > self.unreached[visit.contact]
        self._take(m.ReportCallback(visit.id, self.agent_ids[visit.agent], is_reached, "simulated"), now)

    def _leave(self, now: Instant, _place: int, _stamp: int, visit: Visit | None) -> None:
        assert visit is not None
        self._take(m.LeaveContact(visit.id), now)

    def _act(self, now: Instant, agent: int, act: int, _visit: Visit | None) -> None:
        """By plan, or (the act below zero) because of what happened."""
        if act < 0:
            self._do(now, agent, -act - 1)
            return
        self._plan_act(act + 1)
        self._do(now, agent, self.roster_act[act])

    def _do(self, now: Instant, agent: int, act: int) -> None:
        name, figures = self.agent_ids[agent], self.figures[agent]
        match act:
            case Act.SIGN_IN:
                self.on_shift[agent] = True
                self._take(m.ConnectAgent(name), now)
                self._take(m.SetPresence(name, m.Presence.READY), now)
            case Act.RESUME if self.on_shift[agent] and figures.is_connected:
                self._take(m.SetPresence(name, m.Presence.READY), now)
            case Act.PAUSE if self.on_shift[agent] and figures.is_connected:
                self._take(m.SetPresence(name, m.Presence.AWAY, "break"), now)
            case Act.SIGN_OUT:
                self.on_shift[agent] = False
                gone = m.Presence.AWAY if figures.contacts_count else m.Presence.OFFLINE
                self._take(m.SetPresence(name, gone, "shift_over"), now)
            case Act.VANISH:
                self._take(m.DisconnectAgent(name), now)
            case Act.COME_BACK:
                self._take(m.ConnectAgent(name), now)
                if self.on_shift[agent]:
                    self._take(m.SetPresence(name, m.Presence.READY), now)
            case _:
                pass  # a break of somebody who is not there

    # ---- what they plan ----

    def _plan_arrival(self, contact: int) -> None:
        if contact < self.contacts_count:
            heappush(self.todo, (self.begins_at + self.arrived[contact], ARRIVE, contact, 0, None))

    def _plan_act(self, number: int) -> None:
        if number < self.acts_count:
            at, agent = self.begins_at + self.roster_at[number], self.roster_agent[number]
            heappush(self.todo, (at, ROSTER, agent, number, None))

    def _plan_unasked(self, at: int, agent: int, act: Act) -> None:
        heappush(self.todo, (at, ROSTER, agent, -act - 1, None))

    def _plan_leave(self, visit: Visit, now: Instant) -> None:
        patience = self.patience[visit.contact]
        if patience != NONE:
            heappush(self.todo, (now + patience, LEAVE, visit.place, visit.stamp, visit))

    def _plan_call(self, visit: Visit, now: Instant) -> None:
        rings = 0 if self._talks_now(visit) else RINGS_MS
        heappush(self.todo, (now + rings, CALL, visit.place, visit.stamp, visit))

    def _plan_finish(self, visit: Visit, now: Instant, pace: float) -> None:
        visit.paced_at = now
        at = now + int(visit.work_ms / pace + 0.5)
        heappush(self.todo, (at, FINISH, visit.place, visit.stamp, visit))

    # ---- what they see ----

    def _see_queued(self, event: m.ContactQueued, now: Instant) -> None:
        """A talk that lost its agent waits again, and begins anew when it is answered."""
        if event.because is m.QueuedBecause.OPENED:
            return
        visit = self.visits[event.contact]
        if visit.agent != NONE:
            self._release(visit, now)
            if not visit.is_promised:
                self._plan_leave(visit, now)
        is_elsewhere = event.queue != self.queue_ids[self.queue[visit.contact]]
        if event.because is m.QueuedBecause.OVERFLOWED and self.started[visit.place] == NONE and is_elsewhere:
            self.overflows[visit.place] += 1

    def _see_overflow(self, event: m.ContactOverflowed, now: Instant) -> None:
        visit = self.visits[event.contact]
        if event.to is m.OverflowTo.CALLBACK and self.callback[visit.contact]:
            heappush(self.todo, (now, BOOK, visit.place, visit.stamp, visit))

    def _see_promise(self, event: m.CallbackKept, now: Instant) -> None:
        """Nobody whom we call back loses patience."""
        visit = self.visits[event.contact]
        visit.stamp += 1
        visit.is_promised = True
        if self.started[visit.place] == NONE:
            self.promised[visit.place] = now

    def _see_reached(self, event: m.CallbackReached, _now: Instant) -> None:
        self.visits[event.contact].is_promised = False

    def _see_later(self, event: m.CallbackBooked, now: Instant) -> None:
        """Not reached: the agent is free, and it is tried again."""
        visit = self.visits[event.contact]
        if visit.agent != NONE:
            self._release(visit, now)

    def _see_offer(self, event: m.OfferMade, now: Instant) -> None:
        if self.accepts_alone[event.agent]:
            return
        visit = self.visits[event.contact]
        visit.offers_count += 1
        if visit.offers_count <= self.misses[visit.contact]:
            return
        number = int(event.offer[1:])
        self.standing[number] = event.agent
        drawn = (visit.contact + visit.offers_count - 1) % self.contacts_count  # another draw for each further offer
        heappush(self.todo, (now + self.reaction[drawn], ACCEPT, visit.place, number, None))

    def _see_offer_end(self, event: m.OfferEnded, _now: Instant) -> None:
        if self.standing:
            self.standing.pop(int(event.offer[1:]), None)

    def _see_engaged(self, event: m.ContactEngaged, now: Instant) -> None:
        visit, agent = self.visits[event.contact], self.agent_numbers[event.agent]
        place = visit.place
        if self.started[place] == NONE:
            self.started[place] = now
            self.answered_by[place] = agent
        if (who := self.customer[visit.contact]) != NONE:
            self.knows[who] = event.agent
        visit.agent, visit.since = agent, now
        visit.stamp += 1
        figures = self.figures[agent]
        figures.settle(now)
        figures.contacts_count += 1
        pace = self._pace(agent, now)
        visit.work_ms = self.handling[visit.contact] / self.speed[agent][self.queue[visit.contact]]
        if visit.is_promised:
            self._plan_call(visit, now)
        if self._talks_now(visit):
            self.talks[agent][place] = visit
            self._plan_finish(visit, now, pace)

    def _talks_now(self, visit: Visit) -> bool:
        """Nobody picks up a call back that was drawn to reach nobody."""
        return not visit.is_promised or visit.calls_count >= self.unreached[visit.contact]

    def _see_interrupted(self, event: m.ContactInterrupted, now: Instant) -> None:
        """It lies, as far as it came, until it is taken up again."""
        visit = self.visits[event.contact]
        agent = visit.agent
        visit.work_ms -= (now - visit.paced_at) * self.paces_now[agent]
        visit.stamp += 1
        visit.is_aside = True
        self.aside_counts[agent] += 1
        del self.talks[agent][visit.place]
        self._pace(agent, now)

    def _see_continued(self, event: m.ContactContinued, now: Instant) -> None:
        visit = self.visits[event.contact]
        agent = visit.agent
        visit.is_aside = False
        self.aside_counts[agent] -= 1
        pace = self._pace(agent, now)
        self.talks[agent][visit.place] = visit
        self._plan_finish(visit, now, pace)

    def _see_wrap_up(self, event: m.WrapUpBegun, now: Instant) -> None:
        visit = self.visits[event.contact]
        visit.stamp += 1
        del self.talks[visit.agent][visit.place]
        work = self.wrap_up[visit.contact]
        if work != NONE and now + work < event.until:
            heappush(self.todo, (now + work, WRAP_UP, visit.place, visit.stamp, visit))

    def _see_closed(self, event: m.ContactClosed, now: Instant) -> None:
        visit = self.visits[event.contact]
        outcome = OUTCOMES.get(event.ending, Outcome.OTHER)
        if visit.agent != NONE:
            self._release(visit, now)
        self._forget(visit, outcome, now)
        if outcome is Outcome.ABANDONED:
            self._try_again(visit, now)

    def _see_presence(self, event: m.PresenceChanged, now: Instant) -> None:
        agent = self.agent_numbers[event.agent]
        figures = self.figures[agent]
        figures.settle(now)
        figures.presence = event.presence
        if event.by_floor and event.presence is m.Presence.AWAY:
            self._plan_unasked(now + self.roster.pause_ms, agent, Act.RESUME)

    def _see_connected(self, event: m.AgentConnected | m.AgentVanished, now: Instant) -> None:
        figures = self.figures[self.agent_numbers[event.agent]]
        figures.settle(now)
        figures.is_connected = isinstance(event, m.AgentConnected)

    # ---- an agent's work ----

    def _pace(self, agent: int, now: Instant) -> float:
        """The speed at which each talk of the agent goes on now. If it changed, their ends are planned anew."""
        if self.is_even:
            return 1.0
        held = self.figures[agent].contacts_count - self.aside_counts[agent]
        before = self.paces_now[agent]
        pace = self.paces[held if held < len(self.paces) else -1]
        if pace != before:
            self.paces_now[agent] = pace
            for visit in self.talks[agent].values():
                visit.work_ms -= (now - visit.paced_at) * before
                visit.stamp += 1
                self._plan_finish(visit, now, pace)
        return pace

    def _release(self, visit: Visit, now: Instant) -> None:
        """The agent has it no more."""
        agent = visit.agent
        figures = self.figures[agent]
        figures.settle(now)
        figures.contacts_count -= 1
        self.handled[visit.place] += now - visit.since
        visit.agent = NONE
        visit.stamp += 1
        self.aside_counts[agent] -= visit.is_aside
        visit.is_aside = False
        self.talks[agent].pop(visit.place, None)
        self._pace(agent, now)
        if not figures.contacts_count and not self.on_shift[agent] and figures.presence is m.Presence.AWAY:
            self._plan_unasked(now, agent, Act.SIGN_OUT)

    # ---- the end of a try ----

    def _forget(self, visit: Visit, outcome: Outcome, now: Instant) -> None:
        visit.stamp += 1
        self.outcome[visit.place] = outcome
        self.ended[visit.place] = now
        del self.visits[visit.id]

    def _try_again(self, visit: Visit, now: Instant) -> None:
        contact = visit.contact
        first = self.further_at[contact]
        place = first if visit.place == contact else visit.place + 1
        if place < first + self.retries[contact]:
            heappush(self.todo, (now + self.retry_after[contact], ARRIVE, place, 0, None))

    def _finished(self, end: Instant) -> Trajectory:
        """Times since the run began again; who is still in the house is told so."""
        for visit in self.visits.values():
            self.outcome[visit.place] = Outcome.OPEN
            if visit.agent != NONE:
                self.handled[visit.place] += end - visit.since
        done = self.trajectory
        for agent, figures in enumerate(self.figures):
            figures.settle(end)
            done.agent_handling_ms[agent], done.agent_ready_ms[agent] = figures.handling_ms, figures.ready_ms
        for times in (done.entered_ms, done.started_ms, done.ended_ms, done.promised_ms):
            times[times != NONE] -= self.begins_at
        return done

    # ---- before the run ----

    def _read(self, workload: Workload, roster: Roster) -> None:
        """Numbers of Python from the arrays, one at a time and without a copy."""
        self.contacts_count, self.acts_count = len(workload), len(roster.at_ms)
        self.arrived, self.queue = workload.arrived_ms.data, workload.queue.data
        self.channel, self.customer = workload.channel.data, workload.customer.data
        self.patience, self.handling = workload.patience_ms.data, workload.handling_ms.data
        self.wrap_up, self.reaction = workload.wrap_up_ms.data, workload.reaction_ms.data
        self.misses, self.retries = workload.misses.data, workload.retries.data
        self.callback, self.unreached = workload.callback.data, workload.unreached.data
        self.retry_after, self.further_at = workload.retry_after_ms.data, workload.further_at.data
        self.contact_at = workload.contact_at.data
        self.roster_at, self.roster_agent = roster.at_ms.data, roster.agent.data
        self.roster_act = roster.act.data

    def _write(self, trajectory: Trajectory) -> None:
        self.trajectory = trajectory
        self.entered, self.started = trajectory.entered_ms.data, trajectory.started_ms.data
        self.ended, self.handled = trajectory.ended_ms.data, trajectory.handled_ms.data
        self.overflows, self.promised = trajectory.overflows.data, trajectory.promised_ms.data
        self.answered_by, self.outcome = trajectory.agent.data, trajectory.outcome.data

    def _prepare_agents(self) -> None:
        agents = self.centre.agents
        self.figures = [AgentFigures(since=self.centre.begins_at) for _ in agents]
        self.talks: list[dict[int, Visit]] = [{} for _ in agents]
        self.aside_counts = [0 for _ in agents]
        self.on_shift = [False for _ in agents]
        self.speed: list[list[float]] = self.roster.speed.tolist()
        concurrency: list[float] = self.roster.concurrency.tolist()
        self.is_even = concurrency == [1.0]  # one talk goes as fast as three
        self.paces = [concurrency[0], *concurrency]  # by how many are held; nobody's pace is that of one
        self.paces_now = [self.paces[0] for _ in agents]

    def _set_up(self) -> None:
        centre = self.centre
        self.begins_at = centre.begins_at
        self.channels = centre.channels
        self.queue_ids = [name for name, _ in centre.queues]
        self.agent_ids = [name for name, _ in centre.agents]
        self.agent_numbers = {name: number for number, name in enumerate(self.agent_ids)}
        self.accepts_alone = {name: spec.auto_accept for name, spec in centre.agents}
        asked = (self._finish, self._wrap_up, self._act, self._accept)
        self.does = (*asked, self._book, self._call, self._leave, self._arrive)
        self.sees: dict[type[m.Event], Callable[[Any, Instant], None]] = {
            m.ContactQueued: self._see_queued,
            m.OfferMade: self._see_offer,
            m.OfferEnded: self._see_offer_end,
            m.ContactEngaged: self._see_engaged,
            m.ContactInterrupted: self._see_interrupted,
            m.ContactContinued: self._see_continued,
            m.WrapUpBegun: self._see_wrap_up,
            m.ContactClosed: self._see_closed,
            m.ContactOverflowed: self._see_overflow,
            m.CallbackKept: self._see_promise,
            m.CallbackReached: self._see_reached,
            m.CallbackBooked: self._see_later,
            m.PresenceChanged: self._see_presence,
            m.AgentConnected: self._see_connected,
            m.AgentVanished: self._see_connected,
        }
        self._take(m.PutSite(centre.site), self.begins_at)
        for queue, queue_spec in centre.queues:
            self._take(m.PutQueue(queue, queue_spec), self.begins_at)
        for queue, spans in centre.hours:
            self._take(m.PutHours(queue, spans), self.begins_at)
        for agent, agent_spec in centre.agents:
            self._take(m.PutAgent(agent, agent_spec), self.begins_at)
