"""The time that history is written in: never backwards, and never held still by a clock that jumps.

The wall clock says what time it is; the monotonic clock says how much has passed. Where the wall clock
jumps back, history goes on by the monotonic clock at half its pace until the wall clock has caught up:
timers fire late by a little, never all at once or not at all. Where it jumps ahead, history jumps with it:
a machine that slept must do what fell due meanwhile.
"""

from dryfly.platform.clock import Clock

JUMP_MS = 2_000  # a smaller difference is drift, and is simply taken over


class Timekeeper:
    """Milliseconds UTC, from `not_before` on, never decreasing."""

    def __init__(self, clock: Clock, not_before: int = 0) -> None:
        self._clock = clock
        self._last = max(not_before, clock.now()) if not_before else clock.now()
        self._seen_at = clock.monotonic()
        self.jumps_count = 0

    def now(self) -> int:
        wall = self._clock.now()
        monotonic = self._clock.monotonic()
        passed_ms = int((monotonic - self._seen_at) * 1000)
        if wall >= self._last:
            self.jumps_count += wall - self._last > passed_ms + JUMP_MS
            self._last, self._seen_at = wall, monotonic
        elif passed_ms >= 2:
            self.jumps_count += self._last - wall > JUMP_MS and passed_ms < JUMP_MS
            self._last += passed_ms // 2
            self._seen_at = monotonic
        return self._last
