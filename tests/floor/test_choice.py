"""Who gets whom: skills and levels, due order, load and idle time."""

from dryfly.floor import model as m
from tests.floor.day import MAIL, VOICE, WEB, Day


def test_levels_are_needed_and_the_lowest_sufficient_one_is_taken(day: Day) -> None:
    day.queue("loans", ("loans", 5))
    novice, solid, master = (day.agent(name, loans=level) for name, level in (("al", 4), ("bo", 6), ("cy", 10)))
    day.customer("ann").asks("loans")
    assert (novice.offered, solid.offered, master.offered) == (None, "ann", None)


def test_who_also_has_a_scarce_skill_is_kept_for_those_who_need_it(day: Day) -> None:
    day.queue("english", ("english", 1))
    for number in range(8):
        day.agent(f"x{number}", ready=False, english=5)
    rare = day.agent("al", english=5, basque=5)
    day.passes(60)  # the rare one has been idle for longer
    plain = day.agent("bo", english=5)
    day.customer("ann").asks("english")
    assert (rare.offered, plain.offered) == (None, "ann")


def test_among_equals_the_least_loaded_and_then_the_longest_idle_is_asked(day: Day) -> None:
    first, second = day.agent("zoe"), day.agent("al", ready=False)
    day.passes(5)
    second.signs_in()
    day.customer("ann").asks("help")
    day.customer("ben").asks("help")
    assert (first.offered, second.offered) == ("ann", "ben")


def test_a_queue_may_choose_the_longest_idle_whatever_the_levels(day: Day) -> None:
    day.queue("loans", ("loans", 1), choice="longest_idle")
    master = day.agent("al", loans=10)
    day.passes(5)
    day.agent("bo", loans=1)
    day.customer("ann").asks("loans")
    assert master.offered == "ann"


def test_extra_needs_count_beside_those_of_the_queue(day: Day) -> None:
    day.queue("loans", ("loans", 3))
    day.agent("al", loans=9)
    speaker = day.agent("bo", loans=9, french=2)
    day.customer("ann").asks("loans", ("french", 2))
    assert speaker.offered == "ann"


def test_a_free_agent_takes_what_is_due_first_over_all_queues_and_channels(day: Day) -> None:
    day.queue("mail", target_s=4 * 3600)
    day.queue("calls", target_s=20)
    day.customer("yesterday", channel=MAIL).asks("mail")
    day.passes(3 * 3600)
    day.customer("ringing", channel=VOICE).asks("calls")
    bob = day.agent("bob", channels=(m.ChannelCapacity(MAIL, 100, 1), m.ChannelCapacity(VOICE, 100, 1)))
    assert bob.offered == "ringing"


def test_an_overdue_mail_comes_before_a_fresh_call(day: Day) -> None:
    day.queue("mail", target_s=3600)
    day.queue("calls", target_s=20)
    day.customer("yesterday", channel=MAIL).asks("mail")
    day.passes(3600)
    day.customer("ringing", channel=VOICE).asks("calls")
    bob = day.agent("bob", channels=(m.ChannelCapacity(MAIL, 100, 1), m.ChannelCapacity(VOICE, 100, 1)))
    assert bob.offered == "yesterday"


def test_a_head_start_brings_a_contact_forward(day: Day) -> None:
    day.customer("ann").asks("help")
    day.passes(10)
    day.customer("ben").asks("help", head_start_s=30)
    assert day.agent("bob", channels=(m.ChannelCapacity(WEB, 100, 1),)).offered == "ben"


def test_capacity_is_counted_in_units_and_per_channel(day: Day) -> None:
    bob = day.agent("bob", channels=(m.ChannelCapacity(WEB, 25, 2), m.ChannelCapacity(MAIL, 25, 4)), auto_accept=True)
    talks = [day.customer(f"web{n}").asks("help") for n in range(3)]
    mails = [day.customer(f"mail{n}", channel=MAIL).asks("help") for n in range(3)]
    assert [c.agent for c in talks] == [bob.id, bob.id, None], "two chats at most"
    assert [c.agent for c in mails] == [bob.id, bob.id, None], "a hundred units at most"


def test_small_work_never_starves_a_call(day: Day) -> None:
    bob = day.agent("bob", auto_accept=True, wrap_up_s=0)
    chats = [day.customer(f"chat{n}").asks("help") for n in range(2)]
    call = day.customer("call", channel=VOICE).asks("help")
    late = day.customer("late").asks("help")
    assert late.is_waiting, "bob makes room for the call"
    for chat in chats:
        bob.finishes(chat)
    assert (call.agent, late.agent) == (bob.id, None)
    bob.finishes(call)
    assert late.agent == bob.id


def test_draining_ends_when_the_call_is_given_up(day: Day) -> None:
    bob = day.agent("bob", auto_accept=True)
    day.customer("chat").asks("help")
    call = day.customer("call", channel=VOICE).asks("help")
    late = day.customer("late").asks("help")
    call.leaves()
    assert late.agent == bob.id
