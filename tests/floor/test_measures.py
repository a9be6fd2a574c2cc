"""One definition for each number, seen from events alone."""

import pytest

from dryfly.floor.measures import QueueFigures
from dryfly.floor.model import AcceptOffer, QueueId
from tests.floor.day import Day


def figures(day: Day, queue: str = "help") -> QueueFigures:
    return day.floor.measures.queues[QueueId(queue)]


@pytest.fixture
def day() -> Day:
    """A tenth of a minute is the promise; who leaves within two seconds was never there."""
    day = Day()
    day.queue("help", service_level_s=6, short_abandon_s=2, wrap_up_s=30)
    return day


def test_a_morning_at_the_help_queue(day: Day) -> None:
    hasty, patient, lost = (day.customer(name).asks("help") for name in ("hasty", "patient", "lost"))
    day.passes(1)
    hasty.leaves()
    day.passes(4)
    bob = day.agent("bob")
    day.floor.submit(_first_offer_accepted(day, patient.id), day.now)
    day.passes(2)
    bob.goes_away()
    lost.leaves()
    found = figures(day)
    assert (found.entered_count, found.waiting_count) == (3, 0)
    assert (found.answered_count, found.abandoned_count, found.short_abandoned_count) == (1, 1, 1)
    assert (found.service_level, found.abandoned_share, found.asa_s) == (0.5, 0.5, 5.0)


def test_answered_too_late_is_answered_outside_the_level(day: Day) -> None:
    day.customer("ann").asks("help")
    day.passes(7)
    day.agent("bob", auto_accept=True)
    assert figures(day).service_level == 0.0


def test_handling_is_talk_and_wrap_up_and_counts_in_the_queue_of_entry(day: Day) -> None:
    day.queue("loans")
    bob = day.agent("bob", wrap_up_s=0, auto_accept=True)
    ann = day.customer("ann").asks("help")
    day.passes(100)
    bob.transfers(ann, queue="loans")
    day.passes(50)
    eve = day.agent("eve", auto_accept=True, wrap_up_s=20)
    day.passes(30)
    eve.finishes(ann)
    day.passes(20)
    assert figures(day).aht_s == 100 + 30 + 20
    assert (figures(day).answered_count, figures(day, "loans").entered_count) == (1, 0)


def test_three_chats_at_once_cost_one_agent_minute_each_minute(day: Day) -> None:
    bob = day.agent("bob", auto_accept=True, wrap_up_s=0)
    chats = [day.customer(name).asks("help") for name in ("ann", "ben", "cat")]
    day.passes(60)
    for chat in chats:
        bob.finishes(chat)
    assert figures(day).aht_s == 60
    assert day.floor.measures.agent_s_per_contact(day.now) == 20


def test_occupancy_is_handling_over_handling_and_ready(day: Day) -> None:
    bob = day.agent("bob", auto_accept=True, wrap_up_s=0)
    day.passes(30)
    ann = day.customer("ann").asks("help")
    day.passes(10)
    bob.finishes(ann)
    bob.goes_away()
    day.passes(500)
    assert day.floor.measures.occupancy(day.now) == 0.25
    assert day.floor.measures.agent(bob.id).occupancy(day.now) == 0.25


def test_a_parked_talk_that_has_to_queue_enters_anew(day: Day) -> None:
    bob = day.agent("bob", auto_accept=True)
    ann = day.customer("ann").asks("help")
    bob.parks(ann)
    bob.signs_out()
    ann.writes()
    assert (figures(day).entered_count, figures(day).waiting_count) == (2, 1)
    ann.leaves()
    assert figures(day).short_abandoned_count == 1


def test_what_the_bot_solves_during_the_wait_is_shown_apart(day: Day) -> None:
    ann = day.customer("ann").asks("help")
    ann.returns_to_bot()
    day.passes(10)
    ann.leaves(solved=True)
    assert (figures(day).solved_waiting_count, figures(day).abandoned_count) == (1, 0)
    assert figures(day).service_level is None


def _first_offer_accepted(day: Day, contact: str) -> AcceptOffer:
    (offer,) = [offer for offer in day.floor.state.offers.values() if offer.contact == contact]
    return AcceptOffer(offer.id, offer.agent)
