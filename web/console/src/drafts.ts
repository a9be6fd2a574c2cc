/** What was begun to be written, for each talk, and what is held back before it leaves: kept on this machine. */

import type { AttachmentRef } from "@dryfly/words"

const KEY = "dryfly:draft:"
const HELD = "dryfly:held:"
const TAB = "dryfly:tab"
const DRAFTS_MAX = 100
/** Words that a tab held and never sent are taken for lost with it after this time. */
const ORPHAN_MS = 15_000

export interface Draft {
  readonly text: string
  readonly note: string
  readonly isNote: boolean
  readonly files: readonly AttachmentRef[]
}
const EMPTY: Draft = { text: "", note: "", isNote: false, files: [] }

/** A message that can still be taken back. */
export interface Held {
  readonly id: string
  readonly tab: string
  readonly at: number
  readonly text: string
  readonly files: readonly AttachmentRef[]
}

function load<Kept>(key: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null")
  } catch {
    return null
  }
}

function keep(key: string, kept: unknown): void {
  try {
    if (kept === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(kept))
  } catch {
    forgetOldest()
  }
}

/** The draft; with what was held when the page went away, which is to be looked at again before it is sent. */
export function readDraft(contact: string, now = Date.now()): Draft {
  const draft = { ...EMPTY, ...load<Partial<Draft>>(KEY + contact) }
  const held = load<Held[]>(HELD + contact) ?? []
  const lost = held.filter((words) => words.tab === tab() || now - words.at > ORPHAN_MS)
  if (lost.length === 0) return draft
  const found = {
    ...draft,
    text: [...lost.map((words) => words.text), draft.text].filter(Boolean).join("\n"),
    files: [...lost.flatMap((words) => words.files), ...draft.files],
    isNote: false,
  }
  keepDraft(contact, found)
  keepHeld(
    contact,
    held.filter((words) => !lost.includes(words)),
  )
  return found
}

export function keepDraft(contact: string, kept: Partial<Draft>): void {
  const draft = { ...EMPTY, ...kept }
  const isEmpty = draft.text === "" && draft.note === "" && draft.files.length === 0
  keep(KEY + contact, isEmpty ? null : draft)
}

const keepHeld = (contact: string, held: readonly Held[]): void => keep(HELD + contact, held.length > 0 ? held : null)

export function addHeld(contact: string, words: Omit<Held, "tab">): void {
  keepHeld(contact, [...(load<Held[]>(HELD + contact) ?? []), { ...words, tab: tab() }])
}

export function dropHeld(contact: string, id: string): void {
  keepHeld(
    contact,
    (load<Held[]>(HELD + contact) ?? []).filter((words) => words.id !== id),
  )
}

/** Stays the same over a reload; another tab has another. */
function tab(): string {
  try {
    const known = sessionStorage.getItem(TAB) ?? crypto.randomUUID()
    sessionStorage.setItem(TAB, known)
    return known
  } catch {
    return ""
  }
}

/** No room any more: contacts' ids sort by time, so the first are the oldest. */
function forgetOldest(): void {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEY))
  for (const key of keys.sort().slice(0, Math.max(1, keys.length - DRAFTS_MAX))) localStorage.removeItem(key)
}
