"""The widget on a company's page: its language, hours, survey, invitation, and what it leaves alone."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from playwright.async_api import Page, Route, expect

from dryfly.setup.change import Change
from dryfly.setup.hours import Day, Hours, Span
from dryfly.setup.look import Invitation, Look
from tests.journeys.conftest import AT_HOME, Town
from tests.journeys.looks import look_right_everywhere
from tests.journeys.people import Customer, until
from tests.journeys.pictures import picture
from tests.service.conftest import MAIN

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
NOTHING = {"due": 0, "opened": 0, "waved": 0, "talk": 0}
KEPT = "() => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]"


async def set_site(town: Town, **changes: Any) -> None:
    site = town.house.site.catalogue().site
    await town.house.server.sites.change(MAIN, Change(site=msgspec.structs.replace(site, **changes)), "system:test")


async def a_page(town: Town, html: str, policy: str = STRICT, **how: Any) -> Page:
    """A company's own page, as strict as it likes."""
    context = await town.browser.new_context(**{**AT_HOME, **how})
    town.watcher.watch(context)
    await town.sets_clock(context)
    page = await context.new_page()

    async def answer(route: Route) -> None:
        await route.fulfill(body=html, content_type="text/html", headers={"content-security-policy": policy})

    await page.route("**/shop/*", answer)
    await page.goto(f"{town.house.base}/shop/basket")
    return page


def html(attributes: str = "", lang: str = "en", body: str = "<h1>Shop</h1>") -> str:
    script = f'<script src="/widget.js" async {attributes}></script>'
    return f'<!doctype html><html lang="{lang}"><title>Shop</title><body>{body}{script}</body></html>'


async def counted(town: Town) -> tuple[dict[str, int], dict[str, int]]:
    """(shown, held)"""
    [result] = await town.house.site.widget.invitations.results(1)
    return msgspec.structs.asdict(result.shown), msgspec.structs.asdict(result.held)


async def test_nothing_is_stored_until_a_talk_begins(town: Town) -> None:
    page = await a_page(town, html())
    customer = Customer(page, page.url)
    await customer.opens_chat()
    assert await page.evaluate(KEPT) == [[], [], ""]
    await customer.writes("hello")
    await customer.reads("hello")
    local, session, cookie = await page.evaluate(KEPT)
    assert (local, session, cookie) == (["dryfly:main:resume"], [], "")


async def test_a_page_with_the_strictest_policy(town: Town) -> None:
    """Trusted Types and no inline anything; and nobody else is asked for anything."""
    page = await a_page(town, html())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.reload()
    customer = Customer(page, page.url)
    await customer.opens_chat()
    await customer.writes("hello")
    bob = await town.house.desk("bob")
    contact = await bob.takes()
    await customer.is_told("Bob is here for you")
    await bob.finishes(contact)
    await customer.is_told("This talk is closed")
    assert all(url.startswith((town.house.base, "blob:")) for url in asked)


@pytest.mark.pictured
async def test_from_right_to_left(town: Town) -> None:
    arabic = html(lang="ar").replace("<html ", '<html dir="rtl" ')
    page = await a_page(town, arabic, viewport={"width": 1024, "height": 800})
    await page.locator("dryfly-widget #l").click()
    panel = page.get_by_role("dialog")
    await expect(panel.get_by_role("button", name="التحدث إلى شخص")).to_be_visible()
    field = panel.get_by_label("رسالتك")
    await field.fill("مرحبا")
    await field.press("Enter")
    mine = panel.locator("li.mine p")
    await expect(panel.get_by_text("أُرسلت")).to_be_visible()
    at, box = await mine.bounding_box(), await panel.bounding_box()
    assert at is not None
    assert box is not None
    assert at["x"] - box["x"] < 40, "one's own words stand at the end of the line: on the left"
    assert box["x"] < 40, "and the widget at the end of the page"
    assert await panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    await look_right_everywhere(page)
    await picture(page, "widget-rtl-dark", "dark", {"width": 760, "height": 680})


