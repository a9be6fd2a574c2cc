"""Reports as programs and people get them: right over clock changes, for those who may, with the contacts behind."""

import asyncio
import csv
import io
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import httpx
import pytest

from dryfly.floor.model import SiteId
from dryfly.insight.model import Entry, sums_of
from dryfly.insight.store import fold_reports
from dryfly.ledger import Recorded
from dryfly.platform.database import Connection
from dryfly.setup.model import Queue
from tests.insight.days import day_of, measured, walked
from tests.insight.test_store import recorded
from tests.service.conftest import MAIN, House, a_queue

BERLIN = ZoneInfo("Europe/Berlin")
DAY = {"from": "2027-01-15", "to": "2027-01-17", "zone": "UTC"}  # when generated days are


class Reader:
    """Somebody who reads reports over HTTP."""

    def __init__(self, house: House, cookie: str) -> None:
        self._client = httpx.AsyncClient(base_url=house.base, headers={"cookie": cookie})

    async def asks(self, path: str = "", **params: Any) -> dict[str, Any]:
        answer = await self._client.get(f"/api/reports{path}", params={**DAY, **params})
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def exports(self, format: str, **params: Any) -> bytes:
        answer = await self._client.get("/api/reports/export", params={**DAY, "format": format, **params})
        assert answer.status_code == 200, answer.text
        return answer.content

    async def is_refused(self, path: str = "", **params: Any) -> tuple[int, str]:
        answer = await self._client.get(f"/api/reports{path}", params={**DAY, **params})
        return answer.status_code, answer.json()["error"]["code"]


async def lived(house: House, seed: int) -> list[Recorded]:
    """A generated day happened at this house: its tables are filled, as the follower fills them."""
    records = recorded(day_of(seed))
    async with house.server.db.site(MAIN) as conn:
        await fold_reports(SiteId(MAIN), conn, records)
    return records


@pytest.fixture
async def sue(house: House) -> Reader:
    await lived(house, 11)
    return Reader(house, await house.person("sue", "supervisor"))


async def test_every_report_of_a_day_says_the_same_as_the_measures(sue: Reader) -> None:
    measures = measured(day_of(11))
    wanted = {
        name: sum(getattr(figures, name) for figures in measures.queues.values())
        for name in ("entered_count", "answered_count", "abandoned_count", "short_abandoned_count", "handled_count")
    }
    for by, every in product(("queue", "agent", "channel", "need"), ("15", "60", "day")):
        report = await sue.asks(by=by, every=every)
        assert {name: report["total"][name] for name in wanted} == wanted
        for part in ("groups", "cells"):
            assert {name: sum(one["figures"][name] for one in report[part]) for name in wanted} == wanted
        assert {name: sum(figures[name] for figures in report["sums"]) for name in wanted} == wanted
        assert report["total"]["handling_s"] > 0


async def test_by_queue_the_levels_are_those_of_the_measures(sue: Reader) -> None:
    report = await sue.asks(by="queue", every="day")
    groups = {group["id"]: group["figures"] for group in report["groups"]}
    for queue, figures in measured(day_of(11)).queues.items():
        told = groups[queue]
        assert told["service_level"] == figures.service_level
        assert told["asa_s"] == pytest.approx(figures.asa_s)
        assert told["aht_s"] == pytest.approx(figures.aht_s)


COUNTED = {
    "entered": "entered_count", "answered": "answered_count", "within": "within_count", "abandoned": "abandoned_count",
    "short_abandoned": "short_abandoned_count", "abandoned_later": "abandoned_later_count", "handled": "handled_count",
    "solved_waiting": "solved_waiting_count", "solved_by_bot": "solved_by_bot_count", "left_bot": "left_bot_count",
    "bot_only": "bot_only_count", "test": "test_count",
}  # fmt: skip


async def test_behind_each_number_stand_as_many_contacts(sue: Reader) -> None:
    for by, measure in product(("queue", "agent"), COUNTED):
        report = await sue.asks(by=by, every="day")
        for group in report["groups"]:
            behind = await all_contacts(sue, measure=measure, **{by: group["id"]})
            assert len(behind) == group["figures"][COUNTED[measure]]
            assert len({(one["contact"], one["number"]) for one in behind}) == len(behind)


