"""The fold says what the floor's measures say, of any day, however it is cut into batches."""

from collections import defaultdict
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace

import pytest

from dryfly.floor.model import AgentId, ContactId
from dryfly.insight.fold import Book, quarters_of
from dryfly.insight.model import QUARTER_MS, Doing, Entry, Span, Sums, quarter_of, sums_of
from tests.insight.days import Journal, agent_figures, day_of, measured, queue_figures, queues_of, removed_at, walked

SEEDS = range(60)


def folded(journal: Journal) -> Book:
    book = Book()
    for event, at in journal:
        book.add(event, at)
    book.settle()
    return book


def entries_of(book: Book) -> list[Entry]:
    return [*book.ended_entries, *book.entries.values()]


def sums_by_queue(entries: list[Entry]) -> dict[str, Sums]:
    found: dict[str, Sums] = defaultdict(Sums)
    for entry in entries:
        found[entry.queue].add(sums_of(entry))
    return found


def summed(sums: list[Sums]) -> Sums:
    total = Sums()
    for one in sums:
        total.add(one)
    return total


@pytest.mark.parametrize("seed", SEEDS)
def test_entries_add_up_to_the_measures_of_each_queue(seed: int) -> None:
    journal = day_of(seed)
    sums = sums_by_queue(entries_of(folded(journal)))
    for queue, wanted in queues_of(measured(journal)).items():
        assert {name: getattr(sums[queue], name) for name in wanted} == wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_half_a_day_adds_up_as_well(seed: int) -> None:
    journal = day_of(seed)[: len(day_of(seed)) // 2]
    sums = sums_by_queue(entries_of(folded(journal)))
    for queue, figures in measured(journal).queues.items():
        wanted = queue_figures(figures)
        assert {name: getattr(sums[queue], name) for name in wanted} == wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_spans_add_up_to_the_time_of_each_agent(seed: int) -> None:
    journal = day_of(seed)
    now = journal[-1][1]
    book, measures, removed = folded(journal), measured(journal), removed_at(journal)
    spans = [*book.ended_spans, *book.spans.values()]
    for agent, figures in measures.agents.items():
        own = [span for span in spans if span.agent == agent and span.from_at >= removed.get(agent, 0)]
        assert (_spent(own, Doing.HANDLING, now), _spent(own, Doing.READY, now)) == agent_figures(figures, now)
    everybody = measures._agent_time(now)
    assert (_spent(spans, Doing.HANDLING, now), _spent(spans, Doing.READY, now)) == everybody


@pytest.mark.parametrize("seed", SEEDS)
def test_quarters_are_the_sum_of_their_entries_and_spans(seed: int) -> None:
    book = folded(day_of(seed))
    by_queue: dict[str, Sums] = defaultdict(Sums)
    for (_, queue, _, _), sums in book.figures.items():
        by_queue[queue].add(sums)
    assert by_queue == {q: s for q, s in sums_by_queue(entries_of(book)).items() if q in by_queue}
    for key in {(entry.agent, quarter_of(entry.counted_at)) for entry in entries_of(book)}:
        own = [sums_of(entry) for entry in entries_of(book) if (entry.agent, quarter_of(entry.counted_at)) == key]
        assert book.agent_figures[key[1], AgentId(key[0])] == summed(own)
    handling = sum(time.handling_ms for time in book.agent_times.values())
    assert handling == _spent(book.ended_spans, Doing.HANDLING, 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_spans_of_an_agent_follow_each_other_without_a_gap(seed: int) -> None:
    book = folded(day_of(seed))
    for agent, newest in book.spans.items():
        own = [*(span for span in book.ended_spans if span.agent == agent), newest]
        assert [span.to_at for span in own[:-1]] == [span.from_at for span in own[1:]]
        assert newest.to_at is None


def test_a_stretch_is_split_at_quarters() -> None:
    assert quarters_of(QUARTER_MS - 10, 2 * QUARTER_MS + 5) == {0: 10, QUARTER_MS: QUARTER_MS, 2 * QUARTER_MS: 5}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_test_contact_is_in_no_number_but_its_own(seed: int) -> None:
    with_tests, without = walked(day_of(seed))
    sums, wanted = (sums_by_queue(entries_of(folded(journal))) for journal in (with_tests, without))
    counted = {queue: replace(one, test_count=0) for queue, one in sums.items()}
    assert not_empty(counted) == not_empty(wanted)
    assert summed([*sums.values()]).test_count >= 1


def not_empty(sums: Mapping[str, Sums]) -> dict[str, Sums]:
    return {queue: one for queue, one in sums.items() if one != Sums()}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_asked_twice_is_with_its_entries(seed: int) -> None:
    journal = day_of(seed)
    sums = summed([*sums_by_queue(entries_of(folded(journal))).values()])
    assert sums.asked_twice_count == measured(journal).asked_twice_count


def test_days_are_not_empty() -> None:
    """What these tests compare happens in them."""
    total = Sums()
    for seed in SEEDS:
        for sums in sums_by_queue(entries_of(folded(walked(day_of(seed))[0]))).values():
            total.add(deepcopy(sums))
    assert all(getattr(total, name) for name in Sums.__slots__), total
    numbers = [entry.number for seed in SEEDS for entry in entries_of(folded(day_of(seed)))]
    assert max(numbers) > 1
    assert ContactId("c0") in folded(day_of(0)).entries


def _spent(spans: list[Span], state: Doing, now: int) -> int:
    return sum((now if span.to_at is None else span.to_at) - span.from_at for span in spans if span.state is state)
