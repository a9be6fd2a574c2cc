"""Sitting in the talk pane all day: by keyboard alone, with second thoughts, with colleagues, through long talks."""

import re
from typing import Any

from playwright.async_api import Page, expect

from dryfly.setup.model import Reply
from tests.journeys.conftest import Town
from tests.journeys.looks import look_right
from tests.journeys.people import AgentPage, until
from tests.service.conftest import MAIN, a_queue, a_skill

HOLDS = "localStorage.setItem('dryfly:preferences', JSON.stringify({undo_s: %d}))"
LONG_TALK = """
insert into message (site, seq, at, contact, message, author, agent, author_name, text, code, extra)
select $1, -n, to_timestamp(1700000000), $2, 'old-' || n, case n % 2 when 0 then 'agent' else 'customer' end,
       null, '', 'line ' || (1000 - n), '', '' from generate_series(1, $3) n
"""
LINES_IN_DOCUMENT_MAX = 80
GOES_TO_THE_TOP = """async () => {
  const log = document.querySelector('[role=log]')
  log.scrollTop = 0
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
  return log.scrollTop === 0 && log.querySelector('button') !== null
}"""


async def holds(agent: AgentPage, seconds: int) -> None:
    """Chooses how long a message can be taken back."""
    await agent.page.get_by_role("button", name="Preferences").click()
    await agent.page.get_by_role("radio", name=f"{seconds} s" if seconds else "none").check()
    await agent.page.keyboard.press("Escape")


async def press(page: Page, *keys: str) -> None:
    for key in keys:
        await page.keyboard.press(key)


# ---- by keyboard -----------------------------------------------------------------------------------------


async def test_a_talk_is_served_transferred_and_wrapped_up_by_keyboard_alone(town: Town) -> None:
    await town.house.set_up(
        a_skill("repairs"),
        a_queue("repairs", requires={"repairs": 3}),
        Reply("hello", "Hello", "Hello {customer}, your order {order} is with us."),  # type: ignore[arg-type]
    )
    bob = await town.agent("bob", ready=False)
    keyboard = bob.page.keyboard
    await bob.shows_presence("Offline")
    await keyboard.press("p")
    await expect(bob.page.get_by_role("menu")).to_be_visible()
    await press(bob.page, "Enter")
    await bob.shows_presence("Ready")
    ann = await town.customer()
    await ann.writes("hello?")
    await bob.takes_by_enter()
    await expect(bob.field).to_be_focused()

    await keyboard.press("/")
    await expect(bob.page.get_by_role("combobox", name="Search the replies")).to_be_focused()
    await keyboard.type("with us")
    await expect(bob.page.get_by_role("option", name=re.compile("Hello"))).to_be_visible()
    await keyboard.press("Enter")
    await expect(bob.field).to_have_value("Hello ⟦customer⟧, your order ⟦order⟧ is with us.")
    await keyboard.press("Control+Enter")
    await expect(bob.page.get_by_role("alert")).to_have_text("Fill in “customer” before you send it.")
    await keyboard.type("Ann")
    await keyboard.press("Tab")
    await keyboard.type("W17")
    await keyboard.press("Control+Enter")
    await ann.sees("Hello Ann, your order W17 is with us.")

    eve = await town.agent("eve", {"repairs": 5})
    await press(bob.page, "Escape", "t")
    await keyboard.type("Repairs")
    await press(bob.page, "ArrowDown", "Enter", "Tab")
    await keyboard.type("the switch is loose")
    await press(bob.page, "Tab", "Tab", "Enter")
    await eve.takes_by_enter()
    await eve.sees("the switch is loose")

    await press(eve.page, "Escape", "e")
    await expect(eve.page.get_by_role("group", name="How did it end?")).to_be_focused()
    await eve.page.keyboard.press("1")
    await expect(eve.page.get_by_role("radio").first).to_be_checked()
    await eve.page.keyboard.press("Control+Enter")
    await expect(eve.list).to_contain_text("No talks yet.")


async def test_every_key_is_listed(town: Town) -> None:
    bob = await town.agent("bob")
    await bob.page.keyboard.press("?")
    keys = bob.page.get_by_role("dialog", name="Keys")
    for does in ("Go through the talks", "Canned replies", "Take back what has not left yet", "Choose how it ended"):
        await expect(keys).to_contain_text(does)
    await look_right(bob.page)
    await bob.page.keyboard.press("Escape")
    await expect(keys).to_have_count(0)


# ---- second thoughts -------------------------------------------------------------------------------------


