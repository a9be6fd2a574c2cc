"""The customers of one replication: who comes when, and with what patience and need."""

from math import log, sqrt

import numpy as np

from dryfly.simulation.draws import Chance, Exponential, Law, Purpose, as_ms, normals, repeats
from dryfly.simulation.plan import HOUR_MS, Plan, Source
from dryfly.simulation.scenario import Rate, Stream
from dryfly.simulation.workload import NONE, Floats, Ints, Workload

MISSES_MAX = 10
UNIT = Exponential(1.0)


def draw_workload(plan: Plan, chance: Chance) -> Workload:
    """All streams in one line, by arrival; at the same instant in the order in which they are written."""
    parts = [_drawn(source, chance, plan.length_ms) for source in plan.sources]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort(columns["arrived_ms"], kind="stable")
    return Workload(**{name: np.ascontiguousarray(column[order]) for name, column in columns.items()})


def _drawn(source: Source, chance: Chance, length_ms: int) -> dict[str, Ints]:
    stream, name, record = source.stream, source.name, source.record
    arrived = record.arrived_ms if record else arrivals(stream.rate, chance, name, length_ms)
    count = len(arrived)
    columns = {
        "arrived_ms": arrived,
        "queue": np.full(count, source.queue, dtype=np.int64),
        "channel": np.full(count, source.channel, dtype=np.int64),
        "patience_ms": _durations(stream.patience, chance, Purpose.PATIENCE, name, count),
        "handling_ms": _durations(stream.handling, chance, Purpose.HANDLING, name, count),
        "wrap_up_ms": _durations(stream.wrap_up, chance, Purpose.WRAP_UP, name, count),
        "reaction_ms": _durations(stream.reaction, chance, Purpose.REACTION, name, count),
        "misses": repeats(chance.uniforms(Purpose.MISSES, name, count), stream.miss_share, MISSES_MAX),
        "customer": _customers(source, chance, count),
        "callback": repeats(chance.uniforms(Purpose.CALLBACKS, name, count), stream.callback_share, 1),
        "unreached": repeats(chance.uniforms(Purpose.UNREACHED, name, count), stream.unreached_share, MISSES_MAX),
        **_retries(stream, chance, name, count),
    }
    if record:
        columns["patience_ms"] = _known_or(record.patience_ms, columns["patience_ms"])
        columns["handling_ms"] = _known_or(record.handling_ms, columns["handling_ms"])
    return columns


def _customers(source: Source, chance: Chance, count: int) -> Ints:
    """Those of a stream are its own."""
    pool = source.stream.customers
    if pool is None:
        return np.full(count, NONE, dtype=np.int64)
    return source.customers_from + (chance.uniforms(Purpose.CUSTOMERS, source.name, count) * pool).astype(np.int64)


def _known_or(known: Ints, drawn: Ints) -> Ints:
    return np.where(known == NONE, drawn, known)


def _durations(law: Law | None, chance: Chance, purpose: Purpose, name: str, count: int) -> Ints:
    if law is None:
        return np.full(count, NONE, dtype=np.int64)
    return as_ms(law.drawn(chance.rows(purpose, name, count)))


def _retries(stream: Stream, chance: Chance, name: str, count: int) -> dict[str, Ints]:
    again = stream.retries
    if again is None:
        return {"retries": np.zeros(count, dtype=np.int64), "retry_after_ms": np.zeros(count, dtype=np.int64)}
    times = repeats(chance.uniforms(Purpose.RETRIES, name, count), again.share, again.times_max)
    return {"retries": times, "retry_after_ms": _durations(again.after, chance, Purpose.RETRY_AFTER, name, count)}


# ---- when they come ----------------------------------------------------------------------------


def arrivals(rate: Rate | None, chance: Chance, name: str, length_ms: int) -> Ints:
    """Poisson, at a rate that changes by interval: a steady stream of one an hour, on a clock that runs as fast
    as the rate is high. So a rate that is raised keeps every customer and brings them sooner."""
    edges, expected = expected_by(rate, length_ms)
    expected = expected * _day_factor(rate, chance, name)
    points = _unit_points(chance, name, float(expected[-1]))
    return np.interp(points, expected, edges).astype(np.int64)


def expected_by(rate: Rate | None, length_ms: int) -> tuple[Floats, Floats]:
    """How many are expected up to each edge of an interval."""
    if rate is None or rate.per_hour is not None:
        edges = np.array([0.0, float(length_ms)])
        per_hour = (rate.per_hour or 0.0) if rate else 0.0
        return edges, edges * per_hour / HOUR_MS
    width = rate.minutes * 60_000
    counts = np.array(rate.per_interval, dtype=np.float64)
    edges = np.arange(len(counts) + 1, dtype=np.float64) * width
    total = np.concatenate(([0.0], np.cumsum(counts)))
    end = float(min(length_ms, edges[-1]))
    within = edges < end
    return np.append(edges[within], end), np.append(total[within], np.interp(end, edges, total))


def _unit_points(chance: Chance, name: str, until: float) -> Floats:
    """The points before `until` of a stream that brings one a unit of time."""
    count = int(until + 10 * sqrt(until) + 20)
    while True:
        points = np.cumsum(UNIT.drawn(chance.rows(Purpose.ARRIVALS, name, count)))
        if points[-1] > until:
            return points[points < until]
        count *= 2


def _day_factor(rate: Rate | None, chance: Chance, name: str) -> float:
    """How much busier this whole run is than expected; one on average."""
    if rate is None or not rate.cv:
        return 1.0
    sigma = sqrt(log(1 + rate.cv**2))
    return float(np.exp(sigma * normals(chance.rows(Purpose.DAY, name, 1))[0] - sigma**2 / 2))
