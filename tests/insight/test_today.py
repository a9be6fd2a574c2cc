"""Today for the board: the same numbers as the day's measures, from the tables alone."""

from zoneinfo import ZoneInfo

from dryfly.floor.model import Instant, QueueId
from dryfly.insight.model import QUARTER_MS
from dryfly.insight.today import LATELY_MS, midnight, nothing_yet, read_today
from dryfly.platform.database import Database
from tests.insight.days import day_of, measured
from tests.insight.test_store import NORTH, fold, recorded

UTC = ZoneInfo("UTC")


async def test_today_is_what_the_measures_say_of_a_day(db: Database) -> None:
    journal = day_of(11)
    await fold(db, recorded(journal), seed=1)
    now = Instant(midnight(UTC, journal[0][1]) + 24 * 3600 * 1000 - 1)
    today = await read_today(db, NORTH, UTC, now)
    for queue, figures in measured(journal).queues.items():
        told = today.get(queue, nothing_yet(UTC, now))
        assert told.today.service_level == figures.service_level
        assert told.today.entered_count == figures.entered_count
        assert sum(quarter.counted.entered_count for quarter in told.quarters) == figures.entered_count
        assert [q.at for q in told.quarters] == list(range(midnight(UTC, now), now + 1, QUARTER_MS))


async def test_lately_is_the_last_half_hour_to_the_moment(db: Database) -> None:
    journal = day_of(11)
    await fold(db, recorded(journal), seed=1)
    async with db.site(NORTH) as conn:
        entered = await conn.fetch("select queue, entered_at from report_entry where entered_at is not null")
    queue, at = entered[0]["queue"], entered[0]["entered_at"]
    wanted = sum(row["queue"] == queue and at <= row["entered_at"] for row in entered)
    just_in = await read_today(db, NORTH, UTC, at + LATELY_MS - 1)
    assert just_in[QueueId(queue)].lately.entered_count == wanted
    just_out = await read_today(db, NORTH, UTC, at + LATELY_MS)
    assert just_out[QueueId(queue)].lately.entered_count == wanted - sum(
        row["queue"] == queue and row["entered_at"] == at for row in entered
    )


def test_a_day_begins_where_the_site_is() -> None:
    noon = 1_774_785_600_000  # 2026-03-29 12:00 UTC, the day on which clocks went forward in Berlin
    assert midnight(ZoneInfo("Europe/Berlin"), noon) == noon - 13 * 3600 * 1000
    assert len(nothing_yet(ZoneInfo("Europe/Berlin"), noon).quarters) == 13 * 4 + 1
