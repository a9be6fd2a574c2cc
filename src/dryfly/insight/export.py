"""Reports as files: CSV for tables, Parquet for everything that counts.

What a spreadsheet would take for a formula is written as text. Parquet is made by DuckDB from typed columns, in a
thread, within a stated memory.
"""

import asyncio
import csv
import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from dryfly.floor.model import SiteId
from dryfly.insight.reports import BEHIND, Asked, Reports
from dryfly.insight.reports import sql as queries
from dryfly.insight.words import Figures, Measure, Report
from dryfly.platform.errors import CallerError

ROWS_MAX = 1_000_000
MEMORY_LIMIT = "256MB"
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")  # OWASP "CSV injection"

Row = Sequence[str | int | float | None]


class Format(StrEnum):
    CSV = "csv"
    PARQUET = "parquet"


class What(StrEnum):
    FIGURES = "figures"
    CONTACTS = "contacts"


MEDIA_TYPES = {Format.CSV: "text/csv; charset=utf-8", Format.PARQUET: "application/vnd.apache.parquet"}

REPORT_COLUMNS = {"from": "TIMESTAMPTZ", "to": "TIMESTAMPTZ", "id": "VARCHAR", "title": "VARCHAR"} | {
    name: "BIGINT" if name.endswith("_count") else "DOUBLE" for name in Figures.__struct_fields__
}
CONTACT_COLUMNS = {
    "contact": "VARCHAR", "number": "INTEGER", "channel": "VARCHAR", "need": "VARCHAR", "queue": "VARCHAR",
    "arrived_at": "TIMESTAMPTZ", "entered_at": "TIMESTAMPTZ", "answered_at": "TIMESTAMPTZ", "agent": "VARCHAR",
    "is_within": "BOOLEAN", "ended_at": "TIMESTAMPTZ", "ending": "VARCHAR", "is_short": "BOOLEAN",
    "disposition": "VARCHAR", "handle_ms": "BIGINT",
}  # fmt: skip


class Exported(msgspec.Struct, frozen=True):
    name: str
    media_type: str
    content: bytes


def guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_BEGINS) else text


# ---- figures -----------------------------------------------------------------------------------


async def export_report(report: Report, zone: ZoneInfo, format: Format) -> Exported:
    content = await asyncio.to_thread(_report_file, report, zone, format)
    return Exported(_name(f"report-by-{report.by}", report.from_at, zone, format), MEDIA_TYPES[format], content)


def _report_file(report: Report, zone: ZoneInfo, format: Format) -> bytes:
    rows = _report_rows(report, zone)
    if format is Format.CSV:
        return _csv(REPORT_COLUMNS, ([guarded(v) if isinstance(v, str) else v for v in row] for row in rows))
    with tempfile.TemporaryDirectory(prefix="dryfly-export-") as folder:
        path = Path(folder) / "report.csv"
        path.write_bytes(_csv(REPORT_COLUMNS, rows))
        return _parquet(path, REPORT_COLUMNS)


def _report_rows(report: Report, zone: ZoneInfo) -> Iterable[Row]:
    ends = [*report.intervals[1:], report.to_at]
    for cell in report.cells:
        group = report.groups[cell.group]
        begin, end = (_local(at, zone) for at in (report.intervals[cell.interval], ends[cell.interval]))
        yield [begin, end, group.id, group.title, *msgspec.structs.astuple(cell.figures)]


def _local(at: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at / 1000, zone).isoformat()


def _csv(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()


# ---- contacts ----------------------------------------------------------------------------------


async def export_contacts(reports: Reports, site: SiteId, asked: Asked, measure: Measure, format: Format) -> Exported:
    """Ids only, no names. Raises CallerError `export_too_large`."""
    with tempfile.TemporaryDirectory(prefix="dryfly-export-") as folder:
        path = Path(folder) / "contacts.csv"
        await _copy_contacts(reports, site, asked, _contacts_query(measure, format), path)
        content = await asyncio.to_thread(_contacts_file, path, format)
    return Exported(_name(f"contacts-{measure}", asked.from_at, asked.zone, format), MEDIA_TYPES[format], content)


async def _copy_contacts(reports: Reports, site: SiteId, asked: Asked, query: str, path: Path) -> None:
    async with reports.exporting.reading(site) as conn:
        told = await conn.copy_from_query(
            query, site, asked.from_at, asked.to_at, *asked.filters, ROWS_MAX + 1,
            output=path, format="csv", header=True,
        )  # fmt: skip
    if int(told.split()[-1]) > ROWS_MAX:
        raise CallerError("export_too_large", f"At most {ROWS_MAX} contacts: export a shorter period.", limit=ROWS_MAX)


def _contacts_query(measure: Measure, format: Format) -> str:
    columns = ", ".join(_column(name, kind, format) for name, kind in CONTACT_COLUMNS.items())
    return queries.export_contacts.replace("{columns}", columns).replace("{condition}", BEHIND[measure])


def _column(name: str, kind: str, format: Format) -> str:
    column = f"report_entry.{name}"
    if kind == "TIMESTAMPTZ":
        return f'to_char({column}, \'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"\') as {name}'
    if kind == "VARCHAR" and format is Format.CSV:
        return rf"regexp_replace({column}, '^([=+@\t\r\n-])', '''\1') as {name}"
    return column


def _contacts_file(path: Path, format: Format) -> bytes:
    return path.read_bytes() if format is Format.CSV else _parquet(path, CONTACT_COLUMNS)


# ---- Parquet -----------------------------------------------------------------------------------


def _parquet(path: Path, columns: Mapping[str, str]) -> bytes:
    """The table in a CSV file, as Parquet."""
    import duckdb  # heavy: only who exports pays

    target = path.with_suffix(".parquet")
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    connection = duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "threads": 1, "temp_directory": str(path.parent)})
    try:
        connection.execute(
            f"copy (select * from read_csv('{path}', header = true, auto_detect = false, delim = ',', quote = '\"', "
            f"escape = '\"', columns = {{{types}}})) to '{target}' (format parquet, compression zstd)"
        )
    finally:
        connection.close()
    return target.read_bytes()


def _name(what: str, from_at: int, zone: ZoneInfo, format: Format) -> str:
    return f"{what}-{datetime.fromtimestamp(from_at / 1000, zone).date().isoformat()}.{format}"
