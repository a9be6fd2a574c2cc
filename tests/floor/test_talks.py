"""Talks with agents: who may speak, reply clock, parking, transfer, wrap-up."""

import pytest

from dryfly.floor import model as m
from tests.floor.day import MORNING, Agent, Customer, Day


@pytest.fixture
def bob(day: Day) -> Agent:
    return day.agent("bob")


@pytest.fixture
def ann(day: Day, bob: Agent) -> Customer:
    """Served by bob."""
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    return ann


def test_the_bot_is_silent_from_the_moment_a_person_is_asked_for(day: Day) -> None:
    ann = day.customer("ann")
    ann.hears_bot()
    ann.asks("help")
    assert day.refusal_of(ann.bot_words()) == "bot_is_silent"
    bob = day.agent("bob")
    assert day.refusal_of(ann.bot_words()) == "bot_is_silent"
    bob.accepts()
    assert day.refusal_of(ann.bot_words()) == "bot_is_silent"


def test_the_customer_may_go_on_with_the_bot_and_keeps_the_place(day: Day) -> None:
    ann = day.customer("ann").asks("help")
    due_at = ann.contact.due_at
    ann.returns_to_bot()
    ann.hears_bot()
    bob = day.agent("bob")
    assert (ann.contact.due_at, bob.offered) == (due_at, "ann")
    bob.accepts()
    assert day.refusal_of(ann.bot_words()) == "bot_is_silent"


def test_the_system_may_tell_the_wait(day: Day) -> None:
    ann = day.customer("ann").asks("help")
    day.submit(m.SayToCustomer(ann.id, day.message(), m.AuthorKind.SYSTEM, None, "own_contact"))


def test_only_the_owner_and_those_who_joined_to_speak_may_speak(day: Day, ann: Customer) -> None:
    eve = day.agent("eve")
    assert day.refusal_of(eve.words_to(ann)) == "not_your_contact"
    eve.joins(ann, m.Role.LISTENING)
    assert day.refusal_of(eve.words_to(ann)) == "not_your_contact"
    eve.joins(ann, m.Role.CONSULTED)
    assert day.refusal_of(eve.words_to(ann)) == "not_your_contact"
    eve.joins(ann, m.Role.INVITED)
    eve.answers(ann)


def test_nothing_is_heard_on_a_closed_contact(day: Day, ann: Customer, bob: Agent) -> None:
    bob.finishes(ann)
    bob.wraps_up(ann)
    assert day.refusal_of(m.HearCustomer(ann.id, day.message())) == "contact_closed"


# ---- the reply clock ---------------------------------------------------------------------------


def test_an_unanswered_message_tells_the_supervisor_and_then_goes_to_somebody_else(
    day: Day, ann: Customer, bob: Agent
) -> None:
    due_at = ann.contact.due_at
    bob.answers(ann)
    ann.writes()
    day.passes(100)
    ann.writes()  # the clock runs from the first message
    assert day.passes(199) == []
    (told,) = day.passes(1)
    assert told == m.ReplyOverdue(ann.id, bob.id, m.Instant(day.now + 300_000))
    day.passes(300)
    assert (ann.is_waiting, ann.contact.due_at) == (True, due_at), "not to bob, who has a cool-down"
    assert day.agent("eve").offered == "ann"


def test_an_answer_stops_the_clock_also_when_it_was_overdue(day: Day, ann: Customer, bob: Agent) -> None:
    ann.writes()
    day.passes(400)
    bob.answers(ann)
    day.passes(899)
    assert ann.agent == "bob"


def test_who_accepts_and_says_nothing_is_overdue_too(day: Day, ann: Customer) -> None:
    day.passes(300)
    assert day.events(m.ReplyOverdue)


# ---- parked talks ------------------------------------------------------------------------------


def test_a_quiet_talk_is_parked_and_takes_no_room(day: Day, ann: Customer, bob: Agent) -> None:
    bob.answers(ann)
    day.passes(900)
    assert ann.state is m.ContactState.PARKED
    assert day.floor.state.agents[bob.id].units == 0


def test_spoken_to_again_it_returns_at_once_to_the_agent_who_knows_it(day: Day, ann: Customer, bob: Agent) -> None:
    day.agent("eve")
    bob.parks(ann)
    ann.writes()
    assert (ann.state, ann.agent) == (m.ContactState.ACTIVE, "bob")


def test_if_that_agent_has_no_room_it_is_waited_for_and_then_anybody_may(day: Day) -> None:
    bob = day.agent("bob", channels=(m.ChannelCapacity(m.Channel("web"), 100, 1),))
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    bob.parks(ann)
    bob.serves(day.customer("ben").asks("help"))
    eve = day.agent("eve")
    day.passes(100)
    ann.writes()
    assert (ann.is_waiting, ann.contact.preferred, eve.offered) == (True, "bob", None)
    assert ann.contact.due_at == day.now + 60_000, "waiting starts when the customer speaks"
    day.passes(120)
    assert eve.offered == "ann"


