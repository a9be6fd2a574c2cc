"""The signs that a wait is estimated from: a row of numbers for somebody who begins to wait at this moment.

The names are kept with a model, so a model made with other signs is not used. Cost: a few dictionary looks and two
searches in sorted lists, whatever waits.
"""

from bisect import bisect_right
from collections.abc import Sequence

from dryfly.floor.model import QueueId
from dryfly.waiting.flow import LATELY_MS, MINUTE_MS, Flow, Line, Waiter

HERE = (
    "waiting", "ahead", "head_age_min", "age_min", "early", "last_wait_min", "newest_waits_min", "alike_waits_min",
    "hands", "since_engaged_min", "came_5", "came_15", "finished_1", "finished_5", "finished_15", "left_15", "rule_min",
)  # fmt: skip
NAMES = (
    *(f"here_{name}" for name in HERE), *(f"all_{name}" for name in HERE),
    "busy", "resting", "is_early",
)  # fmt: skip


def signs(flow: Flow, queue: QueueId, waiter: Waiter, at: int) -> list[float]:
    """For one who would wait in `queue` as `waiter`; who waits already is not counted as ahead of itself."""
    return [
        *_line(flow.lines[queue], waiter, at),
        *_line(flow.everywhere, waiter, at),
        len(flow.busy),
        flow.resting_count(at),
        float(waiter.is_early),
    ]


def _line(line: Line, waiter: Waiter, at: int) -> list[float]:
    ahead = ahead_of(line, waiter)
    return [
        len(line.waiting),
        ahead,
        line.head_age(at) / MINUTE_MS,
        (len(line.waiting) * at - line.since_sum) / MINUTE_MS,
        line.early_count,
        line.waited[-1] / MINUTE_MS if line.waited else 0.0,
        mean_min(line.waited),
        mean_min(line.waited_alike[waiter.is_early] or line.waited),
        line.hands_count(at),
        min(at - line.engaged[-1], LATELY_MS) / MINUTE_MS if line.engaged else 15.0,
        line.came.count(at - 5 * MINUTE_MS),
        line.came.count(at - LATELY_MS),
        line.finished.count(at - MINUTE_MS),
        line.finished.count(at - 5 * MINUTE_MS),
        line.finished.count(at - LATELY_MS),
        line.left.count(at - LATELY_MS),
        min((ahead + 1) * (between_ms(line, at) or MINUTE_MS) / MINUTE_MS, 60.0),
    ]


def ahead_of(line: Line, waiter: Waiter) -> int:
    return bisect_right(line.dues, waiter.due)


def mean_min(waited: Sequence[int]) -> float:
    return sum(waited) / len(waited) / MINUTE_MS if waited else 0.0


def between_ms(line: Line, at: int) -> float | None:
    recent = [when for when in line.engaged if when > at - 2 * LATELY_MS]
    if len(recent) < 3:
        return None
    gaps = len(recent) - 1
    return max((recent[-1] - recent[0]) / gaps, (at - recent[0]) / (gaps + 1))
