"""When a supervisor is told of a number on the floor. What raises and clears it is decided in `desk.alerts`."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from dryfly.floor.model import QueueId

FOR_S_MAX = 24 * 3600


class AlertMeasure(StrEnum):
    """Definitions: docs/guide/reports.md. The two shares are those of the last 30 minutes, 0..1."""

    WAITING = "waiting"
    OLDEST_S = "oldest_s"
    SERVICE_LEVEL = "service_level"
    ABANDONED_SHARE = "abandoned_share"
    OVERDUE = "overdue"  # replies that the customer waits for beyond the reply clock
    NOBODY_READY = "nobody_ready"  # how many wait while no agent who fits is ready


LOWER_IS_WORSE = frozenset({AlertMeasure.SERVICE_LEVEL})


class Alert(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Raised when the number was at `raise_at` or worse for `for_s` seconds, cleared when it was at `clear_at` or
    better for as long. `queues`: where it is watched (empty: at each); `whole_site`: over all of them instead."""

    id: str
    title: str
    measure: AlertMeasure = AlertMeasure.WAITING
    raise_at: float = 10
    clear_at: float = 5
    for_s: int = 30
    queues: tuple[QueueId, ...] = ()
    whole_site: bool = False

    @property
    def is_lower_worse(self) -> bool:
        return self.measure in LOWER_IS_WORSE


STANDARD_ALERTS = (
    Alert("nobody-ready", "Nobody is ready", AlertMeasure.NOBODY_READY, 1, 0, 30),
    Alert("long-wait", "Somebody waits long", AlertMeasure.OLDEST_S, 300, 120, 15),
    Alert("many-wait", "Many wait", AlertMeasure.WAITING, 20, 10, 30),
    Alert("service-level", "Service level is low", AlertMeasure.SERVICE_LEVEL, 0.6, 0.75, 120),
    Alert("many-left", "Many leave", AlertMeasure.ABANDONED_SHARE, 0.15, 0.08, 120),
    Alert("overdue", "Replies are overdue", AlertMeasure.OVERDUE, 3, 0, 30),
)
"""A site without alerts of its own has these."""


def alert_problems(alert: Alert) -> Iterator[tuple[str, str]]:
    """Code and sentence of what is wrong with its numbers."""
    if not 0 <= alert.for_s <= FOR_S_MAX:
        yield "alert_wrong", f"An alert waits for 0 to {FOR_S_MAX} seconds."
    if alert.raise_at == alert.clear_at or (alert.raise_at < alert.clear_at) != alert.is_lower_worse:
        yield "alert_wrong", "Clear it at a better number than raises it, so that it does not come and go."
