"""Generated days, and what the floor's own measures say of them."""

from dataclasses import asdict
from functools import cache

from dryfly.floor.measures import AgentFigures, Measures, QueueFigures
from dryfly.floor.model import AgentId, AgentRemoved, Event, Instant, QueueId
from tests.days.generator import GeneratedDay
from tests.floor.floors import CheckedFloor

Journal = list[tuple[Event, Instant]]
QUEUE_FIGURES = (
    "entered_count", "waiting_count", "answered_count", "answer_ms", "abandoned_count", "short_abandoned_count",
    "abandoned_later_count", "solved_waiting_count", "handled_count", "handle_ms",
)  # fmt: skip


@cache
def day_of(seed: int) -> Journal:
    floor = CheckedFloor()
    GeneratedDay(seed, floor).run()
    return floor.journal


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
