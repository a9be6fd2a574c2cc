/** Sentences in the reader's language, and times as people read them. */

import { type ErrorBody, sentence, type Values } from "@dryfly/words"
import { en, type Words } from "./messages.en"

const words: Words = en

/** Says the sentences of one catalogue. Screens that are fetched on demand bring a catalogue of their own. */
export const speaking =
  <Catalogue extends Readonly<Record<string, string>>>(catalogue: Catalogue) =>
  (key: keyof Catalogue & string, values?: Values): string =>
    sentence(catalogue[key] as string, values)

export const say = speaking(words)

/** The sentence `group.code`, or `otherwise` where the catalogue has none. */
export function sayCode(group: string, code: string, values: Values, otherwise = code.replaceAll("_", " ")): string {
  const key = `${group}.${code}`
  return key in words ? say(key as keyof Words, values) : otherwise
}

export const sayError = ({ code, text, values }: ErrorBody): string => sayCode("error", code, values, text)

/** "0:48", "12 min", "3 h 05", "9 d". */
export function span(ms: number): string {
  const s = Math.max(0, Math.round(ms / 1000))
  if (s < 600) return `${Math.floor(s / 60)}:${`${s % 60}`.padStart(2, "0")}`
  const min = Math.floor(s / 60)
  if (min < 60) return `${min} min`
  const h = Math.floor(min / 60)
  return h < 48 ? `${h} h ${`${min % 60}`.padStart(2, "0")}` : `${Math.floor(h / 24)} d`
}

/** How old something is, by the minute. */
export const age = (ms: number): string => (ms < 600_000 ? `${Math.max(0, Math.floor(ms / 60_000))} min` : span(ms))

/** Made when it is first wanted: the first screen should not wait for five of them. */
function formatting(how: Intl.DateTimeFormatOptions): (at: number) => string {
  let format: Intl.DateTimeFormat | null = null
  return (at) => {
    format ??= new Intl.DateTimeFormat(undefined, how)
    return format.format(at)
  }
}

const clock = formatting({ hour: "2-digit", minute: "2-digit" })
const day = formatting({ day: "numeric", month: "short" })
const dayYear = formatting({ day: "numeric", month: "short", year: "numeric" })

/** The time of today, the day of this half-year, the date of anything older. */
export function moment(at: number, now: number): string {
  if (new Date(at).toDateString() === new Date(now).toDateString()) return clock(at)
  return now - at < 180 * 86_400_000 ? day(at) : dayYear(at)
}

/** When something will be: never only the day. */
export const dayAndTime = formatting({
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
})

/** A time ahead: that of today, or with its day. */
export const ahead = (at: number, now: number): string =>
  new Date(at).toDateString() === new Date(now).toDateString() ? clock(at) : dayAndTime(at)

export function bytes(count: number): string {
  return count < 1024 * 1024 ? `${Math.ceil(count / 1024)} kB` : `${(count / 1024 / 1024).toFixed(1)} MB`
}
