"""From the first word to the wrap-up, on two pages."""

import re

from playwright.async_api import expect

from dryfly.service import commands
from tests.journeys.conftest import Town
from tests.service.conftest import MAIN

OWN_PASSWORD = "a long walk by the river"
CONCERN = "I want to return something from order W2611340. My e-mail is noah.brown@example.com"


async def hired(town: Town, name: str, email: str) -> str:
    """A new colleague with skills; the one-time password that the administrator tells them."""
    told: list[str] = []
    arguments = ["add", email, "--name", name, "--skills", "returns=5"]
    await commands.people(arguments, town.house.server.db, say=told.append)
    await town.house.server.setup_changed(MAIN)
    return told[0].rpartition(" ")[2]


async def test_first_word_to_wrap_up(shop: Town) -> None:
    password = await hired(shop, "Maja Kern", "maja@example.org")
    maja = await shop.another_tab(await shop.context())
    await maja.signs_in("maja@example.org", password)
    await maja.chooses_password(password, OWN_PASSWORD)
    await maja.is_ready()

    noah = await shop.customer()
    await noah.writes(CONCERN)
    await noah.sees("What is wrong with order W2611340?")
    await noah.writes("the glass came in pieces")
    await noah.chooses("money back")

    await maja.is_offered()
    await expect(maja.offer.get_by_role("timer")).to_have_accessible_name(re.compile(r"^\d+ seconds left"))
    await expect(maja.offer).to_contain_text("For you: your skills fit closest")
    await maja.takes_by_enter()

    await expect(maja.known).to_contain_text("Return something")
    for fact in ("W2611340", "the glass came in pieces", "money back"):
        await expect(maja.known).to_contain_text(fact)
    await expect(maja.customer.get_by_role("heading", name="Noah Brown")).to_be_visible()
    await expect(maja.customer).to_contain_text("shop, 0 min old")
    await expect(maja.customer).to_contain_text("47.84 USD")

    await noah.is_told("Maja Kern is here for you")
    await maja.says("Hello Noah, you get your $47.84 back. Nothing to send.")
    await noah.sees("Nothing to send.")
    await maja.notes("the warehouse packs these badly")
    await maja.sees("the warehouse packs these badly")
    await noah.writes("wonderful, thank you!")
    await maja.sees("wonderful, thank you!")
    assert not any("warehouse" in text for text in await noah.texts())

    await maja.finishes()
    await maja.wraps_up("Solved", "refunded")
    await expect(maja.list).to_contain_text("No talks yet.")
    await noah.is_told("This talk is closed")

    await noah.starts_again()
    await noah.writes("one more thing")
    await noah.sees("one more thing")
    assert CONCERN not in await noah.texts(), "a new talk begins"


async def test_a_wrong_password_is_told_kindly_and_the_right_one_still_works(town: Town) -> None:
    password = await hired(town, "Tom Berg", "tom@example.org")
    tom = await town.another_tab(await town.context())
    await tom.signs_in("tom@example.org", "not this one")
    await expect(tom.page.get_by_role("alert")).to_have_text("E-mail or password is wrong.")
    await tom.signs_in("tom@example.org", password)
    town.watcher.allows("/api/session/password")
    await tom.chooses_password(password, "short")
    await expect(tom.page.get_by_role("alert")).to_contain_text("at least twelve characters")
    await tom.chooses_password(password, OWN_PASSWORD)
    await expect(tom.presence).to_be_visible()
    await tom.reloads()
    await expect(tom.presence).to_be_visible()
