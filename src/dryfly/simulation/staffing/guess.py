"""Where a search begins: for each queue and block the fewest agents that Erlang A asks for, shared among its crews.

A queue's agents stand alone in it, handling and patience are exponential, and nobody comes again: only a first guess,
so what does not fit (crews that help each other, staff whose number is given) is left to the search.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import numpy as np

from dryfly.floor.model import QueueSpec
from dryfly.floor.relaxing import may_serve
from dryfly.simulation.crowd import expected_by
from dryfly.simulation.erlang import ErlangA, erlang_a
from dryfly.simulation.plan import HOUR_MS, Plan, Source
from dryfly.simulation.scenario import Search, Stream, Target
from dryfly.simulation.staffing.goals import blocks_count
from dryfly.simulation.workload import Floats, Ints

FOR_EVER_S = 36_000.0
NOTHING = Target()
FAR_ABOVE, FAR_BEYOND = 2, 50  # no guess goes above so many times the load, and so many: a wish may hold nowhere


@dataclass(frozen=True, slots=True)
class Load:
    """What comes to a queue in one block."""

    per_hour: float
    handling_s: float
    patience_s: float

    @property
    def erlangs(self) -> float:
        return self.per_hour * self.handling_s / 3600


def guessed(plan: Plan, search: Search) -> Ints:
    """(crews that are sought, blocks)"""
    blocks = blocks_count(plan, search)
    needed = np.zeros((len(search.crews), blocks))
    for queue in range(len(plan.centre.queues)):
        crews = [number for number, crew in enumerate(search.crews) if serves(plan, crew, queue)]
        for block in range(blocks) if crews else ():
            needed[crews, block] += fewest_alone(plan, search, queue, block, blocks) / len(crews)
    least, most = (np.array([[getattr(sought, end)] for sought in search.crews.values()]) for end in ("least", "most"))
    return np.clip(np.ceil(needed - 1e-9), least, most).astype(np.int64)


def serves(plan: Plan, crew: str, queue: int) -> bool:
    """Whether who belongs to the crew may take somebody who comes to the queue."""
    agent, (_, spec) = plan.scenario.crews[crew].spec, plan.centre.queues[queue]
    here = {source.stream.channel for source in plan.sources if source.queue == queue}
    return may_serve(agent.skills, spec.requirement) and any(own.channel in here for own in agent.channels)


def fewest_alone(plan: Plan, search: Search, queue: int, block: int, blocks: int) -> int:
    name, spec = plan.centre.queues[queue]
    load = load_of(plan, queue, block, blocks)
    if load.per_hour <= 0:
        return 0
    target = search.targets.get(str(name), NOTHING)
    return fewest(load, lambda agents: holds_alone(load, agents, spec, target))


def fewest(load: Load, holds: Callable[[int], bool]) -> int:
    """By bisection: what holds with some holds with more."""
    low, high = 0, FAR_ABOVE * ceil(load.erlangs) + FAR_BEYOND
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def holds_alone(load: Load, agents: int, spec: QueueSpec, target: Target) -> bool:
    if target == NOTHING:
        return agents >= load.erlangs

    def at(limit_s: float) -> ErlangA:
        return erlang_a(load.per_hour, load.handling_s, agents, load.patience_s, limit_s)

    found = at(spec.service_level_s)
    answered = 1 - found.abandoned_share
    return (
        (target.service_level is None or found.within_share >= target.service_level)
        and (target.abandoned_share is None or found.abandoned_share <= target.abandoned_share)
        and (target.asa_s is None or found.wait_s <= target.asa_s)
        and (target.wait_p80_s is None or at(target.wait_p80_s).within_share >= 0.8 * answered)
    )


# ---- what comes --------------------------------------------------------------------------------


def load_of(plan: Plan, queue: int, block: int, blocks: int) -> Load:
    sources = [source for source in plan.sources if source.queue == queue]
    length = plan.length_ms if blocks == 1 else plan.interval_ms
    edges = np.array([block, block + 1], dtype=np.float64) * length
    counts = np.array([_expected(source, plan.length_ms, edges) for source in sources])
    if counts.sum() <= 0:
        return Load(0.0, 1.0, 1.0)
    spec = plan.centre.queues[queue][1]
    handling = np.average([_work_s(source.stream, spec) for source in sources], weights=counts)
    patience = np.average([_patience_s(source.stream) for source in sources], weights=counts)
    span_ms = min(edges[1], float(plan.length_ms)) - edges[0]
    return Load(float(counts.sum()) / span_ms * HOUR_MS, max(float(handling), 0.001), float(patience))


def _expected(source: Source, length_ms: int, edges: Floats) -> float:
    if source.record is not None:
        come = source.record.arrived_ms
        return float(np.count_nonzero((come >= edges[0]) & (come < edges[1])))
    times, upto = expected_by(source.stream.rate, length_ms)
    first, last = np.interp(edges, times, upto)
    return float(last - first)


def _work_s(stream: Stream, spec: QueueSpec) -> float:
    after = spec.wrap_up_s if stream.wrap_up is None else min(stream.wrap_up.mean_s, spec.wrap_up_s)
    return stream.handling.mean_s + after


def _patience_s(stream: Stream) -> float:
    return FOR_EVER_S if stream.patience is None else max(1.0, min(stream.patience.mean_s, FOR_EVER_S))
