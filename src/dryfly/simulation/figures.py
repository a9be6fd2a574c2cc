"""The numbers of one run, by queue and interval of entry, each as `floor.measures` defines it.

The run's arrays are counted at once instead of event by event; what is counted fills the floor's own `QueueFigures`,
whose ratios are the only ones there are. `audit` holds both ways of counting together.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dryfly.floor.measures import QueueFigures
from dryfly.simulation.plan import Plan
from dryfly.simulation.workload import NONE, Floats, Ints, Outcome, Trajectory, Workload

Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]

WAIT_QUANTILES = (0.5, 0.8, 0.95)


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a queue. `better`: +1 if more is better, -1 if less, 0 if neither."""

    name: str
    title: str
    unit: str  # share, seconds or count
    better: int
    of: Callable[[QueueFigures], float | None]


MEASURES = (
    Measure("service_level", "Service level", "share", +1, lambda f: f.service_level),
    Measure("abandoned_share", "Abandoned", "share", -1, lambda f: f.abandoned_share),
    Measure("asa_s", "Average wait of the answered", "seconds", -1, lambda f: f.asa_s),
    Measure("aht_s", "Average handling time", "seconds", 0, lambda f: f.aht_s),
    Measure("entered_count", "Entered", "count", 0, lambda f: float(f.entered_count)),
    Measure("answered_count", "Answered", "count", +1, lambda f: float(f.answered_count)),
    Measure("abandoned_count", "Abandoned, number", "count", -1, lambda f: float(f.abandoned_count)),
    Measure("short_abandoned_count", "Left at once", "count", 0, lambda f: float(f.short_abandoned_count)),
    Measure("waiting_count", "Still waiting at the end", "count", -1, lambda f: float(f.waiting_count)),
    Measure("overflowed_count", "Overflowed", "count", 0, lambda f: float(f.overflowed_count)),
    Measure("promised_count", "Call backs promised", "count", 0, lambda f: float(f.promised_count)),
    Measure("kept_share", "Call backs kept", "share", +1, lambda f: f.kept_share),
)
BY_NAME = {measure.name: measure for measure in MEASURES}


@dataclass(frozen=True, slots=True)
class Run:
    """What a run comes to: (measures, 1 + queues) where the first column is all queues together,
    (measures, 1 + queues, intervals), (quantiles, 1 + queues) of the waits of the answered, and occupancy.
    NaN where there is nothing to divide by."""

    totals: Floats
    intervals: Floats
    waits_s: Floats
    occupancy: float


def figures_of(plan: Plan, workload: Workload, done: Trajectory) -> Run:
    tries = _tries(plan, workload, done)
    counts = _counts(tries, len(plan.centre.queues), intervals_count(plan))
    handling, ready = int(done.agent_handling_ms.sum()), int(done.agent_ready_ms.sum())
    return Run(
        totals=_values({name: _with_all(cells.sum(axis=1)) for name, cells in counts.items()}),
        intervals=_values({name: _with_all(cells) for name, cells in counts.items()}),
        waits_s=_waits(tries, len(plan.centre.queues)),
        occupancy=handling / (handling + ready) if handling + ready else np.nan,
    )


