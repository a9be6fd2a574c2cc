"""Streams rows out of a source, a batch at a time, and opens nothing that it could change.

A row that cannot be read comes along with its fault instead of its values. What stops the whole source (a file that
is not there, a query that fails) is an error that says what to do.
"""

import asyncio
import csv
import os
import re
import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg
import msgspec

from dryfly.customers.mapping import (
    CsvFile,
    JsonFile,
    ParquetFile,
    PostgresDatabase,
    Source,
    SqliteFile,
)
from dryfly.platform.errors import CallerError, PeerError

BATCH_ROWS = 2_000
CONNECT_TIMEOUT_S = 20
_JSON = msgspec.json.Decoder(float_hook=Decimal)
_JSON_ROWS = msgspec.json.Decoder(list[msgspec.Raw] | dict[str, msgspec.Raw])


@dataclass(frozen=True, slots=True)
class SourceRow:
    """`number` counts from 1 (in CSV: the line). A row with a `fault` has what could be read of it as `values`."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    fault: str = ""


Batch = list[SourceRow]


class Rows:
    """One entity's rows. `columns` are known beforehand only where the source declares them."""

    def __init__(self, columns: list[str] | None, batches: AsyncIterator[Batch]) -> None:
        self.columns = columns
        self._batches = batches
        self._first: Batch | None = None

    async def sample(self) -> Batch:
        """The first batch, which stays to be read."""
        if self._first is None:
            self._first = await anext(self._batches, None) or []
        return self._first

    async def batches(self) -> AsyncIterator[Batch]:
        if first := await self.sample():
            yield first
        async for batch in self._batches:
            yield batch


class Sources:
    """Sources by name, opened when first asked for. A database is read in one snapshot.

    Use as `async with Sources(mapping.sources) as sources`.
    """

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._stack = AsyncExitStack()
        self._databases: dict[str, asyncpg.Connection[asyncpg.Record]] = {}

    async def __aenter__(self) -> "Sources":
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._stack.aclose()

    async def rows(self, name: str, table: str | None = None, query: str | None = None) -> Rows:
        """The rows of a file, or of a database's table or query."""
        source = self._sources[name]
        query = query or _select_all(table or "")
        if isinstance(source, PostgresDatabase):
            return await _postgres_rows(await self._database(name, source), name, query)
        return await asyncio.to_thread(self._file_rows, name, source, query)

    def _file_rows(self, name: str, source: Source, query: str) -> Rows:
        assert not isinstance(source, PostgresDatabase)
        path = real_path(name, source.path)
        match source:
            case JsonFile():
                return Rows(None, _in_thread(_json_lines(path) if path.suffix == ".jsonl" else _json_rows(name, path)))
            case CsvFile():
                return _csv_rows(name, path, source)
            case ParquetFile():
                return _parquet_rows(name, path)
            case SqliteFile():
                return self._sqlite_rows(name, path, query)

    def _sqlite_rows(self, name: str, path: Path, query: str) -> Rows:
        try:
            connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, check_same_thread=False)
            connection.text_factory = _loose_text
            self._stack.callback(connection.close)
            cursor = connection.execute(query)
        except sqlite3.Error as error:
            raise _failed_query(name, error) from error
        columns = [column[0] for column in cursor.description or ()]
        return Rows(columns, _in_thread(_numbered(columns, cursor)))

    async def _database(self, name: str, source: PostgresDatabase) -> "asyncpg.Connection[asyncpg.Record]":
        if name not in self._databases:
            connection = await _connect(name, source)
            self._stack.push_async_callback(connection.close)
            await connection.execute("begin transaction isolation level repeatable read read only")
            self._databases[name] = connection
        return self._databases[name]


def real_path(name: str, path: str) -> Path:
    """The path with `${NAME}` filled in from the environment; refused if it leads to no file."""
    for variable in re.findall(r"\$\{(\w+)\}", path):
        if variable not in os.environ:
            text = f"The path of source `{name}` needs the environment variable {variable}: set it."
            raise CallerError("source_unreadable", text, source=name)
    found = Path(re.sub(r"\$\{(\w+)\}", lambda m: os.environ[m[1]], path))
    if not found.is_file():
        raise CallerError("source_unreadable", f"Source `{name}`: there is no file {found}.", source=name)
    return found


def _select_all(table: str) -> str:
    """`table` may name its schema before a dot."""
    return "select * from " + ".".join('"' + part.replace('"', '""') + '"' for part in table.split("."))


def _failed_query(name: str, error: Exception) -> CallerError:
    text = f"Source `{name}` refuses the query: {error}. Correct `table:` or `query:` in the mapping."
    return CallerError("source_query_failed", text, source=name)


async def _in_thread(rows: Iterator[SourceRow]) -> AsyncIterator[Batch]:
    """Reads files beside the event loop."""
    while batch := await asyncio.to_thread(lambda: list(islice(rows, BATCH_ROWS))):
        yield batch


# ---- files --------------------------------------------------------------------------------------


