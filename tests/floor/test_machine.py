"""Any order of commands: hypothesis looks for the shortest one that breaks a promise.

Everything runs on `CheckedFloor`: the naive floor agrees and the invariants hold after each step.
"""

from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dryfly.floor import check_invariants, next_deadline
from dryfly.floor import model as m
from dryfly.floor.model import AgentId, ContactId, CustomerId, Instant, QueueId, SkillId, SkillNeed
from tests.floor.day import CHANNELS, MAIL, MORNING, VOICE, WEB
from tests.floor.floors import CheckedFloor

agents = st.sampled_from([AgentId("al"), AgentId("bo"), AgentId("cy")])
contacts = st.sampled_from([ContactId(f"c{n}") for n in range(6)])
queues = st.sampled_from([QueueId("help"), QueueId("loans")])
channels = st.sampled_from([WEB, VOICE, MAIL])
customers = st.sampled_from([None, CustomerId("ann"), CustomerId("ben")])


class Floor(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.floor = CheckedFloor()
        self.now = MORNING
        self.messages_count = 0

    @initialize()
    def set_up(self) -> None:
        quick = m.QueueSpec(target_s=20, wrap_up_s=5, park_after_s=60, reply_clock_s=30, reply_grace_s=10)
        closed = m.OverflowRule(m.OverflowWhen.CLOSED, m.OverflowTo.QUEUE, 0, QueueId("loans"))
        slow = m.OverflowRule(m.OverflowWhen.WAIT, m.OverflowTo.BOT, 60)
        quick = replace(quick, overflow=(closed, slow), callback_attempts_max=2, callback_slots_max=2)
        eased = m.Relaxation(20, (SkillNeed(SkillId("loans"), 1),))
        skilled = m.QueueSpec(
            (SkillNeed(SkillId("loans"), 3),), misses_to_away=2, wrap_up_s=0, relaxations=(eased,), ring=2
        )
        self.submit(m.PutQueue(QueueId("help"), quick))
        self.submit(m.PutQueue(QueueId("loans"), skilled))
        for agent, level in (("al", 1), ("bo", 4), ("cy", 9)):
            spec = m.AgentSpec({SkillId("loans"): level}, channels=CHANNELS, auto_accept=agent == "cy")
            self.submit(m.PutAgent(AgentId(agent), spec))

    @rule(seconds=st.sampled_from([0, 1, 20, 60, 3600]))
    def time_passes(self, seconds: int) -> None:
        self.now = Instant(self.now + seconds * 1000)
        self.submit(m.WakeUp())
        due = next_deadline(self.floor.state)
        assert due is None or due > self.now, "what is due has fired"

    @rule(contact=contacts, channel=channels, customer=customers, queue=st.none() | queues)
    def opens(self, contact: ContactId, channel: m.Channel, customer: CustomerId | None, queue: QueueId | None) -> None:
        self.submit(m.OpenContact(contact, channel, customer, queue))

    @rule(contact=contacts, queue=queues, head_start_s=st.sampled_from([0, 100]))
    def asks(self, contact: ContactId, queue: QueueId, head_start_s: int) -> None:
        self.submit(m.QueueContact(contact, queue, m.QueuedBecause.BOT_LET_GO, head_start_s=head_start_s))

    @rule(contact=contacts, channel=st.none() | channels)
    def writes(self, contact: ContactId, channel: m.Channel | None) -> None:
        self.submit(m.HearCustomer(contact, self.message(), channel))

    @rule(contact=contacts, solved=st.booleans())
    def leaves(self, contact: ContactId, solved: bool) -> None:
        self.submit(m.LeaveContact(contact, solved))

    @rule(contact=contacts)
    def returns_to_bot(self, contact: ContactId) -> None:
        self.submit(m.ReturnToBot(contact))

    @rule(contact=contacts, seconds=st.none() | st.sampled_from([60, 3600]))
    def wants_to_be_called(self, contact: ContactId, seconds: int | None) -> None:
        at = None if seconds is None else Instant(self.now + seconds * 1000)
        self.submit(m.BookCallback(contact, at))

    @rule(contact=contacts)
    def calls_it_off(self, contact: ContactId) -> None:
        self.submit(m.CancelCallback(contact))

    @rule(contact=contacts, reached=st.booleans())
    def was_called(self, contact: ContactId, reached: bool) -> None:
        self.submit(m.ReportCallback(contact, self.owner(contact), reached))

    @rule(queue=queues, spans=st.sampled_from([None, (), (60,), (0, 30)]))
    def hours_change(self, queue: QueueId, spans: tuple[int, ...] | None) -> None:
        opened = [Instant(self.now + s * 1000) for s in spans or ()]
        hours = None if spans is None else tuple(m.Span(at, Instant(at + 20_000)) for at in opened)
        self.submit(m.PutHours(queue, hours))

    @rule(agent=agents, presence=st.sampled_from(m.Presence))
    def changes_presence(self, agent: AgentId, presence: m.Presence) -> None:
        self.submit(m.ConnectAgent(agent))
        self.submit(m.SetPresence(agent, presence))

    @rule(agent=agents)
    def vanishes(self, agent: AgentId) -> None:
        self.submit(m.DisconnectAgent(agent))

    @rule(answer=st.sampled_from([m.AcceptOffer, m.AcceptOffer, m.DeclineOffer, m.FailOffer]), first=st.booleans())
    def answers_an_offer(self, answer: type, first: bool) -> None:
        offers = sorted(self.floor.state.offers)
        if offers:
            offer = self.floor.state.offers[offers[0 if first else -1]]
            self.submit(answer(offer.id, offer.agent))

    @rule(contact=contacts, said=st.booleans())
    def the_owner_goes_on(self, contact: ContactId, said: bool) -> None:
        owner = self.owner(contact)
        words = m.SayToCustomer(contact, self.message(), m.AuthorKind.AGENT, owner, "own_contact")
        self.submit(words if said else m.ParkContact(contact, owner))

    @rule(contact=contacts, seconds=st.sampled_from([30, 60, 600]))
    def the_owner_snoozes_it(self, contact: ContactId, seconds: int) -> None:
        until = Instant(self.now + seconds * 1000)
        self.submit(m.SnoozeContact(contact, self.owner(contact), until))

    @rule(contact=contacts, wraps_up=st.booleans())
    def the_owner_ends_it(self, contact: ContactId, wraps_up: bool) -> None:
        owner = self.owner(contact)
        self.submit(m.WrapUpContact(contact, owner) if wraps_up else m.FinishContact(contact, owner))

    @rule(contact=contacts, queue=st.none() | queues, agent=agents)
    def the_owner_passes_it_on(self, contact: ContactId, queue: QueueId | None, agent: AgentId) -> None:
        to_agent = None if queue else agent
        self.submit(m.TransferContact(contact, self.owner(contact), queue, to_agent))

    @rule(contact=contacts, agent=agents, role=st.sampled_from(m.Role))
    def a_colleague_is_asked(self, contact: ContactId, agent: AgentId, role: m.Role) -> None:
        self.submit(m.AskColleague(contact, self.owner(contact), agent, role))

    @rule(contact=contacts, agent=agents, answer=st.sampled_from([m.AcceptRequest, m.AcceptRequest, m.DeclineRequest]))
    def the_colleague_answers(self, contact: ContactId, agent: AgentId, answer: type) -> None:
        self.submit(answer(contact, agent))

    @rule(contact=contacts, agent=agents)
    def the_owner_asks_no_longer(self, contact: ContactId, agent: AgentId) -> None:
        self.submit(m.WithdrawRequest(contact, self.owner(contact), agent))

    @rule(contact=contacts, agent=agents, role=st.sampled_from(m.Role))
    def somebody_joins(self, contact: ContactId, agent: AgentId, role: m.Role) -> None:
        self.submit(m.JoinContact(contact, agent, role))

    @rule(contact=contacts, agent=agents, queue=st.none() | queues)
    def a_supervisor_steps_in(self, contact: ContactId, agent: AgentId, queue: QueueId | None) -> None:
        self.submit(m.ReleaseContact(contact, queue) if queue else m.TakeOverContact(contact, agent))

    @rule(contact=contacts, into=contacts, confirmed=st.booleans(), as_supervisor=st.booleans())
    def two_are_merged(self, contact: ContactId, into: ContactId, confirmed: bool, as_supervisor: bool) -> None:
        self.submit(m.MergeContact(contact, into, self.owner(into), confirmed, as_supervisor))

    @rule(contact=contacts, as_supervisor=st.booleans())
    def one_is_parted(self, contact: ContactId, as_supervisor: bool) -> None:
        found = self.floor.state.contacts.get(contact)
        main = found.main if found and found.main else contact
        self.submit(m.UnmergeContact(contact, self.owner(main), as_supervisor))

    @rule(contact=contacts, customer=customers)
    def somebody_is_recognised(self, contact: ContactId, customer: CustomerId | None) -> None:
        if customer is not None:
            self.submit(m.IdentifyCustomer(contact, customer, 2))

    @rule()
    def the_server_restarts(self) -> None:
        self.floor.restart()

    @invariant()
    def promises_hold(self) -> None:
        check_invariants(self.floor.state)

    def teardown(self) -> None:
        self.floor.check_replay()

    def owner(self, contact: ContactId) -> AgentId:
        found = self.floor.state.contacts.get(contact)
        return found.agent if found and found.agent else AgentId("al")

    def message(self) -> m.MessageId:
        self.messages_count += 1
        return m.MessageId(f"m{self.messages_count}")

    def submit(self, command: m.Command) -> None:
        self.floor.submit(command, self.now)


TestFloor = Floor.TestCase
TestFloor.settings = settings(
    max_examples=150, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)
