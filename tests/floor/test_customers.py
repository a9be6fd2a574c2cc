"""Customers come, are recognised, wait, change channel and leave."""

import pytest

from dryfly.floor import model as m
from dryfly.floor.model import ContactId, CustomerId, QueueId
from tests.floor.day import MAIL, WEB, Day


def test_a_contact_may_go_straight_into_a_queue(day: Day) -> None:
    bob = day.agent("bob")
    day.submit(m.OpenContact(ContactId("ann"), WEB, None, QueueId("help")))
    assert bob.offered == "ann"


def test_one_customer_meets_one_agent_on_all_contacts(day: Day) -> None:
    bob = day.agent("bob")
    chat = day.customer("chat", known_as="ann").asks("help")
    bob.serves(chat)
    eve = day.agent("eve")
    day.customer("mail", channel=MAIL, known_as="ann").asks("help")
    assert (bob.offered, eve.offered) == ("mail", None)


def test_who_was_recognised_later_meets_the_same_agent_too(day: Day) -> None:
    bob = day.agent("bob")
    bob.serves(day.customer("chat", known_as="ann").asks("help"))
    eve = day.agent("eve")
    mail = day.customer("mail", channel=MAIL)
    day.submit(m.IdentifyCustomer(mail.id, CustomerId("ann"), 2))
    mail.asks("help")
    assert (bob.offered, eve.offered) == ("mail", None)


@pytest.mark.parametrize(
    ("solved", "ending"), [(False, m.Ending.LEFT_BOT), (True, m.Ending.SOLVED_BY_BOT)], ids=["left", "solved"]
)
def test_leaving_the_bot(day: Day, solved: bool, ending: m.Ending) -> None:
    assert day.customer("ann").leaves(solved=solved) == [m.ContactClosed(ContactId("ann"), ending)]


def test_silence_with_the_bot_is_leaving(day: Day) -> None:
    ann = day.customer("ann")
    day.passes(1000)
    ann.writes()
    assert day.passes(1799) == []
    assert day.passes(1) == [m.ContactClosed(ann.id, m.Ending.LEFT_BOT)]


def test_leaving_while_waiting_is_abandoning(day: Day) -> None:
    ann = day.customer("ann").asks("help")
    assert ann.leaves() == [m.ContactClosed(ann.id, m.Ending.ABANDONED)]


def test_what_the_bot_solved_during_the_wait_is_not_abandoned(day: Day) -> None:
    ann = day.customer("ann").asks("help")
    ann.returns_to_bot()
    assert ann.leaves(solved=True) == [m.ContactClosed(ann.id, m.Ending.SOLVED_BY_BOT)]


def test_moving_to_another_queue_keeps_the_time_waited(day: Day) -> None:
    day.queue("loans", target_s=100)
    ann = day.customer("ann").asks("help")
    began = day.now
    day.passes(50)
    ann.asks("loans", because=m.QueuedBecause.CUSTOMER_ASKED)
    assert (ann.contact.waiting_since, ann.contact.due_at) == (began, began + 100_000)


def test_a_change_of_channel_keeps_the_contact_and_counts_on_the_new_channel(day: Day) -> None:
    bob = day.agent("bob")
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    ann.writes(channel=MAIL)
    assert day.floor.state.agents[bob.id].counts == {MAIL: 1}


def test_a_contact_under_service_is_not_queued_behind_the_agents_back(day: Day) -> None:
    bob = day.agent("bob")
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    command = m.QueueContact(ann.id, QueueId("help"), m.QueuedBecause.BOT_LET_GO)
    assert day.refusal_of(command) == "contact_not_waiting"


def test_limits_are_told(day: Day) -> None:
    day.queue("small", waiting_max=1)
    day.customer("ann").asks("small")
    ben = day.customer("ben")
    full = m.QueueContact(ben.id, QueueId("small"), m.QueuedBecause.BOT_LET_GO)
    assert day.refusal_of(full) == "queue_is_full"
    day.site(contacts_max=2)
    assert day.refusal_of(m.OpenContact(ContactId("cat"), WEB)) == "site_is_full"


def test_a_queue_in_use_stays(day: Day) -> None:
    ann = day.customer("ann").asks("help")
    assert day.refusal_of(m.RemoveQueue(QueueId("help"))) == "queue_in_use"
    ann.leaves()
    day.submit(m.RemoveQueue(QueueId("help")))
    assert day.refusal_of(m.RemoveQueue(QueueId("help"))) == "queue_exists_not"


def test_nothing_is_kept_of_a_closed_contact(day: Day) -> None:
    bob = day.agent("bob")
    ann = day.customer("ann", known_as="ann").asks("help")
    bob.serves(ann)
    bob.finishes(ann)
    bob.wraps_up(ann)
    state = day.floor.state
    assert not state.contacts
    assert not state.offers
    assert not state.index.customers
    assert not state.index.demand_of
    assert not state.alarms.entries


def test_time_never_goes_back(day: Day) -> None:
    day.passes(10)
    day.customer("ann")
    day.now = m.Instant(day.now - 1)
    assert day.refusal_of(m.WakeUp()) == "clock_went_back"
