"""The fold's rows in PostgreSQL: fetched by what a batch of events touches, written in the follower's transaction.

The fold keeps nothing in memory between batches, so a transaction that failed is simply worked on again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from typing import Any

from dryfly.floor.model import Presence, QueueId, SiteId
from dryfly.insight.fold import AgentKey, AgentTime, Book, is_folded
from dryfly.insight.model import DAY_MS, QUARTER_MS, Doing, Entry, Span, Sums
from dryfly.insight.sums import NAMES, added, places
from dryfly.ledger import Recorded
from dryfly.platform.database import Connection
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "store.sql", names=NAMES, added=added(), places_from_6=places(6), places_from_7=places(7))

ENTRY_COLUMNS = tuple(field.name for field in fields(Entry))
SPAN_COLUMNS = tuple(field.name for field in fields(Span))
TABLES = (
    "report_queue", "report_entry", "report_quarter", "report_span", "report_agent_quarter", "report_agent_day",
    "report_time_quarter",
)  # fmt: skip


def counts(recorded: Recorded) -> bool:
    return is_folded(recorded.event)


async def fold_reports(site: SiteId, conn: Connection, records: Sequence[Recorded]) -> None:
    """Keeps the tables of reports: work of a durable follower."""
    if not records:
        return
    book = await _open(site, conn, records)
    for recorded in records:
        book.add(recorded.event, recorded.at)
    book.settle()
    await _write(site, conn, book)


async def forget_reports(site: SiteId, conn: Connection) -> None:
    """Empties the tables. The follower, sent back to number 0, fills them again with the same rows."""
    for table in TABLES:
        await conn.execute(sql.forget.replace("{table}", table), site)


async def _open(site: SiteId, conn: Connection, records: Sequence[Recorded]) -> Book:
    contacts = list({recorded.contact for recorded in records if recorded.contact})
    entries = {row["contact"]: _entry(row) for row in await conn.fetch(sql.newest_entries, site, contacts)}
    agents = {agent for recorded in records if (agent := getattr(recorded.event, "agent", None))}
    agents |= {entry.serving for entry in entries.values() if entry.serving}
    spans = {row["agent"]: _span(row) for row in await conn.fetch(sql.open_spans, site, list(agents))}
    promises = {
        QueueId(row["queue"]): (row["service_level_s"], row["short_abandon_s"])
        for row in await conn.fetch(sql.promises, site)
    }
    return Book(promises, entries, spans)


async def _write(site: SiteId, conn: Connection, book: Book) -> None:
    promises = [(site, queue, *promise) for queue, promise in book.promises.items()]
    everybody = {quarter: AgentTime() for quarter, _ in book.agent_times}
    for (quarter, _), time in book.agent_times.items():
        everybody[quarter].plus(time)
    figures = [(site, *key, *astuple(sums)) for key, sums in book.figures.items() if sums != Sums()]
    for statement, rows in (
        (sql.put_promise, promises),
        (sql.put_entry, _rows(site, [*book.ended_entries, *book.entries.values()])),
        (sql.put_span, _rows(site, [*book.ended_spans, *book.spans.values()])),
        (sql.add_figures, figures),
        (sql.add_agent.replace("{table}", "report_agent_quarter"), _agent_rows(site, book, QUARTER_MS)),
        (sql.add_agent.replace("{table}", "report_agent_day"), _agent_rows(site, book, DAY_MS)),
        (sql.add_time, [(site, quarter, *astuple(time)) for quarter, time in everybody.items()]),
    ):
        if rows:
            await conn.executemany(statement, rows)


def _agent_rows(site: SiteId, book: Book, length_ms: int) -> list[tuple[Any, ...]]:
    """What changes in the rows of agents, by quarters of an hour or by days."""
    times, figures = dict[AgentKey, AgentTime](), dict[AgentKey, Sums]()
    for (quarter, agent), time in book.agent_times.items():
        times.setdefault((quarter - quarter % length_ms, agent), AgentTime()).plus(time)
    for (quarter, agent), sums in book.agent_figures.items():
        figures.setdefault((quarter - quarter % length_ms, agent), Sums()).add(sums)
    changes = {
        key: (*astuple(times.get(key, AgentTime())), *astuple(figures.get(key, Sums())))
        for key in times.keys() | figures.keys()
    }
    return [(site, *key, *change) for key, change in changes.items() if any(change)]


def _rows(site: SiteId, rows: Iterable[Entry | Span]) -> list[tuple[Any, ...]]:
    return [(site, *astuple(row)) for row in rows]


def _entry(row: Any) -> Entry:
    return Entry(**{name: row[name] for name in ENTRY_COLUMNS})


def _span(row: Any) -> Span:
    span = Span(**{name: row[name] for name in SPAN_COLUMNS})
    span.state, span.presence = Doing(span.state), Presence(span.presence)
    return span
