"""What somebody who waits is told: a range by the queue-length rule, which never rises without a cause."""

from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from dryfly.channels.web.waits import Pace, Waits, band, retold
from dryfly.channels.web.words import Wait
from dryfly.floor import State
from dryfly.floor.entities import Contact
from dryfly.floor.model import AgentId, Channel, ContactEngaged, ContactId, Instant, QueueId
from dryfly.ledger import Recorded
from dryfly.ledger.model import Actor, CommandId

GENERAL = QueueId("general")
ANN = ContactId("ann")


def answered(pace: Pace, *at_s: int) -> None:
    state = State()
    contact = Contact(ANN, 1, Channel("web"), Instant(0), Instant(0))
    contact.queue = GENERAL
    state.contacts[ANN] = contact
    for at in at_s:
        event = ContactEngaged(ANN, AgentId("bob"))
        pace.see(Recorded(at, at * 1000, event, Actor("agent:bob"), CommandId("x"), ANN), state)


def test_nobody_can_say_before_some_were_answered() -> None:
    pace = Pace()
    answered(pace, 0, 60)
    assert pace.between_s(GENERAL, 61_000) is None
    answered(pace, 120)
    assert pace.between_s(GENERAL, 120_000) == 60


def test_an_answer_that_does_not_come_is_counted_in() -> None:
    pace = Pace()
    answered(pace, 0, 60, 120)
    assert pace.between_s(GENERAL, 600_000) == 200
    assert pace.between_s(GENERAL, 3_600_000) is None, "what is long ago says nothing"


def test_the_range_is_the_rule_in_minutes() -> None:
    assert band(4, 60) == Wait(120, 360)  # 4 min, give or take the half of it
    assert band(1, 40) == Wait(0, 120)
    assert band(16, 120) == Wait(1200, 2400)  # long ones in steps of five minutes


def test_it_rises_with_a_worse_place_and_says_when_it_takes_longer() -> None:
    first = retold(None, 2, Wait(60, 180), 0)
    assert retold(first, 3, Wait(120, 300), 1_000).wait == Wait(120, 300)
    late = retold(first, 2, Wait(60, 240), 180_000)
    assert late.wait == Wait(60, 240, is_longer=True)


waits = st.tuples(st.integers(0, 20), st.integers(1, 20)).map(lambda ab: Wait(ab[0] * 60, (ab[0] + ab[1]) * 60))


@given(waits, st.lists(st.tuples(st.integers(0, 60), waits), max_size=20))
def test_what_was_promised_only_comes_nearer(first: Wait, later: list[tuple[int, Wait]]) -> None:
    told, now = retold(None, 5, first, 0), 0
    for seconds, fresh in later:
        before, now = told, now + seconds * 1000
        told = retold(before, 5, fresh, now)
        was, wait = cast(Wait, before.wait), cast(Wait, told.wait)
        if now < before.until:
            assert told.until <= before.until
            assert (wait.from_s <= was.from_s, wait.to_s <= was.to_s) == (True, True)
            assert wait.is_longer == was.is_longer
        else:
            assert wait.is_longer
        assert 0 <= wait.from_s <= wait.to_s


def test_who_waits_no_more_is_forgotten() -> None:
    pace = Pace()
    answered(pace, 0, 60, 120)
    line = Waits(pace)
    assert line.tell(ANN, GENERAL, 1, 120_000) == Wait(0, 120)
    line.forget_all_but({})
    assert line.tell(ANN, GENERAL, 3, 120_000) == band(3, 60)
