"""A demo that was stopped for a week looks alive when it comes back: today's orders, and a history until now."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import time

import pytest

from dryfly.conversations.words import TABLES
from dryfly.demo import shop as books
from dryfly.demo.company import SITE
from dryfly.demo.founding import Founded, Founding
from dryfly.floor import model as floor
from dryfly.floor.model import Channel, ContactId
from dryfly.ledger import Actor, CommandId, Ledger, Submission
from dryfly.platform.clock import HandClock
from dryfly.platform.database import Database
from dryfly.platform.ids import new_id

FEW = 150
DAY_S = 86_400


@pytest.fixture
def calendar() -> HandClock:
    """Noon of yesterday: partitions are made for the days around us, and soon after midnight nobody has come yet."""
    today = round(time() * 1000) // (DAY_S * 1000)
    return HandClock((today * DAY_S - DAY_S // 2) * 1000)


@pytest.fixture
def founding(
    db: Database, database_url: str, tmp_path: Path, calendar: HandClock, monkeypatch: pytest.MonkeyPatch
) -> Founding:
    monkeypatch.setattr(books.make_shop, "__defaults__", (FEW,))
    return Founding(db, database_url, tmp_path, calendar, days=1)


async def test_a_week_later_the_books_and_the_history_are_of_today(
    founding: Founding, calendar: HandClock, db: Database
) -> None:
    first = await founding.ensure()
    await _leave_somebody(founding, calendar)
    calendar.turn(7 * DAY_S + 9 * 3600)
    founding.days = 28
    again = await founding.ensure()
    assert [customer.email for customer in again.shop.customers] == [c.email for c in first.shop.customers]
    assert newest(again) == _day(calendar.now())
    async with db.site(SITE) as conn:
        on_file = await conn.fetchval(
            "select max(date) from image_record r join image_site s using (site, version) where kind = 'order'"
        )
        arrived = await conn.fetch("select at from journal where kind = 'ContactArrived' order by seq")
        seqs = await conn.fetchval("select array_agg(at order by seq) = array_agg(at order by at, seq) from journal")
    assert on_file == _day(calendar.now()).isoformat()
    days = {_day(row["at"]) for row in arrived}
    assert {_day(calendar.now()) - timedelta(days=ago) for ago in range(8)} <= days
    assert seqs, "the journal is in order of time"
    assert await _open_contacts(founding, calendar) == 0


async def test_who_is_back_soon_finds_it_as_it_was(founding: Founding, calendar: HandClock, db: Database) -> None:
    await founding.ensure()
    before = await _events(db)
    calendar.turn(3600)
    await founding.ensure()
    assert await _events(db) == before


async def test_a_demo_of_last_year_has_its_last_weeks(founding: Founding, calendar: HandClock, db: Database) -> None:
    await founding.ensure()
    left = calendar.now()
    calendar.turn(300 * DAY_S)
    founding.days = 2
    assert newest(await founding.ensure()) == _day(calendar.now())
    async with db.site(SITE) as conn:
        since = await conn.fetchval("select min(at) from journal where at > $1", left)
    assert calendar.now() - since < 4 * DAY_S * 1000


async def _leave_somebody(founding: Founding, calendar: HandClock) -> None:
    """In a talk that nobody ended, when the demo was stopped."""
    ledger = Ledger(founding.url, SITE, clock=calendar, tables=TABLES)
    await ledger.start()
    id = CommandId(new_id(calendar.now()))
    opened = floor.OpenContact(ContactId("left"), Channel("web"), queue=floor.QueueId("orders"))
    await ledger.submit(Submission(id, Actor("customer"), opened))
    await ledger.stop()


async def _open_contacts(founding: Founding, calendar: HandClock) -> int:
    ledger = Ledger(founding.url, SITE, clock=calendar, tables=TABLES)
    await ledger.start()
    count = ledger.peek(lambda state: len(state.contacts))
    await ledger.stop()
    return count


async def _events(db: Database) -> int:
    async with db.site(SITE) as conn:
        return int(await conn.fetchval("select count(*) from journal"))


def newest(founded: Founded) -> date:
    return max(order.ordered_on for order in founded.shop.orders)


def _day(at: int) -> date:
    return datetime.fromtimestamp(at / 1000, UTC).date()
