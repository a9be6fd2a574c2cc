/** Going to one of a list by the letters that it begins with. */

import { type KeyboardEvent, useRef } from "react"

const WORD_MS = 700

/** The next after `at` that begins so. A word is typed on at the same one; one letter again and again goes on to the next. */
export function named(items: readonly { textContent: string | null }[], at: number, typed: string): number | null {
  const isOneLetter = new Set(typed).size === 1
  const word = isOneLetter ? (typed[0] as string) : typed
  const from = Math.max(0, isOneLetter ? at + 1 : at)
  const begins = (number: number) => items[number]?.textContent?.trim().toLocaleLowerCase().startsWith(word)
  if (word === "") return null
  return [...items.keys()].map((number) => (number + from) % items.length).find(begins) ?? null
}

/** Letters in quick succession are one word. With Ctrl and the like they mean something else; so does a space at first. */
export function useTyped(): (event: KeyboardEvent) => string {
  const word = useRef({ typed: "", at: 0 })
  return ({ key, timeStamp, ctrlKey, altKey, metaKey }) => {
    const before = timeStamp - word.current.at < WORD_MS ? word.current.typed : ""
    if (key.length > 1 || ctrlKey || altKey || metaKey || (before === "" && key === " ")) return ""
    word.current = { typed: before + key.toLocaleLowerCase(), at: timeStamp }
    return word.current.typed
  }
}
