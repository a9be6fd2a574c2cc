"""How sure a figure is: means over replications with the interval that holds the true one 95 times in 100."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from dryfly.simulation.workload import Floats

_SMALL = (12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004)  # 1 to 8 degrees
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Estimate:
    """`mean` plus or minus `half`; `count` replications had something to say. NaN where too few had."""

    mean: float
    half: float
    count: int

    @property
    def low(self) -> float:
        return self.mean - self.half

    @property
    def high(self) -> float:
        return self.mean + self.half

    @property
    def is_apart_from_zero(self) -> bool:
        return self.low > 0 or self.high < 0


def estimate(values: Floats) -> Estimate:
    """Of one figure, one value a replication; those without a value (NaN) are left out."""
    known = values[~np.isnan(values)]
    count = len(known)
    if count < 2:
        return Estimate(float(known[0]) if count else np.nan, np.nan, count)
    return Estimate(float(known.mean()), t_975(count - 1) * float(known.std(ddof=1)) / sqrt(count), count)


def paired(values: Floats, base: Floats) -> Estimate:
    """Of the difference, replication by replication: what both have in common drops out."""
    return estimate(values - base)


def t_975(degrees: int) -> float:
    """Student's quantile for a two-sided interval of 95 %: a table, then Fisher's expansion (to 1e-4)."""
    if degrees <= len(_SMALL):
        return _SMALL[degrees - 1]
    z, n = _Z, degrees
    terms: tuple[float, ...] = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term * float(n) ** -power for power, term in enumerate(terms, 1))
