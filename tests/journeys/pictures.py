"""The guide's pictures, which are also what the screens must look like: an unwanted change fails.

Time stands still in journeys that are marked `pictured`, so that two pictures of one screen are the same. They can be
compared only where the browser and the fonts are those that drew them, which a fingerprint decides.
DRYFLY_PICTURES=update draws anew those that differ.
"""

import asyncio
import base64
import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any, TypedDict

from playwright.async_api import Page, ViewportSize

from tests.journeys.looks import Scheme

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
DRAWN_BY = Path(__file__).with_name("drawn_by.json")
FOUND = ROOT / "test-results" / "pictures"
PICTURED: ViewportSize = {"width": 1400, "height": 880}

# A screen is looked at in squares, each by its mean colour: smoothed edges of letters do not move it, a letter does.
BLOCK_PX = 8
COLOUR_DIFFERS = 6  # of 255, in one of the three; a change of one letter's weight makes about 15
SETTLES_WITHIN_S = 15.0
LOOK_AGAIN_S = 0.15

SAMPLE = """<body style="margin:8px;font:13.5px/1.45 Inter,'Segoe UI',system-ui,-apple-system,'Noto Sans',sans-serif">
<p>Hamburgefonstiv 0123456789 <b>Hamburgefonstiv</b> <i>kerning: AV To</i> “–…↵✓★”</p>
<p dir="rtl">مرحبا، أين طلبي</p><p style="font:12px/1.5 ui-monospace,monospace">mono 0O1l</p>
<select><option>one</option></select> <input value="field"> <textarea>area</textarea>"""

# The squares that differ, and a picture in which everything else is pale. Of another size: everything differs.
COMPARES = """async ([kept, now, block, least]) => {
  const pixels = async data => {
    const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + data)).blob())
    const paint = new OffscreenCanvas(image.width, image.height).getContext('2d', { willReadFrequently: true })
    paint.drawImage(image, 0, 0)
    return paint.getImageData(0, 0, image.width, image.height)
  }
  const [one, other] = [await pixels(kept), await pixels(now)]
  const { width, height } = other
  const mean = ({ data }, left, top) => {
    const sum = [0, 0, 0]
    const [right, bottom] = [Math.min(left + block, width), Math.min(top + block, height)]
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++)
      for (let c = 0; c < 3; c++) sum[c] += data[4 * (y * width + x) + c]
    return sum.map(all => all / ((right - left) * (bottom - top)))
  }
  const squares = []
  const isResized = one.width !== width || one.height !== height
  for (let top = 0; top < height; top += block) for (let left = 0; left < width; left += block) {
    const seen = mean(other, left, top)
    if (isResized || mean(one, left, top).some((colour, c) => Math.abs(colour - seen[c]) > least))
      squares.push([left, top])
  }
  const canvas = new OffscreenCanvas(width, height)
  const paint = canvas.getContext('2d')
  paint.putImageData(other, 0, 0)
  paint.fillStyle = 'rgb(255 255 255 / 70%)'
  paint.fillRect(0, 0, width, height)
  paint.fillStyle = 'rgb(220 0 60 / 60%)'
  for (const [left, top] of squares) paint.fillRect(left, top, block, block)
  const drawn = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())
  return { squares, picture: btoa(drawn.reduce((all, byte) => all + String.fromCharCode(byte), '')) }
}"""


class Difference(TypedDict):
    squares: list[list[int]]
    picture: str
    """A PNG, in base64."""


class Unlike(AssertionError):
    """The screen no longer looks like its picture."""


not_compared: list[str] = []
"""Why pictures were not compared in this run; said at its end."""


async def picture(
    page: Page, name: str, scheme: Scheme = "light", size: ViewportSize = PICTURED, *, is_timed: bool = False
) -> None:
    """The screen looks like its picture in the guide. `is_timed`: it tells how long things took, and is only drawn."""
    await page.emulate_media(color_scheme=scheme)
    await page.set_viewport_size(size)
    await page.mouse.move(0, 0)
    if os.environ.get("DRYFLY_PICTURES") == "update":
        await _renew(page, PICTURES / f"{name}.png")
    elif not is_timed and await _is_comparable(page):
        await _compare(page, PICTURES / f"{name}.png")


# ---- comparing ---------------------------------------------------------------------------------


