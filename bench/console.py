"""How soon an agent can work after opening the desk: a real browser on loopback, its processor slowed four times.

The desk has a dozen open talks. Counted from the navigation until the list stands on the screen and the page has
answered a key (the page's own clock). Cold: nothing cached; warm: as every day after the first. Medians of five,
interleaved.

    python -m bench.console [--json]
"""

import asyncio
import shutil
import tempfile
from pathlib import Path
from statistics import median

from playwright.async_api import Browser, BrowserContext, async_playwright

from bench._report import Measure, report
from dryfly.floor.model import QueueSpec
from tests.crash.installation import Installation, installed
from tests.people import AgentDesk, Visitor

ROUNDS, TALKS_COUNT, SLOWED, USABLE_MS_MAX = 5, 12, 4, 1_500
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# Notes when the list of talks was painted, and when a key was answered after that.
NOTING = """() => {
  const look = () => {
    if (!document.querySelector('.talkrow')) return requestAnimationFrame(look)
    requestAnimationFrame(() => {
      addEventListener('keydown', () => setTimeout(() => { window.usableAt = performance.now() }), { once: true })
      window.paintedAt = performance.now()
    })
  }
  requestAnimationFrame(look)
}"""


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="dryfly-console-") as name, installed(Path(name) / "home") as house:
        cookies = await house.prepare(["maja"], QueueSpec(reply_clock_s=None, park_after_s=0), TALKS_COUNT)
        house.launch()
        await house.ready()
        people = await a_full_desk(house, cookies["maja"])
        async with async_playwright() as playwright:
            found = next(filter(None, map(shutil.which, BROWSERS)))
            browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            figures = await rounds(browser, house, cookies["maja"])
            await browser.close()
        for page in people:
            await page.close()
        await house.stop()
    goal = f"<= {USABLE_MS_MAX} ms"
    report([Measure(f"desk_usable_{how}", ms, "ms", goal=goal, ok=ms <= USABLE_MS_MAX) for how, ms in figures.items()])


async def a_full_desk(house: Installation, cookie: str) -> list[AgentDesk | Visitor]:
    desk = AgentDesk(house.base, cookie)
    await desk.open()
    await desk.ask("presence", presence="ready")
    visitors = [await Visitor(house.base).comes() for _ in range(TALKS_COUNT)]
    for number, visitor in enumerate(visitors):
        await visitor.writes(f"where is my order number {number}?")
        if visitor.stage == "bot":
            await visitor.ask("person")
        await desk.takes()
    return [desk, *visitors]


async def rounds(browser: Browser, house: Installation, cookie: str) -> dict[str, float]:
    warm = await signed_in(browser, house, cookie)
    await usable_ms(warm, house)
    figures: dict[str, list[float]] = {"cold": [], "warm": []}
    for _ in range(ROUNDS):
        cold = await signed_in(browser, house, cookie)
        figures["cold"].append(await usable_ms(cold, house))
        await cold.close()
        figures["warm"].append(await usable_ms(warm, house))
    return {name: median(values) for name, values in figures.items()}


async def signed_in(browser: Browser, house: Installation, cookie: str) -> BrowserContext:
    context = await browser.new_context(bypass_csp=True)  # so that it can be asked how far it is
    name, _, value = cookie.partition("=")
    await context.add_cookies([{"name": name, "value": value, "url": house.base, "httpOnly": True}])
    return context


async def usable_ms(context: BrowserContext, house: Installation) -> float:
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    await page.add_init_script(f"({NOTING})()")
    await page.goto(f"{house.base}/desk/", wait_until="commit")
    await page.wait_for_function("window.paintedAt")
    await page.keyboard.press("Shift")
    await page.wait_for_function("window.usableAt")
    usable: float = await page.evaluate("window.usableAt")
    await page.close()
    return usable


if __name__ == "__main__":
    asyncio.run(main())
