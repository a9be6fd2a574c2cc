"""A night's learning: what is taken, what is refused, and that each site learns from its own."""

from typing import Any

import numpy as np
import pytest

from dryfly.floor.model import ContactId, QueueId, SiteId
from dryfly.platform.clock import HandClock
from dryfly.platform.database import Database
from dryfly.platform.jobs import JobRunner
from dryfly.service.flooring import expected_by
from dryfly.waiting.estimates import Waiting
from dryfly.waiting.flow import Waiter
from dryfly.waiting.model import Band
from dryfly.waiting.nights import DAY_MS, KEPT_DAYS, SCHEDULES, learn_waits, waiting_workers
from dryfly.waiting.signs import NAMES, VERSION

NORTH, SOUTH, GENERAL = SiteId("north"), SiteId("south"), QueueId("general")
NOW = 1_800_000_000_000
AHEAD = NAMES.index("here_ahead")


async def history(db: Database, site: SiteId = NORTH, *, days: int = 6, rule_off: float = 2.0, **changed: Any) -> None:
    """100 waits a day, 40 s for each who is ahead, give or take; the rule tells `rule_off` times as much."""
    random = np.random.default_rng(1)
    rows = []
    for number in range(days * 100):
        ahead = int(random.poisson(4))
        wait_s = float(20 + 40 * ahead * random.uniform(0.7, 1.3))
        row = np.zeros(len(NAMES))
        row[AHEAD] = ahead
        at = NOW - (number // 100 + 1) * DAY_MS + number * 1_000 + 1
        told = {"rule_s": wait_s * rule_off, "told_s": wait_s + 10, "told_to_s": wait_s * 2, **changed}
        rows.append((site, f"c{number}", at, GENERAL, VERSION, row.tolist(), *told.values(), at + round(wait_s * 1000)))
    async with db.site(site) as conn:
        await conn.executemany(
            "insert into waiting_entry (site, contact, queued_at, queue, version, signs, rule_s, told_s, told_to_s,"
            " ended_at, is_answered) values ($1, $2, to_timestamp($3::bigint / 1000.0), $4, $5, $6, $7, $8, $9,"
            " to_timestamp($10::bigint / 1000.0), true)",
            rows,
        )


async def models(db: Database, site: SiteId = NORTH) -> list[dict[str, Any]]:
    async with db.site(site) as conn:
        return [
            dict(row) for row in await conn.fetch("select number, refused, waits from waiting_model order by number")
        ]


async def four_ahead(db: Database, site: SiteId = NORTH) -> Band | None:
    """What somebody is told before whom four wait."""
    waiting = Waiting(db, site)
    await waiting.refresh(NOW)
    for number in range(4):
        waiting.watch.flow.queue(ContactId(f"{number}"), GENERAL, Waiter(NOW, NOW), NOW)
    return waiting.estimate(GENERAL, 5, NOW)


async def test_what_is_better_than_the_rule_is_taken(db: Database) -> None:
    await history(db)
    waiting = Waiting(db, NORTH)
    assert await four_ahead(db) is None, "no history, and nobody was answered lately"
    learned = await learn_waits(db, NORTH, NOW)
    assert learned[GENERAL].refused == ""
    assert learned[GENERAL].trial.covered == pytest.approx(0.8, abs=0.06)
    await waiting.refresh(NOW)
    band = await four_ahead(db)
    assert band is not None
    assert band.is_learned
    assert band.p50_s == pytest.approx(20 + 4 * 40, rel=0.1), "four are ahead"
    assert waiting.quality.error_s == pytest.approx(10, abs=0.1)
    assert waiting.quality.covered == 1.0


async def test_supervisors_are_told_where_an_estimate_comes_from(db: Database) -> None:
    waiting = Waiting(db, NORTH)
    expected = expected_by(waiting)
    for number in range(4):
        waiting.watch.flow.queue(ContactId(f"{number}"), GENERAL, Waiter(NOW, NOW), NOW)
    assert expected(GENERAL, 5, NOW) is None, "nobody can say"
    for number in (3, 2, 1):
        waiting.watch.flow.lines[GENERAL].engaged.append(NOW - number * 60_000)
    told = expected(GENERAL, 5, NOW)
    assert told is not None
    assert told.learned_days is None, "the rule of the queue's length"
    await history(db, days=6)
    await learn_waits(db, NORTH, NOW)
    await waiting.refresh(NOW)
    told = expected(GENERAL, 5, NOW)
    assert told is not None
    assert told.learned_days == 6


async def test_what_is_worse_than_the_rule_is_refused_and_the_old_kept(db: Database) -> None:
    await history(db)
    await learn_waits(db, NORTH, NOW)
    before = await four_ahead(db)
    async with db.site(NORTH) as conn:
        await conn.execute("update waiting_entry set ended_at = ended_at + (ended_at - queued_at)")
        await conn.execute("update waiting_entry set rule_s = extract(epoch from ended_at - queued_at)")
    learned = await learn_waits(db, NORTH, NOW)
    assert learned[GENERAL].refused == "worse_than_rule"
    assert [(row["number"], row["refused"]) for row in await models(db)] == [(1, ""), (2, "worse_than_rule")]
    assert await four_ahead(db) == before, "the first is still in use"


async def test_too_few_waits_or_days_teach_nothing(db: Database) -> None:
    await history(db, days=3)
    assert await learn_waits(db, NORTH, NOW) == {}
    assert await models(db) == []


async def test_a_site_learns_from_its_own_waits_only(db: Database) -> None:
    await history(db)
    assert await learn_waits(db, SOUTH, NOW) == {}
    await learn_waits(db, NORTH, NOW)
    assert await four_ahead(db, SOUTH) is None
    async with db.site(SOUTH) as conn:
        for table in ("waiting_entry", "waiting_model", "waiting_told"):
            assert await conn.fetchval(f"select count(*) from {table}") == 0


async def test_signs_of_another_release_are_not_used(db: Database) -> None:
    await history(db)
    await learn_waits(db, NORTH, NOW)
    async with db.site(NORTH) as conn:
        await conn.execute("update waiting_model set version = version + 1")
        await conn.execute("update waiting_entry set version = version + 1")
    assert await learn_waits(db, NORTH, NOW) == {}
    assert await four_ahead(db) is None


async def test_what_is_old_is_forgotten(db: Database) -> None:
    await history(db)
    await learn_waits(db, NORTH, NOW)
    await learn_waits(db, NORTH, NOW + 1)
    await learn_waits(db, NORTH, NOW + (KEPT_DAYS + 1) * DAY_MS)
    async with db.site(NORTH) as conn:
        assert await conn.fetchval("select count(*) from waiting_entry") == 0
    assert [row["number"] for row in await models(db)] == [2], "the one in use stays"


async def test_every_site_has_its_night(db: Database) -> None:
    clock = HandClock(NOW)
    for site in (NORTH, SOUTH):
        await history(db, site)
        async with db.site(site) as conn:
            await conn.execute("insert into site (site, version, body, changed_at) values ($1, 1, '{}', now())", site)
    runner = JobRunner(db, waiting_workers(db, clock), clock, SCHEDULES)
    await runner.run_due()
    await runner.run_due()
    assert [len(await models(db, site)) for site in (NORTH, SOUTH)] == [1, 1]


async def test_a_promise_outlives_the_process(db: Database) -> None:
    await history(db)
    await learn_waits(db, NORTH, NOW)
    ann, first = ContactId("ann"), Waiting(db, NORTH)
    await first.refresh(NOW)
    first.watch.flow.queue_of[ann] = GENERAL
    told = first.tell(ann, GENERAL, 3, NOW)
    assert told is not None
    await first.keep()
    second = Waiting(db, NORTH)
    await second.start()
    assert second.tell(ann, GENERAL, 3, NOW) == told, "it knows nothing else of the queue yet"
    await second.keep()
    async with db.site(NORTH) as conn:
        assert await conn.fetchval("select count(*) from waiting_told") == 0, "who waits no longer is forgotten"
