/** What colleagues do around a talk: who else has it open, who writes an answer, and the notes that mention me. Pure. */

import type { Colleague, Mention, NoteAdded } from "./generated"

export const WRITING_MS = 6_000
export const MENTIONS_MAX = 50

/** By contact: who has it open, oneself included. Volatile. */
export type Looking = Readonly<Record<string, readonly Colleague[]>>
export interface Writer {
  readonly colleague: Colleague
  /** Until when they are shown as writing; an instant of this machine's clock. */
  readonly until: number
}
export type Writing = Readonly<Record<string, Writer>>

export function lookedAt(looking: Looking, contact: string, colleagues: readonly Colleague[]): Looking {
  const { [contact]: _, ...others } = looking
  return colleagues.length > 0 ? { ...others, [contact]: colleagues } : others
}

/** Who wrote lately, and nobody else: what has run out is dropped on the way. */
export function written(writing: Writing, contact: string, colleague: Colleague, now: number): Writing {
  const still = Object.entries(writing).filter(([, writer]) => writer.until > now)
  return { ...Object.fromEntries(still), [contact]: { colleague, until: now + WRITING_MS } }
}

export function mentionedIn(
  mentions: readonly Mention[],
  { contact, note }: NoteAdded,
  agent: string | null,
): readonly Mention[] {
  if (agent === null || !note.mentions.includes(agent)) return mentions
  if (mentions.some((known) => known.note.id === note.id)) return mentions
  return [...mentions, { contact, note }].slice(-MENTIONS_MAX)
}
