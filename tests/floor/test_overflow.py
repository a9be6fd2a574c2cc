"""Too long, too slow, closed: where a contact goes then, and that its place is not lost."""

import pytest

from dryfly.floor import model as m
from dryfly.floor.model import Instant, OverflowTo, OverflowWhen, QueueId, Span
from tests.floor.day import MORNING, Day

HOUR = 3600


def rule(
    when: OverflowWhen, limit: int = 0, *, queue: str | None = None, to: OverflowTo = OverflowTo.QUEUE
) -> m.OverflowRule:
    return m.OverflowRule(when, to, limit, QueueId(queue) if queue else None)


def opens(day: Day, queue: str, *hours: tuple[float, float]) -> None:
    """Hours are counted from the morning."""
    spans = [(MORNING + int(a * HOUR * 1000), MORNING + int(b * HOUR * 1000)) for a, b in hours]
    day.submit(m.PutHours(QueueId(queue), tuple(Span(Instant(a), Instant(b)) for a, b in spans)))


def test_a_long_line_flows_over_at_entry_and_is_counted_where_it_entered(day: Day) -> None:
    day.queue("spare", target_s=999)
    day.queue("help", target_s=60, overflow=(rule(OverflowWhen.LENGTH, 2, queue="spare"),))
    first, second, third = (day.customer(name).asks("help") for name in ("ann", "ben", "cat"))
    assert [c.contact.queue for c in (first, second, third)] == ["help", "help", "spare"]
    assert third.contact.due_at == first.contact.due_at, "nobody waits twice"
    figures = day.floor.measures.queues[QueueId("help")]
    assert (figures.entered_count, figures.overflowed_count) == (3, 1)


def test_who_has_waited_long_flows_over_with_the_place_kept(day: Day) -> None:
    day.queue("spare")
    day.queue("help", overflow=(rule(OverflowWhen.WAIT, 90, queue="spare"),))
    ann = day.customer("ann").asks("help")
    since = ann.contact.waiting_since
    day.passes(89)
    assert ann.contact.queue == "help"
    day.passes(1)
    assert (ann.contact.queue, ann.contact.waiting_since) == ("spare", since)


def test_what_is_expected_to_be_slow_proposes_a_call_back(day: Day) -> None:
    slow = rule(OverflowWhen.ESTIMATE, 300, to=OverflowTo.CALLBACK)
    day.queue("help", callback_attempts_max=3, overflow=(slow,))
    assert not day.customer("ann").asks("help").contact.is_callback_proposed
    day.submit(m.NoteEstimate(QueueId("help"), 301))
    ben = day.customer("ben").asks("help")
    assert ben.contact.is_callback_proposed
    assert ben.is_waiting


def test_a_closed_queue_leads_elsewhere_at_entry_and_at_closing_time(day: Day) -> None:
    day.queue("letters", target_s=HOUR)
    day.queue("help", overflow=(rule(OverflowWhen.CLOSED, queue="letters"),))
    opens(day, "letters", (2, 10))
    opens(day, "help", (0, 1))
    ann = day.customer("ann").asks("help")
    day.passes(HOUR - 1)
    assert ann.contact.queue == "help"
    day.passes(1)
    assert ann.contact.queue == "letters"
    assert ann.contact.due_at == MORNING + 3 * HOUR * 1000, "an hour of the hours in which letters are answered"
    assert day.customer("ben").asks("help").contact.queue == "letters"


def test_an_emergency_closes_at_once(day: Day) -> None:
    day.queue("help", overflow=(rule(OverflowWhen.CLOSED, to=OverflowTo.BOT),))
    opens(day, "help", (0, 8))
    ann = day.customer("ann").asks("help")
    day.passes(60)
    day.submit(m.PutHours(QueueId("help"), ()))
    day.passes(0)
    assert ann.contact.bot_resumed
    assert ann.is_waiting, "the place is kept"


def test_the_due_time_is_counted_in_open_hours(day: Day) -> None:
    day.queue("help", target_s=2 * HOUR)
    opens(day, "help", (0, 1), (24, 32))
    ann = day.customer("ann").asks("help")
    assert ann.contact.due_at == MORNING + 25 * HOUR * 1000


def test_rules_follow_each_other_at_entry(day: Day) -> None:
    day.queue("last")
    day.queue("spare", overflow=(rule(OverflowWhen.LENGTH, 1, queue="last"),))
    day.queue("help", overflow=(rule(OverflowWhen.LENGTH, 1, queue="spare"),))
    assert [day.customer(name).asks("help").contact.queue for name in ("a", "b", "c")] == ["help", "spare", "last"]


def test_a_rule_whose_queue_is_gone_is_passed_over(day: Day) -> None:
    day.queue("spare")
    day.queue("help", overflow=(rule(OverflowWhen.WAIT, 10, queue="spare"),))
    day.submit(m.RemoveQueue(QueueId("spare")))
    ann = day.customer("ann").asks("help")
    day.passes(60)
    assert ann.contact.queue == "help"


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ((rule(OverflowWhen.LENGTH, 3, queue="help"),), "overflow_is_cyclic"),
        ((rule(OverflowWhen.LENGTH, 3, queue="around"),), "overflow_is_cyclic"),
        ((rule(OverflowWhen.WAIT, 0, queue="spare"),), "spec_out_of_range"),
        ((rule(OverflowWhen.WAIT, 10),), "overflow_needs_queue"),
        ((rule(OverflowWhen.WAIT, 10, to=OverflowTo.CALLBACK),), "no_callbacks"),
        ((rule(OverflowWhen.WAIT, 9, queue="a"), rule(OverflowWhen.WAIT, 9, queue="b")), "overflow_twice"),
    ],
)
def test_impossible_rules_are_refused(day: Day, rules: tuple[m.OverflowRule, ...], code: str) -> None:
    day.queue("around", overflow=(rule(OverflowWhen.LENGTH, 3, queue="help"),))
    assert day.refusal_of(m.PutQueue(QueueId("help"), m.QueueSpec(overflow=rules))) == code


def test_hours_in_disorder_are_refused(day: Day) -> None:
    spans = (Span(Instant(10), Instant(30)), Span(Instant(20), Instant(40)))
    assert day.refusal_of(m.PutHours(QueueId("help"), spans)) == "hours_out_of_order"
