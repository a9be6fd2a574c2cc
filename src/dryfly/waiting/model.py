"""The room's words."""

from enum import StrEnum
from typing import NamedTuple

import msgspec

from dryfly.floor.model import QueueId

SHARES = (0.5, 0.8)
MINUTE_S = 60


class Band(msgspec.Struct, frozen=True):
    """Half of those who wait now wait less than `p50_s`, eight of ten less than `p80_s`. `is_learned`: from the site's
    own history; otherwise by the queue-length rule."""

    p50_s: float
    p80_s: float
    is_learned: bool = False


class Range(NamedTuple):
    """A band as it is told: in steps, the upper end rounded up."""

    from_s: int
    to_s: int


class Cause(StrEnum):
    """Why it takes longer than was told before."""

    NONE = ""
    LATE = "late"  # it simply does
    FEWER_AGENTS = "fewer_agents"  # one of those who serve the queue went away
    OVERTAKEN = "overtaken"  # somebody more urgent comes first
    MOVED = "moved"  # waits in another queue now


class Told(msgspec.Struct, frozen=True):
    """What one who waits was told last, and holds. Instants: when it was told, and both ends of the range."""

    queue: QueueId
    place: int
    at: int
    from_at: int
    until: int
    step_s: int  # in which it is shown until another is told: with another step the lower end could rise
    because: Cause = Cause.NONE


def step_s(p80_s: float) -> int:
    """A minute up to a quarter of an hour, five up to an hour, then a quarter."""
    return MINUTE_S if p80_s <= 15 * MINUTE_S else 5 * MINUTE_S if p80_s <= 60 * MINUTE_S else 15 * MINUTE_S


def rounded(p50_s: float, p80_s: float, step: int) -> Range:
    to_s = max(1, -int(-p80_s // step)) * step
    return Range(min(int(p50_s // step) * step, to_s - step), to_s)
