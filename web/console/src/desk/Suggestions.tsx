/** Answers that suit what the customer said last. A key puts one into the composer; none is ever sent by itself. */

import type { Suggestion, TalkPage, Suggestions as Told } from "@dryfly/words"
import { useEffect, useMemo, useState } from "react"
import { api } from "../api"
import { useKeys } from "../hooks"
import { say } from "../say"

const QUIET_MS = 400 // customers write several lines in a row: one question for all of them

function useSuggestions(contact: string, page: TalkPage | null): readonly Suggestion[] {
  const last = page?.messages.findLast((message) => message.author === "customer")?.id ?? null
  const [told, setTold] = useState<Told | null>(null)
  useEffect(() => {
    if (last === null) return
    let isOver = false
    const timer = setTimeout(() => {
      api.suggestions(contact).then(
        (suggestions) => !isOver && setTold(suggestions),
        () => {}, // help that does not come is not missed: there is nothing to be done about it
      )
    }, QUIET_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [contact, last])
  return told && told.message === last ? told.suggestions : []
}

interface SuggestionsProps {
  readonly contact: string
  readonly page: TalkPage | null
  readonly use: (suggestion: Suggestion) => void
}

export function Suggestions({ contact, page, use }: SuggestionsProps) {
  const suggestions = useSuggestions(contact, page)
  const keys = useMemo(
    () => Object.fromEntries(suggestions.map((suggestion, at) => [`Alt+${at + 1}`, () => use(suggestion)])),
    [suggestions, use],
  )
  useKeys(keys)
  if (suggestions.length === 0) return null
  return (
    <ul className="suggestions" aria-label={say("suggest.title")}>
      {suggestions.map((suggestion, at) => (
        <li key={suggestion.origin + suggestion.title}>
          <button type="button" className="suggestion" title={suggestion.text} onClick={() => use(suggestion)}>
            <span className="row">
              <kbd>Alt {at + 1}</kbd>
              <span className="xs cut">
                {[say(`suggest.${suggestion.origin}`), suggestion.title, ...suggestion.sources]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            <span className="cut" dir="auto">
              {suggestion.text}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
