"""Hours and closings together: how a queue stands now, and when it is open in the weeks ahead. Pure.

The floor is told instants only. They begin with the day before and reach five weeks ahead, and change once a day, so
that telling the floor again within a day says nothing new. Where nothing ever closes it is told so: None.
"""

from dryfly.floor.model import Instant, Span
from dryfly.setup.closings import Closing
from dryfly.setup.hours import Hours, Standing, periods, standing
from dryfly.setup.model import Catalogue, Queue

DAY_MS = 24 * 3_600_000
AHEAD_DAYS = 35


def hours_of(catalogue: Catalogue, queue: Queue) -> Hours | None:
    return queue.hours or catalogue.site.hours


def standing_with(hours: Hours | None, closing: Closing | None, now: int) -> Standing:
    """Closed by a supervisor, it opens when that is over and the hours say so too."""
    if closing is None or closing.until <= now:
        return standing(hours, now)
    then = standing(hours, closing.until)
    return Standing(False, closing.until if then.is_open else then.opens_at, then.text)


def spans_ahead(hours: Hours | None, closing: Closing | None, now: int) -> tuple[Span, ...] | None:
    from_at = now // DAY_MS * DAY_MS - DAY_MS
    to_at = from_at + (AHEAD_DAYS + 2) * DAY_MS
    found = [(from_at, to_at)] if hours is None else periods(hours, from_at, to_at)
    if closing is not None:
        found = [part for one in found for part in _without(one, closing)]
    if found == [(from_at, to_at)]:
        return None
    return tuple(Span(Instant(opens), Instant(closes)) for opens, closes in found)


def _without(one: tuple[int, int], closing: Closing) -> list[tuple[int, int]]:
    opens, closes = one
    parts = [(opens, min(closes, closing.closed_at)), (max(opens, closing.until), closes)]
    return [(opens, closes) for opens, closes in parts if opens < closes]
