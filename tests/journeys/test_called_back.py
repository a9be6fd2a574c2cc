"""A call back that is asked for on the page, told again to who comes back, and kept from the desk."""

import os
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.journeys.conftest import Town
from tests.journeys.looks import look_right_everywhere
from tests.journeys.people import Customer
from tests.service.conftest import a_queue

PICTURES = os.environ.get("DRYFLY_LOOKS", "")


async def looked_at(page: Page, name: str) -> None:
    """For whoever works on it: the screen as a picture, in the folder `DRYFLY_LOOKS`."""
    if not PICTURES:
        return
    for theme in ("light", "dark"):
        await page.emulate_media(color_scheme=theme)
        for width in (1440, 1024, 768, 360):
            await page.set_viewport_size({"width": width, "height": 800})
            await page.screenshot(path=Path(PICTURES) / f"{name}-{theme}-{width}.png")
    await page.set_viewport_size({"width": 1280, "height": 800})


@pytest.fixture
async def calls(town: Town) -> Town:
    await town.house.set_up(a_queue("general", callback_attempts_max=2, callback_retry_s=1, callback_slots_max=2))
    return town


async def waits(town: Town) -> Customer:
    customer = await town.customer()
    await customer.writes("Where is my order?")
    await customer.sees("You are next in line")
    return customer


async def asks(customer: Customer, index: int = 0) -> None:
    await customer.chooses("Rather be called back?")
    await customer.panel.get_by_label("When").select_option(index=index)
    await customer.panel.get_by_label("Telephone number").fill("+49 30 23125000")
    await customer.chooses("Call me back")


async def is_seen_on_the_floor(town: Town) -> None:
    boss = await town.supervisor("boss")
    await boss.page.goto(f"{town.house.base}/desk/#/floor")
    await expect(boss.page.get_by_text("1 call back promised")).to_be_visible()
    await looked_at(boss.page, "floor")
    await boss.page.get_by_role("button", name="Show", exact=True).click()
    calls = boss.page.get_by_role("region", name="Call backs")
    await expect(calls.get_by_role("button", name="Visitor", exact=True)).to_be_visible()
    await expect(calls).to_contain_text("1 of 2")


async def test_a_call_is_asked_for_and_kept(calls: Town) -> None:
    calls.watcher.allows("/widget/main/call")  # a number that is none
    ann = await waits(calls)
    await ann.chooses("Rather be called back?")
    number = ann.panel.get_by_label("Telephone number")
    await number.fill("12")
    await ann.chooses("Call me back")
    await expect(ann.panel.get_by_role("alert")).to_contain_text("country code")
    await looked_at(ann.page, "widget-asking")
    await number.fill("+49 30 23125000")
    await ann.chooses("Call me back")
    await ann.sees("We call you back when it is your turn.")
    await ann.sees("+49 30 23125000")
    await looked_at(ann.page, "widget-kept")
    await look_right_everywhere(ann.page)

    await ann.page.reload()
    await ann.opens_chat()
    await ann.sees("We call you back when it is your turn.")
    await ann.sees("•••000")
    await ann.page.close()

    bob = await calls.agent("bob")
    await expect(bob.page.get_by_text("To be called back")).to_be_visible()
    await looked_at(bob.page, "desk-offered")
    await bob.takes()
    call = bob.page.get_by_role("region", name="Call back")
    await expect(call.get_by_role("link", name="Dial +493023125000")).to_have_attribute("href", "tel:+493023125000")
    await expect(call).to_contain_text("attempt 1 of 2")
    await looked_at(bob.page, "desk-serving")
    await look_right_everywhere(bob.page)
    await call.get_by_role("button", name="Not reached").click()
    await expect(call).to_have_count(0)

    await expect(bob.page.get_by_text("not reached once")).to_be_visible()
    await is_seen_on_the_floor(calls)
    await bob.takes()
    await expect(call).to_contain_text("attempt 2 of 2, the last attempt")
    await call.get_by_role("button", name=re.compile("^Reached")).click()
    await expect(call).to_have_count(0)
    await expect(bob.page.get_by_role("button", name="Finish")).to_be_visible()


async def test_a_time_is_agreed_moved_and_called_off(calls: Town) -> None:
    ann = await waits(calls)
    await ann.chooses("Rather be called back?")
    when = ann.panel.get_by_label("When")
    await when.select_option(index=3)
    await ann.panel.get_by_label("Telephone number").fill("+49 30 23125000")
    await ann.chooses("Call me back")
    await ann.is_told("We call you back")
    told = ann.log.get_by_text("We call you back:")
    first = await told.inner_text()
    await looked_at(ann.page, "widget-booked")

    await ann.page.reload()
    await ann.opens_chat()
    await ann.sees(first)
    await ann.chooses("Change")
    await ann.panel.get_by_label("When").select_option(index=5)
    await ann.chooses("Call me back")
    await expect(told).not_to_have_text(first)
    await ann.chooses("Call it off")
    await ann.is_told("This talk is closed")


async def test_a_supervisor_moves_a_call_and_has_one_made_now(calls: Town) -> None:
    """By keyboard, and the customer's page says the new time."""
    ann = await waits(calls)
    await asks(ann, index=3)
    told = ann.log.get_by_text("We call you back:")
    first = await told.inner_text()
    ben = await waits(calls)
    await asks(ben)
    await ben.sees("We call you back when it is your turn.")

    eve = await calls.agent("eve", ready=False)
    await eve.sets("Away: Break")
    boss = await calls.supervisor("boss")
    await boss.opens_floor()
    await boss.page.get_by_role("button", name="Call backs 2").press("Enter")
    listed = boss.page.get_by_role("region", name="Call backs")
    await expect(listed.get_by_role("row")).to_have_count(3)
    await expect(listed).to_contain_text("in their turn")
    await expect(listed).to_contain_text(re.compile("Kept today: 0 of 2 promised|No call was promised today yet"))
    await looked_at(boss.page, "floor-calls")
    await look_right_everywhere(boss.page)

    await boss.chooses_by_keyboard("Actions for the call", "Another time…", talk=r"for \d\d:\d\d")
    await boss.page.get_by_label("When").select_option(index=5)
    await looked_at(boss.page, "floor-calls-move")
    await boss.page.get_by_role("button", name=re.compile("^Book ")).press("Enter")
    await expect(told).not_to_have_text(first)

    await boss.chooses_by_keyboard("Actions for the call", "Call now…", talk=r"for \d\d:\d\d")
    await expect(boss.page.get_by_label("Who calls")).to_contain_text("Eve")
    await boss.page.get_by_label("Who calls").select_option(label="Eve · Away, 0 talks")
    await boss.page.get_by_role("button", name="Call now", exact=True).press("Enter")
    call = eve.page.get_by_role("region", name="Call back")
    await eve.opens("Visitor")
    await expect(call.get_by_role("link", name="Dial +493023125000")).to_be_visible()
    await expect(listed.get_by_role("row")).to_have_count(2)

    await boss.chooses_by_keyboard("Actions for the call", "Call off…", talk="in their turn")
    await expect(boss.page.get_by_role("dialog")).to_contain_text("They keep their place and wait in line.")
    await boss.page.get_by_role("button", name="Call off", exact=True).press("Enter")
    await expect(listed).to_contain_text("Nobody is promised a call that is still to be made.")