async def all_contacts(reader: Reader, **params: Any) -> list[dict[str, Any]]:
    found, after = [], ""
    while True:
        page = await reader.asks("/contacts", limit=3, after=after, **params)
        found += page["contacts"]
        after = page["next"]
        if after is None:
            return found


def one_row(query: str) -> tuple[Any, ...]:
    row = duckdb.connect().execute(query).fetchone()
    assert row is not None
    return row


async def test_a_file_adds_up_to_the_screen(sue: Reader, tmp_path: Path) -> None:
    report = await sue.asks(by="queue", every="60")
    rows = list(csv.DictReader(io.StringIO((await sue.exports("csv", by="queue", every="60")).decode())))
    for name in ("entered_count", "answered_count", "abandoned_count"):
        assert sum(int(row[name]) for row in rows) == report["total"][name]
    file = tmp_path / "report.parquet"
    file.write_bytes(await sue.exports("parquet", by="queue", every="60"))
    sums = one_row(f"select count(*), sum(entered_count), epoch_ms(min(\"from\")) from '{file}'")
    assert sums[:2] == (len(rows), report["total"]["entered_count"])
    assert sums[2] == report["intervals"][report["cells"][0]["interval"]]


async def test_the_contacts_behind_a_number_as_files(sue: Reader, tmp_path: Path) -> None:
    report = await sue.asks(by="queue", every="day")
    rows = (await sue.exports("csv", what="contacts", measure="answered")).decode().splitlines()
    assert len(rows) - 1 == report["total"]["answered_count"]
    file = tmp_path / "contacts.parquet"
    file.write_bytes(await sue.exports("parquet", what="contacts", measure="answered"))
    table = one_row(f"select count(*), sum(epoch_ms(answered_at) - epoch_ms(entered_at)) from '{file}'")
    assert table[0] == report["total"]["answered_count"]
    assert table[1] / 1000 / table[0] == pytest.approx(report["total"]["asa_s"])


async def test_whoever_exports_keeps_nobody_from_a_report(house: House, sue: Reader) -> None:
    lane = house.server.reports.exporting
    async with lane.reading(MAIN):  # a large file is on its way
        assert (await sue.asks(by="queue", every="day"))["groups"]
        waiting = [asyncio.create_task(sue.exports("csv", every="day")) for _ in range(4)]
        async with asyncio.timeout(30):
            while lane._waiting_count < 4:
                await asyncio.sleep(0.005)
        assert await sue.is_refused("/export", format="csv") == (429, "reports_busy")
    assert all(await asyncio.gather(*waiting))


async def test_walks_are_left_out_and_their_number_is_told(house: House) -> None:
    marked, without = walked(day_of(11))
    async with house.server.db.site(MAIN) as conn:
        await fold_reports(SiteId(MAIN), conn, recorded(marked))
    sue = Reader(house, await house.person("sue", "supervisor"))
    total = (await sue.asks(by="queue", every="day"))["total"]
    wanted = measured(without)
    assert total["entered_count"] == sum(figures.entered_count for figures in wanted.queues.values())
    assert total["asked_twice_count"] == wanted.asked_twice_count > 0
    behind = await all_contacts(sue, measure="test")
    assert len(behind) == total["test_count"] > 0
    left_out = {one["contact"] for one in behind}
    assert not left_out & {one["contact"] for one in await all_contacts(sue, measure="entered")}


async def test_no_title_becomes_a_formula(sue: Reader, house: House) -> None:
    evil = a_queue("q0")
    await house.set_up(Queue(evil.id, '=HYPERLINK("http://evil.example")', spec=evil.spec))
    text = (await sue.exports("csv", by="queue", every="day")).decode()
    titles = {row["title"] for row in csv.DictReader(io.StringIO(text))}
    assert '\'=HYPERLINK("http://evil.example")' in titles
    assert not text.startswith("\ufeff")


