"""Being called back instead of waiting: the place is kept, or a time is agreed; the promise is counted."""

import pytest

from dryfly.floor import model as m
from dryfly.floor.measures import QueueFigures
from dryfly.floor.model import Instant, QueueId, Span
from tests.floor.day import MORNING, Agent, Customer, Day

HALF_HOUR = 1800


@pytest.fixture
def calls(day: Day) -> Day:
    day.queue("help", callback_attempts_max=2, callback_retry_s=600, callback_slots_max=1)
    return day


def books(customer: Customer, after_s: int | None = None) -> Customer:
    customer.day.submit(booking(customer, after_s))
    return customer


def booking(customer: Customer, after_s: int | None) -> m.BookCallback:
    return m.BookCallback(customer.id, None if after_s is None else Instant(customer.day.now + after_s * 1000))


def reports(agent: Agent, customer: Customer, *, reached: bool) -> None:
    agent.day.submit(m.ReportCallback(customer.id, agent.id, reached))


def figures(day: Day) -> QueueFigures:
    return day.floor.measures.queues[QueueId("help")]


def test_in_their_turn_the_place_is_kept_and_the_page_may_be_closed(calls: Day) -> None:
    ann, ben = (calls.customer(name).asks("help") for name in ("ann", "ben"))
    books(ann).leaves()
    al = calls.agent("al", channels=(m.ChannelCapacity(m.Channel("web"), 100, 1),))
    al.serves(ann)
    assert ann.contact.reply_due_at is None, "who is called owes no written answer"
    reports(al, ann, reached=True)
    al.finishes(ann)
    al.wraps_up(ann)
    al.serves(ben)
    assert (figures(calls).promised_count, figures(calls).kept_count, figures(calls).answered_count) == (1, 1, 1)


def test_at_the_time_agreed_it_is_due_before_all_who_came_since(calls: Day) -> None:
    ann = books(calls.customer("ann").asks("help"), 4 * HALF_HOUR)
    assert ann.state is m.ContactState.CALLBACK
    ann.leaves()
    calls.passes(4 * HALF_HOUR - 50)
    ben = calls.customer("ben").asks("help")
    calls.passes(50)
    assert (ann.is_waiting, ben.is_waiting) == (True, True)
    calls.agent("al", channels=(m.ChannelCapacity(m.Channel("web"), 100, 1),)).serves(ann)
    assert ben.is_waiting


def test_who_is_not_reached_is_tried_again_and_then_let_go(calls: Day) -> None:
    al = calls.agent("al", auto_accept=True)
    ann = calls.customer("ann").asks("help")
    assert ann.agent == "al"
    ben = books(calls.customer("ben", channel=m.Channel("voice")).asks("help"))
    al.finishes(ann)
    al.wraps_up(ann)
    assert ben.agent == "al"
    reports(al, ben, reached=False)
    assert ben.state is m.ContactState.CALLBACK
    assert ben.contact.agent is None
    calls.passes(600)
    assert ben.agent == "al"
    reports(al, ben, reached=False)
    assert ben.is_gone
    assert figures(calls).unreached_count == 1


def test_half_an_hour_holds_as_many_calls_as_can_be_kept(calls: Day) -> None:
    books(calls.customer("ann").asks("help"), 2 * HALF_HOUR)
    ben = calls.customer("ben").asks("help")
    assert calls.refusal_of(booking(ben, 2 * HALF_HOUR + 60)) == "slot_is_full"
    books(ben, 3 * HALF_HOUR)


@pytest.mark.parametrize(
    ("after_s", "code"), [(-60, "slot_out_of_range"), (15 * 86400, "slot_out_of_range"), (7200, "slot_out_of_hours")]
)
def test_times_that_cannot_be_kept_are_refused(calls: Day, after_s: int, code: str) -> None:
    calls.submit(m.PutHours(QueueId("help"), (Span(MORNING, Instant(MORNING + 3_600_000)),)))
    assert calls.refusal_of(booking(calls.customer("ann").asks("help"), after_s)) == code


def test_a_queue_may_call_nobody_back(day: Day) -> None:
    assert day.refusal_of(booking(day.customer("ann").asks("help"), None)) == "no_callbacks"


def test_calling_it_off_waits_on_or_ends_it(calls: Day) -> None:
    ann, ben = books(calls.customer("ann").asks("help")), books(calls.customer("ben").asks("help"), 3600)
    for customer in (ann, ben):
        calls.submit(m.CancelCallback(customer.id))
    assert (ann.is_waiting, ben.is_gone) == (True, True)
    ann.leaves()
    assert ann.is_gone, "who is not called back any more has left"
    assert (figures(calls).promised_count, figures(calls).waiting_count) == (1, 0)


def test_only_a_call_that_is_due_is_reported(calls: Day) -> None:
    al = calls.agent("al", auto_accept=True)
    ann = calls.customer("ann").asks("help")
    assert calls.refusal_of(m.ReportCallback(ann.id, al.id, True)) == "no_callback_due"


def test_a_supervisor_may_have_somebody_call_before_the_time(calls: Day) -> None:
    ann = books(calls.customer("ann").asks("help"), 3600)
    eve = calls.agent("eve")
    eve.takes_over(ann)
    assert ann.agent == "eve"
    reports(eve, ann, reached=True)
    assert ann.contact.callback is None
