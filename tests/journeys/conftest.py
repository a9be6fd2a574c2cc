"""A running house, a real browser, and people who come to it. What a page's console says fails the test."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from dryfly.bot import shell
from dryfly.customers.mapping_file import read_mapping
from dryfly.customers.refresh import refresh
from dryfly.floor.model import AgentId
from dryfly.platform.clock import Clock, HandClock, SystemClock
from dryfly.service import commands
from dryfly.setup.change import Change
from dryfly.setup.look import Look
from dryfly.setup.model import Agent, Site
from tests.journeys import pictures
from tests.journeys.people import PATIENCE_S, AgentPage, Customer, Watcher
from tests.journeys.wire import Wire
from tests.service.conftest import MAIN, House, house, mailer

__all__ = ["house", "mailer"]

SHOP = Path(__file__).with_name("shop")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--disable-features=LocalNetworkAccessChecks",  # a page that a test makes up counts as a foreign one
)  # fmt: skip
expect.set_options(timeout=1000 * PATIENCE_S)
A_TUESDAY = datetime(2026, 11, 24, 10, 12, tzinfo=UTC)  # on which all pictures are taken
AT_HOME: dict[str, Any] = {"locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for why in pictures.not_compared:
        terminalreporter.write_line(f"PICTURES NOT COMPARED: {why}", yellow=True)


# Agents may take a message back for some seconds. Journeys that are not about that do not wait for it.
SENDS_AT_ONCE = """try {
  localStorage.getItem('dryfly:preferences') ?? localStorage.setItem('dryfly:preferences', '{"undo_s":0}')
} catch {}"""


@dataclass
class Town:
    """Everybody of one journey: the house, and the browsers around it."""

    house: House
    browser: Browser
    watcher: Watcher = field(default_factory=Watcher)
    wires: list[Wire] = field(default_factory=list)

    async def context(self, **how: Any) -> BrowserContext:
        context = await self.browser.new_context(**{**AT_HOME, **how})
        await context.add_init_script(SENDS_AT_ONCE)
        await self.sets_clock(context)
        self.watcher.watch(context)
        return context

    async def passes(self, seconds: float) -> None:
        """Time, where it stands still otherwise: on the server and on every page."""
        clock = self.house.server.clock
        assert isinstance(clock, HandClock), "mark the journey `pictured`"
        clock.turn(seconds)
        for context in self.browser.contexts:
            await self.sets_clock(context)

    async def sets_clock(self, context: BrowserContext) -> None:
        clock = self.house.server.clock
        if isinstance(clock, HandClock):
            await context.clock.set_fixed_time(datetime.fromtimestamp(clock.now() / 1000, UTC))

    async def customer(self, base: str | None = None, context: BrowserContext | None = None, **how: Any) -> Customer:
        """Somebody on the company's page with the chat open. With a `context`: another tab of the same browser."""
        page = await (context or await self.context(**how)).new_page()
        customer = await Customer(page, base or self.house.base).comes()
        await customer.opens_chat()
        return customer

    async def agent(
        self,
        name: str,
        skills: dict[str, int] | None = None,
        *,
        base: str | None = None,
        ready: bool = True,
        **spec: Any,
    ) -> AgentPage:
        cookie = await self.house.agent(name, skills, **spec)
        return await self._at_desk(cookie, base, ready=ready)

    async def supervisor(self, name: str) -> AgentPage:
        await self.house.set_up(Agent(AgentId(name), name.title()))
        return await self._at_desk(await self.house.person(name, "supervisor", name), None, ready=False)

    async def _at_desk(self, cookie: str, base: str | None, *, ready: bool, **how: Any) -> AgentPage:
        context = await self.context(**how)
        name, _, value = cookie.partition("=")
        await context.add_cookies([{"name": name, "value": value, "url": self.house.base, "httpOnly": True}])
        agent = await self.another_tab(context, base)
        return await agent.is_ready() if ready else agent

    async def another_tab(self, context: BrowserContext, base: str | None = None) -> AgentPage:
        page = await context.new_page()
        return await AgentPage(page, f"{base or self.house.base}/desk/").comes()

    async def wire(self) -> tuple[Wire, str]:
        """A line to the house that can be cut, and the address at its near end."""
        wire = Wire(urlsplit(self.house.base).port or 0)
        self.wires.append(wire)
        self.watcher.network_is_cut = True
        return wire, await wire.lay()


@pytest.fixture
def house_clock(request: pytest.FixtureRequest) -> Clock:
    """Time stands still where pictures are taken, and passes only when somebody says so."""
    is_pictured = request.node.get_closest_marker("pictured") is not None
    return HandClock(round(A_TUESDAY.timestamp() * 1000)) if is_pictured else SystemClock()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        await browser.close()


@pytest.fixture
async def town(house: House, browser: Browser) -> AsyncIterator[Town]:
    town = Town(house, browser)
    yield town
    for context in browser.contexts:
        await context.close()
    for wire in town.wires:
        await wire.take_up()
    assert not town.watcher.heard, "the pages' consoles said something"


@pytest.fixture
async def shop(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The town with a shop in it: its customers are on file, and its assistant answers first."""
    monkeypatch.setattr(shell, "UNDERSTAND_TIMEOUT_S", PATIENCE_S)  # on a busy machine it hands over otherwise
    server = town.house.server
    look = Look("Fluggerbot & Co.", "Flo")
    await server.sites.change(MAIN, Change(site=Site(MAIN, "Fluggerbot & Co.", look)), "system:test")
    await refresh(server.db, MAIN, read_mapping(SHOP / "image.yaml"), now=server.clock.now())
    await commands.playbook(["import", str(SHOP / "playbook.yaml")], server.db, say=lambda _: None)
    await server.setup_changed(MAIN)
    return town
