"""Ten minutes with the demo: from the tour into the shop as a known customer, to the assistant, to a person."""

import pytest
from playwright.async_api import Browser, expect

from tests.demo.conftest import Company, company, rate
from tests.journeys.conftest import AT_HOME
from tests.journeys.looks import look_right_everywhere
from tests.journeys.people import Customer, Watcher
from tests.journeys.pictures import picture

__all__ = ["company", "rate"]

WAITS_MS = 60_000


@pytest.mark.pictured
async def test_the_tour_leads_to_the_shop_the_answer_and_a_person(company: Company, browser: Browser) -> None:
    context = await browser.new_context(**AT_HOME)
    watcher = Watcher()
    watcher.watch(context)
    tour = await context.new_page()
    await tour.goto(f"{company.base}/tour")
    await expect(tour.get_by_role("heading", name="Be a customer")).to_be_visible()
    await look_right_everywhere(tour)
    await picture(tour, "tour")
    order = company.demo.tour._whose("on_its_way")[1]
    async with context.expect_page() as opened:
        await tour.get_by_role("link", name="Open the shop as").first.click()
    customer = Customer(await opened.value, company.base)
    await customer.opens_chat()
    await customer.writes("where is my order?")
    await expect(customer.log.get_by_text(f"Order {order.key} is on its way").last).to_be_visible(timeout=WAITS_MS)
    await customer.writes("can I talk to a person?")
    await expect(customer.panel.locator(".who")).to_contain_text("is here for you", timeout=WAITS_MS)
    assert not watcher.heard
    await context.close()


async def test_the_desk_opens_without_a_password(company: Company, browser: Browser) -> None:
    context = await browser.new_context(**AT_HOME, viewport={"width": 360, "height": 800})
    tour = await context.new_page()
    await tour.goto(f"{company.base}/tour")
    assert await tour.evaluate("document.documentElement.scrollWidth") <= 360
    async with context.expect_page() as opened:
        await tour.get_by_role("link", name="Sit down as Anna").click()
    await expect((await opened.value).get_by_role("button", name="Presence")).to_be_visible(timeout=WAITS_MS)
    stranger = await context.new_page()
    answer = await stranger.goto(f"{company.base}/tour/enter/agent?key=guessed")
    assert answer is not None
    assert answer.status == 403
    await context.close()
