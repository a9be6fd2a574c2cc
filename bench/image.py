"""The customer image: how fast it is made anew, and how fast it answers who somebody is.

Anchors, in the same run and interleaved: for the refresh, the bare COPY of the same rows, read, split and unchecked,
into one indexed table; for the lookup, one bare indexed select on a connection of its own.
"""

import asyncio
import csv
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import asyncpg

from bench._report import ROUNDS_MIN, Measure, against, report
from dryfly.customers.image import Customers
from dryfly.customers.mapping import Mapping
from dryfly.customers.mapping_file import parse_mapping
from dryfly.customers.model import Identifier, IdentifierKind
from dryfly.customers.refresh import refresh
from dryfly.platform.database import Database
from dryfly.platform.migrations import migrate
from dryfly.platform.postgres import EmbeddedPostgres

CUSTOMERS_COUNT = 20_000
LOOKUPS_COUNT = 1_000
SITE = "bench"
COLUMNS = ("id", "first", "last", "email", "phone", "zip")
MAPPING = """
name: bench
sources: {people: {type: csv, path: people.csv}}
customers:
  source: people
  key: id
  name: {parts: [first, last]}
  identifiers: [{kind: email, from: email}, {kind: phone, from: phone}]
  proofs: {name_postcode: {name: {parts: [first, last]}, postcode: zip}}
profile:
  - {key: email, label: E-mail, from: email}
  - {key: zip, label: Postcode, from: zip}
"""


def people() -> Iterator[tuple[str, ...]]:
    for i in range(CUSTOMERS_COUNT):
        yield (f"C{i}", f"Pat{i % 997}", f"Tester{i}", f"pat{i}@example.com", f"+1503{2000000 + i}", f"{10000 + i}")


async def measure(url: str) -> list[Measure]:
    db = await Database.open(url)
    bare = await asyncpg.connect(url)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "people.csv").open("w", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *people()])
        mapping = parse_mapping(MAPPING, folder=folder)
        measures = [await _refreshes(db, bare, mapping, folder), await _lookups(Customers(db), bare)]
    await bare.close()
    await db.close()
    return measures


async def _refreshes(
    db: Database, bare: "asyncpg.Connection[asyncpg.Record]", mapping: Mapping, folder: Path
) -> Measure:
    columns = ", ".join(f"{column} text" for column in COLUMNS)
    await bare.execute(f"create table bare ({columns}, primary key (id), unique (email))")

    async def ours() -> None:
        await refresh(db, SITE, mapping, now=time.time_ns() // 1_000_000)

    async def theirs() -> None:
        await bare.execute("truncate bare")
        with (folder / "people.csv").open(newline="") as file:
            rows = csv.reader(file)
            next(rows)
            await bare.copy_records_to_table("bare", records=[tuple(row) for row in rows])

    mine, anchor = await _interleaved(ours, theirs)
    return against("image_refresh", CUSTOMERS_COUNT / mine, "customers/s", "bare COPY", CUSTOMERS_COUNT / anchor)


async def _lookups(customers: Customers, bare: "asyncpg.Connection[asyncpg.Record]") -> Measure:
    mails = [f"pat{i * 37 % CUSTOMERS_COUNT}@example.com" for i in range(LOOKUPS_COUNT)]

    async def ours() -> None:
        for mail in mails:
            assert await customers.find(SITE, Identifier(IdentifierKind.EMAIL, mail))

    async def theirs() -> None:
        for mail in mails:
            assert await bare.fetchval("select id from bare where email = $1", mail)

    mine, anchor = await _interleaved(ours, theirs)
    scale = 1e6 / LOOKUPS_COUNT
    return against("image_lookup", mine * scale, "us", "bare select", anchor * scale)


async def _interleaved(*ways: Callable[[], Awaitable[None]]) -> list[float]:
    """The median seconds of each way, taken in turns."""
    seconds: list[list[float]] = [[] for _ in ways]
    for _ in range(ROUNDS_MIN):
        for taken, way in zip(seconds, ways, strict=True):
            began = time.perf_counter()
            await way()
            taken.append(time.perf_counter() - began)
    return [statistics.median(taken) for taken in seconds]


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="dryfly-bench-") as name:
        Path(name).chmod(0o755)
        postgres = EmbeddedPostgres(Path(name))
        await postgres.start()
        try:
            await migrate(postgres.url)
            report(await measure(postgres.url))
        finally:
            await postgres.stop()


if __name__ == "__main__":
    asyncio.run(main())