def intervals_count(plan: Plan) -> int:
    return max(1, -(-plan.length_ms // plan.interval_ms))


def figures_by_queue(plan: Plan, workload: Workload, done: Trajectory) -> list[QueueFigures]:
    """As the floor's own measures would stand at the end of the run."""
    counts = _counts(_tries(plan, workload, done), len(plan.centre.queues), 1)
    queues = range(len(plan.centre.queues))
    return [QueueFigures(**{name: int(cells[queue, 0]) for name, cells in counts.items()}) for queue in queues]


def _values(counts: dict[str, Floats]) -> Floats:
    """Each measure of each cell."""
    shape = next(iter(counts.values())).shape
    values = np.full((len(MEASURES), *shape), np.nan)
    for cell in np.ndindex(shape):
        figures = QueueFigures(**{name: int(cells[cell]) for name, cells in counts.items()})
        for number, measure in enumerate(MEASURES):
            value = measure.of(figures)
            values[(number, *cell)] = np.nan if value is None else value
    return values


def _with_all(cells: Floats) -> Floats:
    """All queues together come first."""
    return np.concatenate((cells.sum(axis=0, keepdims=True), cells))


# ---- counting ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tries:
    """Those that entered a queue, and what may be asked of each."""

    queue: Ints
    interval: Ints  # of entry; those that come after the last count there
    waited_ms: Ints  # until the answer or the end
    handled_ms: Ints
    is_within: Bools
    is_short: Bools
    is_served: Bools  # answered, or called back
    is_promised: Bools  # a call back
    is_closed: Bools
    outcome: Ints
    overflows: Ints


def _tries(plan: Plan, workload: Workload, done: Trajectory) -> _Tries:
    entered = (done.entered_ms != NONE) & (done.outcome != Outcome.REFUSED)
    queue = workload.queue[workload.contact_at][entered]
    began, started, ended = done.entered_ms[entered], done.started_ms[entered], done.ended_ms[entered]
    is_served = started != NONE
    waited = np.where(is_served, started, ended) - began
    specs = [spec for _, spec in plan.centre.queues]
    return _Tries(
        queue=queue,
        interval=np.minimum(began, plan.length_ms - 1) // plan.interval_ms,
        waited_ms=waited,
        handled_ms=done.handled_ms[entered],
        is_within=waited <= np.array([spec.service_level_s * 1000 for spec in specs])[queue],
        is_short=waited < np.array([spec.short_abandon_s * 1000 for spec in specs])[queue],
        is_served=is_served,
        is_promised=done.promised_ms[entered] != NONE,
        is_closed=ended != NONE,
        outcome=done.outcome[entered],
        overflows=done.overflows[entered],
    )


def _counts(tries: _Tries, queues: int, intervals: int) -> dict[str, Floats]:
    """Every count of `QueueFigures`, by queue and interval."""
    cell = tries.queue * intervals + (tries.interval if intervals > 1 else 0)

    def counted(which: Bools, of: Ints | None = None) -> Floats:
        weights = None if of is None else of[which].astype(np.float64)
        found = np.bincount(cell[which], weights=weights, minlength=queues * intervals)
        return found.astype(np.float64).reshape(queues, intervals)

    served, promised, abandoned = tries.is_served, tries.is_promised, tries.outcome == Outcome.ABANDONED
    answered, unanswered = served & ~promised, ~served & ~promised
    left, handled = unanswered & abandoned, served & tries.is_closed
    return {
        "entered_count": counted(served | ~served),
        "waiting_count": counted(unanswered & ~tries.is_closed),
        "answered_count": counted(answered),
        "answered_within_count": counted(answered & tries.is_within),
        "answer_ms": counted(answered, tries.waited_ms),
        "abandoned_count": counted(left & ~tries.is_short),
        "short_abandoned_count": counted(left & tries.is_short),
        "abandoned_later_count": counted(served & abandoned),
        "solved_waiting_count": counted(unanswered & tries.is_closed & ~abandoned),
        "overflowed_count": counted(served | ~served, tries.overflows),
        "promised_count": counted(promised),
        "kept_count": counted(promised & served),
        "unreached_count": counted(handled & (tries.outcome == Outcome.UNREACHED)),
        "handled_count": counted(handled),
        "handle_ms": counted(handled, tries.handled_ms),
    }


def _waits(tries: _Tries, queues: int) -> Floats:
    """Quantiles of the waits of the answered: all together, then each queue."""
    answered = tries.is_served & ~tries.is_promised
    which = [answered, *(answered & (tries.queue == queue) for queue in range(queues))]
    return np.array([_quantiles(tries.waited_ms[rows] / 1000) for rows in which]).T


def _quantiles(waits_s: Floats) -> Floats:
    return np.quantile(waits_s, WAIT_QUANTILES) if len(waits_s) else np.full(len(WAIT_QUANTILES), np.nan)
