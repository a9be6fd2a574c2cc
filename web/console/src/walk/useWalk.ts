/** The walk that the server goes, looked at again and again while it runs. */

import type { ErrorBody, WalkPage } from "@dryfly/words"
import { useEffect, useState } from "react"
import { ask } from "../api"

const LOOK_EVERY_MS = 700

export interface Walking {
  readonly page: WalkPage | null
  readonly error: ErrorBody | null
  readonly begin: (script: string) => void
  readonly end: () => void
}

export function useWalk(): Walking {
  const [page, setPage] = useState<WalkPage | null>(null)
  const [error, setError] = useState<ErrorBody | null>(null)

  const take = (asked: Promise<WalkPage>): Promise<void> =>
    asked.then(
      (told) => {
        setPage(told)
        setError(null)
      },
      (wrong: ErrorBody) => setError(wrong),
    )

  useEffect(() => {
    let isOpen = true
    let timer = 0
    const look = (): void => {
      ask<WalkPage>("GET", "walk").then(
        (told) => {
          if (!isOpen) return
          setPage(told)
          timer = window.setTimeout(look, told.is_walking ? LOOK_EVERY_MS : LOOK_EVERY_MS * 4)
        },
        (wrong: ErrorBody) => {
          if (!isOpen) return
          setError(wrong)
          timer = window.setTimeout(look, LOOK_EVERY_MS * 8)
        },
      )
    }
    look()
    return () => {
      isOpen = false
      window.clearTimeout(timer)
    }
  }, [])

  return {
    page,
    error,
    begin: (script) => void take(ask<WalkPage>("POST", "walk", JSON.stringify({ script }))),
    end: () => void take(ask<WalkPage>("DELETE", "walk")),
  }
}
