"""The same people, out of every kind of source."""

import csv
import json
import sqlite3
from decimal import Decimal
from pathlib import Path

import asyncpg
import pytest

from dryfly.customers.image import Customers
from dryfly.customers.mapping import Mapping
from dryfly.customers.mapping_file import parse_mapping, read_mapping
from dryfly.customers.model import AGENT_SIGHT, Evidence, Identifier, IdentifierKind, IdentityLevel, Record
from dryfly.customers.refresh import image_rejects, refresh
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError, PeerError
from tests.customers.conftest import NOW, ROOT, SITE

ROWS = [
    (1, "Ann Lee", "ann@example.com", 1.98),
    (2, "Bo Ek", "bo@example.com", 0.1),
    (3, "Cy Ōe", "cy@example.com", 51.0),
]
MAPPING = """
name: people
currency: EUR
sources: {people: SOURCE}
customers:
  source: people
  TABLE
  key: id
  name: {parts: [name]}
  identifiers: [{kind: email, from: mail}]
profile:
  - {key: owed, label: Owed, from: owed, type: money}
"""


def mapping_of(source: str, table: str = "", folder: Path | None = None) -> Mapping:
    return parse_mapping(MAPPING.replace("SOURCE", source).replace("TABLE", table), folder=folder)


def as_objects() -> list[dict[str, object]]:
    return [dict(zip(("id", "name", "mail", "owed"), row, strict=True)) for row in ROWS]


def write_json_list(folder: Path) -> Mapping:
    (folder / "p.json").write_text(json.dumps(as_objects()))
    return mapping_of("{type: json, path: p.json}", folder=folder)


def write_json_lines(folder: Path) -> Mapping:
    (folder / "p.jsonl").write_text("\n".join(json.dumps(row) for row in as_objects()))
    return mapping_of("{type: json, path: p.jsonl}", folder=folder)


def write_csv(folder: Path) -> Mapping:
    with (folder / "p.csv").open("w", encoding="cp1252", errors="replace", newline="") as file:
        csv.writer(file, delimiter=";").writerows([("id", "name", "mail", "owed"), *ROWS])
    return mapping_of("{type: csv, path: p.csv, delimiter: ';', encoding: cp1252}", folder=folder)


def write_parquet(folder: Path) -> Mapping:
    duckdb = pytest.importorskip("duckdb")
    values = ", ".join(map(str, ROWS))
    path = folder / "p.parquet"
    duckdb.sql(f"copy (select * from (values {values}) t(id, name, mail, owed)) to '{path}' (format parquet)")
    return mapping_of("{type: parquet, path: p.parquet}", folder=folder)


def write_sqlite(folder: Path) -> Mapping:
    with sqlite3.connect(folder / "p.db") as connection:
        connection.execute("create table people (id integer, name text, mail text, owed real)")
        connection.executemany("insert into people values (?, ?, ?, ?)", ROWS)
    connection.close()
    return mapping_of("{type: sqlite, path: p.db}", "table: people", folder)


@pytest.mark.parametrize("write", [write_json_list, write_json_lines, write_csv, write_parquet, write_sqlite])
async def test_each_kind_of_file_gives_the_same_people(db: Database, tmp_path: Path, write: object) -> None:
    assert callable(write)
    report = await refresh(db, SITE, write(tmp_path), now=NOW)
    assert (report.customers_count, report.rejected) == (3, {})
    owed = []
    for _, _, mail, _ in ROWS:
        (match,) = await Customers(db).find(SITE, Identifier(IdentifierKind.EMAIL, mail))
        profile = await Customers(db).profile(SITE, match.customer, AGENT_SIGHT)
        assert profile is not None
        owed.append(profile.fields[0].text)
    assert owed == ["1.98 EUR", "0.10 EUR", "51.00 EUR"]


async def test_a_broken_line_of_json_is_kept_aside(db: Database, tmp_path: Path) -> None:
    mapping = write_json_lines(tmp_path)
    with (tmp_path / "p.jsonl").open("ab") as file:
        file.write(b'\n{"id": 4, "name": \n\xff\xfe\n[5]\n' + b"[" * 100_000)
    assert (await refresh(db, SITE, mapping, now=NOW)).rejected == {"rows": 4}
    assert [(r.row_number, r.reason[:10]) for r in await image_rejects(db, SITE)] == [
        (4, "is no JSON"),
        (5, "is no JSON"),
        (6, "is no obje"),
        (7, "is no JSON"),
    ]


async def test_bytes_that_are_no_text_are_kept_aside(db: Database, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes(
        b"id,name,mail,owed\n1,Ann \xff,a@example.com,1\n2,Z\x00ero,z@example.com,1\n3,Bo,b@x.org,1\n"
    )
    mapping = mapping_of("{type: csv, path: p.csv}", folder=tmp_path)
    report = await refresh(db, SITE, mapping, now=NOW)
    reasons = [r.reason for r in await image_rejects(db, SITE)]
    assert reasons[0] == "holds bytes that are no text of this encoding"
    assert report.customers_count + report.rejected["rows"] == 3


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("p.json", b'[{"id": 1}', "json"), ("p.json", b"7", "json"), ("p.parquet", b"PAR1", "parquet")],
)
async def test_a_file_broken_as_a_whole_is_refused(
    db: Database, tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CallerError) as refused:
        await refresh(db, SITE, mapping_of(f"{{type: {kind}, path: {name}}}", folder=tmp_path), now=NOW)
    assert refused.value.code == "source_unreadable"


