/** Times in the zone of a report. */

import type { Report } from "@dryfly/words"

const format = (zone: string, how: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(undefined, { timeZone: zone, ...how })

export interface Times {
  /** An interval of the report, by its place. */
  readonly interval: (n: number) => string
  /** The same, as short as fits below a bar. */
  readonly tick: (n: number) => string
  readonly moment: (at: number) => string
  readonly day: (at: number) => string
  readonly clock: (at: number) => string
}

export function timesOf(report: Report): Times {
  const { zone, every, intervals, to_at } = report
  const day = format(zone, { weekday: "short", day: "numeric", month: "short" })
  const clock = format(zone, { hour: "2-digit", minute: "2-digit" })
  const moment = format(zone, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })
  const isOneDay = day.format(report.from_at) === day.format(to_at - 1)
  const at = (n: number) => intervals[n] ?? to_at
  const times = (n: number) => `${clock.format(at(n))}–${clock.format(at(n + 1))}`
  return {
    interval: (n) => (every === "day" ? day.format(at(n)) : isOneDay ? times(n) : `${day.format(at(n))}, ${times(n)}`),
    tick: (n) => (every === "day" || !isOneDay ? day.format(at(n)) : clock.format(at(n))),
    moment: moment.format,
    day: day.format,
    clock: clock.format,
  }
}
