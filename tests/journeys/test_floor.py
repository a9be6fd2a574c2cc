"""A supervisor sees the floor, listens without being noticed, takes over, and gives back."""

from playwright.async_api import expect

from tests.journeys.conftest import Town


async def test_listen_in_take_over_and_release(town: Town) -> None:
    bob, ann = await town.agent("bob"), await town.customer()
    sue = await town.supervisor("sue")
    await sue.opens_floor()
    await expect(sue.row("Queues", "General")).to_be_visible()
    await ann.writes("hello")
    await bob.takes()
    await expect(sue.row("Open talks", "Visitor")).to_contain_text("Bob")

    await sue.does("Listen in", "Visitor")
    await expect(sue.page.get_by_text("You listen in. The customer does not see you.")).to_be_visible()
    await bob.says("how can I help?")
    await ann.writes("it is complicated")
    await sue.reads("hello", "how can I help?", "it is complicated")
    await ann.is_told("Bob is here for you")
    await ann.reads("hello", "how can I help?", "it is complicated")
    await expect(sue.field).to_have_count(0)

    await sue.opens_floor()
    await sue.does("Take over", "Visitor")
    await sue.says("I am Bob's supervisor")
    await ann.is_told("Sue is here for you")
    await ann.sees("I am Bob's supervisor")
    await expect(bob.list).to_contain_text("No talks yet.")

    await sue.opens_floor()
    await sue.does("Back to General", "Visitor")
    await bob.takes()
    await bob.sees("I am Bob's supervisor")
    await ann.is_told("Bob is here for you")


async def test_an_agent_has_no_floor(town: Town) -> None:
    bob = await town.agent("bob")
    await expect(bob.page.get_by_role("link", name="Floor")).to_have_count(0)
    await bob.page.goto(f"{town.house.base}/desk/#/floor")
    await expect(bob.page.get_by_role("heading", name="Floor")).to_have_count(0)
