/** What was begun to be written, for each talk: kept on this machine until it is sent. */

const KEY = "dryfly:draft:"
const DRAFTS_MAX = 100

export interface Draft {
  readonly text: string
  readonly isNote: boolean
}
const EMPTY: Draft = { text: "", isNote: false }

export function readDraft(contact: string): Draft {
  try {
    return JSON.parse(localStorage.getItem(KEY + contact) ?? "null") ?? EMPTY
  } catch {
    return EMPTY
  }
}

export function keepDraft(contact: string, draft: Draft): void {
  try {
    if (draft.text === "") localStorage.removeItem(KEY + contact)
    else localStorage.setItem(KEY + contact, JSON.stringify(draft))
  } catch {
    forgetOldest()
  }
}

/** No room any more: contacts' ids sort by time, so the first are the oldest. */
function forgetOldest(): void {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEY))
  for (const key of keys.sort().slice(0, Math.max(1, keys.length - DRAFTS_MAX))) localStorage.removeItem(key)
}
