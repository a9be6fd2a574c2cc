"""What has to be known of a bank's day before the floor can play it, and is not written in its record.

Who was there, for what, and how long work went on after a call, is read from the calls; how long customers would have
waited, from all days but the one that is played. Each reading is a rule with a number in it (`Assumed`), so that the
number can be changed and the effect be told.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_high
from typing import Literal

import numpy as np

from bench._bank import HEAD_START_MS, NO_AGENT, Call
from dryfly.simulation.survival import Survival, constant_rate, kaplan_meier
from dryfly.simulation.workload import Floats

TYPES = ("PS", "NW", "NE", "TT", "IN", "PE")
HEAD_START_S = HEAD_START_MS // 1000
CLOCKS_APART_S = 2  # the queue's and the agents' clocks differ by a second or two
WEEKEND = (5, 6)  # the bank's: Friday and Saturday. 1 February 1999 was a Monday

Span = tuple[int, int]
Days = Mapping[int, Sequence[Call]]


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the record does not say."""

    gap_min: int = 30  # nothing for longer: the agent was not there
    takes_least: float = 0.2  # of what an even spread would give an agent of a type; less: does not take that type
    patience: Literal["kaplan_meier", "exponential", "kept"] = "kaplan_meier"  # kept: what is known of each call holds
    patience_factor: float = 1.0
    work_after: bool = True  # work goes on after a call, as long as gaps in which somebody waited
    takes_call: float = 0.5  # of customers to whom a call back is proposed; nobody was asked in 1999
    unreached: float = 0.1  # of those, when they are called


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What other days tell of one."""

    patience: dict[str, Survival]
    handling_s: dict[str, Floats]
    work_after: Survival | None
    takes: dict[str, frozenset[str]]  # by agent: which types


def full_days(days: Days) -> list[int]:
    """Of a working week from Sunday to Thursday."""
    return [day for day in days if day % 7 not in WEEKEND]


def week_of(day: int) -> int:
    """Weeks begin on Sunday."""
    return day // 7


def typical_day(days: Days) -> int:
    """The full day with the median number of calls: chosen before anything was played."""
    counts = {day: len(days[day]) for day in full_days(days)}
    return min(day for day, count in counts.items() if count == median_high(counts.values()))


# ---- who was there -----------------------------------------------------------------------------


def talks_of(calls: Iterable[Call]) -> dict[str, list[Span]]:
    """Each agent's talks, in order. Calls for which no name was written down are nobody's."""
    talks: defaultdict[str, list[Span]] = defaultdict(list)
    for call in calls:
        if call.began_at is not None and call.agent != NO_AGENT:
            talks[call.agent].append((call.began_at, call.ended_at))
    return {agent: sorted(spans) for agent, spans in sorted(talks.items())}


def presence(spans: Sequence[Span], gap_s: int) -> list[Span]:
    """There from the first talk to the last, except where nothing happened for longer than `gap_s`."""
    found: list[Span] = []
    for began, ended in spans:
        if found and began - found[-1][1] <= gap_s:
            found[-1] = found[-1][0], max(found[-1][1], ended)
        else:
            found.append((began, ended))
    return [(began, max(ended, began + 1)) for began, ended in found]


def skills(days: Iterable[Sequence[Call]], takes_least: float) -> dict[str, frozenset[str]]:
    """An agent takes a type who took at least `takes_least` of the calls of it that an even spread would have given."""
    calls = [call for day in days for call in day if call.began_at is not None and call.agent != NO_AGENT]
    types, agents = Counter(call.type for call in calls), Counter(call.agent for call in calls)
    both = Counter((call.agent, call.type) for call in calls)
    return {
        agent: frozenset(kind for kind in TYPES if both[agent, kind] >= takes_least * count * types[kind] / len(calls))
        for agent, count in agents.items()
    }


# ---- work after a call -------------------------------------------------------------------------


def waiting_spans(calls: Iterable[Call], types: frozenset[str]) -> list[Span]:
    """When somebody waited for one of these types; apart, in order."""
    found: list[Span] = []
    for from_s, to_s in sorted(
        (call.queued_at, call.left_at) for call in calls if call.queued_at is not None and call.type in types
    ):
        if found and from_s <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], to_s)
        else:
            found.append((from_s, to_s))
    return found


def gaps_under_pressure(spans: Sequence[Span], waiting: Sequence[Span], gap_s: int) -> list[tuple[int, bool]]:
    """How long an agent took nothing after a talk though somebody waited; False: until nobody did, so maybe longer.

    A gap that counts as absence is none of work.
    """
    begins = [from_s for from_s, _ in waiting]
    found = []
    for (_, ended), (began, _) in pairwise(spans):
        number = bisect_right(begins, ended) - 1
        if number < 0 or waiting[number][1] <= ended or not 0 <= began - ended <= gap_s:
            continue
        until = waiting[number][1]
        is_whole = until >= began - CLOCKS_APART_S
        found.append((began - ended if is_whole else until - ended, is_whole))
    return found


# ---- what other days tell ----------------------------------------------------------------------


def learn(days: Days, leave_out: int, assumed: Assumed) -> Known:
    others = [calls for day, calls in days.items() if day != leave_out]
    takes = skills(days.values(), assumed.takes_least)
    calls = [call for day in others for call in day]
    return Known(
        patience={kind: _patience([call for call in calls if call.type == kind], assumed) for kind in TYPES},
        handling_s={kind: _handling_s(call for call in calls if call.type == kind) for kind in TYPES},
        work_after=_work_after(others, takes, assumed.gap_min * 60) if assumed.work_after else None,
        takes=takes,
    )


def _patience(calls: list[Call], assumed: Assumed) -> Survival:
    waited = [call for call in calls if call.queued_at is not None]
    times = np.array([call.left_at - (call.queued_at or 0) for call in waited], dtype=np.float64)
    gave_up = np.array([call.began_at is None for call in waited], dtype=np.bool_)
    law = constant_rate if assumed.patience == "exponential" else kaplan_meier
    return law(times, gave_up).times_longer(assumed.patience_factor)


def _handling_s(calls: Iterable[Call]) -> Floats:
    return np.array([call.ended_at - call.began_at for call in calls if call.began_at is not None], dtype=np.float64)


def _work_after(days: Iterable[Sequence[Call]], takes: Mapping[str, frozenset[str]], gap_s: int) -> Survival:
    gaps: list[tuple[int, bool]] = []
    for calls in days:
        waiting = {types: waiting_spans(calls, types) for types in set(takes.values())}
        for agent, spans in talks_of(calls).items():
            gaps += gaps_under_pressure(spans, waiting[takes[agent]], gap_s)
    times, is_whole = zip(*gaps, strict=True)
    return kaplan_meier(np.array(times, dtype=np.float64), np.array(is_whole, dtype=np.bool_))
