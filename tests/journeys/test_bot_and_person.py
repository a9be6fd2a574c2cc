"""The assistant answers what it knows, asks once who is there, and lets go at once."""

from playwright.async_api import expect

from tests.journeys.conftest import Town
from tests.journeys.people import Customer

STATUS = "Order W6283185 is on its way. The tracking number is TR8812008820."


async def test_one_question_then_answers_then_a_person(shop: Town) -> None:
    ingrid = await shop.customer()
    await expect(ingrid.wants_person).to_be_visible()
    await ingrid.is_told("Flo answers · not a person")
    await ingrid.writes("where is my order?")
    await ingrid.sees("I need to know who you are")
    await ingrid.writes("ingrid.okafor@example.com")
    await ingrid.sees(STATUS)
    assert sum("who you are" in text for text in await ingrid.texts()) == 1

    await ingrid.wants_person.click()
    await ingrid.is_told("Finding the right person for you")
    await ingrid.sees("You are next in line")
    await ingrid.sees("Your place is kept if you close this page. You need not repeat anything.")
    await expect(ingrid.wants_person).to_have_count(0)

    await ingrid.chooses("Go on with the assistant meanwhile")
    await ingrid.is_told("Flo answers meanwhile · your place is kept")
    await ingrid.writes("how much was it?")
    await ingrid.sees("Order W6283185 came to $129.00.")

    bob = await shop.agent("bob")
    await expect(bob.offer).to_contain_text("Where is my order?")
    await bob.takes()
    await ingrid.is_told("Bob is here for you")
    before = await said_by_bot(ingrid)
    await ingrid.writes("where is my order?")
    await bob.sees("where is my order?")
    await shop.house.bot_has_worked_on(shop.house.site.ledger.durable)
    await bob.says("On its way: tomorrow")
    await ingrid.sees("On its way: tomorrow")
    assert await said_by_bot(ingrid) == before, "the assistant is silent while a person serves"
    await expect(bob.page.get_by_role("heading", name="Ingrid Okafor").first).to_be_visible()
    await expect(bob.customer).to_contain_text("W6283185")


async def said_by_bot(customer: Customer) -> list[str]:
    return [what for who, what in await customer.lines() if who == "Flo, not a person"]
