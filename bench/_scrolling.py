"""Frames of a list that is scrolled: how long the page went without one. The processor is not slowed here."""

import asyncio

from playwright.async_api import Page

FRAMES_COUNT, LATE_MS = 400, 50

# Up and down, a step a frame. Each gap between two frames, in ms.
SCROLLS = """([selector, step, count]) => new Promise(done => {
  const box = document.querySelector(selector), gaps = []
  let last = performance.now(), way = box.scrollTop > 0 ? -1 : 1
  const frame = now => {
    gaps.push(now - last); last = now
    box.scrollTop += way * step
    if (box.scrollTop <= 0) way = 1
    else if (box.scrollTop >= box.scrollHeight - box.clientHeight - 1) way = -1
    if (gaps.length < count) requestAnimationFrame(frame); else done(gaps)
  }
  requestAnimationFrame(frame)
})"""

# Presses the button over the first line, until there is none (or nothing comes of it).
GOES_UP = """async most => {
  const box = document.querySelector('.flow'), frame = () => new Promise(requestAnimationFrame)
  const older = () => [...box.querySelectorAll('button')].find(button => button.closest('.system') && !button.disabled)
  for (let pressed = 0; pressed < most; pressed++) {
    for (let frames = 0; frames < 40; frames++) {
      box.scrollTop = 0
      await frame()
    }
    const height = box.scrollHeight
    older()?.click()
    for (let frames = 0; frames < 60 && Math.abs(box.scrollHeight - height) < 1000; frames++) await frame()
  }
}"""


async def scrolled(page: Page, selector: str, step_px: int) -> tuple[int, float]:
    """How many frames came late, and the longest wait for one in ms."""
    await asyncio.sleep(1)  # what opening it began is over
    gaps: list[float] = await page.evaluate(SCROLLS, [selector, step_px, FRAMES_COUNT])
    return sum(gap > LATE_MS for gap in gaps), max(gaps)


async def fetch_all_lines(page: Page, pages_count: int) -> None:
    """What came earlier, page by page, as a reader gets it who goes up and up."""
    await page.evaluate(GOES_UP, pages_count)
