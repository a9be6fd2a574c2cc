"""People in front of real pages: what they do, in their own words, and what they see.

Whatever can be found by its role and name is found so, as somebody with a screen reader would.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Locator, Page, expect

PATIENCE_S = 15.0
LOOK_AGAIN_S = 0.05

# (who, what), of every line: the author's name is there for screen readers.
LINES_OF_WIDGET = """items => items.map(li =>
    [(li.querySelector('.sr')?.textContent ?? '').replace(/: $/, ''), li.querySelector('p')?.innerText ?? ''])
    .filter(([who, what]) => who)"""


async def until(look: Callable[[], Awaitable[object]], wanted: object) -> None:
    """Looks again until it is as wanted; says what was seen if it never is."""
    seen = await look()
    try:
        async with asyncio.timeout(PATIENCE_S):
            while seen != wanted:
                await asyncio.sleep(LOOK_AGAIN_S)
                seen = await look()
    except TimeoutError:
        raise AssertionError(f"wanted {wanted!r}\n  seen {seen!r}") from None


class Customer:
    """Somebody on the company's page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self._address = address
        self.button = page.locator("dryfly-widget #l")
        self.panel = page.get_by_role("dialog")
        self.log = self.panel.get_by_role("log")
        self.field = self.panel.get_by_label("Your message")
        self.wants_person = self.panel.get_by_role("button", name="Talk to a person")
        self.banner = self.panel.locator(".banner")

    async def comes(self) -> "Customer":
        await self.page.goto(self._address)
        return self

    async def opens_chat(self) -> None:
        await self.button.click()
        await expect(self.field).to_be_focused()

    async def writes(self, *texts: str) -> None:
        for text in texts:
            await self.field.fill(text)
            await self.field.press("Enter")

    async def chooses(self, label: str) -> None:
        await self.panel.get_by_role("button", name=label, exact=True).click()

    async def sees(self, text: str | re.Pattern[str]) -> None:
        await expect(self.log.get_by_text(text).last).to_be_visible()

    async def is_told(self, text: str) -> None:
        """In the head of the panel: who is there."""
        await expect(self.panel.locator(".who")).to_have_text(text)

    async def lines(self) -> list[list[str]]:
        """(who, what) of the whole talk."""
        read: list[list[str]] = await self.log.locator("li").evaluate_all(LINES_OF_WIDGET)
        return read

    async def texts(self) -> list[str]:
        return [what for _, what in await self.lines()]

    async def reads(self, *texts: str) -> None:
        """Exactly this was said, each once, in this order."""
        await until(self.texts, list(texts))

    async def reloads(self) -> None:
        await self.page.reload()
        await self.opens_chat()

    async def starts_again(self) -> None:
        await self.panel.get_by_role("button", name="Start again").click()


