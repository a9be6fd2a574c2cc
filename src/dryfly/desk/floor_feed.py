"""Keeps the supervisors' floors up: boards, today's figures, alerts, and the page of open talks that each asked for.

Theory of operation
- Who looks says so, and is sent everything once: a whole board, today, the alerts. From then on all get the same small
  frame: the lines that changed. Frames keep their order on a socket, and one who is too slow is cut off and begins
  anew, so old board plus changes is the board.
- Talks are drawn for those fifty only that somebody has before them, and sent when they differ from the last.
- Drawing happens at most every `EVERY_S`, and when nothing happens every `QUIET_S`: time passes for alerts too.
  Alerts are watched whether anybody looks or not.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import msgspec
import structlog

from dryfly.desk import floor_words, words
from dryfly.desk.alerts import Alerts, Values, Watch
from dryfly.desk.board import Board, Drawn, listed
from dryfly.desk.floor_words import AlertLine, BoardNow, QueueLine, QueueToday, TalksAsked, Today
from dryfly.desk.lines import Lines
from dryfly.floor import State
from dryfly.ledger import Ledger
from dryfly.platform.errors import PeerError
from dryfly.platform.sockets import Outbox
from dryfly.setup.alerts import AlertMeasure
from dryfly.setup.model import Catalogue

log = structlog.get_logger(__name__)
_encode = msgspec.json.Encoder().encode

EVERY_S = 0.75  # with its making and its way to the screen, a board is less than a second old
QUIET_S = 5.0
TODAY_EVERY_MS = 5_000

TodayOf = Callable[[int], Awaitable[Today]]


class Desk(Protocol):
    """One open desk, as this room needs it."""

    outbox: Outbox


class Kept(Protocol):
    """Where alerts outlive the process (`desk.kept_alerts`)."""

    async def read(self) -> dict[str, Watch]: ...
    async def keep(self, watches: Mapping[str, Watch]) -> None: ...


@dataclass(slots=True)
class Look:
    asked: TalksAsked | None
    talks: bytes = b""  # as sent last


@dataclass(slots=True)
class Shown:
    """What everybody who looks has on the screen."""

    drawn: Drawn
    at: int
    today: Today | None = None
    alerts: tuple[AlertLine, ...] = ()


@dataclass(slots=True)
class FloorFeed:
    ledger: Ledger
    board: Board
    lines: Lines
    catalogue: Callable[[], Catalogue]
    today_of: TodayOf
    kept: Kept
    alerts: Alerts | None = None  # None: not recalled yet
    _looks: dict[Desk, Look] = field(default_factory=dict)
    _shown: Shown | None = None
    _today: Today | None = None
    _today_at: int = 0
    _drawing: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def looks_count(self) -> int:
        return len(self._looks)

    # ---- who looks -----------------------------------------------------------------------------

    async def look(self, desk: Desk, asked: TalksAsked | None) -> None:
        if desk in self._looks:
            self._looks[desk] = Look(asked)
        else:
            await self._begin(desk, asked)
        if asked is not None:
            frame, _ = await self.ledger.read(lambda state: self._talks(state, asked))
            self._send_talks(desk, frame)

    async def _begin(self, desk: Desk, asked: TalksAsked | None) -> None:
        await self.refresh()
        shown = self._shown
        if shown is None or desk.outbox.is_closed:
            return
        self._looks[desk] = Look(asked)
        desk.outbox.put(_encode(_whole(shown)))
        desk.outbox.put(_encode(floor_words.AlertsNow(shown.alerts)))
        if shown.today is not None:
            desk.outbox.put(_encode(floor_words.TodayNow(shown.today)))

    def leave(self, desk: Desk) -> None:
        self._looks.pop(desk, None)

    # ---- keeping up ----------------------------------------------------------------------------

    async def run(self) -> None:
        seen = 0
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(QUIET_S):
                    seen = await self.ledger.advanced(seen)
            with contextlib.suppress(PeerError):  # the store is away: shown when it is back
                await self.refresh()
                await self._keep_lists()
            await asyncio.sleep(EVERY_S)

    async def refresh(self) -> None:
        """Draws the floor as it is, and sends what differs from what is shown."""
        async with self._drawing:
            await self._refresh(self.ledger.now())

    async def _refresh(self, now: int) -> None:
        await self._count_today(now)
        drawn, _ = await self.ledger.read(lambda state: self.board.draw(state, now))
        before, values = self._shown, _values(drawn, self._today, now)
        alerts = await self._look_for_alerts(values, now)
        self._shown = Shown(drawn, now, self._today, alerts)
        if self._looks and before is not None:
            self._send_changes(before, self._shown)

    async def _look_for_alerts(self, values: Values, now: int) -> tuple[AlertLine, ...]:
        if self.alerts is None:
            self.alerts = Alerts(await self.kept.read())
        lines = self.alerts.look(self.catalogue().alerts_in_force, values, now)
        with contextlib.suppress(PeerError):  # the store is away: written with the next look
            await self.kept.keep(self.alerts.watches)
        return lines

    async def _count_today(self, now: int) -> None:
        if now - self._today_at < TODAY_EVERY_MS:
            return
        self._today_at = now
        self._today = await self.today_of(now)

    def _send_changes(self, before: Shown, after: Shown) -> None:
        self._send(_encode(_changes(before.drawn, after.drawn, after.at)))
        if _without_values(before.alerts) != _without_values(after.alerts):
            self._send(_encode(floor_words.AlertsNow(after.alerts)))
        if after.today is not None and after.today != before.today:
            self._send(_encode(floor_words.TodayNow(after.today)))

    def _send(self, frame: bytes) -> None:
        for desk in tuple(self._looks):
            desk.outbox.put(frame)

    # ---- the lists -----------------------------------------------------------------------------

    async def _keep_lists(self) -> None:
        asked = {look.asked for look in self._looks.values() if look.asked is not None}
        if not asked:
            return
        frames, _ = await self.ledger.read(lambda state: {one: self._talks(state, one) for one in asked})
        for desk, look in tuple(self._looks.items()):
            if look.asked in frames:
                self._send_talks(desk, frames[look.asked])

    def _send_talks(self, desk: Desk, frame: bytes) -> None:
        look = self._looks.get(desk)
        if look is not None and look.talks != frame:
            look.talks = frame
            desk.outbox.put(frame)

    def _talks(self, state: State, asked: TalksAsked) -> bytes:
        contacts, count, page = listed(state, asked)
        shown = msgspec.structs.replace(asked, page=page)
        return _encode(words.FloorTalks(shown, count, tuple(self.lines.talk(contact) for contact in contacts)))

    # ---- alerts --------------------------------------------------------------------------------

    async def see_alert(self, alert: str, by: str) -> bool:
        """A supervisor takes care of it; everybody sees who, once it is kept."""
        async with self._drawing:
            if self.alerts is None or not self.alerts.see(alert, by):
                return False
            await self.kept.keep(self.alerts.watches)
            self._show_seen(alert, by)
            return True

    def _show_seen(self, alert: str, by: str) -> None:
        if self._shown is None:
            return
        lines = self._shown.alerts
        seen = tuple(msgspec.structs.replace(line, seen_by=by) if line.alert == alert else line for line in lines)
        self._shown.alerts = seen
        self._send(_encode(floor_words.AlertsNow(seen)))


def _whole(shown: Shown) -> BoardNow:
    drawn = shown.drawn
    return BoardNow(shown.at, True, drawn.counts, tuple(drawn.queues.values()), tuple(drawn.agents.values()))


def _changes(before: Drawn, after: Drawn, at: int) -> BoardNow:
    gone = [*(before.queues.keys() - after.queues.keys()), *(before.agents.keys() - after.agents.keys())]
    return BoardNow(
        at, False, after.counts,
        tuple(line for id, line in after.queues.items() if before.queues.get(id) != line),
        tuple(line for id, line in after.agents.items() if before.agents.get(id) != line),
        tuple(sorted(gone)),
    )  # fmt: skip


def _without_values(alerts: tuple[AlertLine, ...]) -> list[AlertLine]:
    return [msgspec.structs.replace(line, value=0) for line in alerts]


# ---- what alerts look at -----------------------------------------------------------------------


def _values(drawn: Drawn, today: Today | None, now: int) -> Values:
    found: dict[tuple[str, AlertMeasure], float | None] = {}
    for line in drawn.queues.values():
        found |= {(line.queue, measure): value for measure, value in _of_queue(line, now).items()}
    found |= {("", measure): value for measure, value in _of_site(drawn, now).items()}
    for counted in (today.site, *today.queues) if today else ():
        found |= {(counted.queue, measure): value for measure, value in _of_lately(counted).items()}
    return found


def _of_queue(line: QueueLine, now: int) -> dict[AlertMeasure, float | None]:
    return {
        AlertMeasure.WAITING: line.waiting_count,
        AlertMeasure.OLDEST_S: (now - line.oldest_since) / 1000 if line.oldest_since is not None else 0,
        AlertMeasure.OVERDUE: line.overdue_count,
        AlertMeasure.NOBODY_READY: 0 if line.agents_ready_count else line.waiting_count,
    }


def _of_site(drawn: Drawn, now: int) -> dict[AlertMeasure, float | None]:
    each = [_of_queue(line, now) for line in drawn.queues.values()]
    worst = {measure: max((one[measure] or 0 for one in each), default=0) for measure in each[0]} if each else {}
    counts = drawn.counts
    return {**worst, AlertMeasure.WAITING: counts.waiting_count, AlertMeasure.OVERDUE: counts.overdue_count}


def _of_lately(counted: QueueToday) -> dict[AlertMeasure, float | None]:
    return {
        AlertMeasure.SERVICE_LEVEL: counted.lately.service_level,
        AlertMeasure.ABANDONED_SHARE: counted.lately.abandoned_share,
    }