def test_if_that_agent_makes_room_in_time_the_talk_returns(day: Day) -> None:
    bob = day.agent("bob", channels=(m.ChannelCapacity(m.Channel("web"), 100, 1),), wrap_up_s=0)
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    bob.parks(ann)
    ben = day.customer("ben").asks("help")
    bob.serves(ben)
    ann.writes()
    bob.finishes(ben)
    assert bob.offered == "ann"


def test_if_that_agent_is_not_there_anybody_may_at_once(day: Day, ann: Customer, bob: Agent) -> None:
    bob.parks(ann)
    bob.goes_away()
    eve = day.agent("eve")
    ann.writes()
    assert eve.offered == "ann"


def test_nobody_waits_for_an_agent_who_leaves(day: Day) -> None:
    bob = day.agent("bob", channels=(m.ChannelCapacity(m.Channel("web"), 100, 1),))
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    bob.parks(ann)
    bob.serves(day.customer("ben").asks("help"))
    eve = day.agent("eve")
    ann.writes()
    bob.goes_away()
    assert eve.offered == "ann"


def test_a_parked_talk_that_is_never_heard_of_again_closes(day: Day, ann: Customer, bob: Agent) -> None:
    bob.parks(ann)
    (closed,) = day.passes(72 * 3600)
    assert closed == m.ContactClosed(ann.id, m.Ending.QUIET, bob.id)


# ---- passing on --------------------------------------------------------------------------------


def test_a_transfer_to_a_queue_keeps_the_due_time_and_goes_to_others(day: Day, ann: Customer, bob: Agent) -> None:
    day.queue("loans", ("loans", 3))
    day.passes(30)
    bob.transfers(ann, queue="loans")
    assert ann.contact.due_at == MORNING + 60_000
    assert (ann.is_waiting, bob.offered) == (True, None), "bob has given it away"
    assert day.agent("eve", loans=5).offered == "ann"


def test_a_transfer_to_an_agent_is_offered_to_that_agent_without_asking_for_skills(
    day: Day, ann: Customer, bob: Agent
) -> None:
    day.agent("eve")
    zoe = day.agent("zoe")
    bob.transfers(ann, agent=zoe)
    assert zoe.offered == "ann"


def test_a_transfer_that_is_declined_goes_to_anybody(day: Day, ann: Customer, bob: Agent) -> None:
    zoe, eve = day.agent("zoe"), day.agent("eve")
    bob.transfers(ann, agent=zoe)
    zoe.declines()
    assert eve.offered == "ann"


def test_a_transfer_to_somebody_away_is_refused(day: Day, ann: Customer, bob: Agent) -> None:
    zoe = day.agent("zoe", ready=False)
    assert day.refusal_of(m.TransferContact(ann.id, bob.id, to_agent=zoe.id)) == "agent_not_ready"
    assert day.refusal_of(m.TransferContact(ann.id, bob.id)) == "transfer_needs_one_target"


def test_a_supervisor_takes_over_and_releases(day: Day, ann: Customer, bob: Agent) -> None:
    eve = day.agent("eve")
    eve.takes_over(ann)
    assert ann.agent == "eve"
    day.submit(m.ReleaseContact(ann.id, m.QueueId("help")))
    assert bob.offered == "ann"
    (ended, closed) = day.submit(m.ReleaseContact(ann.id))
    assert isinstance(ended, m.OfferEnded)
    assert closed == m.ContactClosed(ann.id, m.Ending.RELEASED)


# ---- the end -----------------------------------------------------------------------------------


def test_wrap_up_holds_the_room_until_it_is_done(day: Day) -> None:
    bob = day.agent("bob", channels=(m.ChannelCapacity(m.Channel("web"), 100, 1),))
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    day.customer("ben").asks("help")
    bob.finishes(ann)
    assert (ann.is_gone, bob.offered) == (False, None)
    bob.wraps_up(ann)
    assert (ann.is_gone, bob.offered) == (True, "ben")


def test_wrap_up_ends_by_itself(day: Day, ann: Customer, bob: Agent) -> None:
    bob.finishes(ann)
    (closed,) = day.passes(60)
    assert closed == m.ContactClosed(ann.id, m.Ending.SERVED, bob.id)


def test_a_word_during_wrap_up_reopens_the_talk(day: Day, ann: Customer, bob: Agent) -> None:
    bob.finishes(ann)
    ann.writes()
    assert (ann.state, ann.agent) == (m.ContactState.ACTIVE, "bob")


def test_a_customer_who_leaves_a_talk_leaves_the_wrap_up(ann: Customer) -> None:
    ann.leaves()
    assert ann.state is m.ContactState.WRAP_UP