async def test_the_reader_has_their_language(town: Town) -> None:
    await set_site(town, languages=("en", "de"))
    german = await a_page(town, html(lang=""), locale="de-AT")
    await expect(german.get_by_role("button", name="Schreiben Sie uns")).to_be_visible()
    french = await a_page(town, html(lang=""), locale="fr-FR")  # the site does not speak it
    await expect(french.get_by_role("button", name="Chat with us")).to_be_visible()
    turkish = await a_page(town, html(lang="tr"), locale="fr-FR")  # the page does
    await expect(turkish.get_by_role("button", name="Bize yazın")).to_be_visible()


async def test_outside_the_hours_the_place_is_kept(town: Town) -> None:
    now = datetime.now(ZoneInfo("Europe/Vienna"))
    tomorrow = now + timedelta(days=1)
    week: dict[Day, tuple[Span, ...]] = {list(Day)[tomorrow.weekday()]: (Span("08:00", "17:00"),)}
    await set_site(town, hours=Hours("Europe/Vienna", week))
    page = await a_page(town, html())  # the reader is in London: an hour earlier
    customer = Customer(page, page.url)
    await customer.opens_chat()
    await expect(customer.log.get_by_text(re.compile("People answer from .*07:00"))).to_be_visible()
    await customer.wants_person.click()
    await expect(customer.log.get_by_text("You are next in line")).to_be_visible()
    await expect(customer.log.get_by_text("Your place is kept")).to_be_visible()
    await expect(customer.log.get_by_text(re.compile("People answer from"))).to_have_count(2)
    await set_site(town, hours=None)  # open at once, and the page hears of it
    await expect(customer.log.get_by_text(re.compile("People answer from"))).to_have_count(0)


async def test_the_question_after_a_talk(town: Town) -> None:
    page = await a_page(town, html(), viewport={"width": 1024, "height": 800})
    customer = Customer(page, page.url)
    await customer.opens_chat()
    await customer.writes("hello")
    bob = await town.house.desk("bob")
    contact = await bob.takes()
    await bob.says(contact, "Hello! It is done.")
    await customer.sees("It is done.")
    await bob.finishes(contact)
    await expect(customer.panel.get_by_role("group", name="How did it go?")).to_be_visible()
    await look_right_everywhere(page)
    await customer.panel.get_by_role("button", name="Very good").click()
    await customer.panel.get_by_label("Anything to add?").fill("quick!")
    await customer.panel.get_by_role("button", name="Send", exact=True).click()
    await expect(customer.panel.get_by_text("Thank you!")).to_be_visible()
    await page.reload()
    await customer.button.click()
    await expect(customer.panel.get_by_role("button", name="Start again")).to_be_visible()
    await expect(customer.panel.get_by_role("group", name="How did it go?")).to_have_count(0)
    async with town.house.server.db.site(MAIN) as conn:
        rows = await conn.fetch("select contact, score, text, ended_by from survey_answer")
    assert [tuple(row) for row in rows] == [(contact, 5, "quick!", "agent")]


@pytest.mark.pictured
async def test_an_invitation_comes_once_and_never_again(town: Town) -> None:
    always = Invitation("basket", "May we help you choose?", pages="/shop/*", after_s=0, share=1.0)
    await set_site(town, invitations=(always,))
    page = await a_page(town, html())
    box = page.get_by_role("status").filter(has_text="May we help you choose?")
    await expect(box).to_be_visible()
    await look_right_everywhere(page)
    await picture(page, "invitation", size={"width": 560, "height": 420})
    await page.get_by_role("button", name="No, thank you").click()
    await expect(box).to_have_count(0)
    await page.reload()
    await expect(page.locator("dryfly-widget #l")).to_be_visible()
    await page.wait_for_timeout(2_500)
    await expect(box).to_have_count(0)
    customer = Customer(page, page.url)
    await customer.opens_chat()
    await customer.writes("I come by myself")
    await customer.reads("I come by myself")
    await until(lambda: counted(town), ({"due": 1, "opened": 0, "waved": 1, "talk": 1}, NOTHING))


