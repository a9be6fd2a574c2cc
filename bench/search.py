"""The search over a million messages: through its index, against looking at every line.

Lines of a thousand made-up words, rare and common, of a year's talks, are written as the follower writes them. Then
each kind of word is searched the way the desk does, behind row-level security, in turns with a scan of the same
table. Measured: the p95 of a search, and the median's ratio to the scan.

    python -m bench.search [--messages 1000000] [--json]
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from bench._report import Measure, against, report
from dryfly.conversations.search import Searches, Sight, sql
from dryfly.floor.model import SiteId
from dryfly.platform.database import Database
from dryfly.platform.migrations import migrate
from dryfly.platform.postgres import EmbeddedPostgres

SITE = SiteId("main")
NOW, YEAR_MS = 1_760_000_000_000, 365 * 86_400_000
MESSAGES_COUNT, OF_A_TALK, ROUNDS = 1_000_000, 10, 25
RATIO_MAX, P95_S_MAX = 0.1, 1.0
ASKED = {"an order number": "w4711", "a rare word": "word999", "a common word": "word1", "two words": "word7 word3"}

SEED_TALKS = """
insert into talk (site, contact, channel, opened_at, customer_name, agents)
select 'main', 'c' || n, 'web', $1::timestamptz + n * ($2::float8 * interval '1 millisecond'), 'Somebody', '{a1}'
from generate_series(0, $3::int - 1) n"""
SEED_LINES = """
insert into search_line (site, contact, seq, at, kind, words)
select 'main', 'c' || (n / 10), n, $1::timestamptz + n * ($2::float8 * interval '1 millisecond'), 'message',
    to_tsvector('simple', 'w' || n || ' ' || (
        select string_agg('word' || floor(1000 * power(random(), 3))::int, ' ')
        from generate_series(1, 12) place where place <> -n))
from generate_series($3::int, $4::int - 1) n"""
SCAN = """
select count(*) from search_line
where site = 'main' and words @@ to_tsquery('simple', $1) and seq >= 0"""
CHUNK = 50_000


async def seed(db: Database, count: int) -> None:
    step = YEAR_MS / count
    async with db.site(SITE) as conn:
        await conn.execute(SEED_TALKS, NOW - YEAR_MS, step * OF_A_TALK, count // OF_A_TALK)
    for start in range(0, count, CHUNK):
        async with db.site(SITE) as conn:
            await conn.execute(SEED_LINES, NOW - YEAR_MS, step, start, min(start + CHUNK, count))
    async with db.site(SITE) as conn:
        await conn.execute("analyze talk, search_line")


async def searched_s(searches: Searches, words: str) -> float:
    began = time.perf_counter()
    await searches.find(words, Sight(everything=True), NOW, None, 21)
    return time.perf_counter() - began


async def scanned_s(db: Database, words: str) -> float:
    """The same table with every line looked at: what it would cost without the index."""
    began = time.perf_counter()
    async with db.site(SITE) as conn:
        await conn.execute("set local enable_bitmapscan = off; set local enable_indexscan = off")
        await conn.fetchval(sql.look_for, words, None)
        await conn.fetchval(SCAN, words.replace(" ", " & ") + ":*")
    return time.perf_counter() - began


async def measured(folder: Path, count: int) -> list[Measure]:
    measures = []
    postgres = EmbeddedPostgres(folder)
    await postgres.start()
    try:
        await migrate(postgres.url)
        db = await Database.open(postgres.url)
        await seed(db, count)
        searches = Searches(db, SITE)
        for name, words in ASKED.items():
            found, scans = [], []
            for number in range(ROUNDS):
                found.append(await searched_s(searches, words))
                if number % 5 == 0:
                    scans.append(await scanned_s(db, words))
            p95 = quantiles(found, n=20)[-1]
            measures.append(Measure(f"search {name}, p95", p95, "s", goal=f"<= {P95_S_MAX:g} s", ok=p95 <= P95_S_MAX))
            measures.append(
                against(f"search {name}", median(found), "s", "every line", median(scans), at_most=RATIO_MAX)
            )
        await db.close()
    finally:
        await postgres.stop()
    return measures


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=MESSAGES_COUNT)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as somebody else
        report(asyncio.run(measured(Path(folder) / "home", asked.messages)))


if __name__ == "__main__":
    sys.exit(main())
