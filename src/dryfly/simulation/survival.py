"""How long something would have gone on, learned from times of which many were cut short.

A customer who was answered after 40 s tells only that the patience was longer: it is *censored*. Leaving such people
out, or taking the answer for the end of their patience, makes everybody look impatient. The Kaplan-Meier estimate uses
both: at each moment at which somebody gave up, the share of those still waiting who did. It serves for any time that is
cut short by something else, as an agent's work after a call is by there being nobody to take next.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dryfly.simulation.workload import Floats

Truths = npt.NDArray[np.bool_]

AT_RISK_MIN = 20  # where fewer are left, one of them moves the estimate by more than a twentieth
TINY = 1e-300


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """`shares[i]` last longer than `times[i]`. Beyond the last time it goes on by a constant `rate` a unit of time."""

    times: Floats  # ascend
    shares: Floats  # fall
    rate: float

    def beyond(self, time: Floats) -> Floats:
        """The share that lasts longer than `time`."""
        step = np.searchsorted(self.times, time, side="right")
        share = np.concatenate(([1.0], self.shares))[step]
        return np.asarray(share * np.exp(-self.rate * np.maximum(time - self._end, 0.0)))

    def drawn(self, uniforms: Floats, at_least: Floats | float = 0.0) -> Floats:
        """One time for each uniform number; of those who are known to last longer than `at_least`, if that is told.

        Ascending: the same number gives a long time under any law, so that two laws are compared with the same people.
        """
        least = np.broadcast_to(np.asarray(at_least, dtype=np.float64), uniforms.shape)
        shares = (1.0 - uniforms) * np.where(least > 0, self.beyond(least), 1.0)
        step = np.searchsorted(-self.shares, -shares, side="left")
        ends = np.append(self.times, np.inf)
        return np.where(step < len(self.times), ends[step], self._further(shares))

    def times_longer(self, factor: float) -> "Survival":
        return Survival(self.times * factor, self.shares, self.rate / factor)

    @property
    def _end(self) -> float:
        return float(self.times[-1]) if len(self.times) else 0.0

    def _further(self, shares: Floats) -> Floats:
        if not self.rate:
            return np.full(len(shares), np.inf)
        left = float(self.shares[-1]) if len(self.shares) else 1.0
        further = np.log(max(left, TINY)) - np.log(np.maximum(shares, TINY))
        return np.asarray(self._end + np.maximum(further, 0.0) / self.rate)


def kaplan_meier(times: Floats, is_end: Truths, at_risk_min: int = AT_RISK_MIN) -> Survival:
    """Of times that ended of themselves (`is_end`) and of times that were cut short.

    Where fewer than `at_risk_min` are left the steps are chance; from there on it goes on at the mean rate of what came
    after the median end.
    """
    ends, ended = np.unique(times[is_end], return_counts=True)
    at_risk = len(times) - np.searchsorted(np.sort(times), ends, side="left")
    is_sure = at_risk >= at_risk_min
    ends, ended, at_risk = ends[is_sure], ended[is_sure], at_risk[is_sure]
    shares: Floats = np.cumprod((at_risk - ended) / at_risk, dtype=np.float64)
    return Survival(ends, shares, _late_rate(times, is_end))


def constant_rate(times: Floats, is_end: Truths) -> Survival:
    """The exponential law with the censored mean: all the time that was spent, by how many times it ended of itself."""
    nothing = np.zeros(0)
    return Survival(nothing, nothing, _rate(times, is_end, 0.0))


def _late_rate(times: Floats, is_end: Truths) -> float:
    return _rate(times, is_end, float(np.median(times[is_end]))) if is_end.any() else 0.0


def _rate(times: Floats, is_end: Truths, after: float) -> float:
    """Ends after `after`, by the time spent after it."""
    spent = float(np.maximum(times - after, 0.0).sum())
    return float((is_end & (times > after)).sum()) / spent if spent else 0.0
