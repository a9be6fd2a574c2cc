"""How it looks: narrow and wide, light and dark. The guide's pictures are taken here (DRYFLY_PICTURES=update)."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.journeys.conftest import Town
from tests.journeys.looks import SCHEMES, Scheme, look_right, look_right_everywhere
from tests.journeys.people import AgentPage, Customer
from tests.journeys.pictures import PICTURED, picture
from tests.people import Visitor
from tests.service.conftest import a_queue, a_skill


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_the_widget_on_a_narrow_phone(shop: Town, scheme: Scheme) -> None:
    phone = {"width": 320, "height": 640}
    noah = await shop.customer(viewport=phone, color_scheme=scheme, has_touch=True, is_mobile=True)
    assert await noah.panel.bounding_box() == {"x": 0, "y": 0, **phone}
    await noah.writes("W" * 60, "my bottle arrived broken, I am noah.brown@example.com")
    await noah.sees("Which order is it about?")
    choice = noah.log.get_by_role("button", name="Water bottle, glass (W2611340)")
    await expect(choice).to_be_visible()
    await look_right(noah.page)
    await noah.wants_person.click()
    await noah.sees("You are next in line")
    await expect(choice).to_have_count(0)
    await look_right(noah.page)
    await expect(noah.field).to_be_in_viewport()
    await noah.page.keyboard.press("Escape")
    await expect(noah.panel).to_be_hidden()
    await expect(noah.button).to_be_focused()


@pytest.mark.pictured
async def test_the_desk_the_floor_and_the_widget_on_a_busy_morning(shop: Town) -> None:
    maja, noah = await a_busy_morning(shop)
    await look_right_everywhere(maja.page)
    for width in (1024, 1280, 1920):
        await maja.page.set_viewport_size({**PICTURED, "width": width})
        await look_right(maja.page)
    await noah.page.set_viewport_size(PICTURED)
    await look_right(noah.page)
    await picture(noah.page, "widget")
    await maja.page.set_viewport_size(PICTURED)
    await the_command_bar(maja.page)

    await gives_back(shop, "W1029384", "ana.lindqvist@example.com", "it does not find the other sock", "money back")
    await maja.is_offered()
    await shop.passes(8)
    await look_right_everywhere(maja.page)
    await picture(maja.page, "desk-dark", "dark")
    await picture(maja.page, "desk")

    sue = await shop.supervisor("sue")
    await sue.opens_floor()
    await expect(sue.row("Open talks", "Noah Brown")).to_be_visible()
    await look_right_everywhere(sue.page)
    await picture(sue.page, "floor")
    await whispered_snoozed_and_wrapped_up(sue, maja)
    await sue.page.keyboard.press("w")
    await expect(sue.page.get_by_role("heading", name="Open talks")).to_have_count(0)
    await look_right_everywhere(sue.page)
    await picture(sue.page, "wall", "dark")


async def whispered_snoozed_and_wrapped_up(sue: AgentPage, maja: AgentPage) -> None:
    """By keyboard, until nothing but the end of it is left."""
    await maja.declines()
    await sue.does("Whisper…", "Noah Brown")
    await sue.page.keyboard.type("Offer him free shipping on the next one")
    await sue.page.keyboard.press("Control+Enter")
    await expect(maja.page.get_by_role("alert")).to_contain_text("Sue whispers: Offer him free shipping")
    await look_right_everywhere(maja.page)
    await picture(maja.page, "whisper")
    await maja.page.get_by_role("button", name="Got it").press("Enter")
    await maja.field.press("Escape")
    await maja.page.keyboard.press("z")
    await expect(maja.page.get_by_role("menuitem", name="Tomorrow morning")).to_be_visible()
    await look_right_everywhere(maja.page)
    await picture(maja.page, "snooze")
    await maja.page.keyboard.press("Escape")
    await expect(maja.page.get_by_role("menu")).to_have_count(0)
    await maja.page.keyboard.press("e")
    await expect(maja.page.get_by_role("group", name="How did it end?")).to_be_focused()
    await maja.page.keyboard.press("1")
    await look_right_everywhere(maja.page)
    await picture(maja.page, "wrap-up")


@pytest.mark.pictured
async def test_how_signing_in_looks(town: Town) -> None:
    somebody = await town.another_tab(await town.context())
    await expect(somebody.page.get_by_label("E-mail")).to_be_focused()
    await look_right_everywhere(somebody.page)
    await picture(somebody.page, "sign-in", size={"width": 760, "height": 560})


async def the_command_bar(page: Page) -> None:
    """What was said is found, and what can be done."""
    await page.keyboard.press("Control+k")
    await page.keyboard.type("noah")
    await expect(page.get_by_role("option").filter(has_text="Noah Brown").first).to_be_visible()
    await look_right_everywhere(page)
    await picture(page, "command-bar")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


# ---- the morning -------------------------------------------------------------------------------


async def a_busy_morning(shop: Town) -> tuple[AgentPage, Customer]:
    await shop.house.set_up(a_skill("billing"), a_queue("billing", requires={"billing": 3}))
    await earlier(shop)
    maja = await shop.agent("maja", {"returns": 5})
    await shop.passes(140)
    await yusuf_and_mei(shop, maja)
    await shop.passes(70)
    noah = await shop.customer()
    await noah.writes("Hi, my bottle W2611340 came in pieces and I want my money back. noah.brown@example.com")
    await noah.sees("What is wrong with order W2611340?")
    await noah.writes("the glass is broken, for the second time")
    await noah.chooses("money back")
    await maja.is_offered()
    await shop.passes(9)
    await maja.takes()
    await noah.is_told("Maja is here for you")
    await maja.says("Hello Noah, I have your order before me. I refund $47.84 to your PayPal; nothing to send back.")
    await noah.sees("nothing to send back")
    await maja.notes("Warehouse confirms: the batch of 12 November was badly packed.")
    await maja.sees("badly packed")
    await shop.passes(60)
    await noah.writes("Perfect. When will I see the money?")
    await maja.sees("When will I see the money?")
    await maja.says("Within two working days. I also asked the warehouse to pack your keyboard properly.")
    await noah.sees("pack your keyboard properly")
    await shop.passes(45)
    await noah.writes("thank you!!")
    await maja.sees("thank you!!")
    await the_others(shop)
    return maja, noah


async def earlier(shop: Town) -> None:
    """Noah was here before, and was answered by the assistant."""
    noah = await shop.house.visitor()
    await noah.writes("where is my order W4817420? I am noah.brown@example.com")
    await noah.sees("Order W4817420 is on its way.")
    await shop.passes(75)
    await noah.ask("leave")
    await shop.passes(3_600)


async def yusuf_and_mei(shop: Town, maja: AgentPage) -> None:
    """One whom Maja serves at the same time, and one who has not written for a while."""
    mei = await shop.house.visitor()
    await mei.writes("where is my order W3141592? I am mei.kovacs@example.com")
    await mei.sees("Order W3141592 is cancelled.")
    await mei.ask("person")
    await maja.takes()
    await shop.passes(30)
    await maja.says("Your refund is on its way. Tell me when the bank has it.")
    await mei.sees("Tell me when the bank has it.")
    await maja.page.get_by_role("button", name=re.compile("^More")).click()
    await maja.page.get_by_role("menuitem", name="Park").click()
    await expect(maja.list.get_by_role("heading", name="Parked")).to_be_visible()
    await shop.passes(200)
    yusuf = await gives_back(shop, "W5550192", "yusuf.rossi@example.com", "two keys do not click", "a new one")
    await maja.takes()
    await maja.says("Which switches would you like in the new one?")
    await yusuf.sees("Which switches")
    await yusuf.writes("the silent ones, please")
    await maja.sees("the silent ones")
    await maja.page.goto(f"{shop.house.base}/desk/#/")


async def the_others(shop: Town) -> None:
    """Colleagues, some with talks of their own, and somebody whom the assistant serves."""
    for name in ("tom", "linh"):
        desk = await shop.house.desk(name)
        visitor = await shop.house.visitor()
        await visitor.ask("person")
        contact = await desk.takes()
        await desk.says(contact, "Good morning! What can I do for you?")
        await shop.passes(20)
    sara = await shop.house.desk("sara", {"billing": 4}, ready=False)
    await sara.ask("presence", presence="away", reason="break")
    ingrid = await shop.house.visitor()
    await ingrid.writes("how much did I pay? I am ingrid.okafor@example.com")
    await ingrid.sees("$129.00")


async def gives_back(shop: Town, order: str, email: str, wrong: str, wanted: str) -> Visitor:
    """Somebody who tells the assistant all that a person has to know."""
    customer = await shop.house.visitor()
    await customer.writes(f"I want to return something from order {order}. I am {email}")
    await customer.sees("What is wrong")
    await customer.writes(wrong)
    await customer.sees("What would you like instead?")
    await customer.writes(wanted)
    return customer
