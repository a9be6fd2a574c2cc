"""Reloads and cut lines on both sides: everything that was said arrives once, in order, and nobody is misled."""

from functools import partial

from playwright.async_api import ViewportSize, expect

from tests.journeys.conftest import Town
from tests.journeys.people import AgentPage, Customer, until

TALL: ViewportSize = {"width": 1280, "height": 2400}  # only lines near the window are in the document
LOST_TO_CUSTOMER = "No connection. What you write is kept and sent when it is back."


async def test_a_reload_loses_nothing_on_either_side(town: Town) -> None:
    bob, ann = await town.agent("bob"), await town.customer()
    await bob.page.set_viewport_size(TALL)
    await ann.writes("one")
    await bob.takes()
    await bob.says("two")
    await ann.reads("one", "two")
    await ann.reloads()
    await bob.field.fill("a draft, not sent yet")
    await bob.reloads()
    await ann.reads("one", "two")
    await bob.reads("one", "two")
    await expect(bob.field).to_have_value("a draft, not sent yet")
    await bob.shows_presence("Ready")
    await ann.writes("ann goes on")
    await bob.says("bob goes on")
    await both_read(ann, bob, ["ann goes on"], ["bob goes on"])


async def test_who_waits_keeps_their_place_over_a_reload(town: Town) -> None:
    ann, eve = await town.customer(), await town.customer()
    await ann.writes("I was first")
    await ann.sees("You are next in line")
    await eve.writes("I came later")
    await eve.sees("You are number 2 in line")
    await ann.reloads()
    await ann.sees("You are next in line")
    await eve.sees("You are number 2 in line")


async def test_lines_cut_on_both_sides_while_both_write(town: Town) -> None:
    anns_line, at_anns = await town.wire()
    bobs_line, at_bobs = await town.wire()
    bob, ann = await town.agent("bob", base=at_bobs), await town.customer(at_anns)
    await bob.page.set_viewport_size(TALL)
    await ann.writes("hello")
    await bob.takes()
    await bob.says("hello Ann")
    await ann.reads("hello", "hello Ann")

    anns_line.cut()
    bobs_line.cut()
    await ann.writes("ann 1", "ann 2", "ann 3")
    await bob.says("bob 1", "bob 2", "bob 3")
    await expect(ann.banner).to_have_text(LOST_TO_CUSTOMER)
    await expect(ann.log).to_contain_text("waits for the connection")
    await expect(bob.banner).to_contain_text("Connection lost")
    await ann.reads("hello", "hello Ann", "ann 1", "ann 2", "ann 3")
    await bob.reads("hello", "hello Ann", "bob 1", "bob 2", "bob 3")

    anns_line.mend()
    bobs_line.mend()
    await both_read(ann, bob, ["ann 1", "ann 2", "ann 3"], ["bob 1", "bob 2", "bob 3"])
    await expect(ann.banner).to_have_count(0)
    await expect(bob.banner).to_have_count(0)
    await expect(ann.log).not_to_contain_text("waits for the connection")


async def test_a_line_that_breaks_in_the_middle_of_every_sentence(town: Town) -> None:
    line, near = await town.wire()
    bob, ann = await town.agent("bob", base=near), await town.customer(near)
    await bob.page.set_viewport_size(TALL)
    await ann.writes("hello")
    await bob.takes()
    for number in range(4):
        await ann.writes(f"ann {number}")
        await bob.says(f"bob {number}")
        line.cut()
        await ann.writes(f"ann {number}, once more")
        line.mend()
    anns = [text for number in range(4) for text in (f"ann {number}", f"ann {number}, once more")]
    await both_read(ann, bob, anns, [f"bob {number}" for number in range(4)])


async def told_apart(page: Customer | AgentPage) -> tuple[list[str], list[str]]:
    texts = await page.texts()
    return [text for text in texts if text.startswith("ann ")], [text for text in texts if text.startswith("bob ")]


async def both_read(ann: Customer, bob: AgentPage, anns: list[str], bobs: list[str]) -> None:
    """Each word once, each side's in the order in which they said it, and the same talk on both screens."""
    for page in (ann, bob):
        await until(partial(told_apart, page), (anns, bobs))
    assert await ann.texts() == await bob.texts()
