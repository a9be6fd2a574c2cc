"""A desk that is open all day does not grow: as many events as eight hours bring at a hundred a minute."""

import os
from typing import Any

import pytest
from playwright.async_api import CDPSession

from tests.journeys.conftest import Town
from tests.people import AgentDesk
from tests.service.conftest import a_queue

EVENTS_COUNT = int(os.environ.get("DRYFLY_LONG_DAY_EVENTS", "48000"))
WORDS_EACH = 6  # of the customer and of the agent
GROWTH_MAX = 1.15  # from a quarter of the day to its end, after the browser has tidied up


@pytest.mark.long
async def test_the_page_does_not_grow_in_a_day(town: Town) -> None:
    await town.house.set_up(a_queue("general", wrap_up_s=600))
    maja = await town.agent("maja", ready=False)
    hands = await town.house.desk_of(await _cookie(maja.page.context))
    await hands.ask("presence", presence="ready")
    memory = await maja.page.context.new_cdp_session(maja.page)
    first_seq, quarter = hands.last or 0, 0.0
    while (events := (hands.last or 0) - first_seq) < EVENTS_COUNT:
        await a_talk(town, maja.page, hands)
        if not quarter and events > EVENTS_COUNT / 4:
            quarter = await used(memory)
    assert await used(memory) <= quarter * GROWTH_MAX


async def a_talk(town: Town, page: Any, hands: AgentDesk) -> None:
    """Somebody comes, is read in the browser, served, and goes."""
    visitor = await town.house.visitor()
    await visitor.writes("hello")
    contact = await hands.takes()
    await page.evaluate("contact => { location.hash = `#/talk/${contact}` }", contact)
    for number in range(WORDS_EACH):
        await hands.says(contact, f"answer {number}")
        await visitor.writes(f"question {number}")
    await hands.finishes(contact)
    await visitor.stands_at("closed")
    await visitor.close()
    town.house.pages.remove(visitor)


async def used(session: CDPSession) -> float:
    """Bytes of the page's heap, and its nodes, as one figure: both have to stay."""
    await session.send("HeapProfiler.collectGarbage")
    heap = await session.send("Runtime.getHeapUsage")
    nodes = await session.send("Memory.getDOMCounters")
    return float(heap["usedSize"]) + 200 * float(nodes["nodes"])


async def _cookie(context: Any) -> str:
    cookie = next(cookie for cookie in await context.cookies() if cookie["name"] == "dryfly_session")
    return f"{cookie['name']}={cookie['value']}"
