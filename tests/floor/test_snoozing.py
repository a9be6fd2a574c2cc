"""Snoozed talks: parked until a time, back with who knows them, and at once when the customer speaks."""

from typing import cast

import pytest

from dryfly.floor import model as m
from tests.floor.day import Agent, Customer, Day

HOUR_S = 3600


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


def test_a_snoozed_talk_takes_no_room_and_comes_back_at_its_time_with_a_reply_clock(
    day: Day, ann: Customer, bob: Agent
) -> None:
    bob.snoozes(ann, HOUR_S)
    assert (ann.state, day.floor.state.agents[bob.id].units) == (m.ContactState.PARKED, 0)
    day.passes(HOUR_S - 1)
    assert ann.state is m.ContactState.PARKED
    day.passes(1)
    assert (ann.state, ann.agent, ann.contact.is_woken) == (m.ContactState.ACTIVE, "bob", True)
    assert ann.contact.reply_due_at == day.now + 300_000
    bob.answers(ann)
    assert not ann.contact.is_woken
    assert cast(object, ann.contact.reply_due_at) is None


def test_a_snooze_may_be_longer_than_a_quiet_talk_is_kept(day: Day, ann: Customer, bob: Agent) -> None:
    bob.snoozes(ann, 10 * 24 * HOUR_S)
    day.passes(10 * 24 * HOUR_S)
    assert ann.state is m.ContactState.ACTIVE


def test_the_customer_who_speaks_before_has_it_back_at_once_and_the_snooze_is_forgotten(
    day: Day, ann: Customer, bob: Agent
) -> None:
    bob.snoozes(ann, HOUR_S)
    ann.writes()
    assert (ann.state, ann.contact.snoozed_until) == (m.ContactState.ACTIVE, None)
    bob.answers(ann)
    bob.parks(ann)
    day.passes(2 * HOUR_S)
    assert not day.events(m.SnoozeEnded)


def test_it_goes_to_others_where_its_agent_is_not_there_any_more(day: Day, ann: Customer, bob: Agent) -> None:
    eve = day.agent("eve")
    bob.snoozes(ann, HOUR_S)
    bob.signs_out()
    day.passes(HOUR_S)
    assert eve.offered == "ann"


def test_it_waits_for_its_agent_who_is_full_for_the_queues_patience(day: Day) -> None:
    bob = day.agent("bob", channels=(m.ChannelCapacity(m.Channel("web"), 100, 1),))
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    bob.answers(ann)
    bob.snoozes(ann, 120)
    bob.serves(day.customer("ben").asks("help"))
    eve = day.agent("eve")
    day.passes(120)
    assert (ann.is_waiting, eve.offered) == (True, None)
    day.passes(120)
    assert eve.offered == "ann"


def test_a_parked_talk_may_be_snoozed_and_a_snoozed_one_until_another_time(day: Day, ann: Customer, bob: Agent) -> None:
    bob.parks(ann)
    bob.snoozes(ann, HOUR_S)
    bob.snoozes(ann, 2 * HOUR_S)
    day.passes(HOUR_S)
    assert cast(str, ann.state) == m.ContactState.PARKED
    day.passes(HOUR_S)
    assert cast(str, ann.state) == m.ContactState.ACTIVE


@pytest.mark.parametrize("seconds", [-60, 0, 59, 184 * 24 * HOUR_S])
def test_a_time_that_is_past_or_far_away_is_refused(day: Day, ann: Customer, bob: Agent, seconds: int) -> None:
    assert day.refusal_of(bob.snooze(ann, seconds)) == "snooze_out_of_range"


def test_only_its_agent_may_snooze_it_and_not_what_is_being_wrapped_up(day: Day, ann: Customer, bob: Agent) -> None:
    assert day.refusal_of(day.agent("eve").snooze(ann, HOUR_S)) == "not_your_contact"
    bob.finishes(ann)
    assert day.refusal_of(bob.snooze(ann, HOUR_S)) == "contact_not_active"


def test_a_snooze_lives_through_a_restart(day: Day, ann: Customer, bob: Agent) -> None:
    bob.snoozes(ann, HOUR_S)
    day.floor.restart()
    day.passes(HOUR_S)
    assert ann.agent == "bob"
    assert ann.contact.is_woken