def _json_rows(name: str, path: Path) -> Iterator[SourceRow]:
    try:
        whole = _JSON_ROWS.decode(path.read_bytes())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        text = f"Source `{name}` is no JSON list and no JSON object: {error}."
        raise CallerError("source_unreadable", text, source=name) from error
    keyed: Iterable[tuple[str | None, msgspec.Raw]]
    keyed = whole.items() if isinstance(whole, dict) else ((None, raw) for raw in whole)
    for number, (key, raw) in enumerate(keyed, 1):
        yield _json_row(number, raw, key)


def _json_lines(path: Path) -> Iterator[SourceRow]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _json_row(number, line)


def _json_row(number: int, raw: bytes | msgspec.Raw, key: str | None = None) -> SourceRow:
    keyed = {} if key is None else {"$key": key}
    try:
        value = _JSON.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return SourceRow(number, {**keyed, "": bytes(raw).decode("utf-8", "replace")}, f"is no JSON: {error}")
    if not isinstance(value, dict):
        return SourceRow(number, {**keyed, "": value}, "is no object")
    return SourceRow(number, value | keyed)


def _csv_rows(name: str, path: Path, source: CsvFile) -> Rows:
    try:
        with path.open(encoding=source.encoding, newline="", errors="surrogateescape") as file:
            columns = next(csv.reader(file, delimiter=source.delimiter), [])
    except (LookupError, csv.Error, UnicodeDecodeError) as error:
        raise CallerError("source_unreadable", f"Source `{name}` is no readable CSV: {error}.", source=name) from error
    return Rows([column.strip() for column in columns], _in_thread(_csv_lines(path, source)))


def _csv_lines(path: Path, source: CsvFile) -> Iterator[SourceRow]:
    with path.open(encoding=source.encoding, newline="", errors="surrogateescape") as file:
        reader = csv.reader(file, delimiter=source.delimiter)
        columns = [column.strip() for column in next(reader, [])]
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield SourceRow(reader.line_num, {}, f"is no CSV: {error}")
                continue
            if cells:
                yield _csv_row(reader.line_num, columns, cells)


def _csv_row(number: int, columns: list[str], cells: list[str]) -> SourceRow:
    values = {column: cell.strip() or None for column, cell in zip(columns, cells, strict=False)}
    if len(cells) != len(columns):
        return SourceRow(number, values, f"has {len(cells)} cells, the header has {len(columns)}")
    return SourceRow(number, values, "" if _clean(cells) else "holds bytes that are no text of this encoding")


def _clean(values: Iterable[object]) -> bool:
    return not any(isinstance(v, str) and not v.isascii() and re.search("[\ud800-\udfff]", v) for v in values)


def _parquet_rows(name: str, path: Path) -> Rows:
    import duckdb  # heavy: only who has Parquet files pays

    connection = duckdb.connect()
    try:
        cursor = connection.execute("select * from read_parquet($1)", [str(path)])
    except duckdb.Error as error:
        raise CallerError("source_unreadable", f"Source `{name}` is no Parquet file: {error}.", source=name) from error
    columns = [column[0] for column in cursor.description or ()]
    return Rows(columns, _in_thread(_fetched(columns, connection)))


def _fetched(columns: list[str], connection: Any) -> Iterator[SourceRow]:
    with closing(connection):
        rows = iter(lambda: connection.fetchmany(BATCH_ROWS), [])
        yield from _numbered(columns, (row for batch in rows for row in batch))


# ---- databases ----------------------------------------------------------------------------------


def _loose_text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _numbered(columns: list[str], rows: Iterable[tuple[object, ...]]) -> Iterator[SourceRow]:
    for number, row in enumerate(rows, 1):
        values = dict(zip(columns, row, strict=True))
        yield SourceRow(number, values, "" if _clean(row) else "holds bytes that are no UTF-8 text")


async def _connect(name: str, source: PostgresDatabase) -> "asyncpg.Connection[asyncpg.Record]":
    url = os.environ.get(source.url_env)
    if not url:
        text = f"Source `{name}` needs the environment variable {source.url_env}: set it to the database's address."
        raise CallerError("source_unreadable", text, source=name)
    try:
        connection = await asyncpg.connect(url, timeout=CONNECT_TIMEOUT_S)
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        # the address may hold a password: tell the kind of error, not its text
        raise PeerError("source_unreachable", f"Source `{name}` does not answer ({type(error).__name__}).") from None
    for type_name in ("json", "jsonb"):
        await connection.set_type_codec(type_name, schema="pg_catalog", encoder=str, decoder=_JSON.decode)
    return connection


async def _postgres_rows(connection: "asyncpg.Connection[asyncpg.Record]", name: str, query: str) -> Rows:
    try:
        statement = await connection.prepare(query)
    except asyncpg.PostgresError as error:
        raise _failed_query(name, error) from error
    return Rows([attribute.name for attribute in statement.get_attributes()], _postgres_batches(statement, name))


async def _postgres_batches(statement: Any, name: str) -> AsyncIterator[Batch]:
    number = 0
    try:
        cursor = await statement.cursor()
        while records := await cursor.fetch(BATCH_ROWS):
            yield [SourceRow(number + i, dict(record)) for i, record in enumerate(records, 1)]
            number += len(records)
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise _failed_query(name, error) from error
