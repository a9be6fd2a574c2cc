"""The agent who last served a customer is asked first, and waited for as long as the queue says."""

from dryfly.floor import model as m
from dryfly.floor.model import QueueId
from tests.floor.day import Agent, Customer, Day


def asks_for(customer: Customer, queue: str, knows: Agent) -> Customer:
    because = m.QueuedBecause.BOT_LET_GO
    customer.day.submit(m.QueueContact(customer.id, QueueId(queue), because, last_agent=knows.id))
    return customer


def one_at_a_time(day: Day, name: str) -> Agent:
    return day.agent(name, channels=(m.ChannelCapacity(m.Channel("web"), 100, 1),))


def test_who_knows_the_customer_is_waited_for_and_then_anybody_may(day: Day) -> None:
    day.queue("help", sticky_s=60)
    knows, other = one_at_a_time(day, "knows"), day.agent("other", ready=False)
    knows.serves(day.customer("busy").asks("help"))
    other.signs_in()
    ann = asks_for(day.customer("ann"), "help", knows)
    assert ann.is_waiting
    day.passes(60)
    assert other.offered == "ann"


def test_who_is_free_has_the_known_customer_at_once(day: Day) -> None:
    day.queue("help", sticky_s=60)
    day.agent("other")
    knows = day.agent("knows")
    asks_for(day.customer("ann"), "help", knows)
    assert knows.offered == "ann"


def test_nobody_is_waited_for_who_is_away_or_could_never_serve_it(day: Day) -> None:
    day.queue("loans", ("loans", 3), sticky_s=60)
    away, unskilled, able = day.agent("away", loans=9), day.agent("new"), day.agent("able", loans=4)
    away.goes_away()
    asks_for(day.customer("ann"), "loans", away)
    assert able.offered == "ann"
    able.accepts()
    asks_for(day.customer("ben"), "loans", unskilled)
    assert (unskilled.offered, able.offered) == (None, "ben")


def test_a_queue_that_does_not_ask_for_it_waits_for_nobody(day: Day) -> None:
    knows, other = one_at_a_time(day, "knows"), day.agent("other", ready=False)
    knows.serves(day.customer("busy").asks("help"))
    other.signs_in()
    asks_for(day.customer("ann"), "help", knows)
    assert other.offered == "ann"
