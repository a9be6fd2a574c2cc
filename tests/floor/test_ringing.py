"""A contact is held out to several agents at once; the first to accept has it, and the others are told."""

from dryfly.floor import model as m
from tests.floor.day import Day


def test_the_first_to_accept_has_it_and_the_others_are_told(day: Day) -> None:
    day.queue("help", ring=3)
    al, bo, cy, di = (day.agent(name) for name in ("al", "bo", "cy", "di"))
    ann = day.customer("ann").asks("help")
    assert [agent.offered for agent in (al, bo, cy, di)] == ["ann", "ann", "ann", None]
    late = m.AcceptOffer(al.offer, al.id)
    bo.accepts()
    assert ann.agent == "bo"
    assert [agent.offered for agent in (al, bo, cy)] == [None, None, None]
    told = [event for event in day.events(m.OfferEnded) if isinstance(event, m.OfferEnded) and event.reason == "taken"]
    assert [event.agent for event in told] == ["al", "cy"]
    assert day.refusal_of(late) == "offer_gone"


def test_it_rings_on_until_the_last_has_turned_it_away(day: Day) -> None:
    day.queue("help", ring=2)
    al, bo = day.agent("al"), day.agent("bo")
    ann = day.customer("ann").asks("help")
    al.declines()
    assert (al.offered, bo.offered, ann.state) == (None, "ann", m.ContactState.OFFERED)
    bo.goes_away()
    assert ann.is_waiting
    day.passes(60)
    assert al.offered == "ann", "after the cool-down, since nobody else is there"


def test_all_who_miss_it_miss_it(day: Day) -> None:
    day.queue("help", ring=2, misses_to_away=1)
    al, bo, cy = day.agent("al"), day.agent("bo"), day.agent("cy")
    day.customer("ann").asks("help")
    day.passes(20)
    assert (al.presence, bo.presence) == (m.Presence.AWAY, m.Presence.AWAY)
    assert cy.offered == "ann"


def test_each_ring_takes_room(day: Day) -> None:
    day.queue("help", ring=2)
    one_web = (m.ChannelCapacity(m.Channel("web"), 100, 1),)
    al, bo = day.agent("al", channels=one_web), day.agent("bo", channels=one_web)
    day.customer("ann").asks("help")
    ben = day.customer("ben").asks("help")
    assert ben.is_waiting
    al.accepts()
    assert (al.offered, bo.offered) == (None, "ben")


def test_who_accepts_by_set_up_has_it_at_once(day: Day) -> None:
    day.queue("help", ring=3)
    al, _ = day.agent("al"), day.agent("bo", auto_accept=True)
    assert day.customer("ann").asks("help").agent == "bo"
    assert al.offered is None


def test_a_customer_who_leaves_takes_all_rings_away(day: Day) -> None:
    day.queue("help", ring=2)
    al, bo = day.agent("al"), day.agent("bo")
    ann = day.customer("ann").asks("help")
    ann.leaves()
    assert (al.offered, bo.offered, ann.is_gone) == (None, None, True)
