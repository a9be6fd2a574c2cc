"""How long they would have waited, who were answered before: Kaplan and Meier's estimate, drawn beyond what was seen.

Who left is known to the millisecond. Who was answered after a minute would have waited longer than a minute, and how
much longer is drawn from those who did. Beyond the longest wait at which anybody left, the rest leave at the mean rate.
"""

import numpy as np

from dryfly.simulation.workload import NONE, Floats, Ints

LEFT_MIN = 10  # fewer who left say too little
TINY = 1e-12

Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]


def beyond(waited_ms: Ints, has_left: Bools, uniforms: Floats) -> Ints:
    """The patience of each: as it was, or drawn beyond it. -1: nobody ever left, so they wait for ever."""
    left_count = int(has_left.sum())
    if not left_count:
        return np.full(len(waited_ms), NONE, dtype=np.int64)
    times, survival = survival_of(waited_ms, has_left)
    reached = np.concatenate(([1.0], survival))[np.searchsorted(times, waited_ms, side="right")]
    wanted = reached * uniforms
    place = np.searchsorted(-survival, -wanted, side="left")
    inside = place < len(times)
    mean_ms = float(waited_ms.sum()) / left_count
    unseen = np.log(np.maximum(wanted, TINY) / max(float(survival[-1]), TINY))
    tail = np.maximum(waited_ms, times[-1]) - mean_ms * unseen
    drawn = np.where(inside, times[np.minimum(place, len(times) - 1)], tail)
    return np.where(has_left, waited_ms, np.maximum(drawn, waited_ms + 1)).astype(np.int64)


def survival_of(waited_ms: Ints, has_left: Bools) -> tuple[Ints, Floats]:
    """At which waits somebody left, and which share was willing to wait longer than that."""
    times = np.unique(waited_ms[has_left])
    ordered = np.sort(waited_ms)
    at_risk = len(ordered) - np.searchsorted(ordered, times, side="left")
    leaving = np.sort(waited_ms[has_left])
    left = np.searchsorted(leaving, times, side="right") - np.searchsorted(leaving, times, side="left")
    return times, np.cumprod(1 - left / at_risk, dtype=np.float64)
