"""An offer is accepted, declined, missed, failed or taken back."""

from dryfly.floor import model as m
from tests.floor.day import Day


def test_an_accepted_offer_begins_service(day: Day) -> None:
    bob = day.agent("bob")
    ann = day.customer("ann").asks("help")
    bob.accepts()
    assert (ann.state, ann.agent, ann.contact.owner) == (m.ContactState.ACTIVE, "bob", m.OwnerKind.AGENT)


def test_a_missed_offer_goes_to_the_next_agent(day: Day) -> None:
    bob = day.agent("bob")
    day.passes(1)
    eve = day.agent("eve")
    day.customer("ann").asks("help")
    assert (bob.offered, eve.offered) == ("ann", None)
    day.passes(20)
    assert (bob.offered, eve.offered) == (None, "ann")


def test_who_declined_is_asked_again_after_the_cool_down_if_nobody_else_can(day: Day) -> None:
    bob = day.agent("bob")
    day.customer("ann").asks("help")
    bob.declines()
    assert bob.offered is None
    day.passes(59)
    assert bob.offered is None
    day.passes(1)
    assert bob.offered == "ann"


def test_somebody_else_is_asked_before_one_who_declined(day: Day) -> None:
    bob, eve = day.agent("bob"), day.agent("eve")
    day.customer("ann").asks("help")
    bob.declines()
    eve.declines()
    day.passes(59)
    new = day.agent("new")
    assert new.offered == "ann"
    day.passes(1)
    new.declines()
    assert bob.offered == "ann"


def test_a_failed_offer_has_its_own_short_cool_down(day: Day) -> None:
    bob = day.agent("bob")
    day.customer("ann").asks("help")
    bob.fails()
    day.passes(10)
    assert bob.offered == "ann"


def test_who_misses_three_in_a_row_is_set_away(day: Day) -> None:
    bob = day.agent("bob")
    day.customer("ann").asks("help")
    away = m.PresenceChanged(bob.id, m.Presence.AWAY, "missed_offers", by_floor=True)
    assert away not in day.passes(2 * 80 + 19)
    assert away in day.passes(1)


def test_a_declined_offer_shows_that_somebody_is_there(day: Day) -> None:
    bob = day.agent("bob")
    day.customer("ann").asks("help")
    day.passes(80 + 20)  # two missed
    day.passes(60)
    bob.declines()
    day.passes(60 + 20)  # one missed
    assert bob.presence is m.Presence.READY


def test_an_offer_that_lapsed_cannot_be_accepted_even_before_the_alarm_rang(day: Day) -> None:
    bob = day.agent("bob")
    day.customer("ann").asks("help")
    late = m.AcceptOffer(bob.offer, bob.id)
    day.now = m.Instant(day.now + 20_000)
    assert day.refusal_of(late) == "offer_gone"
    day.passes(0)
    assert day.refusal_of(late) == "offer_gone"


def test_only_the_agent_who_is_asked_may_answer(day: Day) -> None:
    bob, eve = day.agent("bob"), day.agent("eve")
    day.customer("ann").asks("help")
    assert day.refusal_of(m.AcceptOffer(bob.offer, eve.id)) == "not_your_offer"


def test_auto_accept_begins_at_once(day: Day) -> None:
    day.agent("bob", auto_accept=True)
    ann = day.customer("ann").asks("help")
    assert ann.state is m.ContactState.ACTIVE


def test_a_customer_who_leaves_takes_the_offer_along_and_the_agent_keeps_the_turn(day: Day) -> None:
    bob = day.agent("bob")
    day.passes(1)
    eve = day.agent("eve")
    ann = day.customer("ann").asks("help")
    ann.leaves()
    day.customer("ben").asks("help")
    assert (ann.is_gone, bob.offered, eve.offered) == (True, "ben", None)


def test_an_offered_contact_takes_room_already(day: Day) -> None:
    bob = day.agent("bob", channels=(m.ChannelCapacity(m.Channel("web"), 100, 1),))
    day.customer("ann").asks("help")
    assert day.customer("ben").asks("help").is_waiting
    assert bob.offered == "ann"
