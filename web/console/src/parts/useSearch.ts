/** Asks the server while somebody types: one question at a time, answers to older questions are dropped. */

import type { ErrorBody, SearchPage } from "@dryfly/words"
import { useCallback, useEffect, useState } from "react"
import { api } from "../api"

const REST_MS = 160
const TYPED_MIN = 2

export interface Searched {
  /** What the answer is for. */
  readonly query: string
  readonly page: SearchPage | null
  readonly error: ErrorBody | null
  readonly isAsking: boolean
  readonly more: () => void
}

type Answer = Pick<Searched, "query" | "page" | "error">
const NOTHING: Answer = { query: "", page: null, error: null }

const joined = (before: SearchPage, after: SearchPage): SearchPage => ({
  ...after,
  customers: before.customers,
  talks: [...before.talks, ...after.talks],
})

export function useSearch(typed: string): Searched {
  const query = typed.trim()
  const isAsked = query.length >= TYPED_MIN
  const [answer, setAnswer] = useState<Answer>(NOTHING)
  useEffect(() => {
    if (!isAsked) return setAnswer(NOTHING)
    let isOver = false
    const tell = (told: Partial<Answer>) => !isOver && setAnswer({ ...NOTHING, query, ...told })
    const timer = setTimeout(() => {
      api.search(query, null).then(
        (page) => tell({ page }),
        (error: ErrorBody) => tell({ error }),
      )
    }, REST_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [query, isAsked])
  const more = useCallback(() => {
    const { page } = answer
    if (!page?.next) return
    api.search(answer.query, page.next).then(
      (next) => setAnswer((now) => (now === answer ? { ...answer, page: joined(page, next) } : now)),
      (error: ErrorBody) => setAnswer((now) => (now === answer ? { ...answer, error } : now)),
    )
  }, [answer])
  return { ...answer, more, isAsking: isAsked && answer.query !== query }
}
