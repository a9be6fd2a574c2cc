"""Two contacts of one customer are one talk: one agent, one clock, one room, one number; and are parted again."""

from typing import cast

import pytest

from dryfly.floor import model as m
from dryfly.floor import why
from dryfly.floor.measures import QueueFigures
from dryfly.floor.merging import answers_on
from tests.floor.day import MAIL, Agent, Customer, Day


@pytest.fixture
def bob(day: Day) -> Agent:
    return day.agent("bob")


@pytest.fixture
def ann(day: Day, bob: Agent) -> Customer:
    """Served by bob, who has answered."""
    ann = day.customer("ann", known_as="ann").asks("help")
    bob.serves(ann)
    bob.answers(ann)
    return ann


def again(day: Day, *, channel: m.Channel = MAIL, known_as: str | None = "ann") -> Customer:
    """She comes by another way as well."""
    return day.customer("ann2", channel=channel, known_as=known_as)


def units(day: Day, agent: Agent) -> int:
    return day.floor.state.agents[agent.id].units


def help_figures(day: Day) -> QueueFigures:
    return day.floor.measures.queues[m.QueueId("help")]


def test_the_merged_contact_takes_no_room_and_no_line_and_is_its_mains(day: Day, ann: Customer, bob: Agent) -> None:
    before, second = units(day, bob), again(day).asks("help")
    assert bob.offered == "ann2"
    bob.merges(second, ann)
    assert (second.state, second.contact.owner) == (m.ContactState.MERGED, m.OwnerKind.CONTACT)
    assert units(day, bob) == before
    assert bob.offered is None
    assert why(day.floor.state, second.id, day.now).reason == "merged"


@pytest.mark.parametrize("where", ["with the bot", "in line", "offered to somebody else", "with the same agent"])
def test_it_may_come_from_wherever_nobody_else_serves_it(day: Day, ann: Customer, bob: Agent, where: str) -> None:
    second = again(day)
    if where == "in line":
        bob.goes_away()
        second.asks("help")
    elif where == "offered to somebody else":
        bob.goes_away()
        eve = day.agent("eve")
        second.asks("help")
        assert eve.offered == "ann2"
    elif where == "with the same agent":
        second.asks("help")
        bob.serves(second)
    bob.merges(second, ann)
    assert second.contact.main == "ann"
    assert not day.floor.state.offers


def test_what_is_said_on_either_is_one_talk_with_one_clock(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day)
    bob.merges(second, ann)
    second.writes()
    assert ann.contact.reply_due_at == day.now + 300_000
    assert second.contact.reply_due_at is None
    assert answers_on(ann.contact) == "ann2"
    bob.answers(second)
    assert cast(object, ann.contact.reply_due_at) is None
    assert not ann.contact.unanswered
    assert answers_on(ann.contact) == "ann2", "it goes where she wrote last, also after an answer"
    ann.writes()
    assert answers_on(ann.contact) == "ann"


def test_what_was_not_answered_there_wants_an_answer_here(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day)
    second.writes()
    bob.merges(second, ann)
    assert ann.contact.reply_due_at == day.now + 300_000
    assert answers_on(ann.contact) == "ann2"


def test_a_word_on_the_merged_one_brings_the_talk_back(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day)
    bob.merges(second, ann)
    bob.parks(ann)
    second.writes()
    assert (ann.state, ann.agent) == (m.ContactState.ACTIVE, "bob")
    bob.answers(ann)
    bob.finishes(ann)
    second.writes()
    assert ann.state is m.ContactState.ACTIVE


def test_the_assistant_says_nothing_on_it_and_a_person_has_it_already(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day)
    bob.merges(second, ann)
    assert day.refusal_of(second.bot_words()) == "bot_is_silent"
    asked = m.QueueContact(second.id, m.QueueId("help"), m.QueuedBecause.CUSTOMER_ASKED)
    assert day.submit(asked) == [m.CommandNoted()]
    let_go = m.QueueContact(second.id, m.QueueId("help"), m.QueuedBecause.BOT_LET_GO)
    assert day.refusal_of(let_go) == "contact_is_merged"
    assert day.refusal_of(m.ReturnToBot(second.id)) == "contact_is_merged"


def test_it_goes_where_the_talk_goes(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day)
    bob.merges(second, ann)
    eve = day.agent("eve")
    bob.transfers(ann, agent=eve)
    eve.serves(ann)
    assert second.contact.main == "ann"
    eve.answers(second)
    assert day.refusal_of(bob.words_to(second)) == "not_your_contact"
    assert day.refusal_of(m.FinishContact(second.id, eve.id)) == "contact_is_merged"
    assert day.refusal_of(m.TakeOverContact(second.id, bob.id)) == "contact_is_merged"
    assert day.refusal_of(m.ReleaseContact(second.id)) == "contact_is_merged"


def test_it_ends_with_its_talk_and_never_before(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day)
    bob.merges(second, ann)
    second.leaves()
    assert ann.state is m.ContactState.WRAP_UP, "on whichever page she ends it, the talk is over"
    bob.wraps_up(ann)
    assert ann.is_gone
    assert second.is_gone
    closed = [event for event in day.events(m.ContactClosed) if isinstance(event, m.ContactClosed)]
    assert [(event.contact, event.ending) for event in closed] == [("ann2", "merged"), ("ann", "served")]


