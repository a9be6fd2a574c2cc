"""Quantile regression: a line through the signs for each share of waits that shall lie below it.

Theory of operation
- The pinball loss of share t is made smooth near nought and minimised by weighted least squares, again and again with
  the weights that the last residuals give (Hunter & Lange 2000, "Quantile regression via an MM algorithm"). A ridge on
  standardised signs keeps a line from following noise.
- Signs are used plainly and as logarithms: the twentieth in a line says less than the second.
- A wait cut short (the customer left) is at least so long. Its weight goes to those who waited longer: each wait that
  ended counts 1 / (the share of customers who had stayed so long), by Kaplan and Meier.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
RIDGE = 60.0
ROUNDS_MAX = 40
FAR = 4.0  # standard deviations; a sign that never was so large is not trusted further
STAYED_MIN = 0.2  # nobody counts for more than five


class Lines(msgspec.Struct, frozen=True):
    """`slopes`: for each of `shares`, the intercept and a slope for each column."""

    shares: tuple[float, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    slopes: tuple[tuple[float, ...], ...]
    factors: tuple[float, ...] = ()  # what each line is multiplied by (see `learning`)
    days_count: int = 0  # on which there were the waits behind them; 0: not written down

    def reader(self) -> "Reader":
        factors = np.array(self.factors or 1.0)
        return Reader(np.array(self.means), np.array(self.scales), np.array(self.slopes).T, factors)

    def read(self, signs: Numbers) -> Numbers:
        return self.reader().read(signs)


class Reader(NamedTuple):
    """The lines, made ready to be read again and again."""

    means: Numbers
    scales: Numbers
    slopes: Numbers
    factors: Numbers

    def read(self, signs: Numbers) -> Numbers:
        """A row for each row of signs: the quantiles, rising, none below nought."""
        standard = np.clip((columns(signs) - self.means) / self.scales, -FAR, FAR)
        told = with_one(standard) @ self.slopes
        return np.sort(np.maximum(told, 0.0) * self.factors, axis=1)


def fit(signs: Numbers, waits: Numbers, shares: Sequence[float], weights: Numbers | None = None) -> Lines:
    rows = columns(signs)
    means, scales = rows.mean(0), np.where(rows.std(0) < 1e-9, 1.0, rows.std(0))
    standard = with_one(np.clip((rows - means) / scales, -FAR, FAR))
    counted = np.ones(len(waits)) if weights is None else weights / weights.mean()
    slopes = [_floats(_fit(standard, waits, share, counted)) for share in shares]
    return Lines(tuple(shares), _floats(means), _floats(scales), tuple(slopes))


def _floats(numbers: Numbers) -> tuple[float, ...]:
    return tuple(map(float, numbers))


def columns(signs: Numbers) -> Numbers:
    return np.hstack([signs, np.log1p(np.maximum(signs, 0.0))])


def with_one(rows: Numbers) -> Numbers:
    return np.hstack([np.ones((len(rows), 1)), rows])


def _fit(rows: Numbers, waits: Numbers, share: float, counted: Numbers) -> Numbers:
    unit = max(float(np.median(np.abs(waits - np.median(waits)))), 1e-6)
    waits = waits / unit
    ridge = RIDGE * np.eye(rows.shape[1])
    ridge[0, 0] = 0.0
    tilt = (2 * share - 1) * (rows.T @ counted)
    slopes: Numbers = np.zeros(rows.shape[1])
    near = 0.5
    slopes[0] = np.quantile(waits, share)
    for _ in range(ROUNDS_MAX):
        weighted = rows * (counted / (near + np.abs(waits - rows @ slopes)))[:, None]
        better = np.asarray(np.linalg.solve(rows.T @ weighted + ridge, weighted.T @ waits + tilt), np.float64)
        moved, slopes = float(np.abs(better - slopes).max()), better
        near = max(near / 2, 0.01)
        if moved < 1e-4:
            break
    return slopes * unit


def stayed(waits: Numbers, is_ended: NDArray[np.bool_]) -> Numbers:
    """The share of customers who would have stayed longer than each wait, if nobody had come to serve them."""
    order = np.argsort(waits, kind="stable")
    at_risk = len(waits) - np.arange(len(waits), dtype=float)
    stay = np.cumprod(1.0 - (~is_ended[order]) / at_risk)
    shares = np.empty(len(waits))
    shares[order] = np.concatenate([[1.0], stay[:-1]])
    return np.maximum(shares, STAYED_MIN)
