"""The calls of a bank's centre in February 1999, told to a `Flow` second by second, with the signs of who waited."""

import csv
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from dryfly.floor.model import AgentId, ContactId, QueueId
from dryfly.waiting.flow import Flow, Waiter
from dryfly.waiting.regression import Numbers
from dryfly.waiting.rule import between_ms
from dryfly.waiting.signs import signs

DATA = Path(os.environ.get("DRYFLY_DATASETS") or Path(__file__).resolve().parents[2] / "shared/data")
CALLS = "workforce/anonymous_bank_1999/calls_february.tsv"  # below the folder with the data
HEAD_START_MS = 90_000  # of customers with priority, in this bank
NO_AGENT = "NO_SERVER"
RULES = ("queue length", "HOL", "LES")
MONTH = 990200


class Call(NamedTuple):
    """Seconds of the day. `queued_at` None: an agent answered at once."""

    number: int
    type: str
    is_early: bool
    queued_at: int | None
    left_at: int  # the queue
    began_at: int | None
    ended_at: int
    agent: str


@dataclass(frozen=True, slots=True)
class Waited:
    """One call that waited. `rules`: what delay history alone would have told, seconds."""

    day: int
    type: str
    wait_s: float
    is_answered: bool
    signs: list[float]
    rules: dict[str, float]
    queue_length: int


def days(data: Path = DATA) -> dict[int, list[Call]]:
    found: dict[int, list[Call]] = {}
    with (data / CALLS).open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t")):
            if call := _call(number, row):
                found.setdefault(int(row["date"]) - MONTH, []).append(call)
    return dict(sorted(found.items()))


def _call(number: int, row: dict[str, str]) -> Call | None:
    """None: it never came to the queue or to an agent, or it went over midnight."""
    waited, answered = int(row["q_time"]) > 0, row["outcome"] == "AGENT"
    queued, left = (_second(row[name]) for name in ("q_start", "q_exit"))
    began, ended = (_second(row[name]) for name in ("ser_start", "ser_exit"))
    if (waited and left < queued) or (answered and ended < began) or not (waited or answered):
        return None
    began = left if answered and waited and began <= queued else began  # not written down, or by another clock
    return Call(
        number, row["type"], row["priority"] == "2", queued if waited else None, left, began if answered else None,
        max(ended, began), row["server"],
    )  # fmt: skip


def _second(clock: str) -> int:
    hours, minutes, seconds = map(int, clock.split(":"))
    return hours * 3600 + minutes * 60 + seconds


def waits_of(day: int, calls: list[Call]) -> Iterator[Waited]:
    """Each call that waited, with the signs of the moment in which it began to; nothing of later is in them."""
    flow = Flow()
    last_s: dict[str, float] = {}
    for at_s, _, doing, call in sorted(_happenings(calls), key=lambda one: (one[0], one[1], one[3].number)):
        at, contact, queue, agent = at_s * 1000, ContactId(str(call.number)), QueueId(call.type), AgentId(call.agent)
        match doing:
            case "queue":
                waiter = Waiter(at, at - call.is_early * HEAD_START_MS, call.is_early)
                yield _waited(day, call, flow, waiter, last_s.get(call.type, 0.0))
                flow.queue(contact, queue, waiter, at)
            case "begin":
                if call.queued_at is not None:
                    last_s[call.type] = at_s - call.queued_at
                flow.engage(contact, agent, queue, at)
                if call.agent == NO_AGENT:  # nobody's name was written down
                    flow.forget(contact, agent)
            case "end":
                flow.finish(contact, at)
            case _:
                flow.leave(contact, at)


def _waited(day: int, call: Call, flow: Flow, waiter: Waiter, last_s: float) -> Waited:
    queue, at = QueueId(call.type), waiter.since
    line = flow.lines[queue]
    rules = {
        "queue length": (len(line.waiting) + 1) * (between_ms(line, at) or 60_000) / 1000,
        "HOL": line.head_age(at) / 1000,
        "LES": last_s,
    }
    row = signs(flow, queue, waiter, at)
    answered = call.began_at is not None
    return Waited(day, call.type, float(call.left_at - at // 1000), answered, row, rules, len(line.waiting))


def _happenings(calls: list[Call]) -> Iterator[tuple[int, int, str, Call]]:
    """Within a second: first who ends, then who begins, leaves, and comes."""
    for call in calls:
        if call.queued_at is not None:
            yield call.queued_at, 4, "queue", call
        if call.began_at is not None:
            yield call.began_at, 1, "begin", call
            yield call.ended_at, 0 if call.ended_at > call.began_at else 2, "end", call
        else:
            yield call.left_at, 3, "leave", call


def matrix(waited: Sequence[Waited]) -> tuple[Numbers, Numbers]:
    return np.array([one.signs for one in waited]), np.array([one.wait_s for one in waited])
