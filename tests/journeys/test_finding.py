"""An agent finds what somebody said last month, and reads it; nobody finds what is not theirs. All by keyboard."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.journeys.conftest import Town
from tests.journeys.looks import look_right_everywhere
from tests.journeys.people import AgentPage
from tests.journeys.pictures import picture

LAST_MONTH = "I want to return something from order W2611340. My e-mail is noah.brown@example.com"
NASTY = "<img src=x onerror=alert(1)> \u202egnihton \u202c and the lantern"


async def types_into_bar(page: Page, text: str) -> None:
    await expect(page.get_by_role("button", name=re.compile("^Presence: "))).to_be_visible()
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("combobox")).to_be_focused()
    await page.keyboard.type(text)


async def serves(agent: AgentPage, town: Town, *said: str) -> None:
    """A talk from its first word to its end."""
    customer = await town.customer()
    await customer.writes(said[0])
    await customer.sees("What is wrong with order W2611340?")
    await customer.writes(*said[1:])
    await customer.wants_person.click()
    await agent.is_offered()
    await agent.takes_by_enter()
    await agent.finishes()
    await agent.wraps_up("Solved", "refunded")
    await customer.page.close()


async def test_an_agent_finds_an_earlier_talk_by_its_order_number_and_reads_it(shop: Town) -> None:
    maja = await shop.agent("maja", {"returns": 5})
    page = maja.page
    await serves(maja, shop, LAST_MONTH, NASTY)
    await shop.house.site.followers["search"].reached(shop.house.site.ledger.durable, 15)

    await types_into_bar(page, "w2611340")
    hit = page.get_by_role("option").filter(has=page.locator("mark", has_text="W2611340"))
    await expect(hit).to_contain_text("Return something")
    while await hit.get_attribute("aria-selected") != "true":
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await maja.sees("I want to return something from order W2611340")
    await expect(page.get_by_text("This talk is closed.")).to_be_visible()

    await types_into_bar(page, "lantern")
    await expect(page.get_by_role("option").filter(has_text="onerror=alert(1)>")).to_be_visible()
    await page.keyboard.press("Escape")

    tom = await shop.agent("tom", ready=False)
    await types_into_bar(tom.page, "w2611340")
    await expect(tom.page.get_by_text("Nothing found for “w2611340”.")).to_be_visible()
    await tom.page.keyboard.press("Escape")
    await types_into_bar(tom.page, "noah")
    await expect(tom.page.get_by_text("Nothing found for “noah”.")).to_be_visible()


@pytest.mark.pictured
async def test_the_story_of_a_customer_is_read_beside_the_talk(shop: Town) -> None:
    maja = await shop.agent("maja", {"returns": 5})
    await serves(maja, shop, LAST_MONTH)
    noah = await shop.customer()
    await noah.writes(LAST_MONTH)
    await noah.sees("What is wrong with order W2611340?")
    await noah.wants_person.click()
    await maja.is_offered()
    await maja.takes_by_enter()
    story = maja.page.get_by_role("region", name="Story")
    past = story.get_by_role("button", name=re.compile("Return something"))
    await expect(past).to_contain_text("assistant + you · Solved")
    await past.press("Enter")
    await expect(story).to_contain_text("refunded")
    await look_right_everywhere(maja.page)
    await picture(maja.page, "story")
    orders = maja.customer.get_by_role("region", name="Order")
    await orders.locator("summary").first.press("Enter")
    await expect(orders.get_by_title(re.compile("^Copy W")).first).to_be_visible()


async def test_the_command_bar_does_what_can_be_done(shop: Town) -> None:
    maja = await shop.agent("maja", {"returns": 5})
    await types_into_bar(maja.page, "be away")
    await maja.page.keyboard.press("Enter")
    await expect(maja.presence).not_to_have_text(re.compile("Ready"))
    await maja.page.keyboard.press("Control+k")
    await expect(maja.page.get_by_role("option").first).to_contain_text("Be away")
