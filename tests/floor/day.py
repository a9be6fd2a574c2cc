"""A day told in the words of the trade: `ann.asks("returns")`, `bob.accepts()`, `day.passes(20)`.

Time stands still until `passes`; every step is checked by the naive floor and the invariants.
"""

from dataclasses import dataclass, field

from dryfly.floor import Contact, next_deadline
from dryfly.floor import model as m
from dryfly.floor.model import (
    AgentId,
    Channel,
    ContactId,
    CustomerId,
    Instant,
    MessageId,
    OfferId,
    QueueId,
    SkillId,
    SkillNeed,
)
from tests.floor.floors import CheckedFloor

WEB = Channel("web")
VOICE = Channel("voice")
MAIL = Channel("mail")
CHANNELS = (m.ChannelCapacity(WEB, 25, 4), m.ChannelCapacity(VOICE, 100, 1), m.ChannelCapacity(MAIL, 10, 3))
MORNING = Instant(1_800_000_000_000)


@dataclass
class Day:
    floor: CheckedFloor = field(default_factory=CheckedFloor)
    now: Instant = MORNING
    messages_count: int = 0

    def site(self, **spec: float) -> None:
        self.submit(m.PutSite(m.SiteSpec(**spec)))  # type: ignore[arg-type]

    def queue(self, name: str, *needs: tuple[str, int], **spec: object) -> None:
        requirement = tuple(SkillNeed(SkillId(skill), level) for skill, level in needs)
        self.submit(m.PutQueue(QueueId(name), m.QueueSpec(requirement=requirement, **spec)))  # type: ignore[arg-type]

    def agent(
        self,
        name: str,
        *,
        channels: tuple[m.ChannelCapacity, ...] = CHANNELS,
        ready: bool = True,
        auto_accept: bool = False,
        wrap_up_s: int | None = None,
        **skills: int,
    ) -> "Agent":
        levels = {SkillId(skill): level for skill, level in skills.items()}
        spec = m.AgentSpec(levels, 100, channels, auto_accept, wrap_up_s)
        agent = Agent(self, AgentId(name))
        self.submit(m.PutAgent(agent.id, spec))
        if ready:
            agent.signs_in()
        return agent

    def customer(self, name: str, *, channel: Channel = WEB, known_as: str | None = None) -> "Customer":
        """Somebody opens a contact of the same name, with the bot first."""
        customer = Customer(self, ContactId(name))
        self.submit(m.OpenContact(customer.id, channel, CustomerId(known_as) if known_as else None))
        return customer

    def passes(self, seconds: float) -> list[m.Event]:
        """Let time pass; the alarm rings whenever something is due."""
        events: list[m.Event] = []
        until = self.now + int(seconds * 1000)
        while (due := next_deadline(self.floor.state)) is not None and due <= until:
            self.now = Instant(max(self.now, due))
            events += self.submit(m.WakeUp())
        self.now = Instant(until)
        return events

    def submit(self, command: m.Command) -> list[m.Event]:
        """A refusal is a failure, unless `refusal_of` asked for it."""
        events = self.floor.submit(command, self.now)
        if not events:
            raise AssertionError(f"refused: {command}: {self.floor.refusals}")
        return events

    def refusal_of(self, command: m.Command) -> str:
        before = dict(self.floor.refusals)
        assert self.floor.submit(command, self.now) == [], "it was not refused"
        (code,) = [code for code, count in self.floor.refusals.items() if count != before.get(code, 0)]
        return code

    def message(self) -> MessageId:
        self.messages_count += 1
        return MessageId(f"m{self.messages_count}")

    def events(self, kind: type[m.Event]) -> list[m.Event]:
        return [event for event, _ in self.floor.journal if isinstance(event, kind)]


@dataclass
class Customer:
    day: Day
    id: ContactId

    def asks(
        self,
        queue: str,
        *extra: tuple[str, int],
        head_start_s: int = 0,
        because: m.QueuedBecause = m.QueuedBecause.BOT_LET_GO,
    ) -> "Customer":
        """For a person: the bot lets go."""
        needs = tuple(SkillNeed(SkillId(skill), level) for skill, level in extra)
        command = m.QueueContact(self.id, QueueId(queue), because, head_start_s=head_start_s, extra=needs)
        self.day.submit(command)
        return self

    def writes(self, channel: Channel | None = None) -> list[m.Event]:
        return self.day.submit(m.HearCustomer(self.id, self.day.message(), channel))

    def leaves(self, *, solved: bool = False) -> list[m.Event]:
        return self.day.submit(m.LeaveContact(self.id, solved))

    def returns_to_bot(self) -> None:
        self.day.submit(m.ReturnToBot(self.id))

    def hears_bot(self) -> None:
        self.day.submit(self.bot_words())

    def bot_words(self) -> m.SayToCustomer:
        return m.SayToCustomer(self.id, self.day.message(), m.AuthorKind.BOT, None, "own_contact")

    @property
    def contact(self) -> Contact:
        return self.day.floor.state.contacts[self.id]

    @property
    def is_gone(self) -> bool:
        return self.id not in self.day.floor.state.contacts

    @property
    def state(self) -> m.ContactState:
        return self.contact.state

    @property
    def agent(self) -> str | None:
        return self.contact.agent

    @property
    def is_waiting(self) -> bool:
        return self.state is m.ContactState.WAITING


