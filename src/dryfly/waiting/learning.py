"""Learning to tell a queue's waits from those that it had.

Theory of operation
- The older half of the days tells the newer half: what comes of that says whether the lines are better than the rule,
  and by which factor each edge of a band must move so that it holds what it says (split conformal prediction; Romano,
  Patterson & Candès 2019, with the factor in place of a difference, since long waits are told less exactly).
- Then the lines are drawn anew through all days, and the factors stay.
- Who left before an answer counts as one who would have waited longer, in the lines and in the factors.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from dryfly.waiting.regression import Lines, Numbers, fit, stayed

MEDIAN = 0.5
FACTOR_MIN, FACTOR_MAX = 0.5, 2.0


@dataclass(frozen=True, slots=True)
class History:
    """A row for each wait: its signs, how long it was (s), whether an agent ended it, and its day."""

    signs: Numbers
    waits: Numbers
    is_ended: NDArray[np.bool_]
    days: Numbers

    def only(self, rows: NDArray[np.bool_]) -> "History":
        return History(self.signs[rows], self.waits[rows], self.is_ended[rows], self.days[rows])

    @property
    def answered(self) -> "History":
        return self.only(self.is_ended)

    @property
    def weights(self) -> Numbers:
        """Of the answered: each counts also for those who left before that long."""
        return (1 / stayed(self.waits, self.is_ended))[self.is_ended]


class Trial(msgspec.Struct, frozen=True):
    """How the older half of the days told the newer half: those who were answered there."""

    count: int
    error_s: float  # of the median
    covered: float  # share of waits up to the last line


def learn(history: History, shares: Sequence[float]) -> tuple[Lines, Trial]:
    """The last of `shares` is the upper edge."""
    is_newer = newer_half(history.days)
    older, newer = history.only(~is_newer), history.only(is_newer)
    first = draw(older, shares)
    told, waits = first.read(newer.answered.signs), newer.answered.waits
    factors = tuple(
        1.0 if share == MEDIAN else factor(waits, told[:, i], share, newer.weights) for i, share in enumerate(shares)
    )
    days_count = len(np.unique(history.days))
    lines = msgspec.structs.replace(draw(history, shares), factors=factors, days_count=days_count)
    return lines, judge(msgspec.structs.replace(first, factors=factors), newer)


def newer_half(days: Numbers) -> NDArray[np.bool_]:
    known = np.unique(days)
    return np.asarray(days >= known[len(known) // 2], bool)


def draw(history: History, shares: Sequence[float]) -> Lines:
    answered = history.answered
    return fit(answered.signs, answered.waits, shares, history.weights)


def judge(lines: Lines, history: History) -> Trial:
    answered = history.answered
    told = lines.read(answered.signs)
    middle = told[:, lines.shares.index(MEDIAN)]
    error_s, covered = np.abs(middle - answered.waits).mean(), (answered.waits <= told[:, -1]).mean()
    return Trial(len(answered.waits), float(error_s), float(covered))


def factor(waits: Numbers, told: Numbers, share: float, weights: Numbers) -> float:
    """What `told` is multiplied by so that `share` of the waits lie below it."""
    ratios = waits / np.maximum(told, 1.0)
    order = np.argsort(ratios)
    below = np.cumsum(weights[order]) / weights.sum()
    found = ratios[order][min(int(np.searchsorted(below, share)), len(order) - 1)]
    return float(np.clip(found, FACTOR_MIN, FACTOR_MAX))
