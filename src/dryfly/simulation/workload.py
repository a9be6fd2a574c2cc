"""What a run takes and gives: plain arrays of numbers, one contract for the floor and for every fast kernel.

Rules of this file
- No Python objects, no draws, no rules: customers and agents are numbers, and everything that chance decides was
  drawn before (`draws`). So two runs on the same arrays meet the same people, whatever the rules are between them.
- Times are whole milliseconds since the run began, or durations in milliseconds. -1 says "none".
- `queue`, `channel` and `agent` are positions in the lists of a `Centre`.

A *contact* is one customer with one need. A *try* is one time that the customer comes with it: who gives up may come
again. Tries have places: the first n are the contacts' first tries; the further tries of a contact stand behind them,
side by side (`further_at`). A try that never happened keeps -1 in `entered_ms`.
"""

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

NONE = -1


class Outcome(IntEnum):
    """What became of a try."""

    UNSEEN = 0  # never came
    OPEN = 1  # the run ended before it did
    SERVED = 2
    ABANDONED = 3
    REFUSED = 4  # the queue or the site was full
    OTHER = 5  # closed in another way
    UNREACHED = 6  # called back as often as promised, in vain


class Act(IntEnum):
    """What an agent does unasked. At one instant, in this order."""

    SIGN_OUT = 0  # finishes the talks in hand first
    PAUSE = 1  # takes nothing new; talks in hand go on
    VANISH = 2  # the connection is lost
    COME_BACK = 3  # the connection is there again
    RESUME = 4  # ready again after a pause
    SIGN_IN = 5


@dataclass(frozen=True, slots=True, eq=False)
class Workload:
    """What customers bring: one entry a contact, ascending by `arrived_ms`."""

    arrived_ms: Ints
    queue: Ints
    channel: Ints
    patience_ms: Ints  # leaves after so long in line, at each try; -1: never
    handling_ms: Ints  # from answer to goodbye, by an agent of speed 1 who does nothing else
    wrap_up_ms: Ints  # work after it; -1: until the wrap-up timer ends it
    reaction_ms: Ints  # from the offer to its acceptance, where agents accept by hand
    misses: Ints  # so many offers of it run out before one is taken
    retries: Ints  # comes again so often, at most, after giving up
    retry_after_ms: Ints  # and after so long each time
    customer: Ints  # who it is; -1: unknown
    callback: Ints  # 1: takes a call back when one is proposed
    unreached: Ints  # so many of those calls reach nobody

    def __post_init__(self) -> None:
        check_columns(self)
        assert bool(np.all(np.diff(self.arrived_ms) >= 0)), "contacts ascend by arrival"

    def __len__(self) -> int:
        return len(self.arrived_ms)

    @property
    def further_at(self) -> Ints:
        """The place of each contact's second try, if it has one."""
        return np.concatenate(([0], np.cumsum(self.retries)[:-1])).astype(np.int64) + len(self)

    @property
    def places_count(self) -> int:
        return len(self) + int(self.retries.sum())

    @property
    def contact_at(self) -> Ints:
        """Whose try each place is."""
        contacts = np.arange(len(self), dtype=np.int64)
        return np.concatenate((contacts, np.repeat(contacts, self.retries)))


def plain_workload(arrived_ms: Ints, handling_ms: Ints, **columns: Ints) -> Workload:
    """One queue, one channel, customers who wait for ever and agents who accept at once, except as `columns` say."""
    count = len(arrived_ms)
    plain: dict[str, Any] = {
        "queue": _all(count, 0),
        "channel": _all(count, 0),
        "patience_ms": _all(count, NONE),
        "wrap_up_ms": _all(count, NONE),
        "reaction_ms": _all(count, 0),
        "misses": _all(count, 0),
        "retries": _all(count, 0),
        "retry_after_ms": _all(count, 0),
        "customer": _all(count, NONE),
        "callback": _all(count, 0),
        "unreached": _all(count, 0),
    }
    return Workload(arrived_ms=arrived_ms, handling_ms=handling_ms, **(plain | columns))


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """What agents do of themselves, ascending by time, and how fast each of them works."""

    at_ms: Ints
    agent: Ints
    act: Ints  # of Act
    speed: Floats  # (agents, queues): 2.0 takes half the time
    concurrency: Floats  # (k,): the speed of each talk while there are 1, 2, ... k or more
    pause_ms: int = 300_000  # an agent whom the floor set away for missed offers is ready again after it

    def __post_init__(self) -> None:
        assert len(self.at_ms) == len(self.agent) == len(self.act)
        assert bool(np.all(np.diff(self.at_ms) >= 0)), "acts ascend by time"
        assert bool(np.all(self.speed > 0))
        assert len(self.concurrency) > 0
        assert bool(np.all(self.concurrency > 0))

    @property
    def agents_count(self) -> int:
        return int(self.speed.shape[0])


def plain_roster(agents_count: int, queues_count: int = 1) -> Roster:
    """Everybody is there from the first moment on, for ever, and works at unit speed, one talk as fast as three."""
    agents = np.arange(agents_count, dtype=np.int64)
    return Roster(
        at_ms=_all(agents_count, 0),
        agent=agents,
        act=_all(agents_count, Act.SIGN_IN),
        speed=np.ones((agents_count, queues_count)),
        concurrency=np.ones(1),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """What happened: one entry a try (see `Workload`), and two figures an agent."""

    entered_ms: Ints  # waiting began; -1: this try never was
    agent: Ints  # who answered first; -1: nobody
    started_ms: Ints  # the first answer; -1: none
    ended_ms: Ints  # closed; -1: not yet
    handled_ms: Ints  # work of agents on it, wrap-up included
    outcome: Ints  # of Outcome
    overflows: Ints  # how often it went on to another queue before anybody answered
    promised_ms: Ints  # a call back was promised; -1: none was
    agent_handling_ms: Ints  # per agent: handled one contact or more
    agent_ready_ms: Ints  # per agent: ready, and handled nothing

    def __len__(self) -> int:
        return len(self.entered_ms)


def new_trajectory(workload: Workload, roster: Roster) -> Trajectory:
    """Nothing has happened yet."""
    places, agents = workload.places_count, roster.agents_count
    return Trajectory(
        entered_ms=_all(places, NONE),
        agent=_all(places, NONE),
        started_ms=_all(places, NONE),
        ended_ms=_all(places, NONE),
        handled_ms=_all(places, 0),
        outcome=_all(places, Outcome.UNSEEN),
        overflows=_all(places, 0),
        promised_ms=_all(places, NONE),
        agent_handling_ms=_all(agents, 0),
        agent_ready_ms=_all(agents, 0),
    )


def same_trajectory(one: Trajectory, other: Trajectory) -> bool:
    """To the byte."""
    return all(np.array_equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(Trajectory))


def check_columns(arrays: Workload) -> None:
    """Every column is as long as the first, of whole numbers, and in one piece."""
    for field in fields(arrays):
        column = getattr(arrays, field.name)
        assert column.dtype == np.int64, field.name
        assert len(column) == len(arrays.arrived_ms), field.name
        assert column.flags.c_contiguous, field.name


def _all(count: int, value: int) -> Ints:
    return np.full(count, value, dtype=np.int64)