def test_a_quiet_talk_takes_it_along_when_it_closes_by_itself(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day)
    bob.merges(second, ann)
    bob.parks(ann)
    day.passes(72 * 3600)
    assert ann.is_gone
    assert second.is_gone


# ---- parting -----------------------------------------------------------------------------------


def test_parted_it_is_the_same_agents_with_what_waits_for_an_answer(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day).asks("help")
    bob.merges(second, ann)
    second.writes()
    bob.parts(second)
    assert (second.state, second.agent) == (m.ContactState.ACTIVE, "bob")
    assert second.contact.reply_due_at == day.now + 300_000
    assert (ann.contact.unanswered, ann.contact.reply_due_at) == (False, None)
    assert answers_on(ann.contact) == "ann"


def test_parted_it_has_its_place_in_line_where_nobody_has_room(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day, channel=m.Channel("voice")).asks("help")
    due_at = second.contact.due_at
    bob.merges(second, ann)
    day.passes(30)
    bob.parts(second)
    assert second.is_waiting
    assert (second.contact.due_at, second.contact.preferred) == (due_at, "bob")


def test_parted_from_a_talk_that_waits_it_waits_too(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day)
    bob.merges(second, ann)
    bob.signs_out()
    day.submit(m.UnmergeContact(second.id, None, as_supervisor=True))
    assert (ann.is_waiting, second.is_waiting) == (True, True)
    assert second.contact.queue == "help", "one that was with the assistant waits where its talk does"


def test_who_turns_out_to_be_somebody_else_is_parted_at_once(day: Day, ann: Customer, bob: Agent) -> None:
    stranger = again(day, known_as=None)
    bob.merges(stranger, ann, confirmed=True)
    day.submit(m.IdentifyCustomer(stranger.id, m.CustomerId("ben"), 2))
    assert stranger.contact.main is None
    assert stranger.agent == "bob"


# ---- what is refused ---------------------------------------------------------------------------


def test_two_customers_are_two_talks(day: Day, ann: Customer, bob: Agent) -> None:
    ben = day.customer("ben", known_as="ben")
    assert day.refusal_of(bob.merger(ben, ann, confirmed=True)) == "different_customers"
    visitor = day.customer("visitor")
    assert day.refusal_of(bob.merger(visitor, ann)) == "merge_unconfirmed"
    bob.merges(visitor, ann, confirmed=True)
    assert visitor.contact.main == "ann"


def test_nothing_is_merged_in_a_circle_or_twice(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day).asks("help")
    bob.serves(second)
    third = day.customer("ann3", known_as="ann")
    bob.merges(third, second)
    assert day.refusal_of(bob.merger(ann, ann)) == "merged_into_itself"
    assert day.refusal_of(bob.merger(third, ann)) == "already_merged"
    assert day.refusal_of(bob.merger(ann, third)) == "already_merged"
    assert day.refusal_of(bob.merger(second, ann)) == "contact_has_merged"
    assert day.submit(bob.merger(third, second)) == [m.CommandNoted()]
    assert day.refusal_of(m.UnmergeContact(ann.id, bob.id)) == "not_merged"


def test_a_colleagues_talk_is_merged_by_a_supervisor_only(day: Day, ann: Customer, bob: Agent) -> None:
    bob.goes_away()
    eve = day.agent("eve")
    second = again(day).asks("help")
    eve.serves(second)
    assert day.refusal_of(bob.merger(second, ann)) == "served_by_another"
    assert day.refusal_of(eve.merger(second, ann)) == "not_your_contact"
    day.submit(m.MergeContact(second.id, ann.id, None, as_supervisor=True))
    assert units(day, eve) == 0
    assert day.refusal_of(m.UnmergeContact(second.id, eve.id)) == "not_your_contact"


def test_what_is_over_is_not_merged(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day).asks("help")
    bob.serves(second)
    bob.finishes(second)
    assert day.refusal_of(bob.merger(second, ann)) == "contact_is_over"
    assert day.refusal_of(bob.merger(ann, second)) == "contact_not_active"
    bob.wraps_up(second)
    assert day.refusal_of(bob.merger(second, ann)) == "contact_closed"


# ---- the numbers -------------------------------------------------------------------------------


def test_it_counts_once(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day).asks("help")
    day.passes(10)
    bob.merges(second, ann)
    bob.finishes(ann)
    bob.wraps_up(ann)
    found = help_figures(day)
    assert (found.entered_count, found.waiting_count, found.answered_count) == (2, 0, 1)
    assert (found.abandoned_count, found.short_abandoned_count, found.handled_count) == (0, 0, 1)
    assert found.solved_waiting_count == 1


def test_parted_and_queued_it_enters_anew(day: Day, ann: Customer, bob: Agent) -> None:
    second = again(day)
    bob.merges(second, ann)
    bob.signs_out()
    day.submit(m.UnmergeContact(second.id, None, as_supervisor=True))
    day.passes(30)
    second.leaves()
    assert (help_figures(day).entered_count, help_figures(day).abandoned_count) == (2, 1)
