"""The demo lives: people come and are served, real people are left room, and nothing real is ever touched."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from dryfly.demo.company import SITE, YOU
from dryfly.demo.founding import Founding
from dryfly.demo.people import Crew
from dryfly.demo.shop import make_shop
from dryfly.floor.model import Command, SiteId
from dryfly.platform.clock import SystemClock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.setup.sites import Sites
from tests.demo.conftest import FEW, Company
from tests.people import AgentDesk, Visitor

PATIENCE_S = 90


async def soon(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds():
            await asyncio.sleep(0.05)


class TestBusy:
    @pytest.fixture
    def rate(self) -> float:
        return 10

    async def test_customers_come_and_are_served(self, company: Company) -> None:
        life = company.demo.life
        assert life is not None
        await soon(lambda: sum(one.served_count for one in life.standins.values()) >= 5)
        await soon(lambda: life.endings.get("served", 0) >= 3 and sum(life.endings.values()) >= 8)


async def test_a_stand_in_steps_aside_and_leaves_the_visitor_to_the_person(company: Company) -> None:
    life = company.demo.life
    assert life is not None
    await soon(lambda: len(life.ready()) == len(life.standins) >= 9)
    crew = Crew(company.server.db, company.server.clock, company.server.people, company.server.sessions)
    anna = AgentDesk(company.base, f"dryfly_session={await crew.enter('agent')}")
    await soon(lambda: YOU in life._people)
    await anna.sits_down()
    visitor = Visitor(company.base)
    try:
        await visitor.comes()
        await visitor.writes("can I talk to a person?")
        contact = await anna.takes(await _offered(anna))
        await anna.says(contact, "Anna here, a real person.")
        await visitor.sees("a real person")
    finally:
        await visitor.close()
        await anna.close()


async def _offered(desk: AgentDesk) -> dict[str, object]:
    await desk.until(lambda: bool(desk.offers), PATIENCE_S)
    return next(iter(desk.offers.values()))


async def test_a_stand_in_answers_a_visitor_where_no_person_is_there(company: Company) -> None:
    visitor = Visitor(company.base)
    try:
        await visitor.comes()
        await visitor.writes("I want to complain, the lamp broke after two days")
        await visitor.until(lambda: len(visitor.heard("agent")) >= 2, PATIENCE_S)
        assert not any("{" in text for text in visitor.heard("agent"))
    finally:
        await visitor.close()


async def test_the_past_is_written_in_order_and_once(
    db: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_shop, "__defaults__", (FEW,))
    founded = await Founding(db, database_url, tmp_path, SystemClock(), days=1).ensure()
    async with db.site(SITE) as conn:
        kinds = await conn.fetch("select kind from journal where site = $1", SITE)
        past = await conn.fetch("select at from journal where site = $1 order by seq", SITE)
    assert sum(row["kind"].startswith("ContactClosed") for row in kinds) > 50
    times = [row["at"] for row in past]
    assert times == sorted(times)
    assert (await Founding(db, database_url, tmp_path, SystemClock()).ensure()).shop == founded.shop


async def test_what_was_broken_off_says_what_to_do(db: Database, database_url: str, tmp_path: Path) -> None:
    async with db.site(SITE) as conn:
        await conn.execute("insert into demo_company (site, seed, made_at) values ($1, 7, $2)", SITE, 1_767_225_600_000)
    with pytest.raises(CallerError, match="broken off: delete the folder"):
        await Founding(db, database_url, tmp_path, SystemClock()).ensure()


async def test_a_real_site_is_never_touched(db: Database, database_url: str, tmp_path: Path) -> None:
    async def floor_is_away(site: SiteId, command: Command, actor: str) -> None:
        pass

    await Sites(db, SystemClock(), floor_is_away).ensure_first_site()
    with pytest.raises(CallerError, match="real site"):
        await Founding(db, database_url, tmp_path, SystemClock()).ensure()
    async with db.site(SITE) as conn:
        assert await conn.fetchval("select count(*) from demo_company") == 0
