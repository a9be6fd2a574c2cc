"""Reports over any period: figures by interval, and the contacts behind each of them.

They read tables that a follower keeps, over connections of their own that stop themselves, so that no report, however
large, keeps the floor waiting. A report adds up quarters of an hour, and of agents whole days; only where agents are
asked for together with a queue, channel or need, it adds up the entries themselves.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from dryfly.floor.model import AgentId, QueueId, SiteId
from dryfly.insight.drawing import Frame, Timed, Times, cells_of, drawn, titles
from dryfly.insight.fold import AgentTime
from dryfly.insight.lanes import Lane
from dryfly.insight.model import Doing
from dryfly.insight.periods import Every, days_within, intervals
from dryfly.insight.sums import summed
from dryfly.insight.words import (
    By,
    Measure,
    Report,
    ReportContact,
    ReportContacts,
)
from dryfly.platform.database import Connection
from dryfly.platform.errors import CallerError
from dryfly.platform.sql import load_sql
from dryfly.setup.model import Catalogue

sql = load_sql(__file__, "reports.sql", sums=summed())

CELLS_MAX = 5_000
CONTACTS_PAGE = 200
BEHIND: dict[Measure, str] = {
    Measure.ENTERED: "entered_count = 1",
    Measure.WAITING: "entered_count = 1 and report_entry.answered_at is null and report_entry.ended_at is null"
    " and promised_count = 0",
    Measure.ANSWERED: "answered_count = 1",
    Measure.WITHIN: "within_count = 1",
    Measure.LATE: "answered_count = 1 and within_count = 0",
    Measure.SERVICE_LEVEL: "answered_count + abandoned_count = 1",
    Measure.ASA: "answered_count = 1",
    Measure.ABANDONED: "abandoned_count = 1",
    Measure.SHORT_ABANDONED: "short_abandoned_count = 1",
    Measure.ABANDONED_LATER: "abandoned_later_count = 1",
    Measure.SOLVED_WAITING: "solved_waiting_count = 1",
    Measure.HANDLED: "handled_count = 1",
    Measure.AHT: "handled_count = 1",
    Measure.LONGEST_WAIT: "longest_wait_ms > 0",
    Measure.SOLVED_BY_BOT: "solved_by_bot_count = 1",
    Measure.LEFT_BOT: "left_bot_count = 1",
    Measure.BOT_ONLY: "bot_only_count = 1",
    Measure.ASKED_TWICE: "asked_twice_count > 0",
    Measure.PROMISED: "promised_count = 1",
    Measure.KEPT: "kept_count = 1",
    Measure.UNREACHED: "unreached_count = 1",
    Measure.TEST: "test_count = 1",
}
"""What an entry has to be to stand behind a number."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The part of history that is asked for. None: everything; an empty text: what has none."""

    from_at: int
    to_at: int
    zone: ZoneInfo
    queues: tuple[str, ...] | None = None
    agents: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None
    needs: tuple[str, ...] | None = None

    @property
    def filters(self) -> tuple[tuple[str, ...] | None, ...]:
        return self.queues, self.agents, self.channels, self.needs

    @property
    def is_of_agents(self) -> bool:
        """Agents' time is theirs: no part of it belongs to one queue, channel or need."""
        return self.queues is None and self.channels is None and self.needs is None


class Reports:
    """Of all sites. Open it once a process."""

    def __init__(self, url: str) -> None:
        self._reading = Lane(url, timeout="15s", waiting_max=20)
        self.exporting = Lane(url, timeout="60s", waiting_max=4)

    async def close(self) -> None:
        await self._reading.close()
        await self.exporting.close()

    async def report(
        self, site: SiteId, asked: Asked, by: By, every: Every, now: int, names: Catalogue, *, lane: Lane | None = None
    ) -> Report:
        """Raises CallerError `period_*`, `report_too_large`. `lane`: where else than reports are read."""
        bounds = intervals(asked.from_at, asked.to_at, every, asked.zone)
        async with (lane or self._reading).reading(site) as conn:
            read = await _read(conn, site, asked, by, Bounds(bounds[:-1], bounds[1:]), now)
        frame = Frame(by, every, asked.zone.key, asked.from_at, asked.to_at, now, tuple(bounds[:-1]))
        return await asyncio.to_thread(_draw, frame, read, names)  # thousands of cells take a while

    async def contacts(
        self, site: SiteId, asked: Asked, measure: Measure, after: str, limit: int, names: Catalogue
    ) -> ReportContacts:
        limit = max(1, min(limit, CONTACTS_PAGE))
        query = sql.contacts.replace("{condition}", BEHIND[measure])
        async with self._reading.reading(site) as conn:
            rows = await conn.fetch(query, site, asked.from_at, asked.to_at, *asked.filters, *_place(after), limit + 1)
        contacts = tuple(_contact(row, names) for row in rows[:limit])
        return ReportContacts(contacts, _next(rows[limit - 1]) if len(rows) > limit else None)


