"""What came out of all replications: every figure with its interval, and each variant against the first."""

from collections.abc import Sequence

import msgspec
import numpy as np

from dryfly.simulation.figures import MEASURES, WAIT_QUANTILES
from dryfly.simulation.intervals import Estimate, estimate, paired
from dryfly.simulation.runs import Played
from dryfly.simulation.workload import Floats

ALL_QUEUES = "all queues"
BY_INTERVAL = ("service_level", "abandoned_share", "asa_s", "entered_count")
WAITS = tuple(f"wait_p{quantile * 100:g}_s" for quantile in WAIT_QUANTILES)


class Figure(msgspec.Struct, frozen=True):
    """`low` to `high` holds the true mean 95 times in 100. None: there was nothing to tell it from."""

    mean: float | None
    low: float | None = None
    high: float | None = None


class QueueFound(msgspec.Struct, frozen=True):
    queue: str
    figures: dict[str, Figure]
    intervals: dict[str, list[Figure]]
    against_first: dict[str, Figure] = {}  # this variant less the first, on the same customers


class VariantFound(msgspec.Struct, frozen=True):
    name: str
    occupancy: Figure
    queues: list[QueueFound]
    occupancy_against_first: Figure | None = None


class Findings(msgspec.Struct, frozen=True):
    title: str
    seed: int
    replications: int
    begins_at: str
    zone: str
    interval_minutes: int
    variants: list[VariantFound]


def findings_of(played: Sequence[Played]) -> Findings:
    scenario, first = played[0].plan.scenario, played[0]
    return Findings(
        title=scenario.title,
        seed=scenario.seed,
        replications=len(first.runs),
        begins_at=scenario.begins_at,
        zone=scenario.zone,
        interval_minutes=scenario.interval_minutes,
        variants=[_variant(one, None if one is first else first) for one in played],
    )


def _variant(played: Played, first: Played | None) -> VariantFound:
    names = [ALL_QUEUES, *(str(name) for name, _ in played.plan.centre.queues)]
    compared = None if first is None else as_figure(paired(_occupancies(played), _occupancies(first)))
    return VariantFound(
        name=played.name,
        occupancy=as_figure(estimate(_occupancies(played))),
        queues=[_queue(name, number, played, first) for number, name in enumerate(names)],
        occupancy_against_first=compared,
    )


def _queue(name: str, number: int, played: Played, first: Played | None) -> QueueFound:
    values = _by_name(played, number)
    before = _by_name(first, number) if first is not None and _names(first) == _names(played) else {}
    return QueueFound(
        queue=name,
        figures={key: as_figure(estimate(column)) for key, column in values.items()},
        intervals={key: _over_time(played, key, number) for key in BY_INTERVAL},
        against_first={key: as_figure(paired(values[key], column)) for key, column in before.items()},
    )


def _names(played: Played) -> list[str]:
    return [name for name, _ in played.plan.centre.queues]


def _by_name(played: Played, queue: int) -> dict[str, Floats]:
    """One value a replication of each figure."""
    totals = np.array([run.totals[:, queue] for run in played.runs])
    waits = np.array([run.waits_s[:, queue] for run in played.runs])
    figures = {measure.name: totals[:, number] for number, measure in enumerate(MEASURES)}
    return figures | {name: waits[:, number] for number, name in enumerate(WAITS)}


def _over_time(played: Played, name: str, queue: int) -> list[Figure]:
    number = next(number for number, measure in enumerate(MEASURES) if measure.name == name)
    values = np.array([run.intervals[number, queue] for run in played.runs])
    return [as_figure(estimate(column)) for column in values.T]


def _occupancies(played: Played) -> Floats:
    return np.array([run.occupancy for run in played.runs])


def as_figure(found: Estimate) -> Figure:
    mean, low, high = (None if np.isnan(value) else float(value) for value in (found.mean, found.low, found.high))
    return Figure(mean, low, high)
