"""Writes the planned weeks into the journal: through the real ledger, under a clock that is turned to each instant."""

import asyncio
from collections.abc import Iterable
from itertools import islice

from dryfly.conversations.record import Recorder
from dryfly.demo.stage import Planned
from dryfly.floor.model import WakeUp
from dryfly.ledger import Ledger, Submission

BATCH = 1_000


class PastClock:
    """The time of what is written just now."""

    def __init__(self, now: int) -> None:
        self._now = now

    def now(self) -> int:
        return self._now

    def monotonic(self) -> float:
        return self._now / 1000

    def turn_to(self, now: int) -> None:
        self._now = max(self._now, now)


async def write_history(ledger: Ledger, clock: PastClock, planned: Iterable[Planned]) -> int:
    """How many commands it took. They are decided one after the other, and wait for the disk together."""
    recorder, count = Recorder(ledger), 0
    rest = iter(planned)
    while some := list(islice(rest, BATCH)):
        await asyncio.gather(*(_write(ledger, recorder, clock, one) for one in some))
        count += len(some)
    return count


async def _write(ledger: Ledger, recorder: Recorder, clock: PastClock, one: Planned) -> None:
    """Up to its first wait this runs at one go, and those of a batch begin in order: so is the journal."""
    clock.turn_to(one.at)
    if isinstance(one.command, WakeUp):
        await ledger.wake_up()
    elif one.said is not None:
        await recorder.say(one.id, one.said, one.actor)
    else:
        await ledger.submit(Submission(one.id, one.actor, one.command, one.words))
