"""The signs that a wait is estimated from: a row of numbers for somebody who begins to wait at this moment.

Cost: a few dictionary looks and two
searches in sorted lists, whatever waits.
"""

from bisect import bisect_right
from collections.abc import Sequence

from dryfly.floor.model import ContactId, QueueId
from dryfly.waiting.flow import LATELY_MS, MINUTE_MS, Flow, Line, Waiter
from dryfly.waiting.rule import between_ms

VERSION = 1  # raise it when the signs change: what was learned by others is not used

HERE = (
    "waiting", "ahead", "head_age_min", "age_min", "early", "last_wait_min", "newest_waits_min", "alike_waits_min",
    "hands", "since_engaged_min", "came_5", "came_15", "finished_1", "finished_5", "finished_15", "left_15", "rule_min",
)  # fmt: skip
NAMES = (
    *(f"here_{name}" for name in HERE), *(f"all_{name}" for name in HERE),
    "busy", "resting", "is_early",
)  # fmt: skip
RULE_MIN_MAX = 60.0


def signs(flow: Flow, queue: QueueId, waiter: Waiter, at: int, contact: ContactId | None = None) -> list[float]:
    """For one who would wait in `queue` as `waiter`. `contact`: it waits there already, and is not in its own way."""
    is_there = flow.queue_of.get(contact) == queue if contact else False
    return [
        *_line(flow.lines[queue], waiter, at, is_there),
        *_line(flow.everywhere, waiter, at, is_there),
        len(flow.busy),
        flow.resting_count(at),
        float(waiter.is_early),
    ]


def _line(line: Line, waiter: Waiter, at: int, is_there: bool) -> list[float]:
    ahead = bisect_right(line.dues, waiter.due) - is_there
    ages = len(line.waiting) * at - line.since_sum - is_there * (at - waiter.since)
    return [
        len(line.waiting) - is_there,
        ahead,
        line.head_age(at) / MINUTE_MS,
        ages / MINUTE_MS,
        line.early_count - (is_there and waiter.is_early),
        line.waited[-1] / MINUTE_MS if line.waited else 0.0,
        mean_min(line.waited),
        mean_min(line.waited_alike[waiter.is_early] or line.waited),
        line.hands_count(at),
        min(at - line.engaged[-1], LATELY_MS) / MINUTE_MS if line.engaged else LATELY_MS / MINUTE_MS,
        line.came.count(at - 5 * MINUTE_MS),
        line.came.count(at - LATELY_MS),
        line.finished.count(at - MINUTE_MS),
        line.finished.count(at - 5 * MINUTE_MS),
        line.finished.count(at - LATELY_MS),
        line.left.count(at - LATELY_MS),
        min((ahead + 1) * (between_ms(line, at) or MINUTE_MS) / MINUTE_MS, RULE_MIN_MAX),
    ]


def mean_min(waited: Sequence[int]) -> float:
    return sum(waited) / len(waited) / MINUTE_MS if waited else 0.0
