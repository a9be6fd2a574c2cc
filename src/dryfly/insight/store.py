"""The fold's rows in PostgreSQL: fetched by what a batch of events touches, written in the follower's transaction.

The fold keeps nothing in memory between batches, so a transaction that failed is simply worked on again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from typing import Any

from dryfly.floor.model import Presence, QueueId, SiteId
from dryfly.insight.fold import Book, is_folded
from dryfly.insight.model import Doing, Entry, Span, Sums
from dryfly.ledger import Recorded
from dryfly.platform.database import Connection
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "store.sql")

ENTRY_COLUMNS = tuple(field.name for field in fields(Entry))
SPAN_COLUMNS = tuple(field.name for field in fields(Span))


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
    for statement in (sql.forget_queues, sql.forget_entries, sql.forget_quarters, sql.forget_spans, sql.forget_times):
        await conn.execute(statement, site)


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
    times = [(site, *key, *astuple(time)) for key, time in book.agent_times.items()]
    figures = [(site, *key, *astuple(sums)) for key, sums in book.figures.items() if sums != Sums()]
    for statement, rows in (
        (sql.put_promise, promises),
        (sql.put_entry, _rows(site, [*book.ended_entries, *book.entries.values()])),
        (sql.put_span, _rows(site, [*book.ended_spans, *book.spans.values()])),
        (sql.add_time, times),
        (sql.add_figures, figures),
    ):
        if rows:
            await conn.executemany(statement, rows)


def _rows(site: SiteId, rows: Iterable[Entry | Span]) -> list[tuple[Any, ...]]:
    return [(site, *astuple(row)) for row in rows]


def _entry(row: Any) -> Entry:
    return Entry(**{name: row[name] for name in ENTRY_COLUMNS})


def _span(row: Any) -> Span:
    span = Span(**{name: row[name] for name in SPAN_COLUMNS})
    span.state, span.presence = Doing(span.state), Presence(span.presence)
    return span
