/** Colours that can be read, whatever accent a site chose (WCAG 2.2, 1.4.3: contrast of 4.5). */

type Rgb = readonly [number, number, number]

const ENOUGH = 4.5
const BLACK: Rgb = [0, 0, 0]
const WHITE: Rgb = [255, 255, 255]

const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb
const hex = (colour: Rgb): string => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`

/** Relative luminance, 0..1. */
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrastOf(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

export const contrast = (one: string, other: string): number => contrastOf(rgb(one), rgb(other))

/** The ink for text on this ground: white where it can be read, black elsewhere. */
export const inkOn = (ground: string): string => (contrastOf(WHITE, rgb(ground)) >= ENOUGH ? "#fff" : "#000")

/** The accent as ink: as near to it as can be read on paper and on paper tinted with it. */
export function inkOf(accent: string, isDark: boolean): string {
  const paper: Rgb = isDark ? [20, 28, 26] : WHITE
  const ink = rgb(accent)
  const tinted = mixed(paper, ink, 0.12)
  const goal = isDark ? WHITE : BLACK
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mixed(ink, goal, share)
    if (contrastOf(tried, paper) >= ENOUGH && contrastOf(tried, tinted) >= ENOUGH) return hex(tried)
  }
  return hex(goal)
}

function mixed(one: Rgb, other: Rgb, share: number): Rgb {
  return one.map((part, i) => part + ((other[i] as number) - part) * share) as unknown as Rgb
}
