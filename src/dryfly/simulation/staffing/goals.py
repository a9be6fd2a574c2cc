"""What a search wants to hold: each target as a goal, and how far a run is from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dryfly.simulation.figures import MEASURES, WAIT_QUANTILES, Run, intervals_count
from dryfly.simulation.findings import ALL_QUEUES
from dryfly.simulation.plan import Plan
from dryfly.simulation.scenario import Search
from dryfly.simulation.workload import Floats

AT_LEAST = ("service_level",)
NUMBERS = {measure.name: number for number, measure in enumerate(MEASURES)}
WAIT_P80 = WAIT_QUANTILES.index(0.8)
ROUNDING = 1e-9  # a mean of shares may miss its target by so much and hold it all the same
UNANSWERED = -1.0  # the margin where somebody came and there is no figure, since nobody was answered


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure of one queue (`column` 0: all of them together) and what it has to be."""

    queue: str
    column: int
    measure: str
    wanted: float

    def holds(self, value: float) -> bool:
        return bool(self.margins(np.array([value]))[0] >= 0)

    def margins(self, values: Floats) -> Floats:
        """How much better than wanted, below zero if worse: in shares, or in parts of the wait that is wanted."""
        if self.measure in AT_LEAST:
            return np.asarray(values - self.wanted + ROUNDING)
        scale = 1.0 if self.measure == "abandoned_share" else max(self.wanted, 1.0)
        return np.asarray((self.wanted - values) / scale + ROUNDING)

    def seen(self, runs: Sequence[Run], per: str) -> Floats:
        """(runs, blocks)"""
        return np.array([figure_of(run, self.measure, self.column, per) for run in runs])


def figure_of(run: Run, measure: str, column: int, per: str) -> Floats:
    """In each block of the run; NaN where there is none."""
    if per == "interval":
        return np.asarray(run.intervals[NUMBERS[measure], column])
    if measure == "wait_p80_s":
        return np.asarray(run.waits_s[WAIT_P80, [column]])
    return np.asarray(run.totals[NUMBERS[measure], [column]])


def goals_of(plan: Plan, search: Search) -> tuple[Goal, ...]:
    columns = [ALL_QUEUES, *(str(name) for name, _ in plan.centre.queues)]
    return tuple(
        Goal(queue, columns.index(queue), measure, wanted)
        for queue, target in search.targets.items()
        for measure, wanted in wanted_of(target)
    )


def wanted_of(target: object) -> Iterator[tuple[str, float]]:
    for measure in ("service_level", "abandoned_share", "asa_s", "wait_p80_s"):
        if (wanted := getattr(target, measure)) is not None:
            yield measure, wanted


def blocks_count(plan: Plan, search: Search) -> int:
    """Parts of the run that have numbers of their own."""
    return intervals_count(plan) if search.per == "interval" else 1


def margins_of(goals: Sequence[Goal], runs: Sequence[Run], per: str) -> Floats:
    """(goals, blocks), each of the mean over the runs. Where nobody comes all is well."""
    return np.array([_margins(goal, runs, per) for goal in goals])


def _margins(goal: Goal, runs: Sequence[Run], per: str) -> Floats:
    margins = goal.margins(mean_of(goal.seen(runs, per)))
    came = mean_of(np.array([figure_of(run, "entered_count", goal.column, per) for run in runs]))
    return np.where(np.isnan(margins), np.where(came > 0, UNANSWERED, 0.0), margins)


def mean_of(values: Floats) -> Floats:
    """Down the columns, of what is known; NaN where nothing is."""
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    total: Floats = np.where(known, values, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
