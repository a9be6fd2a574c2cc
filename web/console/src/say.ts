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

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" })
const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" })
const DAY_YEAR = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" })

/** The time of today, the day of this half-year, the date of anything older. */
export function moment(at: number, now: number): string {
  if (new Date(at).toDateString() === new Date(now).toDateString()) return CLOCK.format(at)
  return (now - at < 180 * 86_400_000 ? DAY : DAY_YEAR).format(at)
}

const DAY_TIME = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
})

/** When something will be: never only the day. */
export const dayAndTime = (at: number): string => DAY_TIME.format(at)

/** A time ahead: that of today, or with its day. */
export const ahead = (at: number, now: number): string =>
  (new Date(at).toDateString() === new Date(now).toDateString() ? CLOCK : DAY_TIME).format(at)

export function bytes(count: number): string {
  return count < 1024 * 1024 ? `${Math.ceil(count / 1024)} kB` : `${(count / 1024 / 1024).toFixed(1)} MB`
}
