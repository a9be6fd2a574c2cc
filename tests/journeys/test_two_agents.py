"""Two agents: what one of them does not take, the other is offered, with everything that is known."""

from playwright.async_api import expect

from tests.journeys.conftest import Town
from tests.service.conftest import a_queue, a_skill


async def test_what_one_declines_the_other_is_offered(town: Town) -> None:
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes("hello")
    await bob.is_offered()
    eve = await town.agent("eve")
    await bob.declines()
    await eve.takes()
    await ann.is_told("Eve is here for you")
    await expect(bob.offer).to_have_count(0)


async def test_who_misses_too_often_is_away_and_the_contact_goes_on(town: Town) -> None:
    await town.house.set_up(a_queue("general", offer_timeout_s=1, misses_to_away=2, miss_cooldown_s=1))
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes("is anybody there?")
    await bob.is_offered()
    await expect(bob.page.get_by_text("You missed Visitor.").first).to_be_visible()
    await bob.shows_presence("Away")
    await expect(bob.offer).to_have_count(0)
    await ann.sees("You are next in line")
    await town.house.set_up(a_queue("general"))
    eve = await town.agent("eve")
    await eve.takes()
    await ann.is_told("Eve is here for you")


async def test_a_transfer_takes_notes_and_facts_along(shop: Town) -> None:
    await shop.house.set_up(a_skill("repairs"), a_queue("repairs", requires={"repairs": 3}))
    bob, noah = await shop.agent("bob"), await shop.customer()
    await noah.writes("where is my order W9911714? I am noah.brown@example.com")
    await noah.sees("Order W9911714 is delivered.")
    await noah.wants_person.click()
    await bob.takes()
    await bob.notes("it was the second lamp")

    eve = await shop.agent("eve", {"repairs": 5})
    await bob.transfers("Repairs", note="the switch is loose")
    await expect(bob.list).to_contain_text("No talks yet.")
    await eve.takes_by_enter()
    for said in ("Order W9911714 is delivered.", "it was the second lamp", "the switch is loose"):
        await eve.sees(said)
    await expect(eve.known).to_contain_text("W9911714")
    await expect(eve.customer.get_by_role("heading", name="Noah Brown")).to_be_visible()
    await noah.is_told("Eve is here for you")
    await eve.says("I have your lamp before me")

    await eve.transfers("Bob", note="back to you")
    await bob.takes()
    await bob.sees("back to you")
    await bob.sees("I have your lamp before me")
    await noah.is_told("Bob is here for you")
    for secret in ("it was the second lamp", "the switch is loose", "back to you"):
        assert secret not in await noah.texts()
