/** The catalogue in the reader's language. It is fetched beside the panel, and set once. */

import { type ErrorBody, sentence, type Values } from "@dryfly/words"
import type { Words } from "./messages.en"

let words: Words
export let language = "en"

export function speak(spoken: string, catalogue: Words): void {
  language = spoken
  words = catalogue
}

export const say = (key: keyof Words, values?: Values): string => sentence(words[key], values, language)

const known = (key: string): key is keyof Words => key in words

/** The sentence for a code. What has none is told in the server's English to whoever reads that. */
export function sayError({ code, text, values }: ErrorBody): string {
  const key = `error.${code}`
  const megabytes = Math.floor(Number(values.limit ?? 0) / 1024 / 1024)
  if (known(key)) return say(key, { ...values, limit_mb: megabytes })
  return language.startsWith("en") && text ? text : say("error.other")
}

export function sayCode(code: string, values: Values, text: string): string {
  const key = `code.${code}`
  return known(key) ? say(key, values) : text || code.replaceAll("_", " ")
}

/** The time of a message; the day too, where it is not today. */
export function time(at: number): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString()
  const day = isToday ? {} : ({ weekday: "short", day: "numeric", month: "short" } as const)
  return new Date(at).toLocaleString(language, { ...day, hour: "2-digit", minute: "2-digit" })
}
