"""The laws of the history (docs/decisions/0004-ledger.md), each by trying to break it."""

import asyncio

import asyncpg
import pytest

from dryfly import floor
from dryfly.ledger import Ledger, Mode, Refused
from dryfly.platform.clock import HandClock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError, PeerError
from tests.ledger.conftest import SITE, OpenLedger, Pen


async def texts(db: Database, contact: str = "c1") -> list[str]:
    async with db.site(SITE) as conn:
        rows = await conn.fetch("select text from message where site = $1 and contact = $2 order by seq", SITE, contact)
    return [row["text"] for row in rows]


async def seqs(db: Database) -> list[int]:
    async with db.site(SITE) as conn:
        return [row["seq"] for row in await conn.fetch("select seq from journal where site = $1 order by seq", SITE)]


async def test_a_receipt_means_that_it_is_stored(ledger: Ledger, pen: Pen, db: Database) -> None:
    await ledger.submit(pen.opens("c1"))
    receipt = await ledger.submit(pen.says("c1", "hello"))
    assert await texts(db) == ["hello"]
    assert receipt.seq == ledger.durable
    assert await seqs(db) == list(range(1, receipt.seq + 1))


async def test_a_thousand_at_once_are_stored_once_each_in_order(ledger: Ledger, pen: Pen, db: Database) -> None:
    await ledger.submit(pen.opens("c1"))
    said = [f"message {n}" for n in range(1000)]
    await asyncio.gather(*(ledger.submit(pen.says("c1", text)) for text in said))
    assert await texts(db) == said


async def test_the_same_command_twice_happens_once(ledger: Ledger, pen: Pen, db: Database) -> None:
    await ledger.submit(pen.opens("c1"))
    again = pen.says("c1", "hello")
    first, second = await asyncio.gather(ledger.submit(again), ledger.submit(again))
    third = await ledger.submit(again)
    assert first == second == third
    assert await texts(db) == ["hello"]


async def test_the_same_id_for_something_else_is_a_conflict(ledger: Ledger, pen: Pen) -> None:
    await ledger.submit(pen.opens("c1"))
    id = pen.id()
    await ledger.submit(pen.says("c1", "hello", id))
    with pytest.raises(CallerError, match="command_id_reused"):
        await ledger.submit(pen.says("c1", "something else", id))


async def test_a_refusal_is_remembered_too_even_over_a_restart(
    ledger: Ledger, pen: Pen, open_ledger: OpenLedger
) -> None:
    early = pen.says("c1", "too early")
    with pytest.raises(Refused, match="contact_closed"):
        await ledger.submit(early)
    await ledger.submit(pen.opens("c1"))
    with pytest.raises(Refused, match="contact_closed"):
        await ledger.submit(early)
    await ledger.stop()
    with pytest.raises(Refused, match="contact_closed"):
        await (await open_ledger()).submit(early)


async def test_a_late_retry_is_found_in_the_journal(
    ledger: Ledger, pen: Pen, hand_clock: HandClock, open_ledger: OpenLedger, db: Database
) -> None:
    late = pen.opens("c1")
    receipt = await ledger.submit(late)
    hand_clock.turn(3600)
    for n in range(3):  # others push it out of memory
        await ledger.submit(pen.opens(f"other{n}"))
    assert await ledger.submit(late) == receipt
    await ledger.stop()
    assert await (await open_ledger()).submit(late) == receipt


@pytest.mark.parametrize(("turn_s", "code"), [(25 * 3600, "command_too_old"), (-3600, "command_from_future")])
async def test_ids_that_cannot_be_judged_are_refused(
    ledger: Ledger, pen: Pen, hand_clock: HandClock, turn_s: float, code: str
) -> None:
    if turn_s < 0:
        ahead = HandClock(hand_clock.now() - int(turn_s * 1000))
        submission = Pen(ahead).opens("c1")
    else:
        submission = pen.opens("c1")
        hand_clock.turn(turn_s)
    with pytest.raises(CallerError, match=code):
        await ledger.submit(submission)


