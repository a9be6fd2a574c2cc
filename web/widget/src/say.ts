/** The catalogue in the reader's language. It is fetched beside the panel, and set once. */

import { sentence, type Values } from "@dryfly/words"
import type { Words } from "./messages.en"

let words: Words
export let language = "en"

export function speak(spoken: string, catalogue: Words): void {
  language = spoken
  words = catalogue
}

export const say = (key: keyof Words, values?: Values): string => sentence(words[key], values, language)

const known = (key: string): key is keyof Words => key in words

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
