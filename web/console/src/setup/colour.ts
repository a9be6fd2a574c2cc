/** How well text can be read on a colour (WCAG 2.2, 1.4.3). Pure. */

const WHITE = 1
const BLACK = 0
export const ENOUGH = 4.5

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text)

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const ratio = (one: number, other: number) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)

export const contrastOnWhiteText = (hex: string): number => ratio(luminance(hex), WHITE)
export const contrastOnBlackText = (hex: string): number => ratio(luminance(hex), BLACK)

/** The nearest darker shade on which white text can be read. */
export function darkened(hex: string): string {
  for (let share = 1; share > 0; share -= 0.02) {
    const parts = [1, 3, 5].map((at) => Math.round(Number.parseInt(hex.slice(at, at + 2), 16) * share))
    const tried = `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`
    if (contrastOnWhiteText(tried) >= ENOUGH) return tried
  }
  return "#000000"
}
