"""Hours reach the floor, and a supervisor closes a queue at once."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx
import msgspec
import pytest

from dryfly.floor.model import QueueId
from dryfly.platform.clock import Clock, HandClock
from dryfly.service.opening import AGAIN_S
from dryfly.setup.change import Change
from dryfly.setup.hours import Day, Hours, Span
from tests.service.conftest import MAIN, House, a_queue

RETURNS = QueueId("returns")
HOUR = 3_600_000
DAYTIME = Hours("Europe/Vienna", {day: (Span("08:00", "18:00"),) for day in Day})
NOON = int(datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Vienna")).timestamp() * 1000)


@pytest.fixture
def house_clock() -> Clock:
    return HandClock(NOON)


@pytest.fixture
async def open_house(house: House) -> House:
    await house.set_up(msgspec.structs.replace(a_queue("returns"), hours=DAYTIME))
    await house.site.openings.put()
    return house


def floor_hours(house: House) -> list[tuple[int, int]] | None:
    spans = house.site.ledger.peek(lambda state: state.hours.get(RETURNS))
    return None if spans is None else [(span.from_at, span.to_at) for span in spans]


def is_open(house: House, at: int) -> bool:
    spans = floor_hours(house)
    return spans is None or any(opens <= at < closes for opens, closes in spans)


async def supervisor(house: House, role: str = "supervisor") -> httpx.AsyncClient:
    cookie = await house.person(role, role)
    http = httpx.AsyncClient(base_url=f"{house.base}/api", headers={"cookie": cookie})
    http.headers["x-dryfly-guard"] = (await http.get("/session")).json()["guard"]
    return http


async def test_hours_of_the_set_up_reach_the_floor(open_house: House) -> None:
    assert is_open(open_house, NOON)
    assert not is_open(open_house, NOON + 7 * HOUR)
    assert is_open(open_house, NOON + 34 * 24 * HOUR)
    await open_house.set_up(a_queue("returns"))
    await open_house.site.openings.put()
    assert floor_hours(open_house) is None


async def test_they_go_on_from_day_to_day(open_house: House, house_clock: HandClock) -> None:
    before = floor_hours(open_house)
    await open_house.site.openings.put()
    assert floor_hours(open_house) == before
    house_clock.turn(24 * 3600)
    await open_house.site.openings.put()
    assert floor_hours(open_house) != before


async def test_a_change_is_told_at_once_not_in_a_minute(open_house: House) -> None:
    change = Change(puts=(a_queue("returns"),))
    await open_house.server.sites.change(MAIN, change, "person:ada")
    async with asyncio.timeout(AGAIN_S / 2):
        while floor_hours(open_house) is not None:
            await asyncio.sleep(0.01)


async def test_a_supervisor_closes_a_queue_and_opens_it_again(open_house: House) -> None:
    http = await supervisor(open_house)
    answer = await http.put("/setup/closings/returns", json={"until": NOON + HOUR, "reason": "Fire alarm."})
    assert answer.json()["by"] == "Supervisor"
    assert not is_open(open_house, NOON)
    assert is_open(open_house, NOON + HOUR)
    assert open_house.site.hours(RETURNS).opens_at == NOON + HOUR
    assert (await http.delete("/setup/closings/returns")).status_code == 204
    assert is_open(open_house, NOON)
    audit = await open_house.server.sites.audit(MAIN)
    assert [line.action for line in audit[:2]] == ["reopen", "close"]
    assert audit[1].values["after"]["reason"] == "Fire alarm."
    await http.aclose()


async def test_a_closing_is_known_after_a_restart(open_house: House) -> None:
    http = await supervisor(open_house)
    await http.put("/setup/closings/returns", json={"until": NOON + HOUR, "reason": "Fire alarm."})
    await open_house.site.openings.start()
    closing = open_house.site.openings.closing(RETURNS)
    assert closing is not None
    assert closing.reason == "Fire alarm."
    await http.aclose()


@pytest.mark.parametrize(
    ("until", "reason", "where"),
    [(NOON, "Now.", "until"), (NOON + 8 * 24 * HOUR, "Long.", "until"), (NOON + HOUR, "  ", "reason")],
)
async def test_closings_that_cannot_be(open_house: House, until: int, reason: str, where: str) -> None:
    http = await supervisor(open_house)
    answer = await http.put("/setup/closings/returns", json={"until": until, "reason": reason})
    assert answer.status_code == 400
    assert answer.json()["error"]["values"]["where"] == where
    assert is_open(open_house, NOON)
    await http.aclose()


async def test_agents_close_nothing(open_house: House) -> None:
    http = await supervisor(open_house, "agent")
    answer = await http.put("/setup/closings/returns", json={"until": NOON + HOUR, "reason": "Lunch."})
    assert answer.status_code == 403
    assert (await http.delete("/setup/closings/returns")).status_code == 403
    assert is_open(open_house, NOON)
    await http.aclose()
