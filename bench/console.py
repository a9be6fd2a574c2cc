"""How soon an agent can work after opening the desk, and how its long lists scroll, in a real browser on loopback.

Usable: the processor is slowed four times, the desk has a dozen open talks; counted from the navigation until the list
stands on the screen and the page has answered a key (the page's own clock). Cold: nothing cached; warm: as every day
after the first, in a profile of its own on the disk, with what the browser compiled before. Medians of five,
interleaved; nobody inspects the pages meanwhile (`_browser`), and the browser itself has come to rest. Scrolling:
200 open talks, and a talk of 10,000 lines; at full speed, 400 frames each.

    python -m bench.console [--json]
"""

import asyncio
import tempfile
from pathlib import Path
from statistics import median

from playwright.async_api import BrowserContext, BrowserType, Page, async_playwright

from bench._browser import Browser, browser, found
from bench._report import Measure, report
from bench._scrolling import FRAMES_COUNT, LATE_MS, fetch_all_lines, scrolled
from dryfly.floor.model import QueueSpec
from dryfly.platform.database import Database
from tests.crash.installation import MAIN, Installation, installed
from tests.people import AgentDesk, Visitor

ROUNDS, TALKS_COUNT, SLOWED, USABLE_MS_MAX = 5, 12, 4, 1_500
# A browser keeps what it compiled when a page has been seen again and has been there for a while, as an agent's is.
WARMING_COUNT, KEEPING_S = 3, 2.0
LIST_COUNT, LINES_COUNT, LINES_OF_A_PAGE = 200, 10_000, 200
LONG_TALK = """
insert into message (site, seq, at, contact, message, author, agent, author_name, text, code, extra)
select $1, -n, to_timestamp(1700000000), $2, 'old-' || n, case n % 2 when 0 then 'agent' else 'customer' end,
       null, '', 'line ' || n || repeat(' and so on', n % 30), '', '' from generate_series(1, $3) n
"""

# Notes when the list of talks was painted, and when a key was answered after that.
NOTING = """(() => {
  const look = () => {
    if (!document.querySelector('.talkrow')) return requestAnimationFrame(look)
    requestAnimationFrame(() => {
      addEventListener('keydown', () => setTimeout(() => { window.usableAt = performance.now() }), { once: true })
      window.paintedAt = performance.now()
    })
  }
  requestAnimationFrame(look)
})()"""
NOTED = """new Promise(told => {
  const look = () => window.%s === undefined ? setTimeout(look, 20) : told(window.%s)
  look()
})"""


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="dryfly-console-") as name, installed(Path(name) / "home") as house:
        queue = QueueSpec(reply_clock_s=None, park_after_s=0)
        cookies = await house.prepare(["maja", "noah"], queue, TALKS_COUNT)
        house.launch()
        await house.ready()
        people = await a_desk(house, cookies["maja"], TALKS_COUNT)
        async with async_playwright() as playwright:
            opened = await usable(house, cookies["maja"], Path(name))
            people += await a_desk(house, cookies["noah"], LIST_COUNT)
            late = await scrolling(playwright.chromium, house, cookies["noah"], Path(name) / "other")
        for page in people:
            await page.close()
        await house.stop()
    report([*opened, *late])


async def a_desk(house: Installation, cookie: str, talks_count: int) -> list[AgentDesk | Visitor]:
    """So many open talks; all that an agent cannot have at once are parked."""
    desk = AgentDesk(house.base, cookie)
    await desk.open()
    await desk.ask("presence", presence="ready")
    visitors = [await Visitor(house.base).comes() for _ in range(talks_count)]
    for number, visitor in enumerate(visitors):
        await visitor.writes(f"where is my order number {number}?")
        if visitor.stage == "bot":
            await visitor.ask("person")
        contact = await desk.takes()
        if talks_count - number > TALKS_COUNT:
            await desk.ask("park", contact=contact)
    return [desk, *visitors]


# ---- how soon --------------------------------------------------------------------------------------


async def usable(house: Installation, cookie: str, folder: Path) -> list[Measure]:
    figures: dict[str, list[float]] = {"cold": [], "warm": []}
    async with browser(folder / "warm") as warm:
        await warm.keeps(cookie, house.base)
        for _ in range(WARMING_COUNT):
            await usable_ms(warm, house)
        for number in range(ROUNDS):
            async with browser(folder / f"cold-{number}") as cold:
                await cold.keeps(cookie, house.base)
                figures["cold"].append(await usable_ms(cold, house))
            figures["warm"].append(await usable_ms(warm, house))
    goal = f"<= {USABLE_MS_MAX} ms"
    medians = {how: median(values) for how, values in figures.items()}
    return [Measure(f"desk_usable_{how}", ms, "ms", goal=goal, ok=ms <= USABLE_MS_MAX) for how, ms in medians.items()]


async def usable_ms(browser: Browser, house: Installation) -> float:
    page = await browser.page()
    await page.do("Page.enable")
    await page.do("Page.addScriptToEvaluateOnNewDocument", source=NOTING)
    await page.do("Emulation.setCPUThrottlingRate", rate=SLOWED)
    await page.do("Page.navigate", url=f"{house.base}/desk/")
    await page.says(NOTED.replace("%s", "paintedAt"))
    await page.presses("Shift")
    taken: float = await page.says(NOTED.replace("%s", "usableAt"))
    await asyncio.sleep(KEEPING_S)
    await page.close()
    return taken


# ---- how it scrolls --------------------------------------------------------------------------------


async def signed_in(chromium: BrowserType, house: Installation, cookie: str, folder: Path) -> BrowserContext:
    context = await chromium.launch_persistent_context(
        folder,
        executable_path=found(),
        args=["--no-sandbox"],
        bypass_csp=True,  # so that it can be asked how far it is
    )
    name, _, value = cookie.partition("=")
    await context.add_cookies([{"name": name, "value": value, "url": house.base, "httpOnly": True}])
    return context


async def scrolling(chromium: BrowserType, house: Installation, cookie: str, folder: Path) -> list[Measure]:
    context = await signed_in(chromium, house, cookie, folder)
    page = await context.new_page()
    await page.goto(f"{house.base}/desk/")
    await page.locator(".talkrow").first.wait_for()
    talks = await scrolled(page, ".talks", 120)
    await open_long_talk(page, house)
    lines = await scrolled(page, ".flow", 900)
    await context.close()
    return [
        *late_frames(f"list_of_{LIST_COUNT}_talks", *talks),
        *late_frames(f"talk_of_{LINES_COUNT}_lines", *lines),
    ]


async def open_long_talk(page: Page, house: Installation) -> None:
    await page.locator(".talkrow").first.click()
    await page.locator(".flow li").first.wait_for()
    contact = (await page.evaluate("location.hash")).rpartition("/")[2]
    db = await Database.open(house.database_url, size=1)
    async with db.site(MAIN) as conn:
        await conn.execute(LONG_TALK, MAIN, contact, LINES_COUNT)
    await db.close()
    await page.reload()
    await page.locator(".flow li").first.wait_for()
    await fetch_all_lines(page, LINES_COUNT // LINES_OF_A_PAGE)


def late_frames(name: str, late: int, longest_ms: float) -> list[Measure]:
    return [
        Measure(f"{name}_late", late, f"of {FRAMES_COUNT} frames", goal=f"none over {LATE_MS} ms", ok=late == 0),
        Measure(f"{name}_longest", longest_ms, "ms"),
    ]


if __name__ == "__main__":
    asyncio.run(main())
