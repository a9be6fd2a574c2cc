"""A bank's day as arrays for the floor, and what came of it, beside what happened."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from bench._bank import Call
from bench._bank_day import HEAD_START_S, TYPES, Assumed, Days, Known, learn, presence, talks_of
from dryfly.floor import model as m
from dryfly.simulation.centre import Centre, without_words
from dryfly.simulation.drive import drive
from dryfly.simulation.workload import NONE, Act, Floats, Ints, Outcome, Roster, Trajectory, Workload

HOURS = 24
VOICE = m.Channel("voice")
TARGET_S = 120
QUEUES = tuple((kind, early) for kind in TYPES for early in (False, True))
AN_HOUR_S = 3600
FIGURES = ("calls", "waited_s", "gave_up", "promised", "kept", "until_called_s")
CALLS, WAITED, GAVE_UP, PROMISED, KEPT, UNTIL_CALLED = range(len(FIGURES))


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of the day. As it was: the longest idle is asked first, and some customers have a head start."""

    head_start_s: int = HEAD_START_S
    choice: str = "longest_idle"
    call_back_after_s: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """One day, and what is drawn for it."""

    number: int
    calls: list[Call]
    known: Known
    assumed: Assumed


def day_of(days: Days, number: int, assumed: Assumed) -> Day:
    calls = sorted(days[number], key=lambda call: (came_at(call), call.number))
    return Day(number, calls, learn(days, number, assumed), assumed)


def came_at(call: Call) -> int:
    came = call.began_at if call.queued_at is None else call.queued_at
    assert came is not None
    return came


def replay(day: Day, policy: Policy, replication: int) -> Floats:
    centre, roster = _centre(day, policy), _roster(day)
    workload = _workload(day, replication)
    return told(day, workload, drive(centre, workload, roster))


# ---- the arrays --------------------------------------------------------------------------------


def _workload(day: Day, replication: int) -> Workload:
    """The same people for every policy and every reading of the record: the same uniform numbers are drawn."""
    count, known = len(day.calls), day.known
    chance = np.random.default_rng((1999, day.number, replication))
    patience, handling, after, takes_call, unreached = chance.random((5, count))
    drawn = np.zeros((2, count))
    kinds = np.array([TYPES.index(call.type) for call in day.calls])
    at_least = _waited_at_least(day)
    for number, kind in enumerate(TYPES):
        own = kinds == number
        drawn[0, own] = known.patience[kind].drawn(patience[own], at_least[own])
        seen = np.sort(known.handling_s[kind])
        drawn[1, own] = seen[(handling[own] * len(seen)).astype(np.int64)]
    gone, served_s = _recorded(day)
    patience_s = np.where(gone >= 0, gone, drawn[0]) if day.assumed.patience == "kept" else drawn[0]
    work_s = np.zeros(count) if known.work_after is None else known.work_after.drawn(after)
    return Workload(
        arrived_ms=np.array([came_at(call) * 1000 for call in day.calls], dtype=np.int64),
        queue=_queues(day),
        channel=_all(count, 0),
        patience_ms=_ms(np.minimum(patience_s, HOURS * AN_HOUR_S)),
        handling_ms=_ms(np.where(served_s >= 0, served_s, drawn[1])),
        wrap_up_ms=_ms(np.minimum(work_s, AN_HOUR_S)),
        reaction_ms=_all(count, 0),
        misses=_all(count, 0),
        retries=_all(count, 0),
        retry_after_ms=_all(count, 0),
        customer=_all(count, NONE),
        callback=(takes_call < day.assumed.takes_call).astype(np.int64),
        unreached=(unreached < day.assumed.unreached).astype(np.int64),
    )


def _recorded(day: Day) -> tuple[Floats, Floats]:
    """After how long each gave up, and how long each was served; -1: did not, was not."""
    gave_up = [-1 if call.began_at is not None else call.left_at - came_at(call) for call in day.calls]
    served = [-1 if call.began_at is None else call.ended_at - call.began_at for call in day.calls]
    return np.array(gave_up, dtype=np.float64), np.array(served, dtype=np.float64)


