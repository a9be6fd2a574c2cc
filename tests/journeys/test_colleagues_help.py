"""A talk is more than one agent's: snoozed and back, a colleague consulted, and the talk handed over to them."""

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import Town
from tests.journeys.looks import look_right_everywhere
from tests.journeys.people import AgentPage
from tests.journeys.pictures import PICTURED, picture


async def chooses_in_menu(agent: AgentPage, key: str, item: str) -> None:
    """By keyboard alone: the menu's key, then the item."""
    await agent.page.locator("body").press(key)
    await agent.page.get_by_role("menuitem", name=item).press("Enter")


async def asks_colleague(agent: AgentPage, name: str, note: str) -> None:
    await agent.page.locator("body").press("c")
    dialog = agent.page.get_by_role("dialog", name="Ask a colleague")
    await dialog.get_by_role("combobox", name="Whom").fill(name)
    await agent.page.get_by_role("option", name=name).click()
    await dialog.get_by_label("What about").fill(note)
    await dialog.get_by_role("button", name="Ask", exact=True).click()


async def leaves_the_field(agent: AgentPage) -> None:
    await agent.field.press("Escape")


@pytest.mark.pictured
async def test_a_colleague_is_consulted_and_then_has_the_talk_handed_over(town: Town) -> None:
    eve = await town.agent("eve", ready=False)
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes("my lamp flickers")
    await bob.takes()
    await eve.is_ready()
    await leaves_the_field(bob)
    await asks_colleague(bob, "Eve", "a known fault?")
    await expect(bob.page.get_by_text("Eve is asked")).to_be_visible()

    card = eve.page.get_by_role("article", name="Bob asks for your advice")
    await expect(card).to_contain_text("a known fault?")
    await look_right_everywhere(eve.page)
    await eve.page.set_viewport_size(PICTURED)
    await card.press("Enter")
    await eve.sees("my lamp flickers")
    await expect(eve.page.get_by_role("textbox", name="Message to")).to_have_count(0)
    await eve.page.get_by_role("textbox", name="Note for colleagues").fill("yes: the switch")
    await eve.page.get_by_role("textbox", name="Note for colleagues").press("Control+Enter")
    await bob.sees("yes: the switch")
    await look_right_everywhere(bob.page)
    await picture(bob.page, "consult")

    await bob.page.get_by_role("button", name="Hand over to Eve").click()
    await expect(bob.list).to_contain_text("No talks yet.")
    await ann.is_told("Eve is here for you")
    await eve.says("I am sending you a new switch")
    await ann.sees("I am sending you a new switch")
    assert not {"yes: the switch", "a known fault?"} & set(await ann.texts())


async def test_a_talk_is_snoozed_until_a_time_and_is_back_when_the_customer_writes(town: Town) -> None:
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes("when will it come?")
    await bob.takes()
    await bob.says("I ask the carrier and come back to you")
    await leaves_the_field(bob)
    await chooses_in_menu(bob, "m", "Add a fact")
    dialog = bob.page.get_by_role("dialog", name="A fact about Visitor")
    await dialog.get_by_role("textbox", name="Is", exact=True).fill("Ann Archer")
    await dialog.get_by_role("button", name="Keep it").press("Enter")
    await expect(bob.list).to_contain_text("Ann Archer")
    await chooses_in_menu(bob, "z", "In an hour")
    await expect(bob.list).to_contain_text("until")
    await ann.writes("it is here!")
    await expect(bob.list.get_by_text("until")).to_have_count(0)
    await bob.list.get_by_role("button", name="Ann Archer").click()
    await bob.sees("it is here!")
    await expect(bob.field).to_be_visible()
