"""Wakes the floor when its next timer falls due. Timers are state; this only rings."""

import asyncio
from collections.abc import Callable


class Alarm:
    """At most one is set, for the earliest instant that was asked for.

    It may ring early, since a timer that was moved later does not move it: whoever is woken looks what is due,
    and sets it anew.
    """

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._handle: asyncio.TimerHandle | None = None
        self._due: int | None = None

    def set(self, due: int | None, now: int) -> None:
        """`due` and `now` in milliseconds; None: nothing will fall due."""
        if due is None or (self._due is not None and self._due <= due):
            return
        self.cancel()
        self._due = due
        self._handle = asyncio.get_running_loop().call_later(max(0, due - now) / 1000, self._rings)

    def cancel(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
        self._handle = self._due = None

    def _rings(self) -> None:
        self._handle = self._due = None
        self._ring()
