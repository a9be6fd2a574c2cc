"""A supervisor sees the floor, listens without being noticed, takes over, and gives back."""

import re

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
    await sue.moves("Visitor", to="General")
    await bob.takes()
    await bob.sees("I am Bob's supervisor")
    await ann.is_told("Bob is here for you")


async def test_an_agent_has_no_floor(town: Town) -> None:
    bob = await town.agent("bob")
    await expect(bob.page.get_by_role("link", name="Floor")).to_have_count(0)
    await bob.page.goto(f"{town.house.base}/desk/#/floor")
    await expect(bob.page.get_by_role("heading", name="Floor")).to_have_count(0)


async def test_a_queue_grows_and_a_supervisor_helps(town: Town) -> None:
    """All of it by keyboard: whisper, move, sign out."""
    sue = await town.supervisor("sue")
    await sue.opens_floor()
    bob, ann = await town.agent("bob", chats_max=1), await town.customer()
    await ann.writes("my parcel is lost")
    await bob.takes()
    for _ in range(2):
        await (await town.customer()).writes("hello?")
    await expect(sue.row("Queues", "General").get_by_role("cell").nth(0)).to_have_text("2")

    await sue.chooses_by_keyboard("Actions for Visitor", "Whisper…", talk="Bob")
    await sue.page.keyboard.type("Offer her a refund")
    await sue.page.keyboard.press("Control+Enter")
    await expect(bob.page.get_by_role("alert")).to_contain_text("Sue whispers: Offer her a refund")
    await bob.says("I will refund it")
    await expect(bob.page.get_by_text("Sue whispers:")).to_have_count(0)
    await ann.reads("my parcel is lost", "I will refund it")

    await sue.chooses_by_keyboard("Actions for Bob", "Sign out…")
    await expect(sue.page.get_by_role("dialog", name="Sign Bob out?")).to_be_visible()
    await sue.page.get_by_role("button", name="Sign out", exact=True).press("Enter")
    await expect(bob.banner).to_contain_text("A supervisor signed you out")
    await expect(sue.row("Queues", "General").get_by_role("cell").nth(0)).to_have_text("3")
    await bob.banner.get_by_role("button", name="Be ready").press("Enter")
    await bob.is_offered()


async def test_a_wall_shows_what_is_and_comes_back(town: Town) -> None:
    sue = await town.supervisor("sue")
    await sue.opens_floor()
    await sue.page.keyboard.press("w")
    wall = sue.page.get_by_role("main")
    await expect(wall).to_contain_text("nobody waits")
    await (await town.customer()).writes("hello")
    await expect(wall).to_contain_text("oldest")
    await sue.page.reload()
    await expect(wall).to_contain_text("oldest")
    await sue.page.keyboard.press("w")
    await expect(sue.page.get_by_role("heading", name="Open talks")).to_be_visible()


async def test_each_number_says_what_it_means(town: Town) -> None:
    sue = await town.supervisor("sue")
    await sue.opens_floor()
    await sue.page.get_by_role("button", name=re.compile("^Wall mode")).focus()
    await sue.page.keyboard.press("Tab")
    await expect(sue.page.get_by_role("tooltip")).to_contain_text("Answered by a person within the queue’s time")
