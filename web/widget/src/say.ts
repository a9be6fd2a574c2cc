/** The catalogue in the page's language. */

import { type ErrorBody, sentence, type Values } from "@dryfly/words"
import { en, type Words } from "./messages.en"

const CATALOGUES: Record<string, Words> = { en }

export const language = (() => {
  const asked = document.documentElement.lang || navigator.language || "en"
  return CATALOGUES[asked] ? asked : (asked.split("-")[0] as string)
})()
const words = CATALOGUES[language] ?? en

export const say = (key: keyof Words, values?: Values): string => sentence(words[key], values)

const known = (key: string): key is keyof Words => key in words

/** The sentence for a code, or what the server says where the catalogue has none. */
export function sayError({ code, text, values }: ErrorBody): string {
  const key = `error.${code}`
  const megabytes = Math.floor(Number(values.limit ?? 0) / 1024 / 1024)
  return known(key) ? say(key, { ...values, limit_mb: megabytes }) : text
}

export function sayCode(code: string, values: Values, text: string): string {
  const key = `code.${code}`
  return known(key) ? say(key, values) : text || code.replaceAll("_", " ")
}
