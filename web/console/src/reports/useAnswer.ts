/** What the server answers to a question that changes; the newest question wins, the last answer stays meanwhile. */

import type { ErrorBody } from "@dryfly/words"
import { useEffect, useState } from "react"
import { ask } from "../api"

export interface Asked<Answer> {
  readonly answer: Answer | null
  readonly error: ErrorBody | null
  readonly isAsking: boolean
  readonly again: () => void
}

export function useAnswer<Answer>(path: string): Asked<Answer> {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [error, setError] = useState<ErrorBody | null>(null)
  const [asked, setAsked] = useState("")
  const [round, setRound] = useState(0)
  const question = `${path} ${round}`
  useEffect(() => {
    let isNewest = true
    const done = (told: Answer | null, wrong: ErrorBody | null) => {
      if (!isNewest) return
      if (told !== null) setAnswer(told)
      setError(wrong)
      setAsked(question)
    }
    ask<Answer>("GET", path).then(
      (told) => done(told, null),
      (wrong: ErrorBody) => done(null, wrong),
    )
    return () => {
      isNewest = false
    }
  }, [path, question])
  return { answer, error, isAsking: asked !== question, again: () => setRound((at) => at + 1) }
}
