"""A seeded day on the floor: customers, bot, agents and supervisors who act, and everything that can go wrong.

The generator is a heap of planned acts. It gives commands to a floor, sees the events, and plans what people
do next. All choices come from the seed, the day's options too, so that a seed is a day: the same again and again.
People do not know the rules by heart: some commands are refused, and that must change nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from random import Random
from typing import Protocol

from dryfly.floor import State, next_deadline
from dryfly.floor import model as m
from dryfly.floor.model import AgentId, ContactId, Instant, QueueId, SkillId

CHANNELS = (m.Channel("web"), m.Channel("mail"), m.Channel("voice"))
SILENCE_MS = 2 * 3600 * 1000
EPOCH = Instant(1_800_000_000_000)


class Floor(Protocol):
    """What a day is played on."""

    @property
    def state(self) -> State: ...

    def submit(self, command: m.Command, now: Instant) -> list[m.Event]:
        """The events; none if the command was refused."""
        ...

    def restart(self) -> None:
        """Die and come back."""
        ...


@dataclass(frozen=True)
class Options:
    """How this day is; drawn from the seed."""

    agents_count: int
    skills_count: int
    queues_count: int
    contacts_count: int
    length_s: int
    fault_share: float  # of acts in which somebody misbehaves
    customers_count: int
    choice: str


def draw_options(random: Random) -> Options:
    return Options(
        agents_count=random.randint(1, 9),
        skills_count=random.randint(1, 4),
        queues_count=random.randint(1, 4),
        contacts_count=random.randint(8, 40),
        length_s=random.choice((600, 1800, 7200)),
        fault_share=random.choice((0.0, 0.05, 0.15, 0.3)),
        customers_count=random.randint(3, 30),
        choice=random.choice(("least_sufficient", "least_sufficient", "least_loaded", "longest_idle")),
    )


Act = Callable[[], None]


@dataclass
class GeneratedDay:
    seed: int
    floor: Floor
    now: Instant = EPOCH
    random: Random = field(init=False)
    options: Options = field(init=False)
    plan: list[tuple[int, int, Act]] = field(default_factory=list)
    acts_count: int = 0
    messages_count: int = 0

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.options = draw_options(self.random)

    def run(self) -> None:
        """Play the day to its end: until nobody plans anything, a silence, and everybody who is still there leaves."""
        self._set_up()
        self._open_doors()
        while self.plan:
            self._wake_up_until(self.plan[0][0])
            at, _, act = heappop(self.plan)
            self.now = Instant(max(self.now, at))
            act()
        self._fall_silent()
        for contact in sorted(self.floor.state.contacts):
            self._submit(m.CancelCallback(contact))
            self._submit(m.LeaveContact(contact))
        self._fall_silent()

    def _fall_silent(self) -> None:
        self.now = Instant(self.now + SILENCE_MS)
        self.plan.clear()
        self._wake_up_until(self.now)

    def _wake_up_until(self, until: int) -> None:
        """Ring the alarm, on time or late; sometimes for nothing."""
        if self._fails():
            self._submit(m.WakeUp())
        while (deadline := next_deadline(self.floor.state)) is not None and deadline <= until:
            late_ms = self.random.choice((0, 0, 0, 40, 5000)) if self._fails() else 0
            self.now = Instant(max(self.now, min(deadline + late_ms, until)))
            self._submit(m.WakeUp())

    # ---- set-up ----

    def _set_up(self) -> None:
        self._submit(
            m.PutSite(
                m.SiteSpec(agent_grace_s=20, bot_quiet_s=600, overdue_agent_share=self.random.choice((0.0, 0.3, 1.0)))
            )
        )
        for number in range(self.options.queues_count):
            self._submit(self._put_queue(QueueId(f"q{number}")))
        for number in range(self.options.agents_count):
            self._submit(m.PutAgent(AgentId(f"a{number}"), self._agent_spec()))

    def _put_queue(self, name: QueueId) -> m.PutQueue:
        return m.PutQueue(name, self._queue_spec(name))

    def _queue_spec(self, name: QueueId) -> m.QueueSpec:
        skills = self.random.sample(range(self.options.skills_count), self.random.randint(0, 1))
        needs = tuple(m.SkillNeed(SkillId(f"s{n}"), self.random.randint(1, 6)) for n in skills)
        return m.QueueSpec(
            requirement=needs,
            target_s=self.random.choice((20, 60, 600)),
            reply_clock_s=self.random.choice((None, 60, 120)),
            reply_grace_s=self.random.choice((0, 30)),
            wrap_up_s=self.random.choice((0, 10, 30)),
            park_after_s=self.random.choice((0, 120, 300)),
            parked_close_s=self.random.choice((600, 3600)),
            owner_patience_s=self.random.choice((0, 30, 60)),
            choice=self.options.choice,
            relaxations=self._relaxations(needs),
            ring=self.random.choice((1, 1, 2, 3)),
            reclaim_after_s=self.random.choice((0, 60)),
            sticky_s=self.random.choice((0, 30)),
            overflow=self._overflow(name),
            callback_attempts_max=2,
            callback_retry_s=self.random.choice((60, 300)),
            callback_slots_max=self.random.choice((0, 2)),
            waiting_max=self.random.choice((3, 1000, 1000)),
        )

    def _overflow(self, name: QueueId) -> tuple[m.OverflowRule, ...]:
        """Only to queues with a higher number: in no circle."""
        if self.random.random() < 0.5:
            return ()
        limits = {"length": 4, "wait": 45, "closed": 0, "estimate": 60}
        rules = []
        for when in self.random.sample(list(m.OverflowWhen), 2):
            to = self.random.choice(list(m.OverflowTo))
            higher = [n for n in range(self.options.queues_count) if n > int(name[1:])]
            if to is m.OverflowTo.QUEUE and not higher:
                continue
            queue = QueueId(f"q{self.random.choice(higher)}") if to is m.OverflowTo.QUEUE else None
            rules.append(m.OverflowRule(when, to, limits[when], queue))
        return tuple(rules)

    def _hours(self, queue: QueueId) -> m.PutHours:
        """Open again and again; sometimes always, or never."""
        luck = self.random.random()
        if luck < 0.3:
            return m.PutHours(queue, None)
        if luck < 0.4:
            return m.PutHours(queue, ())
        starts = [self.now + n * 600_000 for n in range(-2, 6)]
        return m.PutHours(queue, tuple(m.Span(Instant(at), Instant(at + 420_000)) for at in starts))

    def _relaxations(self, needs: tuple[m.SkillNeed, ...]) -> tuple[m.Relaxation, ...]:
        """Lower and lower, and at last dropped, or a back-up group."""
        if self.random.random() < 0.5:
            return ()
        half = tuple(m.SkillNeed(need.skill, need.level_min // 2) for need in needs)
        other = m.SkillNeed(SkillId(f"s{self.random.randrange(self.options.skills_count)}"), self.random.randint(1, 8))
        backup = (other,) if self.random.random() < 0.5 else ()
        return m.Relaxation(15, half), m.Relaxation(self.random.choice((30, 90)), (), backup)

    def _agent_spec(self) -> m.AgentSpec:
        skills = range(self.options.skills_count)
        known = self.random.sample(skills, self.random.randint(0, len(skills)))
        units = {"web": self.random.choice((20, 25, 50)), "mail": 10, "voice": self.random.choice((60, 100))}
        channels = self.random.sample(CHANNELS, self.random.randint(1, 3))
        return m.AgentSpec(
            skills={SkillId(f"s{n}"): self.random.randint(1, 10) for n in known},
            channels=tuple(
                m.ChannelCapacity(c, units[c], self.random.randint(1, 4), c == "mail" and self.random.random() < 0.7)
                for c in channels
            ),
            auto_accept=self.random.random() < 0.1,
            wrap_up_s=self.random.choice((None, None, 5)),
        )

    def _open_doors(self) -> None:
        for number in range(self.options.agents_count):
            self._after(self.random.uniform(0, 60), self._signing_in(AgentId(f"a{number}")))
        for number in range(self.options.contacts_count):
            at_s = self.random.uniform(0, self.options.length_s)
            self._after(at_s, self._arriving(ContactId(f"c{number}")))
        for _ in range(int(self.options.fault_share * 60)):
            self._after(self.random.uniform(0, self.options.length_s), self._misfortune)

    # ---- customers and the bot ----

    def _arriving(self, contact: ContactId) -> Act:
        def act() -> None:
            customer = m.CustomerId(f"k{self.random.randrange(self.options.customers_count)}")
            queue = self._some_queue() if self.random.random() < 0.3 else None
            known = customer if self.random.random() < 0.7 else None
            self._submit(m.OpenContact(contact, self.random.choice(CHANNELS), known, queue))
            self._submit(m.HearCustomer(contact, self._message()))
            if known is None and self.random.random() < 0.5:
                self._submit(m.IdentifyCustomer(contact, customer, 1))
            self._after(self.random.uniform(1, 30), lambda: self._bot_turn(contact))

        return act

    def _bot_turn(self, contact: ContactId) -> None:
        self._submit(m.SayToCustomer(contact, self._message(), m.AuthorKind.BOT, None, "own_contact"))
        found = self.floor.state.contacts.get(contact)
        if found is None or found.state is not m.ContactState.WITH_BOT:
            return
        if self.random.random() < 0.2:
            self._after(20, lambda: self._submit(m.LeaveContact(contact, self.random.random() < 0.5)))
            return
        extra = (m.SkillNeed(SkillId("s0"), 2),) if self.random.random() < 0.2 else ()
        head_start_s = self.random.choice((0, 0, 0, 300))
        because = m.QueuedBecause.BOT_LET_GO
        queue, last = self._some_queue(), self._some_agent()
        self._submit(m.QueueContact(contact, queue, because, "need", "asked", head_start_s, extra, last))

    def _impatience(self, contact: ContactId) -> None:
        found = self.floor.state.contacts.get(contact)
        if found is None or found.owner is not m.OwnerKind.QUEUE:
            return
        if self.random.random() < 0.3:
            self._submit(m.ReturnToBot(contact))
            self._submit(m.SayToCustomer(contact, self._message(), m.AuthorKind.BOT, None, "own_contact"))
        elif self.random.random() < 0.2:
            self._submit(m.QueueContact(contact, self._some_queue(), m.QueuedBecause.CUSTOMER_ASKED))
        elif self.random.random() < 0.4:
            self._wants_callback(contact)
        else:
            self._submit(m.LeaveContact(contact))

    def _wants_callback(self, contact: ContactId) -> None:
        at = self.random.choice((None, Instant(self.now + self.random.choice((60, 600, 3600)) * 1000)))
        self._submit(m.BookCallback(contact, at))
        if self.random.random() < 0.3:
            self._after(30, lambda: self._submit(m.CancelCallback(contact)))
        self._after(60, lambda: self._submit(m.LeaveContact(contact)))

    def _customer_speaks(self, contact: ContactId) -> None:
        channel = self.random.choice(CHANNELS) if self._fails() else None
        self._submit(m.HearCustomer(contact, self._message(), channel))

    # ---- agents ----

    def _signing_in(self, agent: AgentId) -> Act:
        def act() -> None:
            self._submit(m.ConnectAgent(agent))
            self._submit(m.SetPresence(agent, m.Presence.READY))

        return act

    def _consider(self, offer: m.OfferMade) -> None:
        luck, after_s = self.random.random(), self.random.uniform(0, 15)
        if luck < 0.08:
            return  # missed
        answer: m.Command = m.AcceptOffer(offer.offer, offer.agent)
        if luck < 0.16:
            answer = m.DeclineOffer(offer.offer, offer.agent, "busy")
        elif luck < 0.18:
            answer = m.FailOffer(offer.offer, offer.agent)
        self._after(after_s, lambda: self._submit(answer))
        if self._fails():  # pressed twice
            self._after(after_s, lambda: self._submit(answer))

    def _serve(self, contact: ContactId, agent: AgentId) -> None:
        luck = self.random.random()
        if luck < 0.05:
            return  # forgotten
        found = self.floor.state.contacts.get(contact)
        if found is not None and found.callback is not None:
            self._submit(m.ReportCallback(contact, agent, luck < 0.5))
        self._submit(m.SayToCustomer(contact, self._message(), m.AuthorKind.AGENT, agent, "own_contact"))
        if luck < 0.4:
            self._after(self.random.uniform(5, 60), lambda: self._customer_speaks(contact))
            self._after(self.random.uniform(30, 90), lambda: self._serve(contact, agent))
        elif luck < 0.5:
            self._after(5, lambda: self._pass_on(contact, agent))
        elif luck < 0.6:
            self._submit(m.ParkContact(contact, agent))
            self._after(self.random.uniform(10, 900), lambda: self._customer_speaks(contact))
        elif luck < 0.62:
            self._snooze(contact, agent)
        elif luck < 0.66:
            self._submit(m.HoldContact(contact, agent, True))
            self._after(20, lambda: self._submit(m.HoldContact(contact, agent, False)))
            self._after(30, lambda: self._serve(contact, agent))
        else:
            self._after(self.random.uniform(5, 120), lambda: self._finish(contact, agent))

    def _snooze(self, contact: ContactId, agent: AgentId) -> None:
        until = Instant(self.now + self.random.choice((30, 120, 600, 3600)) * 1000)
        self._submit(m.SnoozeContact(contact, agent, until))
        if self.random.random() < 0.4:
            self._after(self.random.uniform(10, 900), lambda: self._customer_speaks(contact))

    def _pass_on(self, contact: ContactId, agent: AgentId) -> None:
        other = self._some_agent()
        if self.random.random() < 0.3:
            self._ask(contact, agent, other)
        elif self.random.random() < 0.3:
            self._submit(m.JoinContact(contact, other, self.random.choice(list(m.Role))))
            self._after(30, lambda: self._submit(m.PartContact(contact, other)))
            self._after(40, lambda: self._serve(contact, agent))
        elif self.random.random() < 0.5:
            self._submit(m.TransferContact(contact, agent, to_queue=self._some_queue()))
        else:
            self._submit(m.TransferContact(contact, agent, to_agent=other))

    def _ask(self, contact: ContactId, agent: AgentId, other: AgentId) -> None:
        role = self.random.choice((m.Role.CONSULTED, m.Role.INVITED))
        self._submit(m.AskColleague(contact, agent, other, role, self._note()))
        luck, after_s = self.random.random(), self.random.uniform(5, 90)
        if luck < 0.5:
            self._after(after_s, lambda: self._submit(m.AcceptRequest(contact, other)))
            self._after(after_s + 20, lambda: self._consulted(contact, agent, other))
        elif luck < 0.65:
            self._after(after_s, lambda: self._submit(m.DeclineRequest(contact, other)))
        elif luck < 0.8:
            self._after(after_s, lambda: self._submit(m.WithdrawRequest(contact, agent, other)))
        self._after(100, lambda: self._serve(contact, agent))

    def _consulted(self, contact: ContactId, agent: AgentId, other: AgentId) -> None:
        """The colleague has had a look: says something, has the talk handed over, or goes."""
        luck = self.random.random()
        if luck < 0.5:
            self._submit(m.TransferContact(contact, agent, to_agent=other))
        elif luck < 0.8:
            self._submit(m.SayToCustomer(contact, self._message(), m.AuthorKind.AGENT, other, "own_contact"))
        self._after(10, lambda: self._submit(m.PartContact(contact, other)))

    def _finish(self, contact: ContactId, agent: AgentId) -> None:
        if self.random.random() < 0.2:
            self._submit(m.LeaveContact(contact))
        else:
            self._submit(m.FinishContact(contact, agent))

    # ---- misfortune ----

    def _misfortune(self) -> None:
        agent = self._some_agent()
        acts: Sequence[Act] = (
            self.floor.restart,
            lambda: self._vanish(agent),
            lambda: self._vanish(agent),
            lambda: self._go_away(agent),
            lambda: self._submit(m.SetPresence(agent, m.Presence.OFFLINE)),
            lambda: self._submit(m.PutAgent(agent, self._agent_spec())),
            lambda: self._submit(self._put_queue(self._some_queue())),
            lambda: self._submit(self._hours(self._some_queue())),
            lambda: self._submit(m.NoteEstimate(self._some_queue(), self.random.choice((None, 30, 90)))),
            lambda: self._submit(m.TakeOverContact(self._some_contact(), agent)),
            lambda: self._submit(m.ReleaseContact(self._some_contact())),
            lambda: self._submit(m.ReleaseContact(self._some_contact(), self._some_queue())),
            lambda: self._begin(agent),
            self._merge,
            self._merge,
            self._unmerge,
            lambda: self._replace_agent(agent),
            lambda: self._submit(m.RemoveQueue(QueueId("q0"))),
        )
        self.random.choice(acts)()

    def _begin(self, agent: AgentId) -> None:
        begun = ContactId(f"b{self.acts_count}")
        customer = m.CustomerId(f"k{self.random.randrange(self.options.customers_count)}")
        self._submit(m.BeginContact(begun, customer, CHANNELS[0], agent, self._some_queue(), "begun_by_agent"))

    def _merge(self) -> None:
        """A talk that is served, and another contact of the same customer, or of whoever."""
        state = self.floor.state
        served = sorted(c.id for c in state.contacts.values() if c.state is m.ContactState.ACTIVE)
        if not served:
            return
        into = state.contacts[self.random.choice(served)]
        others = sorted(state.index.customers.get(into.customer, ())) if into.customer else []
        contact = self.random.choice([*others, self._some_contact()])
        self._submit(
            m.MergeContact(contact, into.id, into.agent, self.random.random() < 0.7, self.random.random() < 0.5)
        )
        self._after(self.random.uniform(1, 60), lambda: self._customer_speaks(contact))

    def _unmerge(self) -> None:
        merged = sorted(c.id for c in self.floor.state.contacts.values() if c.main is not None)
        if merged:
            self._submit(m.UnmergeContact(self.random.choice(merged), None, as_supervisor=True))

    def _vanish(self, agent: AgentId) -> None:
        self._submit(m.DisconnectAgent(agent))
        self._after(self.random.choice((3, 15, 60)), self._signing_in(agent))

    def _go_away(self, agent: AgentId) -> None:
        self._submit(m.SetPresence(agent, m.Presence.AWAY, "break"))
        self._after(self.random.uniform(30, 300), self._signing_in(agent))

    def _replace_agent(self, agent: AgentId) -> None:
        self._submit(m.RemoveAgent(agent))
        self._submit(m.PutAgent(agent, self._agent_spec()))
        self._after(10, self._signing_in(agent))

    # ---- the machinery ----

    def _submit(self, command: m.Command) -> None:
        for event in self.floor.submit(command, self.now):
            self._react(event)

    def _react(self, event: m.Event) -> None:
        match event:
            case m.ContactQueued():
                self._after(self.random.expovariate(1 / 200), lambda: self._impatience(event.contact))
            case m.OfferMade():
                self._consider(event)
            case m.ContactBegun() | m.ContactEngaged() | m.ContactResumed():
                self._after(self.random.uniform(2, 40), lambda: self._serve(event.contact, event.agent))
            case m.WrapUpBegun() if self.random.random() < 0.7:
                wrap_up = m.WrapUpContact(event.contact, event.agent, "done")
                self._after(self.random.uniform(1, 20), lambda: self._submit(wrap_up))
            case m.WrapUpBegun():
                self._after(3, lambda: self._customer_speaks(event.contact))
            case m.PresenceChanged(by_floor=True):
                self._after(self.random.uniform(5, 120), self._signing_in(event.agent))
            case m.QueueRemoved():
                self._submit(self._put_queue(event.queue))
            case _:
                pass

    def _after(self, seconds: float, act: Act) -> None:
        """Plan an act. Whole tenths of a second, so that the clock repeats now and then."""
        self.acts_count += 1
        heappush(self.plan, (self.now + int(seconds * 10) * 100, self.acts_count, act))

    def _fails(self) -> bool:
        return self.random.random() < self.options.fault_share

    def _note(self) -> m.NoteId | None:
        self.messages_count += 1
        return m.NoteId(f"n{self.messages_count}") if self.random.random() < 0.5 else None

    def _message(self) -> m.MessageId:
        self.messages_count += 1
        return m.MessageId(f"m{self.messages_count}")

    def _some_queue(self) -> QueueId:
        return QueueId(f"q{self.random.randrange(self.options.queues_count)}")

    def _some_agent(self) -> AgentId:
        return AgentId(f"a{self.random.randrange(self.options.agents_count)}")

    def _some_contact(self) -> ContactId:
        return self.random.choice(sorted(self.floor.state.contacts) or [ContactId("none")])