async def test_a_message_is_taken_back_changed_and_sent_before_the_talk_ends(town: Town) -> None:
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes("hello?")
    await bob.takes()
    await holds(bob, 10)
    await bob.says("you are worng")
    await expect(bob.log.get_by_text("leaves in")).to_be_visible()
    await bob.page.keyboard.press("Control+z")
    await expect(bob.field).to_have_value("you are worng")
    await bob.says("you are right")
    await bob.finishes()
    await ann.sees("you are right")
    assert "you are worng" not in await ann.texts()
    await bob.wraps_up("Solved")


async def test_what_is_held_when_the_page_goes_is_a_draft_again_and_notes_are_kept_beside_it(town: Town) -> None:
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes("hello?")
    await bob.takes()
    await bob.field.blur()
    await bob.page.keyboard.press("n")
    await bob.page.get_by_role("textbox", name="Note for colleagues").fill("calls every week")
    await bob.page.get_by_role("button", name=re.compile("^Note")).click()
    await bob.page.evaluate(HOLDS % 10)
    await bob.page.reload()
    await bob.says("on its way")
    await expect(bob.log.get_by_text("leaves in")).to_be_visible()
    await bob.page.reload()
    await expect(bob.field).to_have_value("on its way")
    await bob.page.get_by_role("button", name=re.compile("^Note")).click()
    await expect(bob.page.get_by_role("textbox", name="Note for colleagues")).to_have_value("calls every week")
    assert await ann.texts() == ["hello?"]


# ---- colleagues ------------------------------------------------------------------------------------------


async def test_a_colleague_is_mentioned_reads_along_and_is_seen(town: Town) -> None:
    eve, bob, ann = await town.agent("eve", ready=False), await town.agent("bob"), await town.customer()
    await ann.writes("hello?")
    await bob.takes()
    await bob.field.blur()
    await bob.page.keyboard.press("n")
    await bob.page.keyboard.type("is this yours @ev")
    await expect(bob.page.get_by_role("option", name="Eve")).to_be_visible()
    await press(bob.page, "Enter", "Control+Enter")

    card = eve.page.get_by_role("article", name="Bob mentions you")
    await expect(card).to_contain_text("is this yours @Eve")
    await eve.reloads()
    await card.get_by_role("button", name="Open the talk").click()
    await expect(card).to_have_count(0)
    await eve.sees("hello?")
    await expect(bob.page.get_by_text("Eve looks too")).to_be_visible()
    await expect(eve.page.get_by_text("Bob looks too")).to_be_visible()
    await bob.says("I will find out")
    await eve.sees("I will find out")
    await expect(eve.field).to_have_count(0)


# ---- long talks, bad pictures ----------------------------------------------------------------------------


async def test_a_long_talk_keeps_few_lines_in_the_document_and_its_place(town: Town) -> None:
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes("the newest line")
    await bob.takes()
    contact = (await bob.page.evaluate("location.hash")).rpartition("/")[2]
    async with town.house.server.db.site(MAIN) as conn:
        await conn.execute(LONG_TALK, MAIN, contact, 1_000)
    await bob.reloads()
    await bob.sees("the newest line")
    lines: Any = bob.log.locator("li")
    for _ in range(3):
        await until(lambda: bob.page.evaluate(GOES_TO_THE_TOP), True)
        older = bob.log.get_by_role("button", name="Earlier messages")
        first = await bob.log.locator("p.bubble").first.inner_text()
        await older.click()
        await expect(bob.log.get_by_text(first, exact=True)).to_be_visible()
        assert await lines.count() <= LINES_IN_DOCUMENT_MAX
    await bob.log.evaluate("log => { log.scrollTop = log.scrollHeight }")
    await bob.sees("the newest line")
    await ann.writes("and one more")
    await bob.sees("and one more")
    assert await lines.count() <= LINES_IN_DOCUMENT_MAX


async def test_a_broken_picture_says_so_and_what_is_too_large_is_told_before_it_leaves(town: Town) -> None:
    bob, ann = await town.agent("bob"), await town.customer()
    await ann.writes("hello?")
    await bob.takes()
    chooser = bob.page.locator("input[type=file]")
    await chooser.set_input_files({"name": "cat.png", "mimeType": "image/png", "buffer": b"no picture"})
    await expect(bob.page.get_by_role("button", name="Remove cat.png")).to_be_visible()
    await bob.says("look at this")
    await expect(bob.log.get_by_text("This picture cannot be shown.")).to_be_visible()
    await until(lambda: ann.log.get_by_text("cat.png").count(), 1)
    large = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"0" * (8 * 1024 * 1024 + 1)}
    await chooser.set_input_files(large)  # type: ignore[arg-type]
    await expect(bob.page.get_by_role("alert")).to_contain_text("film.mp4 is too large: at most 8.0 MB.")