# ---- what the database says --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where intervals begin and where they end."""

    begins: Sequence[int]
    ends: Sequence[int]

    @property
    def days(self) -> tuple[Sequence[int], Sequence[int]]:
        days = [days_within(begin, end) for begin, end in zip(self.begins, self.ends, strict=True)]
        return [first for first, _ in days], [last for _, last in days]


Read = tuple[list[Any], Times]  # rows of interval, key and sums; agents' times


async def _read(conn: Connection, site: SiteId, asked: Asked, by: By, bounds: Bounds, now: int) -> Read:
    """Raises CallerError `report_too_large`."""
    if not asked.is_of_agents:
        return await _figures(conn, site, asked, by, bounds), None
    opened = await conn.fetch(sql.open_times, site, asked.agents, bounds.begins, bounds.ends, now)
    if by is By.AGENT:
        agents = await _agents(conn, site, asked, by, bounds)
        rows = [(row["interval"], row["key"], *row[FIRST_SUM:]) for row in agents]
        return rows, [*_times(agents), *_open(opened, by)]
    rows = await _figures(conn, site, asked, by, bounds)
    if asked.agents is not None:
        times = _times(await _agents(conn, site, asked, by, bounds))
    else:
        everybody = await conn.fetch(sql.everybody, site, bounds.begins, bounds.ends)
        times = [(row["interval"], "", AgentTime(*row[1:])) for row in everybody]
    return rows, [*times, *_open(opened, by)]


async def _figures(conn: Connection, site: SiteId, asked: Asked, by: By, bounds: Bounds) -> list[Any]:
    query = sql.entries if by is By.AGENT or asked.agents is not None else sql.quarters
    period = asked.from_at, asked.to_at
    rows = await conn.fetch(query, site, *period, *asked.filters, by, bounds.begins, bounds.ends, CELLS_MAX + 1)
    return _checked(rows)


async def _agents(conn: Connection, site: SiteId, asked: Asked, by: By, bounds: Bounds) -> list[Any]:
    each, days = by is By.AGENT, bounds.days
    return _checked(
        await conn.fetch(sql.agents, site, asked.agents, each, bounds.begins, bounds.ends, *days, CELLS_MAX + 1)
    )


def _checked(rows: list[Any]) -> list[Any]:
    if len(rows) > CELLS_MAX:
        raise CallerError(
            "report_too_large",
            f"This report has more than {CELLS_MAX} cells: choose a longer interval or fewer rows.",
            limit=CELLS_MAX,
        )
    return rows


FIRST_TIME, FIRST_SUM = 2, 5  # places in a row of `agents`


def _times(agents: Iterable[Any]) -> list[Timed]:
    return [(row["interval"], row["key"], AgentTime(*row[FIRST_TIME:FIRST_SUM])) for row in agents]


def _open(rows: Iterable[Any], by: By) -> Iterable[Timed]:
    for row in rows:
        time = AgentTime()
        time.add(Doing(row["state"]), row["ms"])
        yield row["interval"], row["agent"] if by is By.AGENT else "", time


def _draw(frame: Frame, read: Read, names: Catalogue) -> Report:
    rows, times = read
    return drawn(frame, cells_of(rows, times, frame.by), titles(frame.by, names))


def _contact(row: Any, names: Catalogue) -> ReportContact:
    queue, agent = names.queues.get(QueueId(row["queue"])), names.agents.get(AgentId(row["agent"]))
    waited_until = row["answered_at"] or row["ended_at"]
    known = {name: row[name] for name in FROM_ROW}
    return ReportContact(
        **known,
        queue_title=queue.title if queue else row["queue"],
        agent_name=agent.name if agent else row["agent"],
        wait_s=(waited_until - row["entered_at"]) / 1000 if row["entered_at"] and waited_until else None,
        handle_s=row["handle_ms"] / 1000 if row["answered_at"] and row["ended_at"] else None,
    )


DERIVED = {"queue_title", "agent_name", "wait_s", "handle_s"}
FROM_ROW = tuple(name for name in ReportContact.__struct_fields__ if name not in DERIVED)


# ---- pages -------------------------------------------------------------------------------------


def _place(after: str) -> tuple[int | None, str | None, int | None]:
    if not after:
        return None, None, None
    at, _, rest = after.partition(".")
    contact, _, number = rest.rpartition(".")
    if not (at.isdigit() and number.isdigit() and contact and len(after) < 200):
        raise CallerError("after_wrong", "`after` is the `next` of the page before.")
    return int(at), contact, int(number)


def _next(row: Any) -> str:
    return f"{row['counted_at']}.{row['contact']}.{row['number']}"
