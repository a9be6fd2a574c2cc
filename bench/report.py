"""Reports over a million contacts, and what they do to the floor meanwhile.

A million contacts of three months are written into the tables of reports (the quarters and agents' times summed as the
fold would have). Then customers write through the widget's own protocol to agents at open desks, at a steady rate, in
turns with and without reports being read over HTTP: a supervisor asks, reads, and asks again after a moment. Measured:
how long a report takes, and by how much the messages' p95 (written until it stands on the agent's screen) moves.

    python -m bench.report [--contacts 1000000] [--json]
"""

import argparse
import asyncio
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median

import asyncpg
import httpx

from bench._report import Measure, against, report
from bench.capacity import Load, limit, machine, share
from dryfly.floor.model import QueueSpec
from dryfly.insight.model import ADDED, QUARTER_MS
from dryfly.insight.store import TABLES
from dryfly.platform.migrations import read_migrations
from tests.crash.installation import Installation, installed

CONTACTS_COUNT, DAYS, AGENTS_COUNT, QUEUES_COUNT, NEEDS_COUNT = 1_000_000, 90, 200, 8, 24
TURNS, TURN_S, PAUSE_S = 7, 8.0, 1.0
SERVING_COUNT, TALKS_COUNT, MESSAGES_A_S = 40, 120, 60.0
REPORT_S_MAX, MOVED_MAX = 2.0, 1.10
QUEUE = QueueSpec(reply_clock_s=None, park_after_s=0)
LAST = date(2026, 11, 1)
PERIOD = {"from": str(LAST - timedelta(days=DAYS)), "to": str(LAST), "zone": "Europe/Berlin"}
ASKED = (
    {"by": "queue", "every": "day"},
    {"by": "need", "every": "day"},
    {"by": "channel", "every": "day"},
    {"by": "agent", "every": "period"},
)

SEED = f"""
insert into report_entry (site, contact, number, channel, need, queue, arrived_at, entered_at, service_level_s,
    short_abandon_s, answered_at, agent, is_within, ended_at, ending, is_short, handle_ms, channel_now)
select 'main', 'seeded' || n, 1, channel, 'need' || (hash % {NEEDS_COUNT}), 'queue' || (hash % {QUEUES_COUNT}),
    at, at, 60, 5, case when is_served then at + wait end, case when is_served then 'agent' || (hash % {AGENTS_COUNT})
    else '' end, is_served and wait <= '60 s', at + wait + case when is_served then handle else '0' end,
    case when is_served then 'served' else 'abandoned' end, not is_served and wait < '5 s',
    case when is_served then (extract(epoch from handle) * 1000)::bigint else 0 end, channel
from (
    select n, hash, case when hash % 5 = 0 then 'mail' else 'web' end as channel, hash % 17 <> 0 as is_served,
        (hash % 140) * interval '1 s' as wait, (120 + hash % 600) * interval '1 s' as handle,
        $1::date + (n::float8 / $3 * $2) * interval '1 day' as at
    from (select n, abs(hashint8(n))::bigint as hash from generate_series(1, $3::int) n) numbers
) contacts"""
QUARTERS = f"""
insert into report_quarter (site, at, queue, channel, need, {", ".join(ADDED)}, longest_wait_ms)
select site, date_bin('15 min', counted_at, 'epoch'), queue, channel, need,
    {", ".join(f"sum({name})" for name in ADDED)}, max(longest_wait_ms)
from report_entry_figures group by 1, 2, 3, 4, 5"""
TIMES = f"""
insert into report_agent_quarter (site, at, agent, ready_ms, handling_ms, away_ms)
select site, date_bin('15 min', counted_at, 'epoch'), agent, greatest(0, {QUARTER_MS} - sum(handle_ms)),
    least({QUARTER_MS}, sum(handle_ms)), 0
from report_entry_figures where agent <> '' group by 1, 2, 3"""


def filling() -> str:
    """What fills the sums of agents, in the migration that brought them."""
    text = next(one.sql for one in read_migrations() if one.name == "0079_insight_agents.sql")
    return text[text.index("-- begin of filling") : text.index("-- end of filling")]


