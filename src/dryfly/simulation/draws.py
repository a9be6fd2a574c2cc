"""Chance, drawn before the run: each draw depends on its name and its number, and on nothing else.

Theory of operation
- A *stream* is named by seed, replication, purpose and subject ("patience of the calls"). The name keys a counter-based
  generator (Philox), and the n-th row of a stream depends on n alone: how many were drawn before or after, by whom,
  and under which rules, changes nothing. So two sets of rules meet the same customers, and the difference between
  them is theirs.
- A *law* turns rows of two uniform numbers into durations, monotone in what is uniform: patience that is longer by a
  tenth is longer for each customer.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from math import gamma, log, sqrt
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta

from dryfly.simulation.workload import Floats, Ints

SEEN_MAX = 100_000

Seconds = Annotated[float, Meta(gt=0, le=10_000_000)]


class Purpose(StrEnum):
    """What is drawn."""

    DAY = "day"  # how busy a replication is at all
    ARRIVALS = "arrivals"
    PATIENCE = "patience"
    HANDLING = "handling"
    WRAP_UP = "wrap_up"
    REACTION = "reaction"
    MISSES = "misses"
    RETRIES = "retries"
    RETRY_AFTER = "retry_after"
    CUSTOMERS = "customers"  # who of those who come again and again
    CALLBACKS = "callbacks"  # who takes one
    UNREACHED = "unreached"  # how many of the calls reach nobody
    ABSENCE = "absence"
    LOSSES = "losses"  # when agents vanish
    RETURNS = "returns"  # when they are back


@dataclass(frozen=True, slots=True)
class Chance:
    """All chance of one replication."""

    seed: int
    replication: int

    def rows(self, purpose: Purpose, subject: str, count: int) -> Floats:
        """`count` rows of two numbers in 0..1, 0 included and 1 not."""
        name = f"{self.seed}/{self.replication}/{purpose}/{subject}".encode()
        key = np.frombuffer(hashlib.blake2b(name, digest_size=16).digest(), dtype="<u8")
        return np.random.Generator(np.random.Philox(key=key)).random((count, 2))

    def uniforms(self, purpose: Purpose, subject: str, count: int) -> Floats:
        return np.ascontiguousarray(self.rows(purpose, subject, count)[:, 0])


# ---- laws --------------------------------------------------------------------------------------


class Fixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="law", tag="fixed"):
    """Always the same."""

    mean_s: Annotated[float, Meta(ge=0, le=10_000_000)]

    def drawn(self, rows: Floats) -> Floats:
        return np.full(len(rows), self.mean_s)


class Exponential(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="law", tag="exponential"):
    """Without memory: who has waited a minute waits another as likely as somebody new."""

    mean_s: Seconds

    def drawn(self, rows: Floats) -> Floats:
        return -self.mean_s * np.log1p(-rows[:, 0])


class Lognormal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="law", tag="lognormal"):
    """`cv`: standard deviation over mean. Handling times of calls are near it, with a cv of about 1.2."""

    mean_s: Seconds
    cv: Annotated[float, Meta(gt=0, le=20)]

    def drawn(self, rows: Floats) -> Floats:
        sigma = sqrt(log(1 + self.cv**2))
        return self.mean_s * np.exp(sigma * normals(rows) - sigma**2 / 2)


class Weibull(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="law", tag="weibull"):
    """`shape` below 1: who has waited long waits longer still, as people do who have decided to wait."""

    mean_s: Seconds
    shape: Annotated[float, Meta(ge=0.1, le=50)]

    def drawn(self, rows: Floats) -> Floats:
        scale = self.mean_s / gamma(1 + 1 / self.shape)
        return scale * (-np.log1p(-rows[:, 0])) ** (1 / self.shape)


class Empirical(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="law", tag="empirical"):
    """What was seen, drawn again, each with the same chance."""

    seen_s: Annotated[tuple[Annotated[float, Meta(ge=0, le=10_000_000)], ...], Meta(min_length=1, max_length=SEEN_MAX)]

    @property
    def mean_s(self) -> float:
        return sum(self.seen_s) / len(self.seen_s)

    def drawn(self, rows: Floats) -> Floats:
        return np.sort(np.asarray(self.seen_s))[(rows[:, 0] * len(self.seen_s)).astype(np.int64)]


Law = Fixed | Exponential | Lognormal | Weibull | Empirical


def normals(rows: Floats) -> Floats:
    """Of mean 0 and deviation 1, one a row (Box and Muller)."""
    radius: Floats = np.sqrt(-2 * np.log1p(-rows[:, 0]))
    return radius * np.cos(2 * np.pi * rows[:, 1])


def as_ms(seconds: Floats) -> Ints:
    """Whole milliseconds."""
    return np.rint(np.asarray(seconds) * 1000).astype(np.int64)


def repeats(uniforms: Floats, share: float, most: int) -> Ints:
    """How often something happens again that happens with chance `share` each time, `most` times at most."""
    if share <= 0:
        return np.zeros(len(uniforms), dtype=np.int64)
    if share >= 1:
        return np.full(len(uniforms), most, dtype=np.int64)
    times = np.floor(np.log1p(-uniforms) / log(share))
    return np.minimum(times, most).astype(np.int64)