async def _compare(page: Page, kept: Path) -> None:
    """Screens settle: only what still differs after a while has changed."""
    assert kept.exists(), f"{kept.name} was never drawn: DRYFLY_PICTURES=update"
    gives_up_at = time.monotonic() + SETTLES_WITHIN_S
    now = await _shot(page)
    while (found := await _difference(page, kept.read_bytes(), now))["squares"]:
        if time.monotonic() > gives_up_at:
            raise Unlike(_told(kept, now, found))
        await asyncio.sleep(LOOK_AGAIN_S)
        now = await _shot(page)


def _told(kept: Path, now: bytes, found: Difference) -> str:
    FOUND.mkdir(parents=True, exist_ok=True)
    (FOUND / f"{kept.stem}.kept.png").write_bytes(kept.read_bytes())
    (FOUND / f"{kept.stem}.now.png").write_bytes(now)
    (FOUND / f"{kept.stem}.differs.png").write_bytes(base64.b64decode(found["picture"]))
    left, top = found["squares"][0]
    return (
        f"The screen does not look like {kept.relative_to(ROOT)} any more: {len(found['squares'])} squares differ,"
        f" the first at {left}, {top}. See {kept.stem}.kept.png, .now.png and .differs.png in"
        f" {FOUND.relative_to(ROOT)}. If this is meant: `./dryfly guide --pictures`, look at it, commit it."
    )


async def _shot(page: Page) -> bytes:
    return await page.screenshot(animations="disabled", caret="hide")


async def _difference(page: Page, kept: bytes, now: bytes) -> Difference:
    """Told by the browser itself, on a page of its own: it reads pictures faster than anything at hand."""
    if kept == now:
        return {"squares": [], "picture": ""}
    both = [base64.b64encode(png).decode() for png in (kept, now)]
    found: Difference = await _on_blank_page(page, COMPARES, [*both, BLOCK_PX, COLOUR_DIFFERS])
    return found


async def _on_blank_page(page: Page, script: str, argument: Any) -> Any:
    blank = await page.context.browser.new_page()  # type: ignore[union-attr]
    try:
        return await blank.evaluate(script, argument)
    finally:
        await blank.close()


# ---- drawing anew ------------------------------------------------------------------------------


async def _renew(page: Page, kept: Path) -> None:
    """When it has settled. One that looks the same is left as it is."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    before, now = b"", await _shot(page)
    while before != now:
        await asyncio.sleep(2 * LOOK_AGAIN_S)
        before, now = now, await _shot(page)
    drawn_by = await _fingerprint(page)
    is_alike = kept.exists() and _drawn_by() == drawn_by
    if not is_alike or (await _difference(page, kept.read_bytes(), now))["squares"]:
        kept.write_bytes(now)
    DRAWN_BY.write_text(json.dumps(drawn_by, indent=2) + "\n", encoding="utf-8")


# ---- who drew ----------------------------------------------------------------------------------

_fingerprints: dict[str, dict[str, str]] = {}


async def _fingerprint(page: Page) -> dict[str, str]:
    """The browser, and how letters and fields look in it on this machine. Drawn once a run."""
    version = page.context.browser.version  # type: ignore[union-attr]
    if version not in _fingerprints:
        blank = await page.context.browser.new_page(viewport={"width": 500, "height": 200})  # type: ignore[union-attr]
        await blank.set_content(SAMPLE)
        sample = hashlib.sha256(await _shot(blank)).hexdigest()
        await blank.close()
        _fingerprints[version] = {"browser": version, "letters": sample[:16]}
    return _fingerprints[version]


def _drawn_by() -> dict[str, str]:
    known: dict[str, str] = json.loads(DRAWN_BY.read_text(encoding="utf-8")) if DRAWN_BY.exists() else {}
    return known


async def _is_comparable(page: Page) -> bool:
    here, there = await _fingerprint(page), _drawn_by()
    if here != there and not not_compared:
        said = f"drawn by {_said(there)}" if there else "`./dryfly guide --pictures` was never run"
        not_compared.append(f"{said}; here is {_said(here)}")
    return here == there


def _said(drawn_by: dict[str, str]) -> str:
    return f"Chromium {drawn_by.get('browser', '?')} with letters {drawn_by.get('letters', '?')}"
