/** Where things stand on a plot. Pure. */

export interface Point {
  readonly at: number
  /** Null: nothing to say about it, and the line has a gap there. */
  readonly value: number | null
}

/** What was expected, with the band in which it should lie. */
export interface Expected {
  readonly at: number
  readonly value: number
  readonly low: number
  readonly high: number
}

export type Place = (value: number) => number

/** Maps `from`..`to` to `start`..`end`, in a straight line. */
export const linear =
  (from: number, to: number, start: number, end: number): Place =>
  (value) =>
    from === to ? start : start + ((value - from) / (to - from)) * (end - start)

const STEPS = [1, 2, 5, 10]

/** Round numbers from 0 to at least `max`, about `count` of them. */
export function ticks(max: number, count: number): readonly number[] {
  const rough = Math.max(max, 1) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, power * (STEPS.find((factor) => factor * power >= rough) ?? 10))
  const last = Math.max(1, Math.ceil(max / step))
  return Array.from({ length: last + 1 }, (_, n) => n * step)
}

const HOUR_MS = 3_600_000
const HOURS = [1, 2, 3, 4, 6, 12]

/** Full hours of the reader's clock between `begin` and `end`, not more than `count`. */
export function hours(begin: number, end: number, count: number): readonly number[] {
  const every = HOURS.find((step) => (end - begin) / HOUR_MS / step <= count) ?? 24
  const first = new Date(begin)
  first.setMinutes(first.getMinutes() > 0 ? 60 : 0, 0, 0)
  const found: number[] = []
  for (let at = first.getTime(); at <= end; at += HOUR_MS) if (new Date(at).getHours() % every === 0) found.push(at)
  return found
}

/** A path through the points that have a value; a gap where one has none. */
export function line(points: readonly Point[], x: Place, y: Place): string {
  let isDrawing = false
  return points
    .map(({ at, value }) => {
      if (value === null) {
        isDrawing = false
        return ""
      }
      const verb = isDrawing ? "L" : "M"
      isDrawing = true
      return `${verb}${round(x(at))} ${round(y(value))}`
    })
    .join("")
}

/** The closed shape between the lows and the highs. */
export function area(band: readonly Expected[], x: Place, y: Place): string {
  if (band.length === 0) return ""
  const there = band.map(({ at, high }) => `${round(x(at))} ${round(y(high))}`)
  const back = [...band].reverse().map(({ at, low }) => `${round(x(at))} ${round(y(low))}`)
  return `M${[...there, ...back].join("L")}Z`
}

const round = (value: number): number => Math.round(value * 10) / 10

/** The index of the point nearest to `at`. */
export function nearest(points: readonly Point[], at: number): number {
  let best = 0
  for (let n = 1; n < points.length; n++) if (Math.abs(points[n]!.at - at) < Math.abs(points[best]!.at - at)) best = n
  return best
}
