"""Two tabs of one person show the same, whichever of them something is done in."""

from playwright.async_api import expect

from tests.journeys.conftest import Town


async def test_two_tabs_of_a_customer(town: Town) -> None:
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes("hello from the first tab")
    await bob.takes()
    other = await town.customer(context=ann.page.context)
    await other.reads("hello from the first tab")
    await other.writes("and from the second")
    await bob.says("I see both")
    for tab in (ann, other):
        await tab.reads("hello from the first tab", "and from the second", "I see both")
        await tab.is_told("Bob is here for you")
    await bob.finishes()
    for tab in (ann, other):
        await tab.is_told("This talk is closed")


async def test_two_tabs_of_an_agent(town: Town) -> None:
    bob = await town.agent("bob")
    other = await town.another_tab(bob.page.context)
    await other.shows_presence("Ready")
    ann = await town.customer()
    await ann.writes("hello")
    for tab in (bob, other):
        await tab.is_offered()
    await bob.takes()
    await expect(other.offer).to_have_count(0)
    await other.opens("Visitor")
    await other.says("hello from the other tab")
    await bob.reads("hello", "hello from the other tab")
    await bob.notes("calls every week")
    await other.sees("calls every week")
    await other.sets("Away: Break")
    await bob.shows_presence("Break")


async def test_signing_out_in_one_tab_closes_the_other_at_once(town: Town) -> None:
    bob = await town.agent("bob")
    other = await town.another_tab(bob.page.context)
    await other.shows_presence("Ready")
    await bob.signs_out("Bob")
    for tab in (bob, other):
        await expect(tab.page.get_by_role("heading", name="Sign in")).to_be_visible()
    await expect(other.page.get_by_text("You were signed out.")).to_be_visible()
    await other.reloads()
    await expect(other.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert await other.fetches("/api/session") == 401


async def test_a_talk_that_is_not_mine_stays_shut(town: Town) -> None:
    bob, eve = await town.agent("bob"), await town.agent("eve", ready=False)
    ann = await town.customer()
    await ann.writes("this is between Bob and me")
    await bob.takes()
    contact = bob.page.url.rpartition("/")[2]
    town.watcher.allows(f"/api/talks/{contact}")
    await eve.page.goto(f"{town.house.base}/desk/#/talk/{contact}")
    await expect(eve.page.get_by_text("This talk could not be fetched")).to_be_visible()
    for path in (f"/api/talks/{contact}", f"/api/talks/{contact}/messages?before=1000"):
        assert await eve.fetches(path) == 404
    await expect(eve.page.get_by_text("this is between Bob and me")).to_have_count(0)
