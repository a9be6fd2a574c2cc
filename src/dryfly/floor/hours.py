"""Opening hours as the floor knows them: instants from which to which a queue is open.

Time zones, weekly hours, holidays and clock changes are made into spans outside (`service`), some weeks ahead, and put
again every day. A queue without hours is always open. After the last span that is known, time counts as open.
"""

from dryfly.floor.model import Instant, Span

SLOT_MS = 1_800_000


def after(start: Instant, seconds: int) -> Instant:
    return Instant(start + seconds * 1000)


def slot_of(at: Instant) -> int:
    """The half hour in which a call is booked."""
    return at // SLOT_MS


def is_open_at(spans: tuple[Span, ...] | None, at: Instant) -> bool:
    if spans is None:
        return True
    return any(span.from_at <= at < span.to_at for span in spans)


def first_closed_at(spans: tuple[Span, ...] | None, since: Instant) -> Instant | None:
    """The first instant from `since` on at which it is closed."""
    if spans is None:
        return None
    at = since
    for span in spans:
        if span.from_at <= at < span.to_at:
            at = span.to_at
    return at


def after_open(spans: tuple[Span, ...] | None, start: Instant, seconds: int) -> Instant:
    """So many open seconds after `start`; before it, a plain difference."""
    left_ms = seconds * 1000
    if spans is None or left_ms <= 0:
        return Instant(start + left_ms)
    at = start
    for span in spans:
        if span.to_at <= at:
            continue
        at = Instant(max(at, span.from_at))
        if at + left_ms <= span.to_at:
            break
        left_ms -= span.to_at - at
        at = span.to_at
    return Instant(at + left_ms)