class AgentPage:
    """Somebody at the console."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self._address = address
        self.presence = page.get_by_role("button", name=re.compile("^Presence: "))
        self.offer = page.get_by_role("article", name=re.compile("^Offered to you"))
        self.list = page.get_by_role("region", name="Your talks")
        self.log = page.get_by_role("log")
        self.known = page.get_by_role("region", name="What is known")
        self.customer = page.get_by_role("complementary", name="Customer")
        self.field = page.get_by_role("textbox", name=re.compile("^Message to "))
        self.banner = page.locator(".banner")

    # ---- coming and going ----------------------------------------------------------------------

    async def comes(self) -> "AgentPage":
        await self.page.goto(self._address)
        return self

    async def signs_in(self, email: str, password: str) -> None:
        await self.page.get_by_label("E-mail").fill(email)
        await self.page.get_by_label("Password").fill(password)
        await self.page.get_by_role("button", name="Sign in").click()

    async def chooses_password(self, old: str, new: str) -> None:
        await self.page.get_by_label("Present password").fill(old)
        await self.page.get_by_label("New password").fill(new)
        await self.page.get_by_role("button", name="Change it").click()

    async def signs_out(self, name: str) -> None:
        await self.page.get_by_role("button", name=name, exact=True).click()
        await self.page.get_by_role("menuitem", name="Sign out").click()

    async def sets(self, presence: str) -> None:
        await self.presence.click()
        await self.page.get_by_role("menuitem", name=presence, exact=True).click()

    async def is_ready(self) -> "AgentPage":
        await self.sets("Be ready")
        await self.shows_presence("Ready")
        return self

    async def shows_presence(self, presence: str) -> None:
        await expect(self.presence).to_have_accessible_name(re.compile(f"^Presence: {presence}"))

    # ---- offers --------------------------------------------------------------------------------

    async def is_offered(self) -> None:
        await expect(self.offer).to_be_visible()

    async def takes(self) -> None:
        await self.offer.get_by_role("button", name="Take it").click()
        await expect(self.field).to_be_visible()

    async def takes_by_enter(self) -> None:
        """The offer has the focus when nothing else is being done."""
        await expect(self.offer).to_be_focused()
        await self.page.keyboard.press("Enter")
        await expect(self.field).to_be_visible()

    async def declines(self) -> None:
        await self.offer.get_by_role("button", name="Not now").click()
        await expect(self.offer).to_have_count(0)

    # ---- the talk ------------------------------------------------------------------------------

    async def says(self, *texts: str) -> None:
        for text in texts:
            await self.field.fill(text)
            await self.field.press("Control+Enter")

    async def notes(self, text: str) -> None:
        await self.field.blur()
        await self.page.keyboard.press("n")
        note = self.page.get_by_role("textbox", name="Note for colleagues")
        await note.fill(text)
        await note.press("Control+Enter")

    async def sees(self, text: str) -> None:
        await expect(self.log.get_by_text(text).last).to_be_visible()

    async def texts(self) -> list[str]:
        return await self.log.locator("p.bubble").all_inner_texts()

    async def reads(self, *texts: str) -> None:
        """Exactly this was said, each once, in this order."""
        await until(self.texts, list(texts))

    async def opens(self, name: str) -> None:
        await self.list.get_by_role("button", name=re.compile(name)).click()

    async def transfers(self, to: str, note: str = "") -> None:
        await self.page.get_by_role("button", name=re.compile("^Transfer")).click()
        await self.page.get_by_role("combobox", name="Where to").click()
        await self.page.get_by_role("option", name=to).click()
        await self.page.get_by_role("textbox", name="Note for whoever takes it").fill(note)
        await self.page.get_by_role("dialog").get_by_role("button", name="Transfer").click()

    async def finishes(self) -> None:
        await self.page.get_by_role("button", name=re.compile("^Finish")).click()

    async def wraps_up(self, disposition: str, note: str = "") -> None:
        ends = self.page.get_by_role("group", name="How did it end?")
        await ends.get_by_role("radio", name=re.compile(rf"^{disposition}( \d)?$")).check()
        await self.page.get_by_role("textbox", name="Note", exact=True).fill(note)
        await self.page.get_by_role("button", name="Done").click()

    async def reloads(self) -> None:
        await self.page.reload()

    # ---- the floor -----------------------------------------------------------------------------

    async def opens_floor(self) -> None:
        await self.page.get_by_role("link", name="Floor").click()
        await expect(self.page.get_by_role("heading", name=re.compile("^Floor"))).to_be_visible()

    def row(self, table: str, name: str) -> Locator:
        return self.page.get_by_role("region", name=table).get_by_role("row", name=re.compile(name))

    async def does(self, action: str, talk: str) -> None:
        """Something about one talk, from its menu on the floor."""
        await self.page.get_by_role("button", name=f"Actions for {talk}").first.click()
        await self.page.get_by_role("menuitem", name=action, exact=True).click()

    async def moves(self, talk: str, to: str) -> None:
        await self.does("Move…", talk)
        await self.page.get_by_label("Where to").select_option(label=to)
        await self.page.get_by_role("button", name="Move", exact=True).click()

    async def chooses_by_keyboard(self, menu: str, item: str, talk: str = "") -> None:
        """From the menu of this name; where there are several, that of the line which says `talk`."""
        place = self.page.get_by_role("row", name=re.compile(talk)) if talk else self.page
        await place.get_by_role("button", name=menu).first.press("Enter")
        await self.page.get_by_role("menuitem", name=item, exact=True).press("Enter")

    async def fetches(self, path: str) -> int:
        """The status that the server answers with when the page asks for this."""
        status: int = await self.page.evaluate("path => fetch(path).then(answer => answer.status)", path)
        return status


class Watcher:
    """Hears what the pages' consoles say. A journey in which one says anything has failed."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.network_is_cut = False
        self._allowed: list[str] = []

    def allows(self, path: str) -> None:
        """Asking for this on purpose fails, and the browser says so."""
        self._allowed.append(path)

    def watch(self, context: Any) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.heard.append(f"uncaught: {error.error}"))

    def _console(self, message: Any) -> None:
        where = message.location["url"]
        line = f"{message.type}: {message.text} ({where})"
        if not self._is_expected(message.text, where):
            self.heard.append(line)

    def _is_expected(self, text: str, where: str) -> bool:
        """The browser's own lines: who asks whether they are signed in is told no; a cut line is a cut line."""
        asks_who = "401" in text and where.endswith("/api/session")
        signs_out = text.startswith("Clear-Site-Data header")
        is_cut = "net::ERR_" in text or text.startswith("WebSocket connection to")
        return asks_who or signs_out or (self.network_is_cut and is_cut) or any(path in where for path in self._allowed)
