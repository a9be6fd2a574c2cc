"""The journal in PostgreSQL: who may write it, appending to it, reading it.

Two things make sure that a site has one writer. The connection that appends holds an advisory lock, so a
second process waits as a standby and takes over the moment the first is gone. And each append checks, in
the same statement, the epoch that its writer was given: a writer that was taken for dead and is not writes
nothing, whatever it believes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
import msgspec

from dryfly.floor.model import ContactId, SiteId
from dryfly.ledger.codec import JournalEvent, decode_event
from dryfly.ledger.model import Actor, CommandId, CommandRefused, Receipt, Recorded, Refused, Words, WordTable
from dryfly.ledger.receipts import Answer
from dryfly.platform.errors import CallerError
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "store.sql")

JOURNAL_COLUMNS = {
    "seq": "bigint",
    "at": "bigint",
    "kind": "text",
    "version": "smallint",
    "command": "text",
    "command_hash": "bigint",
    "actor": "text",
    "cause": "bigint",
    "contact": "text",
    "body": "text",
}
JournalRow = tuple[int, int, str, int, str, int, str, int | None, str | None, str]
WordRow = tuple[int, int, Words]  # seq, at, words


class FencedOff(Exception):
    """Another writer holds a newer epoch of this site: nothing was written."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    seq: int
    at: int
    digest: str
    state: bytes


class Shelf:
    """Which words lie where: one table a class of `Words`."""

    def __init__(self, tables: Sequence[WordTable]) -> None:
        self.tables = {table.words: table for table in tables}

    def columns_of(self, words: type[Words], rows: list[WordRow]) -> list[list[Any]]:
        """The rows of one class as columns: seq, at, then the class's own."""
        names = list(self.tables[words].columns)
        picked = [row for row in rows if type(row[2]) is words]
        return [[row[0] for row in picked], [row[1] for row in picked]] + [
            [getattr(row[2], name) for row in picked] for name in names
        ]


def append_statement(tables: Sequence[WordTable]) -> str:
    """Fence, journal and words in one statement. Parameters: site, epoch, the journal's columns, each table's."""
    place = 3
    parts = []
    for name, columns, table in [
        ("journaled", JOURNAL_COLUMNS, None),
        *((f"words_{i}", {"seq": "bigint", "at": "bigint", **t.columns}, t) for i, t in enumerate(tables)),
    ]:
        arrays = ", ".join(f"${place + i}::{kind}[]" for i, kind in enumerate(columns.values()))
        place += len(columns)
        parts.append(_insert(name, columns, table.table if table else "journal", arrays, with_epoch=table is None))
    return (
        "with fence as materialized (select epoch from lease where site = $1 and epoch = $2 for share),\n"
        + ",\n".join(parts)
        + "\nselect count(*)::int from journaled"
    )


def _insert(name: str, columns: dict[str, str], table: str, arrays: str, *, with_epoch: bool) -> str:
    values = [
        "timestamptz 'epoch' + r.at * interval '1 millisecond'"
        if c == "at"
        else ("r.body::json" if c == "body" and with_epoch else f"r.{c}")
        for c in columns
    ]
    epoch, fenced = ("epoch, ", "fence.epoch, ") if with_epoch else ("", "")
    return (
        f"{name} as (insert into {table} (site, {epoch}{', '.join(columns)}) "
        f"select $1, {fenced}{', '.join(values)} from fence, unnest({arrays}) as r({', '.join(columns)}) returning 1)"
    )