def _waited_at_least(day: Day) -> Floats:
    if day.assumed.patience != "kept":
        return np.zeros(len(day.calls))
    return np.array([float(call.left_at - call.queued_at) if call.queued_at is not None else 0.0 for call in day.calls])


def _roster(day: Day) -> Roster:
    talks = talks_of(day.calls)
    acts = sorted(
        act
        for agent, name in enumerate(talks)
        for from_s, to_s in presence(talks[name], day.assumed.gap_min * 60)
        for act in ((from_s * 1000, int(Act.SIGN_IN), agent), (to_s * 1000, int(Act.SIGN_OUT), agent))
    )
    at, act, agents = (np.array(column, dtype=np.int64) for column in zip(*acts, strict=True))
    speed = np.ones((len(talks), len(QUEUES)))
    return Roster(at_ms=at, agent=agents, act=act, speed=speed, concurrency=np.ones(1))


def _centre(day: Day, policy: Policy) -> Centre:
    names = list(talks_of(day.calls))
    return Centre(
        queues=tuple(_queue(kind, early, policy) for kind, early in QUEUES),
        agents=tuple((m.AgentId(name), _agent(day.known.takes[name])) for name in names),
        channels=(VOICE,),
    )


def _queue(kind: str, early: bool, policy: Policy) -> tuple[m.QueueId, m.QueueSpec]:
    """A head start is a nearer target: what is due first is served first, across all types."""
    spec = m.QueueSpec(
        requirement=(m.SkillNeed(m.SkillId(kind)),),
        target_s=TARGET_S - early * policy.head_start_s,
        wrap_up_s=AN_HOUR_S,
        choice=policy.choice,
    )
    if policy.call_back_after_s is not None:
        rule = m.OverflowRule(m.OverflowWhen.WAIT, m.OverflowTo.CALLBACK, policy.call_back_after_s)
        spec = replace(spec, overflow=(rule,), callback_attempts_max=2)
    return m.QueueId(f"{kind}{' early' if early else ''}"), without_words(spec)


@lru_cache
def _agent(takes: frozenset[str]) -> m.AgentSpec:
    return m.AgentSpec(
        {m.SkillId(kind): 5 for kind in sorted(takes)},
        channels=(m.ChannelCapacity(VOICE, 100, 1),),
        auto_accept=True,
    )


# ---- what came of it ---------------------------------------------------------------------------


def happened(day: Day) -> Floats:
    waited = np.array([call.left_at - came_at(call) if call.queued_at is not None else 0 for call in day.calls])
    gave_up = np.array([call.began_at is None for call in day.calls])
    return _summed(day, waited.astype(np.float64), gave_up)


def told(day: Day, workload: Workload, done: Trajectory) -> Floats:
    """As `_summed`. Waited: in line, until answered, promised a call or gone."""
    promised = done.promised_ms != NONE
    until = np.where(promised, done.promised_ms, np.where(done.started_ms != NONE, done.started_ms, done.ended_ms))
    waited = (until - workload.arrived_ms) / 1000
    kept = promised & (done.outcome == Outcome.SERVED)
    called_s = np.where(kept, done.started_ms - workload.arrived_ms, 0) / 1000
    return _summed(day, waited, done.outcome == Outcome.ABANDONED, promised, kept, called_s)


def _summed(day: Day, *columns: Floats) -> Floats:
    """Of each figure the sum, by queue and hour of coming."""
    hours = np.array([min(came_at(call) // AN_HOUR_S, HOURS - 1) for call in day.calls])
    sums = np.zeros((len(FIGURES), len(QUEUES), HOURS))
    for number, column in enumerate((np.ones(len(day.calls)), *columns)):
        np.add.at(sums[number], (_queues(day), hours), column)
    return sums


def _queues(day: Day) -> Ints:
    return np.array([QUEUES.index((call.type, call.is_early)) for call in day.calls], dtype=np.int64)


def _all(count: int, value: int) -> Ints:
    return np.full(count, value, dtype=np.int64)


def _ms(seconds: Floats) -> Ints:
    return np.rint(seconds * 1000).astype(np.int64)
