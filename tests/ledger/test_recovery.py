"""The writer goes on, whatever the store does to it."""

import asyncio
import json
from unittest.mock import AsyncMock

import pytest

from dryfly import floor
from dryfly.floor import State
from dryfly.floor.model import SiteId
from dryfly.ledger import CommandId, Ledger, Mode, Refused
from dryfly.ledger import writer as writing
from dryfly.ledger.memory import DigestMismatch
from dryfly.platform.clock import HandClock
from dryfly.platform.database import Database
from dryfly.platform.errors import PeerError
from tests.ledger.conftest import SITE, OpenLedger, Pen


async def test_a_fault_that_nobody_foresaw_is_recovered_from(
    ledger: Ledger, pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ledger.submit(pen.opens("c1"))
    monkeypatch.setattr(ledger._journal, "append", AsyncMock(side_effect=RuntimeError("the driver is confused")))
    assert (await asyncio.wait_for(ledger.submit(pen.says("c1", "hello")), 5)).seq == ledger.durable


async def test_a_snapshot_that_cannot_be_saved_stops_nobody(
    ledger: Ledger, pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "SNAPSHOT_EVERY", 1)
    monkeypatch.setattr(ledger._journal, "save_snapshot", AsyncMock(side_effect=ConnectionResetError))
    for n in range(3):
        await asyncio.wait_for(ledger.submit(pen.opens(f"c{n}")), 5)


async def test_a_newer_release_goes_on_from_the_snapshot_of_an_older_one(
    ledger: Ledger, pen: Pen, db: Database, open_ledger: OpenLedger
) -> None:
    await ledger.submit(pen.opens("c1"))
    before = ledger.peek(floor.digest)
    await ledger.stop()  # leaves a snapshot
    async with db.site(SITE) as conn:
        facts = json.loads(await conn.fetchval("select state from snapshot order by seq desc limit 1"))
        for contact in facts["contacts"]:  # as it was before requirements relaxed and contacts rang at several desks
            del contact["relaxed"], contact["offers"]
            contact["offer"] = None
        older = json.dumps(facts).encode()
        await conn.execute("update snapshot set state = $1, digest = $2", older, floor.digest_of(older))
    assert (await open_ledger()).peek(floor.digest) == before


async def test_a_damaged_snapshot_is_not_believed(
    ledger: Ledger, pen: Pen, db: Database, open_ledger: OpenLedger
) -> None:
    await ledger.submit(pen.opens("c1"))
    await ledger.stop()
    async with db.site(SITE) as conn:
        await conn.execute("update snapshot set state = state || ' '::bytea")
    with pytest.raises(DigestMismatch):
        await open_ledger()


async def test_a_view_that_fails_to_begin_anew_does_not_keep_the_pen_from_the_next_try(
    ledger: Ledger, pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ledger.submit(pen.opens("c1"))
    tries = 0

    async def fails_once(site: SiteId, state: State) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise PeerError("database_unreachable", "away")

    monkeypatch.setattr(ledger._views[0], "reset", fails_once)
    assert ledger._journal is not None
    ledger._journal.terminate()
    await asyncio.wait_for(ledger.submit(pen.says("c1", "hello")), 5)
    assert tries == 2


async def test_who_waits_to_read_is_told_to_ask_again(
    ledger: Ledger, pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = asyncio.get_running_loop().create_future()
    monkeypatch.setattr(ledger._journal, "append", lambda *rows: lost)
    writing_it = asyncio.create_task(ledger.submit(pen.opens("c1")))
    await asyncio.sleep(0)
    reading = asyncio.create_task(ledger.read(lambda state: len(state.contacts)))
    await asyncio.sleep(0)
    lost.set_exception(ConnectionResetError())
    with pytest.raises(PeerError, match="history_recalled"):
        await asyncio.wait_for(reading, 5)
    await writing_it


async def test_a_late_retry_over_a_lost_connection_is_put_off(ledger: Ledger, pen: Pen, hand_clock: object) -> None:
    late = pen.opens("c1")
    await ledger.submit(late)
    pen._clock.turn(3600)
    await ledger.submit(pen.opens("other"))
    assert ledger._journal is not None
    ledger._journal.terminate()
    with pytest.raises(PeerError, match="history_recalled"):
        await ledger.submit(late)
    assert (await asyncio.wait_for(ledger.submit(late), 5)).first == 1
    assert ledger.mode is Mode.WRITING


async def test_an_answer_is_told_once_more_without_the_question(
    ledger: Ledger, pen: Pen, open_ledger: OpenLedger, db: Database
) -> None:
    opened, early = pen.opens("c1"), pen.says("nowhere", "hello")
    receipt = await ledger.submit(opened)
    with pytest.raises(Refused):
        await ledger.submit(early)
    assert await ledger.answer_to(opened.id) == receipt
    assert await ledger.answer_to(CommandId(pen.id())) is None
    with pytest.raises(Refused, match="contact_closed"):
        await ledger.answer_to(early.id)


async def test_the_last_snapshot_of_each_day_is_kept_for_five_weeks(
    ledger: Ledger, pen: Pen, hand_clock: HandClock, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "SNAPSHOT_EVERY", 1)
    for number in range(3 * 40):
        await ledger.submit(pen.opens(f"c{number}"))
        hand_clock.turn(8 * 3600)
    async with db.site(SITE) as conn:
        rows = await conn.fetch("select date_trunc('day', at, 'UTC')::text as day from snapshot")
    days = [row["day"] for row in rows]
    assert len(days) - len(set(days)) <= 2  # of each day one, and the newest
    assert 34 <= len(set(days)) <= 37
