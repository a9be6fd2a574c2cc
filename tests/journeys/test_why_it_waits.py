"""Why somebody waits, and how a contact came where it is: on the floor and beside the talk."""

import re

import pytest
from playwright.async_api import expect

from dryfly.floor.model import Relaxation, SkillId, SkillNeed
from tests.journeys.conftest import Town
from tests.journeys.looks import look_right_everywhere
from tests.journeys.test_called_back import looked_at
from tests.service.conftest import a_queue, a_skill

LESS = Relaxation(600, (SkillNeed(SkillId("french"), 2),))


@pytest.fixture
async def french(town: Town) -> Town:
    queue = a_queue("general", requires={"french": 5}, relaxations=(LESS,))
    await town.house.set_up(a_skill("french"), queue)
    return town


async def test_a_supervisor_reads_why_and_how(french: Town) -> None:
    bob = await french.agent("bob", {"french": 7}, chats_max=1)
    first, second = await french.customer(), await french.customer()
    await first.writes("Bonjour")
    await bob.takes()
    await second.writes("Bonjour aussi")
    sue = await french.supervisor("sue")
    await sue.opens_floor()

    row = sue.row("Open talks", "waiting")
    await row.get_by_role("button", name="Why? does Visitor wait").press("Enter")
    way = sue.page.get_by_role("region", name="What stands in its way")
    await expect(way).to_contain_text("Everybody who could serve it now has no room left.")
    await expect(way).to_contain_text("One agent has what it needs: one has no room left.")
    await expect(way).to_contain_text(re.compile(r"The queue asks for less from \d\d:\d\d on\."))
    await looked_at(sue.page, "floor-why")
    await look_right_everywhere(sue.page)

    await row.get_by_role("button", name="Visitor", exact=True).press("Enter")
    beside = sue.page.get_by_role("complementary", name="Customer")
    await expect(beside.get_by_role("region", name="What stands in its way")).to_contain_text("no room left")
    await expect(beside.get_by_role("list", name="How it came here")).to_contain_text("In line for General.")
    await looked_at(sue.page, "desk-why")
    await look_right_everywhere(sue.page)

    await bob.finishes()
    await bob.wraps_up("Solved")
    await bob.takes()
    story = beside.get_by_role("list", name="How it came here")
    if await story.count() == 0:  # it waits no longer, and closes by itself
        await beside.get_by_role("button", name="How it came here").press("Enter")
    await expect(story).to_contain_text("Bob took it.")
    await expect(story).to_contain_text(re.compile(r"Offered to Bob: .+ It had waited"))
    await expect(beside.get_by_role("region", name="What stands in its way")).to_have_count(0)


async def test_an_agent_reads_how_a_talk_of_theirs_came_and_of_no_other(french: Town) -> None:
    bob, eve = await french.agent("bob", {"french": 7}), await french.agent("eve", ready=False)
    ann = await french.customer()
    await ann.writes("Bonjour")
    await bob.takes()
    contact = bob.page.url.rsplit("/", 1)[-1]
    await bob.customer.get_by_role("button", name="How it came here").press("Enter")
    await expect(bob.customer.get_by_role("list", name="How it came here")).to_contain_text("Bob took it.")
    french.watcher.allows("/routing")
    assert await eve.fetches(f"/api/talks/{contact}/routing") == 404
