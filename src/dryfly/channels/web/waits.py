"""How long somebody waits: the queue-length rule, told as a range.

Theory of operation
- The rule: (place in line) x (recent mean time between two answers of the queue). It needs no model of arrivals or
  of agents, and follows both (Ibrahim & Whitt 2009, "Real-time delay estimation based on delay history", QL).
- The sum of `place` such times spreads by its square root, so the range is mean x (1 +- 1/sqrt(place)), in minutes.
- What was told is kept: as long as the place gets no worse, the end that was promised only comes nearer. When
  it passes, the next range says that it takes longer than was told. Fewer than `ANSWERS_MIN` recent answers: no range.
"""

from collections import defaultdict, deque
from math import sqrt

import msgspec

from dryfly.channels.web.words import Wait
from dryfly.floor import State
from dryfly.floor.model import ContactEngaged, ContactId, QueueId, SiteId
from dryfly.ledger import Recorded, Topic

ANSWERS_MIN = 3
ANSWERS_MAX = 20  # the newest count
RECENT_MS = 30 * 60_000
MINUTE = 60


class Pace:
    """Implements `ledger.View`: when each queue was answered lately. Forgotten with a restart, and soon learned."""

    def __init__(self) -> None:
        self._answered: defaultdict[QueueId, deque[int]] = defaultdict(lambda: deque(maxlen=ANSWERS_MAX))

    async def reset(self, site: SiteId, state: State) -> None:
        self._answered.clear()

    def see(self, recorded: Recorded, state: State) -> list[tuple[Topic, bytes]]:
        if isinstance(recorded.event, ContactEngaged):
            queue = state.contacts[recorded.event.contact].queue
            if queue is not None:
                self._answered[queue].append(recorded.at)
        return []

    def between_s(self, queue: QueueId, now: int) -> float | None:
        """The mean time between answers, the one that is not there yet included where it is late."""
        recent = [at for at in self._answered[queue] if at > now - RECENT_MS]
        if len(recent) < ANSWERS_MIN:
            return None
        gaps = len(recent) - 1
        return max((recent[-1] - recent[0]) / gaps, (now - recent[0]) / (gaps + 1)) / 1000


def band(place: int, between_s: float) -> Wait:
    mean = place * between_s
    spread = mean / sqrt(place)
    low, high = mean - spread, mean + spread
    step = MINUTE if high < 15 * MINUTE else 5 * MINUTE
    return Wait(int(low // step) * step, max(1, -int(-high // step)) * step)


class Told(msgspec.Struct, frozen=True):
    """What somebody who waits was told last."""

    place: int
    wait: Wait | None
    until: int = 0  # the promised end (ms)


class Waits:
    """What everybody who waits was told of it."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._told: dict[ContactId, Told] = {}

    def tell(self, contact: ContactId, queue: QueueId, place: int, now: int) -> Wait | None:
        between_s = self._pace.between_s(queue, now)
        fresh = None if between_s is None else band(place, between_s)
        told = self._told[contact] = retold(self._told.get(contact), place, fresh, now)
        return told.wait

    def forget_all_but(self, waiting: dict[ContactId, int]) -> None:
        self._told = {contact: told for contact, told in self._told.items() if contact in waiting}


def retold(before: Told | None, place: int, fresh: Wait | None, now: int) -> Told:
    """The law of the promise: it rises only for somebody whose place got worse, or when its end has passed."""
    if fresh is None or before is None or before.wait is None or place > before.place:
        return Told(place, fresh, now + (fresh.to_s * 1000 if fresh else 0))
    if now >= before.until:
        late = msgspec.structs.replace(fresh, is_longer=True)
        return Told(place, late, now + late.to_s * 1000)
    until = min(before.until, now + fresh.to_s * 1000)
    to_s = min(before.wait.to_s, -(-(until - now) // (MINUTE * 1000)) * MINUTE)
    from_s = min(before.wait.from_s, fresh.from_s, to_s)
    return Told(place, Wait(from_s, to_s, before.wait.is_longer), until)