@dataclass
class Agent:
    day: Day
    id: AgentId

    def signs_in(self) -> "Agent":
        self.day.submit(m.ConnectAgent(self.id))
        return self.is_ready()

    def is_ready(self) -> "Agent":
        self.day.submit(m.SetPresence(self.id, m.Presence.READY))
        return self

    def goes_away(self, reason: str = "break") -> list[m.Event]:
        return self.day.submit(m.SetPresence(self.id, m.Presence.AWAY, reason))

    def signs_out(self) -> list[m.Event]:
        return self.day.submit(m.SetPresence(self.id, m.Presence.OFFLINE))

    def vanishes(self) -> list[m.Event]:
        return self.day.submit(m.DisconnectAgent(self.id))

    def comes_back(self) -> list[m.Event]:
        return self.day.submit(m.ConnectAgent(self.id))

    def accepts(self) -> None:
        self.day.submit(m.AcceptOffer(self.offer, self.id))

    def declines(self) -> None:
        self.day.submit(m.DeclineOffer(self.offer, self.id))

    def fails(self) -> None:
        self.day.submit(m.FailOffer(self.offer, self.id))

    def serves(self, customer: Customer) -> None:
        """Accepts what is offered, and it is this customer's."""
        assert self.offered == customer.id
        self.accepts()

    def answers(self, customer: Customer) -> None:
        self.day.submit(self.words_to(customer))

    def words_to(self, customer: Customer) -> m.SayToCustomer:
        return m.SayToCustomer(customer.id, self.day.message(), m.AuthorKind.AGENT, self.id, "own_contact")

    def transfers(self, customer: Customer, *, queue: str | None = None, agent: "Agent | None" = None) -> None:
        to_queue = QueueId(queue) if queue else None
        to_agent = agent.id if agent else None
        self.day.submit(m.TransferContact(customer.id, self.id, to_queue, to_agent))

    def parks(self, customer: Customer) -> None:
        self.day.submit(m.ParkContact(customer.id, self.id))

    def snoozes(self, customer: Customer, seconds: int) -> None:
        self.day.submit(self.snooze(customer, seconds))

    def snooze(self, customer: Customer, seconds: int) -> m.SnoozeContact:
        return m.SnoozeContact(customer.id, self.id, Instant(self.day.now + seconds * 1000))

    def finishes(self, customer: Customer) -> None:
        self.day.submit(m.FinishContact(customer.id, self.id))

    def wraps_up(self, customer: Customer) -> None:
        self.day.submit(m.WrapUpContact(customer.id, self.id, "done"))

    def joins(self, customer: Customer, role: m.Role) -> None:
        self.day.submit(m.JoinContact(customer.id, self.id, role))

    def asks(self, colleague: "Agent", customer: Customer, role: m.Role = m.Role.CONSULTED) -> None:
        self.day.submit(self.request(colleague, customer, role))

    def request(self, colleague: "Agent", customer: Customer, role: m.Role = m.Role.CONSULTED) -> m.AskColleague:
        return m.AskColleague(customer.id, self.id, colleague.id, role)

    def comes_in(self, customer: Customer) -> None:
        self.day.submit(m.AcceptRequest(customer.id, self.id))

    def takes_over(self, customer: Customer) -> None:
        self.day.submit(m.TakeOverContact(customer.id, self.id))

    def merges(self, customer: Customer, into: Customer, **how: bool) -> list[m.Event]:
        return self.day.submit(self.merger(customer, into, **how))

    def merger(self, customer: Customer, into: Customer, **how: bool) -> m.MergeContact:
        return m.MergeContact(customer.id, into.id, self.id, **how)

    def parts(self, customer: Customer) -> list[m.Event]:
        return self.day.submit(m.UnmergeContact(customer.id, self.id))

    @property
    def offer(self) -> OfferId:
        (offer,) = [offer.id for offer in self.day.floor.state.offers.values() if offer.agent == self.id]
        return offer

    @property
    def offered(self) -> str | None:
        """The contact held out to this agent."""
        offers = [offer.contact for offer in self.day.floor.state.offers.values() if offer.agent == self.id]
        assert len(offers) <= 1, offers
        return offers[0] if offers else None

    @property
    def presence(self) -> m.Presence:
        return self.day.floor.state.agents[self.id].presence