async def test_agents_see_their_own_row_and_no_other(house: House, sue: Reader) -> None:
    bob = Reader(house, await house.agent("a0"))
    own = await bob.asks(by="agent", every="day")
    assert [group["id"] for group in own["groups"]] == ["a0"]
    whole = await sue.asks(by="agent", every="day")
    assert own["groups"][0]["figures"] == next(g["figures"] for g in whole["groups"] if g["id"] == "a0")
    contacts = await all_contacts(bob, measure="answered")
    assert {one["agent"] for one in contacts} == {"a0"}
    assert await bob.asks(agent="a0", every="day")
    for path in ("", "/contacts", "/export"):
        assert await bob.is_refused(path, agent="a1", format="csv") == (403, "not_allowed")
        assert await bob.is_refused(path, agent=["a0", "a1"], format="csv") == (403, "not_allowed")
        assert await bob.is_refused(path, agent="", format="csv") == (403, "not_allowed")
    by_queue = await bob.asks(by="queue", every="day")
    assert by_queue["total"]["answered_count"] == own["total"]["answered_count"]


async def test_without_a_session_nothing_is_told(house: House) -> None:
    assert await Reader(house, "").is_refused() == (401, "not_signed_in")


REFUSED: list[tuple[dict[str, object], str]] = [
    ({"from": "yesterday"}, "time_wrong"),
    ({"from": "9999-12-31"}, "time_wrong"),
    ({"from": "2027-01-17"}, "period_empty"),
    ({"from": "2027-01-15T00:07"}, "period_uneven"),
    ({"from": "2026-01-01"}, "period_too_long"),
    ({"from": "2020-01-01", "every": "day"}, "period_too_long"),
    ({"zone": "Mars/Olympus"}, "zone_unknown"),
    ({"zone": "../../etc/passwd"}, "zone_unknown"),
    ({"queu": "general"}, "field_unknown"),
    ({"every": "7"}, "invalid_request"),
    ({"by": "mood"}, "invalid_request"),
    ({"queue": ["q"] * 501}, "filter_too_long"),
]


async def test_what_cannot_be_reported_is_refused_with_a_reason(sue: Reader) -> None:
    for params, code in REFUSED:
        assert await sue.is_refused("", **params) == (400, code)


async def test_a_mad_place_is_refused(sue: Reader) -> None:
    for after in ("x", "1.2", "1.c.x", "-1.c.1", "9" * 300):
        assert await sue.is_refused("/contacts", after=after) == (400, "after_wrong")


async def test_the_night_the_clocks_go_back_has_25_hours(house: House) -> None:
    """One contact in each of the two hours that are called two."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    second = first.replace(fold=1)
    entries = []
    for number, at in enumerate((first, second)):
        ms = int(at.timestamp() * 1000)
        entries.append(Entry(f"c{number}", 1, "web", ms, "", "q", ms))  # type: ignore[arg-type]
    async with house.server.db.site(MAIN) as conn:
        await put(conn, entries)
    sue = Reader(house, await house.person("sue", "supervisor"))
    night = {"from": "2026-10-25", "to": "2026-10-26", "zone": "Europe/Berlin"}
    by_hour = await sue.asks(**night, every="60")
    assert len(by_hour["intervals"]) == 25
    assert [figures["entered_count"] for figures in by_hour["sums"]][:5] == [0, 0, 1, 1, 0]
    by_day = await sue.asks(**night, every="day")
    assert [figures["entered_count"] for figures in by_day["sums"]] == [2]
    assert by_day["to_at"] - by_day["from_at"] == 25 * 3600 * 1000


async def put(conn: Connection, entries: list[Entry]) -> None:
    from dryfly.insight import store
    from dryfly.insight.fold import Book

    book = Book()
    for entry in entries:
        book.figures[entry.counted_at - entry.counted_at % 900_000, entry.queue, entry.channel, ""] = sums_of(entry)
        book.entries[entry.contact] = entry
    await store._write(MAIN, conn, book)