async def test_a_query_that_fails_or_would_write_is_refused(db: Database, tmp_path: Path) -> None:
    write_sqlite(tmp_path)
    for query in ("table: persons", "query: select nothing from people", "query: delete from people returning *"):
        with pytest.raises(CallerError) as refused:
            await refresh(db, SITE, mapping_of("{type: sqlite, path: p.db}", query, tmp_path), now=NOW)
        assert refused.value.code == "source_query_failed"


async def test_a_database_needs_its_address(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    mapping = mapping_of("{type: postgres, url_env: CRM_URL}", "table: people")
    monkeypatch.delenv("CRM_URL", raising=False)
    with pytest.raises(CallerError, match="environment variable CRM_URL"):
        await refresh(db, SITE, mapping, now=NOW)
    monkeypatch.setenv("CRM_URL", "postgresql://u:hunter2@127.0.0.1:1/crm")
    with pytest.raises(PeerError) as failed:
        await refresh(db, SITE, mapping, now=NOW)
    assert "hunter2" not in str(failed.value)


# ---- the music shop, once from SQLite and once from PostgreSQL ----------------------------------


@pytest.fixture
async def chinook_postgres(database_url: str, datasets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shop's own dump, in a schema of its own beside ours."""
    dump = (datasets / "chinook" / "Chinook_PostgreSql.sql").read_text(encoding="utf-8")
    tables = dump[dump.index("CREATE TABLE") :]
    connection = await asyncpg.connect(database_url)
    await connection.execute("create schema chinook; set search_path to chinook")
    await connection.execute(tables)
    await connection.close()
    monkeypatch.setenv("CHINOOK_URL", database_url)


async def all_invoices(db: Database, site: str) -> list[list[Record]]:
    customers, found = Customers(db), []
    for number in range(1, 60):
        (match,) = await customers.find(site, Identifier(IdentifierKind.ACCOUNT, str(number)))
        page = await customers.records(site, match.customer, level=AGENT_SIGHT)
        found.append(list(page.records))
    return found


@pytest.mark.data
async def test_the_music_shop_is_the_same_from_sqlite_and_postgresql(
    db: Database, chinook: Mapping, chinook_postgres: None
) -> None:
    report = await refresh(db, SITE, chinook, now=NOW)
    assert (report.customers_count, report.records, report.rejected) == (59, {"invoice": 412}, {"values": 1})
    (reject,) = await image_rejects(db, SITE)
    assert "+453 3331 9991" in reject.reason  # the source's own mistake: +45 33 31 99 91
    over_postgres = read_mapping(ROOT / "examples" / "chinook" / "image-postgres.yaml")
    other = await refresh(db, "south", over_postgres, now=NOW)
    assert (other.customers_count, other.records, other.rejected) == (59, {"invoice": 412}, {"values": 1})
    north, south = await all_invoices(db, SITE), await all_invoices(db, "south")
    assert [[(r.key, r.amount, r.date, r.lines) for r in page] for page in north] == [
        [(r.key, r.amount, r.date, r.lines) for r in page] for page in south
    ]
    for page in north:
        for record in page:
            assert record.amount == sum((line.amount or 0) * (line.quantity or 0) for line in record.lines)
            assert record.date is not None
    assert sum(map(len, north)) == 412
    assert [record.date for record in north[1]] == sorted((r.date or "" for r in north[1]), reverse=True)


@pytest.mark.data
async def test_a_caller_is_known_by_telephone_and_may_hear_as_much(db: Database, chinook: Mapping) -> None:
    await refresh(db, SITE, chinook, now=NOW)
    customers = Customers(db)
    for spelling in ("+1 (514) 721-4711", "514-721-4711", "001 514 7214711", "(514)7214711"):
        (match,) = await customers.find(SITE, Identifier(IdentifierKind.PHONE, spelling))
        assert match.level is IdentityLevel.CLAIMED
    called = Identifier(IdentifierKind.CHANNEL, "whatsapp:+15147214711")
    (match,) = await customers.find(SITE, called, Evidence.ADDRESS)
    assert match.level is IdentityLevel.KNOWN_ADDRESS
    profile = await customers.profile(SITE, match.customer, match.level)
    assert profile is not None
    assert profile.name == "François Tremblay"
    assert {f.key: f.text for f in profile.fields} == {"support_rep": "Jane Peacock"}
    invoices = await customers.records(SITE, match.customer, level=IdentityLevel.PROVED)
    assert (invoices.records[0].key, invoices.records[0].amount) == ("391", Decimal("0.99"))
