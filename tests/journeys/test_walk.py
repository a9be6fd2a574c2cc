"""A supervisor walks the customer's path from the console, and sees what a customer would."""

import pytest
from playwright.async_api import Browser, expect

from tests.demo.conftest import Company, company, rate
from tests.journeys.conftest import AT_HOME
from tests.journeys.looks import look_right_everywhere
from tests.journeys.people import Watcher
from tests.journeys.pictures import picture

__all__ = ["company", "rate"]

WAITS_MS = 90_000
SCRIPT = "name: Hours\nsteps:\n- says: what are your opening hours?\n- {expects: every day, within_s: 60}\n"


@pytest.mark.pictured
async def test_a_supervisor_walks_and_sees_the_path(company: Company, browser: Browser) -> None:
    context = await browser.new_context(**AT_HOME)
    watcher = Watcher()
    watcher.watch(context)
    page = await context.new_page()
    await page.goto(f"{company.base}/tour/enter/supervisor?key={company.demo.tour.key}")
    await page.goto(f"{company.base}/desk/#/walk")
    await page.get_by_label("Change it as you like").fill(SCRIPT)
    await page.get_by_role("button", name="Walk", exact=True).click()
    path = page.get_by_role("list", name="What the customer saw")
    await expect(path).to_contain_text("People answer every day", timeout=WAITS_MS)
    await expect(page.get_by_text("No dead end")).to_be_visible(timeout=WAITS_MS)
    blocked = SCRIPT.replace("every day", "only on the moon").replace("60", "2")
    await page.get_by_label("Change it as you like").fill(blocked)
    await page.get_by_role("button", name="Walk", exact=True).click()
    await expect(page.get_by_text("A dead end", exact=True)).to_be_visible(timeout=WAITS_MS)
    await expect(path).to_contain_text("“only on the moon” did not come within 2 s")
    await look_right_everywhere(page)
    await picture(page, "walk", size={"width": 1400, "height": 600}, is_timed=True)
    assert not watcher.heard
    await page.get_by_label("Change it as you like").fill("name: nothing")
    await page.get_by_role("button", name="Walk", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("either `steps:` or a `customer:`")
    await context.close()
