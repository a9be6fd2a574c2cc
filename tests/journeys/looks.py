"""What can be measured of how a page looks: nothing sticks out, everything can be read and reached by everybody."""

from functools import cache
from pathlib import Path
from typing import Literal

from playwright.async_api import Page

Scheme = Literal["light", "dark"]

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
SIZES = ((360, 740), (768, 1024), (1440, 900))
EXTREMES = ((320, 640), (2560, 1440))
SCHEMES: tuple[Scheme, Scheme] = ("dark", "light")
CONTRAST_MIN = 4.5  # WCAG 2.2, 1.4.3

# Visible texts of the page and of open shadow roots whose contrast to the colour behind them is too low.
HARD_TO_READ = """least => {
  const found = []
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const rgba = colour => {
    paint.clearRect(0, 0, 1, 1); paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)]
  const behind = element => {
    const layers = []
    for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
      const colour = rgba(getComputedStyle(at).backgroundColor)
      if (colour[3] > 0) layers.push(colour)
      if (colour[3] === 1) break
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255])
  }
  const light = colour => {
    const [r, g, b] = colour.map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }
  const dims = element => {
    for (let at = element; at; at = at.parentElement ?? at.getRootNode().host)
      if (getComputedStyle(at).opacity !== '1') return true
    return false
  }
  const look = root => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) look(element.shadowRoot)
      const text = [...element.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('').trim()
      if (!text || !element.checkVisibility({ visibilityProperty: true }) || dims(element)) continue
      const back = behind(element)
      const seen = ratio(over(rgba(getComputedStyle(element).color), back), back)
      if (seen < least) found.push(`${seen.toFixed(2)} ${element.className}: ${text.slice(0, 60)}`)
    }
  }
  look(document)
  return found
}"""

# Buttons, fields and links that stick out of the window at the sides, and are in nothing that moves sideways;
# and words that are cut off without a sign of it.
STICKING_OUT = """() => {
  const found = document.documentElement.scrollWidth > innerWidth ? ['the page'] : []
  const moves = element => {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement ?? at.getRootNode().host)
      if (at.scrollWidth > at.clientWidth && /auto|scroll/.test(getComputedStyle(at).overflowX)) return true
    return false
  }
  const cuts = element => {
    const { overflowX, textOverflow, clipPath } = getComputedStyle(element)
    const hasWords = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    return hasWords && /hidden|clip/.test(overflowX) && textOverflow === 'clip' && clipPath === 'none'
      && element.scrollWidth > element.clientWidth + 1 && element.checkVisibility()
  }
  const look = root => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) look(element.shadowRoot)
      if (cuts(element)) found.push(`cut: ${element.className}: ${element.textContent.slice(0, 60)}`)
      if (!element.matches('button,a,input,textarea,select,h1,h2,p') || !element.checkVisibility()) continue
      const { left, right, width } = element.getBoundingClientRect()
      const out = width > 1 && (left < -1 || right > innerWidth + 1)
      if (out && !moves(element)) found.push(`${element.tagName} ${element.textContent}`)
    }
  }
  look(document)
  return found
}"""


# What axe finds that shuts somebody out. Colours are measured above, through translucent layers too.
BARRIERS = """async () => {
  const { violations } = await axe.run(document, {
    resultTypes: ['violations'], rules: { 'color-contrast': { enabled: false } },
  })
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
}"""


# Pages hear of their new size with the next frame, and what lies over them moves along.
NEXT_FRAME = "() => new Promise(requestAnimationFrame)"


async def look_right(page: Page) -> None:
    for found in (
        await page.evaluate(STICKING_OUT),
        await page.evaluate(HARD_TO_READ, CONTRAST_MIN),
        await barriers(page),
    ):
        assert not found, "\n".join(found)


async def look_right_everywhere(page: Page) -> None:
    """On a phone, a tablet and a desk, by day and by night; and nothing sticks out on what is smaller and larger still.

    The page keeps the last of them.
    """
    for width, height in EXTREMES:
        await page.set_viewport_size({"width": width, "height": height})
        await page.evaluate(NEXT_FRAME)
        found = await page.evaluate(STICKING_OUT)
        assert not found, "\n".join([f"at {width} px", *found])
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        await page.evaluate(NEXT_FRAME)
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            await look_right(page)


async def barriers(page: Page) -> list[str]:
    """axe-core's serious and critical findings (WCAG 2.2 A and AA, and its best practices)."""
    await page.evaluate(f"window.axe === undefined && (() => {{ {_axe()} }})()")
    found: list[str] = await page.evaluate(BARRIERS)
    return found


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")