async def test_a_visitor_held_back_is_left_alone_and_counted(town: Town) -> None:
    never = Invitation("basket", "May we help you choose?", after_s=0, share=0.0)
    await set_site(town, invitations=(never,))
    page = await a_page(town, html())
    customer = Customer(page, page.url)
    await page.wait_for_function("() => localStorage.getItem('dryfly:main:invited')")
    await expect(page.get_by_text("May we help you choose?")).to_have_count(0)
    await customer.opens_chat()
    await customer.writes("hello")
    await customer.reads("hello")
    await until(lambda: counted(town), (NOTHING, {"due": 1, "opened": 0, "waved": 0, "talk": 1}))


async def test_written_without_a_network_and_sent_later(town: Town) -> None:
    wire, base = await town.wire()
    customer = await town.customer(base)
    await customer.writes("before")
    await customer.reads("before")
    wire.cut()
    await expect(customer.banner).to_be_visible()
    await customer.writes("meanwhile")
    await expect(customer.panel.get_by_text("waits for the connection")).to_be_visible()
    wire.mend()
    await customer.reads("before", "meanwhile")
    await expect(customer.panel.get_by_text("waits for the connection")).to_have_count(0)
    await customer.reloads()
    await customer.reads("before", "meanwhile")


async def test_a_picture_is_pasted_and_the_talk_saved(town: Town) -> None:
    page = await a_page(town, html())
    customer = Customer(page, page.url)
    await customer.opens_chat()
    await customer.field.evaluate("""async field => {
        const canvas = new OffscreenCanvas(40, 30)
        canvas.getContext('2d').fillRect(0, 0, 40, 30)
        const data = new DataTransfer()
        data.items.add(new File([await canvas.convertToBlob()], 'glass.png', {type: 'image/png'}))
        field.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, composed: true}))
    }""")
    await expect(customer.panel.get_by_role("button", name="Remove glass.png")).to_be_visible()
    await customer.writes("look at this")
    picture = customer.log.get_by_role("img", name="glass.png")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("img => img.naturalWidth") == 40
    async with page.expect_download() as saving:
        await customer.panel.get_by_role("button", name="Save this talk as a file").click()
    path = await (await saving.value).path()
    text = path.read_text(encoding="utf-8")
    assert "look at this" in text
    assert "[glass.png]" in text


async def test_a_look_is_tried_with_nobody_at_the_other_end(town: Town) -> None:
    page = await a_page(town, html('data-preview data-into="#here"', body='<div id="here"></div>'))
    look = msgspec.json.decode(msgspec.json.encode(Look(title="Fluggerbot", bot_name="Flo", accent="#ffdd00")))
    await page.wait_for_function("() => window.dryfly?.look")
    await page.evaluate("look => { dryfly.look(look); dryfly.open() }", look)
    panel = page.locator("#here dryfly-widget").get_by_role("dialog")
    await expect(panel.get_by_role("heading", name="Fluggerbot")).to_be_visible()
    await expect(panel.get_by_text("It left our warehouse this morning")).to_be_visible()
    await page.evaluate("look => dryfly.look({...look, title: 'Another', theme: 'dark'})", look)
    await expect(panel.get_by_role("heading", name="Another")).to_be_visible()
    ink = await panel.locator("li.mine p").evaluate("p => getComputedStyle(p).color")
    assert ink == "rgb(0, 0, 0)", "yellow wants black ink"
    await panel.get_by_label("Your message").fill("trying")
    await panel.get_by_label("Your message").press("Enter")
    await expect(panel.get_by_text("trying")).to_be_visible()
    assert await page.evaluate(KEPT) == [[], [], ""]
    assert not town.house.site.ledger.peek(lambda state: state.contacts)
