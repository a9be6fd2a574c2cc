"""Colleagues asked into a talk: who may be, what they may do there, and what becomes of a request."""

import pytest

from dryfly.floor import model as m
from dryfly.floor.entities import Request
from tests.floor.day import Agent, Customer, Day

WEB = m.Channel("web")


@pytest.fixture
def bob(day: Day) -> Agent:
    return day.agent("bob")


@pytest.fixture
def ann(day: Day, bob: Agent) -> Customer:
    """Served by bob, who has answered."""
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    bob.answers(ann)
    return ann


@pytest.fixture
def eve(day: Day, ann: Customer) -> Agent:
    return day.agent("eve")


def request_to(customer: Customer, agent: Agent) -> Request | None:
    return customer.contact.requests.get(agent.id)


def test_who_is_consulted_takes_part_but_says_nothing_to_the_customer(
    day: Day, ann: Customer, bob: Agent, eve: Agent
) -> None:
    bob.asks(eve, ann)
    eve.comes_in(ann)
    assert (ann.contact.participants, ann.contact.requests) == ({"eve": m.Role.CONSULTED}, {})
    assert day.refusal_of(eve.words_to(ann)) == "not_your_contact"


def test_who_is_invited_writes_to_the_customer_and_stops_the_reply_clock(ann: Customer, bob: Agent, eve: Agent) -> None:
    bob.asks(eve, ann, m.Role.INVITED)
    eve.comes_in(ann)
    ann.writes()
    assert ann.contact.reply_due_at is not None
    eve.answers(ann)
    assert ann.contact.reply_due_at is None
    assert ann.agent == "bob"


def test_nobody_comes_in_who_was_not_asked(day: Day, ann: Customer, eve: Agent) -> None:
    assert day.refusal_of(m.AcceptRequest(ann.id, eve.id)) == "request_gone"


def test_a_request_lapses_and_its_asker_sees_it_until_it_is_put_away(
    day: Day, ann: Customer, bob: Agent, eve: Agent
) -> None:
    bob.asks(eve, ann)
    day.passes(179)
    assert day.floor.state.agents[eve.id].asked
    (ended,) = day.passes(1)
    assert ended == m.RequestEnded(ann.id, eve.id, m.RequestEnd.LAPSED)
    assert day.refusal_of(m.AcceptRequest(ann.id, eve.id)) == "request_gone"
    known = request_to(ann, eve)
    assert known is not None
    assert known.end is m.RequestEnd.LAPSED
    day.submit(m.WithdrawRequest(ann.id, bob.id, eve.id))
    assert request_to(ann, eve) is None


def test_declined_or_signed_out_the_asker_knows_and_may_ask_again(
    day: Day, ann: Customer, bob: Agent, eve: Agent
) -> None:
    bob.asks(eve, ann)
    day.submit(m.DeclineRequest(ann.id, eve.id))
    bob.asks(eve, ann)
    eve.signs_out()
    known = request_to(ann, eve)
    assert known is not None
    assert known.end is m.RequestEnd.GONE
    assert day.refusal_of(bob.request(eve, ann)) == "colleague_not_there"


def test_a_request_goes_with_the_one_who_asked(day: Day, ann: Customer, bob: Agent, eve: Agent) -> None:
    bob.asks(eve, ann)
    bob.parks(ann)
    assert day.refusal_of(m.AcceptRequest(ann.id, eve.id)) == "request_gone"
    assert not day.floor.state.agents[eve.id].asked


def test_two_who_act_at_once_the_second_is_told(day: Day, ann: Customer, bob: Agent, eve: Agent) -> None:
    bob.asks(eve, ann)
    assert day.refusal_of(bob.request(eve, ann)) == "already_asked"
    day.submit(m.WithdrawRequest(ann.id, bob.id, eve.id))
    assert day.refusal_of(m.AcceptRequest(ann.id, eve.id)) == "request_gone"
    bob.asks(eve, ann)
    eve.comes_in(ann)
    assert day.refusal_of(bob.request(eve, ann)) == "already_there"
    assert day.refusal_of(m.DeclineRequest(ann.id, eve.id)) == "request_gone"


def test_only_its_agent_asks_and_not_for_a_listener(day: Day, ann: Customer, bob: Agent, eve: Agent) -> None:
    assert day.refusal_of(eve.request(bob, ann)) == "not_your_contact"
    assert day.refusal_of(bob.request(eve, ann, m.Role.LISTENING)) == "role_unfit"
    assert day.refusal_of(bob.request(bob, ann)) == "already_there"


def test_not_everybody_is_asked_at_once(day: Day, ann: Customer, bob: Agent) -> None:
    for number in range(5):
        bob.asks(day.agent(f"colleague-{number}"), ann)
    assert day.refusal_of(bob.request(day.agent("one-more"), ann)) == "requests_too_many"


def test_a_request_lives_through_a_restart(day: Day, ann: Customer, bob: Agent, eve: Agent) -> None:
    bob.asks(eve, ann)
    day.floor.restart()
    eve.comes_in(ann)
    assert ann.contact.participants == {"eve": m.Role.CONSULTED}


# ---- handing over to who is there --------------------------------------------------------------


def test_a_talk_is_handed_at_once_to_the_colleague_who_is_in_it(
    day: Day, ann: Customer, bob: Agent, eve: Agent
) -> None:
    bob.asks(eve, ann)
    eve.comes_in(ann)
    offers_count = len(day.events(m.OfferMade))
    bob.transfers(ann, agent=eve)
    assert (ann.state, ann.agent, ann.contact.participants) == (m.ContactState.ACTIVE, "eve", {})
    assert len(day.events(m.OfferMade)) == offers_count
    eve.answers(ann)


def test_not_to_one_without_room(day: Day, ann: Customer, bob: Agent) -> None:
    eve = day.agent("eve", channels=(m.ChannelCapacity(WEB, 100, 1),))
    bob.goes_away()
    eve.serves(day.customer("ben").asks("help"))
    bob.asks(eve, ann)
    eve.comes_in(ann)
    assert day.refusal_of(m.TransferContact(ann.id, bob.id, to_agent=eve.id)) == "agent_is_full"
    assert ann.agent == "bob"


def test_who_only_listens_is_offered_it_as_anybody_is(ann: Customer, bob: Agent, eve: Agent) -> None:
    eve.joins(ann, m.Role.LISTENING)
    bob.transfers(ann, agent=eve)
    assert eve.offered == "ann"