class Journal:
    """The one connection that appends to a site's journal."""

    def __init__(self, connection: asyncpg.Connection, site: SiteId, epoch: int, shelf: Shelf) -> None:
        self._connection = connection
        self._site = site
        self._shelf = shelf
        self._statements: dict[
            frozenset[type[Words]], tuple[asyncpg.prepared_stmt.PreparedStatement, list[type[Words]]]
        ] = {}
        self.epoch = epoch

    @classmethod
    async def take(cls, url: str, site: SiteId, shelf: Shelf) -> "Journal":
        """Waits until no other process writes this site, then begins a new epoch."""
        connection = await asyncpg.connect(
            url, server_settings={"dryfly.site": site, "application_name": f"dryfly-writer-{site}"}
        )
        try:
            await connection.execute(sql.lock_writer, site, timeout=None)
            epoch = await connection.fetchval(sql.begin_epoch, site)
            await connection.execute(sql.ensure_partitions)
        except BaseException:
            connection.terminate()
            raise
        return cls(connection, site, epoch, shelf)

    async def append(self, rows: list[JournalRow], words: list[WordRow]) -> None:
        """All of it, durably, or nothing. FencedOff: another writer took over."""
        kinds = frozenset(type(row[2]) for row in words)
        statement, order = self._statements.get(kinds) or await self._prepare(kinds)
        columns: list[Any] = [list(column) for column in zip(*rows, strict=True)]
        for kind in order:
            columns.extend(self._shelf.columns_of(kind, words))
        written = await statement.fetchval(self._site, self.epoch, *columns)
        if written != len(rows):
            raise FencedOff(f"epoch {self.epoch} of site {self._site} is over")

    async def _prepare(
        self, kinds: frozenset[type[Words]]
    ) -> tuple[asyncpg.prepared_stmt.PreparedStatement, list[type[Words]]]:
        order = [kind for kind in self._shelf.tables if kind in kinds]
        assert len(order) == len(kinds), "words of a class that no room registered"
        statement = await self._connection.prepare(append_statement([self._shelf.tables[kind] for kind in order]))
        self._statements[kinds] = (statement, order)
        return statement, order

    async def newest_snapshot(self) -> Snapshot | None:
        row = await self._connection.fetchrow(sql.newest_snapshot, self._site)
        return Snapshot(row["seq"], row["at"], row["digest"], row["state"]) if row else None

    async def tail(self, after: int, limit: int) -> list[tuple[int, int, JournalEvent, CommandId, int]]:
        """(seq, at, event, command, command_hash) after a number, in order."""
        rows = await self._connection.fetch(sql.tail, self._site, after, limit)
        return [
            (r["seq"], r["at"], decode_event(r["kind"], r["version"], r["body"]), r["command"], r["command_hash"])
            for r in rows
        ]

    async def recent(self, since_at: int) -> list[tuple[int, int, JournalEvent | None, CommandId, int]]:
        """Like `tail`, for the rows after an instant, to know the newest commands; events only where refused."""
        rows = await self._connection.fetch(sql.recent_commands, self._site, since_at)
        return [
            (
                r["seq"],
                r["at"],
                decode_event(r["kind"], r["version"], r["body"]) if r["body"] else None,
                r["command"],
                r["command_hash"],
            )
            for r in rows
        ]

    async def records(self, after: int, limit: int) -> list[Recorded]:
        return await read_records(self._connection, self._site, self._shelf, after, limit)

    async def find(self, command: CommandId) -> Answer | None:
        return await find_command(self._connection, self._site, command)

    async def save_snapshot(self, snapshot: Snapshot) -> None:
        await self._connection.execute(
            sql.save_snapshot, self._site, self.epoch, snapshot.seq, snapshot.at, snapshot.digest, snapshot.state
        )

    @property
    def is_closed(self) -> bool:
        return self._connection.is_closed()

    async def close(self) -> None:
        """Gives the writer's lock back."""
        try:
            await self._connection.close(timeout=5)
        except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            self._connection.terminate()

    def terminate(self) -> None:
        self._connection.terminate()


async def find_command(connection: Any, site: SiteId, command: CommandId) -> Answer | None:
    """What a command came to, from the journal; None where it never came through."""
    rows = await connection.fetch(sql.find_command, site, command)
    if not rows:
        return None
    last = rows[-1]
    return Answer(
        Receipt(rows[0]["seq"], last["seq"], last["at"]),
        last["command_hash"],
        refusal_of(decode_event(last["kind"], last["version"], last["body"])),
    )


def refusal_of(event: JournalEvent | None) -> CallerError | None:
    return Refused.by(event.code, event.values) if isinstance(event, CommandRefused) else None


async def read_records(connection: Any, site: SiteId, shelf: Shelf, after: int, limit: int) -> list[Recorded]:
    """The durable history after a number, with its words, oldest first."""
    rows = await connection.fetch(sql.records, site, after, limit)
    if not rows:
        return []
    words: dict[int, list[Words]] = {}
    contacts = list({row["contact"] for row in rows if row["contact"]})
    for kind, table in shelf.tables.items():
        query = (
            f"select seq, {', '.join(table.columns)} from {table.table} "
            "where site = $1 and contact = any($2) and seq > $3 and seq <= $4"
        )
        for row in await connection.fetch(query, site, contacts, after, rows[-1]["seq"]):
            words.setdefault(row["seq"], []).append(
                msgspec.convert({c: row[c] for c in table.columns}, kind, strict=False)
            )
    return [_recorded(row, tuple(words.get(row["seq"], ()))) for row in rows]


def _recorded(row: Any, words: tuple[Words, ...]) -> Recorded:
    event = decode_event(row["kind"], row["version"], row["body"])
    return Recorded(
        row["seq"],
        row["at"],
        event,
        Actor(row["actor"]),
        row["command"],
        row["contact"],
        row["cause"],
        words,
    )


async def read_story(connection: Any, site: SiteId, contact: ContactId, until: int, limit: int = 500) -> list[Recorded]:
    """The newest events of one contact up to a number, oldest first, without their words."""
    rows = await connection.fetch(sql.story, site, contact, until, limit)
    return [_recorded(row, ()) for row in reversed(rows)]


async def read_events(
    connection: Any, site: SiteId, contact: ContactId, kinds: Sequence[type], after: int, before: int, limit: int
) -> list[Recorded]:
    """The newest events of these kinds between two numbers, oldest first, without their words."""
    names = [kind.__name__ for kind in kinds]
    rows = await connection.fetch(sql.events_of, site, contact, names, after, before, limit)
    return [_recorded(row, ()) for row in reversed(rows)]
