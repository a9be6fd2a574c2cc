"""What somebody who waits is told, and the law of it: it never gets longer without a cause, and the cause is told.

Theory of operation
- A promise is two instants: from when on an answer is likely, and until when it should be there. Shown is what is left
  until both, in steps, so it falls by itself.
- Both come nearer when the place in line has halved and a new estimate says so; not at each look, since the least of
  many estimates would promise too much.
- It gets longer only with a cause: an agent of the queue went away, somebody more urgent came first, the contact moved
  to another queue, or the promised end has passed. Without a longer estimate a cause changes nothing.
"""

from collections.abc import Callable

import msgspec

from dryfly.floor.model import QueueId
from dryfly.waiting.model import Band, Cause, Range, Told, rounded, step_s

Estimate = Callable[[], Band | None]
"""Made only when it is wanted."""


def told_anew(
    before: Told | None, queue: QueueId, place: int, now: int, lost_at: int, estimate: Estimate
) -> Told | None:
    """What holds from now on. `lost_at`: when the queue lost an agent last. None: nobody can say."""
    if before is None:
        return _told(queue, place, now, estimate())
    cause = _cause(before, queue, place, now, lost_at)
    if cause is Cause.NONE:
        return before if place * 2 > before.place else _nearer(before, _told(queue, place, now, estimate()))
    later = _told(queue, place, now, estimate(), cause)
    if cause is Cause.LATE or (later is not None and later.until > before.until):
        return later
    return msgspec.structs.replace(before, queue=queue, place=place, at=now)


def _cause(before: Told, queue: QueueId, place: int, now: int, lost_at: int) -> Cause:
    if queue != before.queue:
        return Cause.MOVED
    if place > before.place:
        return Cause.OVERTAKEN
    if lost_at > before.at:
        return Cause.FEWER_AGENTS
    return Cause.LATE if now >= before.until else Cause.NONE


def _told(queue: QueueId, place: int, now: int, band: Band | None, because: Cause = Cause.NONE) -> Told | None:
    if band is None:
        return None
    step = step_s(band.p80_s)
    told = rounded(band.p50_s, band.p80_s, step)
    return Told(queue, place, now, now + told.from_s * 1000, now + told.to_s * 1000, step, because)


def _nearer(before: Told, fresh: Told | None) -> Told:
    if fresh is None:
        return before
    from_at, until = min(before.from_at, fresh.from_at), min(before.until, fresh.until)
    return msgspec.structs.replace(before, place=fresh.place, at=fresh.at, from_at=from_at, until=until)


def shown(told: Told, now: int) -> Range:
    """What is left of it: a step less each time that a whole one has passed."""
    from_s, to_s = (_steps_left(at - now, told.step_s) * told.step_s for at in (told.from_at, told.until))
    return Range(min(from_s, max(to_s, told.step_s) - told.step_s), max(to_s, told.step_s))


def _steps_left(left_ms: int, step_s: int) -> int:
    return max(0, -(-left_ms // (step_s * 1000)))
