"""The tables are the fold: of any day, in any batches, after any crash, and again from nothing."""

from itertools import pairwise
from random import Random
from typing import Any

import pytest

from dryfly.floor.model import SiteId
from dryfly.insight.model import SUMS
from dryfly.insight.store import TABLES, counts, fold_reports, forget_reports
from dryfly.ledger import Actor, CommandId, Recorded
from dryfly.platform.database import ALL_SITES, Connection, Database
from dryfly.platform.migrations import read_migrations
from tests.insight.days import Journal, day_of, measured, queues_of, walked

NORTH = SiteId("north")
Content = dict[str, list[dict[str, object]]]


def recorded(journal: Journal) -> list[Recorded]:
    rows = [
        Recorded(seq, at, event, Actor("test"), CommandId("c"), getattr(event, "contact", None))
        for seq, (event, at) in enumerate(journal, 1)
    ]
    return [row for row in rows if counts(row)]


async def fold(db: Database, records: list[Recorded], seed: int) -> None:
    """In batches of any size, each in a transaction of its own; now and then one fails at its end and is repeated."""
    random = Random(seed)
    cuts = sorted({0, len(records), *(random.randrange(len(records)) for _ in range(12))})
    for begin, end in pairwise(cuts):
        if random.random() < 0.4:
            with pytest.raises(ConnectionResetError):
                async with db.site(NORTH) as conn:
                    await fold_reports(NORTH, conn, records[begin:end])
                    raise ConnectionResetError
        async with db.site(NORTH) as conn:
            await fold_reports(NORTH, conn, records[begin:end])


async def content(conn: Connection) -> Content:
    return {
        table: sorted([dict(row) for row in await conn.fetch(f"select * from {table}")], key=str) for table in TABLES
    }


@pytest.mark.parametrize("seed", range(4))
async def test_the_tables_say_what_the_measures_say(db: Database, seed: int) -> None:
    journal = day_of(seed)
    await fold(db, recorded(journal), seed)
    async with db.site(NORTH) as conn:
        for table, at in (("report_quarter", "at"), ("report_entry_figures", "counted_at")):
            rows = await conn.fetch(_sums_by_queue(table, at))
            found = {row["queue"]: dict(row) for row in rows}
            for queue, wanted in queues_of(measured(journal)).items():
                row = {**dict.fromkeys(SUMS, 0), **found.get(queue, {})}
                left = sum(
                    row[f"{name}_count"] for name in ("abandoned", "short_abandoned", "solved_waiting", "promised")
                )
                row["waiting_count"] = row["entered_count"] - row["answered_count"] - left
                assert {name: row[name] for name in wanted} == wanted


@pytest.mark.parametrize("seed", range(4))
async def test_quarters_are_what_the_view_says_of_the_entries(db: Database, seed: int) -> None:
    await fold(db, recorded(walked(day_of(seed))[0]), seed)
    async with db.site(NORTH) as conn:
        quarters = await conn.fetch(_sums_by_key("report_quarter", "at"))
        entries = await conn.fetch(_sums_by_key("report_entry_figures", "counted_at"))
    assert sum(row["test_count"] for row in quarters)
    assert _of_something(quarters) == _of_something(entries)


async def test_filled_again_from_nothing_the_tables_are_the_same(db: Database) -> None:
    records = recorded(day_of(7))
    await fold(db, records, seed=1)
    async with db.site(NORTH) as conn:
        first = await content(conn)
        await forget_reports(NORTH, conn)
        assert not any((await content(conn)).values())
    await fold(db, records, seed=2)
    async with db.site(NORTH) as conn:
        assert await content(conn) == first
    assert all(first.values())


async def test_agents_of_a_site_that_ran_before_are_filled_to_the_same(db: Database) -> None:
    await fold(db, recorded(day_of(7)), seed=1)
    async with db.site(NORTH) as conn:
        first = await content(conn)
        figures = ", ".join(f"{name} = 0" for name in SUMS)
        await conn.execute(f"update report_agent_quarter set {figures}")
        for statement in (
            "delete from report_agent_day",
            "delete from report_time_quarter",
            "delete from report_agent_quarter where ready_ms + handling_ms + away_ms = 0",
        ):
            await conn.execute(statement)
    async with db.site(ALL_SITES) as conn:
        await conn.execute(filling())
        assert _that_count(await content(conn)) == _that_count(first)
    assert all(len(first[table]) > 5 for table in ("report_agent_quarter", "report_time_quarter"))


NEWER_FIGURES = {"asked_twice_count", "test_count", "promised_count", "kept_count", "unreached_count"}


def filling() -> str:
    text = next(one.sql for one in read_migrations() if one.name == "0079_insight_agents.sql")
    return text[text.index("-- begin of filling") : text.index("-- end of filling")]


def _that_count(content: Content) -> Content:
    """Without rows of nothing: what has not come to anything counts nothing yet."""
    keys, newer = {"site", "at", "agent"}, NEWER_FIGURES
    return {
        table: [
            {name: value for name, value in row.items() if name not in newer}
            for row in content[table]
            if any(value for name, value in row.items() if name not in keys | newer)
        ]
        for table in ("report_agent_quarter", "report_agent_day", "report_time_quarter")
    }


async def test_another_site_sees_none_of_it(db: Database) -> None:
    await fold(db, recorded(day_of(3)), seed=3)
    async with db.site("south") as conn:
        assert not any((await content(conn)).values())
        assert not await conn.fetch("select * from report_entry_figures")


def _of_something(rows: list[Any]) -> list[dict[str, object]]:
    return [dict(row) for row in rows if any(row[name] for name in SUMS)]


def _sums_by_queue(table: str, at: str) -> str:
    sums = ", ".join(f"sum({name})::bigint as {name}" for name in SUMS)
    return f"select queue, {sums} from {table} where {at} is not null group by queue"


def _sums_by_key(table: str, at: str) -> str:
    added = ", ".join(f"sum({name})::bigint as {name}" for name in SUMS if name != "longest_wait_ms")
    return (
        f"select date_bin('15 min', {at}, 'epoch') as at, queue, channel, need, {added},"
        f" max(longest_wait_ms)::bigint as longest_wait_ms from {table} group by 1, 2, 3, 4 order by 1, 2, 3, 4"
    )