async def main(contacts_count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="dryfly-report-") as name, installed(Path(name) / "home") as house:
        cookies = Path(name) / "cookies"
        people = await house.prepare([f"agent{n}" for n in range(SERVING_COUNT)], QUEUE)
        cookies.write_text(json.dumps(people))
        house.launch()
        await house.ready()
        _tell(f"{await seed(house, contacts_count)}. {machine()}")
        load = Load(house.base, cookies, SERVING_COUNT, TALKS_COUNT, MESSAGES_A_S)
        try:
            await load.answer()  # ready
            async with httpx.AsyncClient(
                base_url=house.base, headers={"cookie": people["supervisor"]}, trust_env=False, timeout=60
            ) as reader:
                found = await in_turns(load, reader)
        finally:
            load.end()
        await house.stop()
    report(measures(*found, contacts_count))


async def seed(house: Installation, contacts_count: int) -> str:
    conn = await asyncpg.connect(house.database_url, server_settings={"dryfly.site": "main"})
    try:
        await conn.execute("set work_mem = '256MB'")
        await conn.execute(SEED, LAST - timedelta(days=DAYS), DAYS, contacts_count)
        for statement in (QUARTERS, TIMES, filling()):
            await conn.execute(statement)
        for table in TABLES:
            await conn.execute(f"vacuum analyze {table}")
        counts = [await conn.fetchval(f"select count(*) from {table}") for table in ("report_entry", "report_quarter")]
        return f"{counts[0]:,} contacts in {counts[1]:,} quarters"
    finally:
        await conn.close()


Turns = dict[bool, list[list[float]]]
Questions = Iterator[dict[str, str]]


async def in_turns(load: Load, reader: httpx.AsyncClient) -> tuple[Turns, dict[str, list[float]]]:
    """The messages' times of each turn, with reports and without; and how long each report took."""
    turns: Turns = {True: [], False: []}
    took: dict[str, list[float]] = {}
    questions = cycle(ASKED)
    for number in range(2 * TURNS):
        has_reports = bool((number + number // 2) % 2)  # without, with, with, without: a drift hits both
        await load.answer("window")
        async with reading(reader, questions, took) if has_reports else contextlib.nullcontext():
            await asyncio.sleep(TURN_S)
        turns[has_reports].append(json.loads(await load.answer("window"))["there"])
    return turns, took


@asynccontextmanager
async def reading(reader: httpx.AsyncClient, questions: Questions, took: dict[str, list[float]]) -> AsyncIterator[None]:
    task = asyncio.create_task(_read(reader, questions, took))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _read(reader: httpx.AsyncClient, questions: Questions, took: dict[str, list[float]]) -> None:
    for asked in questions:
        began = time.perf_counter()
        answer = await reader.get("/api/reports", params={**PERIOD, **asked})
        took.setdefault(asked["by"], []).append(time.perf_counter() - began)
        assert answer.status_code == 200, answer.text
        assert answer.json()["total"]["entered_count"] > 0
        await asyncio.sleep(PAUSE_S)


def measures(turns: Turns, took: dict[str, list[float]], contacts_count: int) -> Sequence[Measure]:
    p95 = {has_reports: median(share(turn, 0.95) for turn in taken) for has_reports, taken in turns.items()}
    p50 = {has_reports: median(share(turn, 0.5) for turn in taken) for has_reports, taken in turns.items()}
    reports = [
        limit(f"report_of_{contacts_count:,}_by_{by}_slowest_of_{len(times)}", max(times), "s", REPORT_S_MAX)
        for by, times in took.items()
    ]
    typical = [Measure(f"report_by_{by}_p50", median(times), "s") for by, times in took.items()]
    return [
        *reports, *typical,
        against("message_p95_with_reports", p95[True], "ms", "without", p95[False], at_most=MOVED_MAX),
        against("message_p50_with_reports", p50[True], "ms", "without", p50[False]),
    ]  # fmt: skip


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--contacts", type=int, default=CONTACTS_COUNT)
    parser.add_argument("--json", action="store_true")
    asyncio.run(main(parser.parse_args().contacts))
