"""One customer, two pages, one agent: two talks become one, and two again. By keyboard."""

import re

from playwright.async_api import expect

from dryfly.floor.model import ContactId, CustomerId, IdentifyCustomer
from tests.journeys.conftest import Town


async def recognised(town: Town, *customers: str | None) -> None:
    """Who writes, in the order in which they came."""
    contacts = town.house.site.ledger.peek(lambda state: sorted(state.contacts.values(), key=lambda c: c.number))
    for contact, customer in zip(contacts, customers, strict=True):
        if customer is not None:
            known = IdentifyCustomer(ContactId(contact.id), CustomerId(customer), 2)
            await town.house.site.submit(known, "system:test")


async def test_pain_13_two_talks_of_one_customer_become_one_and_two_again(town: Town) -> None:
    bob = await town.agent("bob")
    phone, laptop = await town.customer(), await town.customer()
    await phone.writes("where is my lamp?")
    await bob.takes()
    await laptop.writes("hello, me again")
    await bob.takes()
    await recognised(town, "ann", "ann")

    await bob.opens("where is my lamp")
    await bob.sees("where is my lamp?")
    also = bob.customer.get_by_role("region", name="Also open")
    await expect(also).to_be_visible()
    await bob.field.blur()
    await bob.page.keyboard.press("g")
    dialog = bob.page.get_by_role("dialog")
    await expect(dialog.get_by_role("radio").first).to_be_checked()
    await bob.page.keyboard.press("Control+Enter")
    await expect(dialog).to_have_count(0)

    merged = bob.page.get_by_role("list", name="Merged talks")
    await expect(merged).to_contain_text("Your answer goes there")
    await expect(also).to_have_count(0)
    await bob.reads("where is my lamp?", "hello, me again")
    await bob.says("it comes today")
    await laptop.sees("it comes today")
    await phone.writes("thank you!")
    await bob.sees("thank you!")
    await expect(merged).not_to_contain_text("Your answer goes there")
    await bob.says("you are welcome")
    await phone.sees("you are welcome")
    assert "it comes today" not in await phone.texts()

    await merged.get_by_role("button", name=re.compile("^Part")).click()
    await expect(merged).to_have_count(0)
    await expect(bob.list.get_by_role("button")).to_have_count(2)
    await bob.reads("where is my lamp?", "thank you!", "you are welcome")


async def test_a_visitor_is_merged_only_with_a_confirming_word(town: Town) -> None:
    bob = await town.agent("bob")
    known, visitor = await town.customer(), await town.customer()
    await known.writes("my order is late")
    await bob.takes()
    await visitor.writes("it is me, on the telephone")
    await bob.takes()
    await recognised(town, "ann", None)
    await bob.opens("my order is late")
    await bob.sees("my order is late")
    await bob.page.get_by_role("button", name=re.compile("^More")).click()
    await bob.page.get_by_role("menuitem", name=re.compile("^Merge")).click()
    dialog = bob.page.get_by_role("dialog")
    submit = dialog.get_by_role("button", name=re.compile("^Merge"))
    await expect(submit).to_have_attribute("aria-disabled", "true")
    await dialog.get_by_role("checkbox", name=re.compile("^It is the same person")).check()
    await submit.click()
    await bob.reads("my order is late", "it is me, on the telephone")
    await visitor.is_told("Bob is here for you")
