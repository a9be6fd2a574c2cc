"""An agent writes first to somebody who was here before."""

from playwright.async_api import expect

from tests.journeys.conftest import Town
from tests.journeys.looks import look_right


async def test_an_agent_writes_first_and_the_customer_sees_it_at_once(shop: Town) -> None:
    maja = await shop.agent("maja")
    noah = await shop.customer()
    await noah.writes("where is my order W4817420? I am noah.brown@example.com")
    await noah.sees("on its way")
    await noah.wants_person.click()
    await maja.takes()
    await maja.says("I will look into it, and write to you.")
    await noah.sees("I will look into it")
    talk = maja.page.url
    await maja.finishes()
    await maja.wraps_up("Solved")
    await maja.page.goto(talk)
    await maja.page.get_by_role("button", name="Write to this customer").click()
    dialog = maja.page.get_by_role("dialog")
    for width in (360, 1400):
        await maja.page.set_viewport_size({"width": width, "height": 880})
        await look_right(maja.page)
    await dialog.get_by_role("textbox").fill("The parcel is at the depot: it comes tomorrow.")
    await dialog.get_by_role("textbox").press("Control+Enter")
    await expect(dialog).to_have_count(0)
    await maja.sees("it comes tomorrow")
    await noah.sees("it comes tomorrow")
    await noah.writes("thank you for telling me")
    await maja.sees("thank you for telling me")
