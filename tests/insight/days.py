"""Generated days, and what the floor's own measures say of them."""

from dataclasses import asdict, replace
from functools import cache

from dryfly.conversations.model import TEST_CONTACT
from dryfly.floor.measures import AgentFigures, Measures, QueueFigures
from dryfly.floor.model import (
    AgentId,
    AgentRemoved,
    ContactArrived,
    Event,
    FactsRecorded,
    Instant,
    MessageSaid,
    QueueId,
)  # fmt: skip
from tests.days.generator import GeneratedDay
from tests.floor.floors import CheckedFloor

Journal = list[tuple[Event, Instant]]
QUEUE_FIGURES = (
    "entered_count", "waiting_count", "answered_count", "answer_ms", "abandoned_count", "short_abandoned_count",
    "abandoned_later_count", "solved_waiting_count", "handled_count", "handle_ms", "promised_count", "kept_count",
    "unreached_count",
)  # fmt: skip


@cache
def day_of(seed: int) -> Journal:
    floor = CheckedFloor()
    GeneratedDay(seed, floor).run()
    return [(_asking(event, number), at) for number, (event, at) in enumerate(floor.journal)]


def _asking(event: Event, number: int) -> Event:
    """Now and then somebody asks what was known."""
    return replace(event, asks_again=True) if isinstance(event, MessageSaid) and number % 7 == 0 else event


def walked(journal: Journal) -> tuple[Journal, Journal]:
    """The day with every fourth contact marked as a test, and the same without these contacts."""
    arrived = [event.contact for event, _ in journal if isinstance(event, ContactArrived)]
    tests = set(arrived[::4])
    marked: Journal = []
    for event, at in journal:
        marked.append((event, at))
        if isinstance(event, ContactArrived) and event.contact in tests:
            marked.append((FactsRecorded(event.contact, (TEST_CONTACT,)), at))
    return marked, [(event, at) for event, at in journal if getattr(event, "contact", None) not in tests]


def measured(journal: Journal) -> Measures:
    measures = Measures()
    for event, at in journal:
        measures.add(event, at)
    return measures


def queue_figures(figures: QueueFigures) -> dict[str, int]:
    told = asdict(figures)
    return {name: told[name] for name in QUEUE_FIGURES} | {"within_count": figures.answered_within_count}


def agent_figures(figures: AgentFigures, now: Instant) -> tuple[int, int]:
    figures.settle(now)
    return figures.handling_ms, figures.ready_ms


def removed_at(journal: Journal) -> dict[AgentId, Instant]:
    """Measures begin anew with an agent who was removed and came again."""
    return {event.agent: at for event, at in journal if isinstance(event, AgentRemoved)}


def queues_of(measures: Measures) -> dict[QueueId, dict[str, int]]:
    return {queue: queue_figures(figures) for queue, figures in measures.queues.items()}