async def test_memory_is_what_the_journal_says(ledger: Ledger, pen: Pen, open_ledger: OpenLedger) -> None:
    await ledger.submit(pen.opens("c1"))
    await ledger.submit(pen.says("c1", "hello"))
    before = ledger.peek(floor.digest)
    assert ledger._journal is not None
    ledger._journal.terminate()  # no farewell, no snapshot
    ledger.mode = Mode.STOPPED
    again = await open_ledger()
    assert again.peek(floor.digest) == before
    await again.stop()  # leaves a snapshot
    assert (await open_ledger()).peek(floor.digest) == before


async def test_a_lost_connection_loses_and_doubles_nothing(ledger: Ledger, pen: Pen, db: Database) -> None:
    await ledger.submit(pen.opens("c1"))
    said = [f"message {n}" for n in range(300)]

    async def cut_the_writer_off() -> None:
        for _ in range(5):
            await asyncio.sleep(0.01)
            async with db.site(SITE) as conn:
                await conn.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where application_name = 'dryfly-writer-north'"
                )

    async def say_all() -> None:
        for start in range(0, 300, 10):
            await asyncio.gather(*(ledger.submit(pen.says("c1", text)) for text in said[start : start + 10]))

    await asyncio.gather(say_all(), cut_the_writer_off())
    stored = await texts(db)
    assert sorted(stored) == sorted(said)
    assert await seqs(db) == list(range(1, ledger.durable + 1))


async def test_a_writer_that_was_taken_for_dead_writes_nothing(ledger: Ledger, pen: Pen, db: Database) -> None:
    await ledger.submit(pen.opens("c1"))
    async with db.site(SITE) as conn:
        await conn.execute("update lease set epoch = epoch + 1 where site = $1", SITE)
    await ledger.submit(pen.says("c1", "under a new epoch"))  # it notices, recalls, and is the writer again
    async with db.site(SITE) as conn:
        epochs = [r["epoch"] for r in await conn.fetch("select epoch from journal where site = $1 order by seq", SITE)]
    assert epochs[-1] == epochs[0] + 2
    assert await texts(db) == ["under a new epoch"]


async def test_a_second_writer_waits_for_its_turn(
    ledger: Ledger, pen: Pen, open_ledger: OpenLedger, db: Database
) -> None:
    await ledger.submit(pen.opens("c1"))
    standby = asyncio.create_task(open_ledger())
    await asyncio.sleep(0.05)
    assert not standby.done()
    await ledger.stop()
    second = await asyncio.wait_for(standby, 5)
    await second.submit(pen.says("c1", "from the second"))
    assert await texts(db) == ["from the second"]
    with pytest.raises(PeerError, match="stopping"):
        await ledger.submit(pen.says("c1", "from the first"))


async def test_what_cannot_be_stored_is_given_back_and_the_others_go_on(ledger: Ledger, pen: Pen, db: Database) -> None:
    await ledger.submit(pen.opens("c1"))
    outcomes = await asyncio.gather(
        *(ledger.submit(pen.says("c1", text)) for text in ["one", "two \x00", "three"]), return_exceptions=True
    )
    assert [isinstance(outcome, CallerError) for outcome in outcomes] == [False, True, False]
    assert await texts(db) == ["one", "three"]


async def test_nothing_is_shown_before_it_is_durable(ledger: Ledger, pen: Pen, database_url: str) -> None:
    await ledger.submit(pen.opens("c1"))
    blocker = await asyncpg.connect(database_url, server_settings={"dryfly.site": SITE})
    shown: list[bytes] = []
    ledger.publisher.follow(["all"], ledger.durable, lambda frame: not shown.append(frame), lambda: None)  # type: ignore[list-item, func-returns-value]
    async with blocker.transaction():
        await blocker.execute("lock table journal in exclusive mode")
        waiting = asyncio.create_task(ledger.submit(pen.says("c1", "slow disk")))
        reading = asyncio.create_task(ledger.read(lambda state: len(state.contacts)))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        assert not reading.done()
        assert shown == []
    await blocker.close()
    await waiting
    assert (await reading)[0] == 1
    assert len(shown) == 1
