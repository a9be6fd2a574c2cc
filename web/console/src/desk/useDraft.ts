/** The draft of one talk: kept a moment after the last key, and when the page or the talk goes away. */

import { useEffect, useRef, useState } from "react"
import { type Draft, keepDraft, readDraft } from "../drafts"

const KEEP_AFTER_MS = 250

export function useDraft(contact: string) {
  const [draft, setDraft] = useState(() => readDraft(contact))
  const latest = useRef(draft)
  const isKept = useRef(true)
  const keep = useRef(() => {})
  keep.current = () => {
    if (isKept.current) return
    isKept.current = true
    keepDraft(contact, latest.current)
  }
  useEffect(() => {
    const now = () => keep.current()
    addEventListener("pagehide", now)
    return () => {
      removeEventListener("pagehide", now)
      now()
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change
  useEffect(() => {
    const timer = setTimeout(() => keep.current(), KEEP_AFTER_MS)
    return () => clearTimeout(timer)
  }, [draft])
  const change = (part: Partial<Draft>): void => {
    latest.current = { ...latest.current, ...part }
    isKept.current = false
    setDraft(latest.current)
  }
  return [draft, change] as const
}
