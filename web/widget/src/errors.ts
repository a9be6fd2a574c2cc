/** The sentence for each code of trouble: fetched with the first one. */

import { type ErrorBody, sentence } from "@dryfly/words"
import { ready, words } from "./later"
import { language, say } from "./say"

/** What has no sentence is told in the server's English to whoever reads that. */
export function sayError({ code, text, values }: ErrorBody): string {
  const key = `error.${code}`
  const megabytes = Math.floor(Number(values.limit ?? 0) / 1024 / 1024)
  if (key in words) return sentence(words[key as keyof typeof words], { ...values, limit_mb: megabytes }, language)
  return language.startsWith("en") && text ? text : say("error.other")
}

/** Once there are words for it. */
export const here = ready.then(() => ({ sayError }))
