"""An open mail gives way to a call, and goes on after it."""

from dryfly.floor import model as m
from tests.floor.day import MAIL, VOICE, Agent, Customer, Day

BOTH = (m.ChannelCapacity(MAIL, 50, 2, interruptible=True), m.ChannelCapacity(VOICE, 100, 1))


def serves(agent: Agent, customer: Customer) -> Customer:
    agent.serves(customer)
    return customer


def test_a_mail_gives_way_to_a_call_and_goes_on_after_it(day: Day) -> None:
    al = day.agent("al", channels=BOTH, wrap_up_s=0)
    mail = serves(al, day.customer("mail", channel=MAIL).asks("help"))
    call = day.customer("call", channel=VOICE).asks("help")
    assert al.offered == "call"
    assert mail.contact.is_interrupted, "from the moment that it rings"
    al.serves(call)
    assert mail.agent == "al"
    al.finishes(call)
    assert not mail.contact.is_interrupted


def test_no_new_mail_comes_while_one_is_interrupted(day: Day) -> None:
    al = day.agent("al", channels=BOTH)
    serves(al, day.customer("mail", channel=MAIL).asks("help"))
    serves(al, day.customer("call", channel=VOICE).asks("help"))
    assert day.customer("more", channel=MAIL).asks("help").is_waiting


def test_work_that_may_wait_never_interrupts(day: Day) -> None:
    al = day.agent("al", channels=BOTH)
    serves(al, day.customer("call", channel=VOICE).asks("help"))
    assert day.customer("mail", channel=MAIL).asks("help").is_waiting
    assert al.offered is None


def test_what_lies_too_long_goes_to_others_with_its_due_time(day: Day) -> None:
    day.queue("help", reclaim_after_s=300)
    al = day.agent("al", channels=BOTH)
    mail = serves(al, day.customer("mail", channel=MAIL).asks("help"))
    due_at = mail.contact.due_at
    call = serves(al, day.customer("call", channel=VOICE).asks("help"))
    bo = day.agent("bo", channels=BOTH)
    day.passes(299)
    assert mail.agent == "al"
    day.passes(1)
    assert bo.offered == "mail"
    assert mail.contact.due_at == due_at
    assert call.agent == "al"


def test_the_oldest_goes_on_first(day: Day) -> None:
    narrow = (m.ChannelCapacity(MAIL, 50, 2, interruptible=True), m.ChannelCapacity(VOICE, 50, 2))
    al = day.agent("al", channels=narrow, wrap_up_s=0)
    first = serves(al, day.customer("first", channel=MAIL).asks("help"))
    second = serves(al, day.customer("second", channel=MAIL).asks("help"))
    call = serves(al, day.customer("call", channel=VOICE).asks("help"))
    assert (first.contact.is_interrupted, second.contact.is_interrupted) == (False, True)
    al.finishes(call)
    assert not second.contact.is_interrupted
