/** Whispers in talks that are not before the agent now: a page that is open shows its own. Pure. */

import type { DeskPush, DeskState, Mention } from "./generated"

const WHISPERS_MAX = 20

/** What a push makes of them. They are for whoever serves the talk, and gone with it. */
export function whispersAfter(
  whispers: readonly Mention[],
  push: DeskPush["push"],
  desk: DeskState,
  isOpen: boolean,
): readonly Mention[] {
  if (push.kind === "talk_gone" || push.kind === "talk_merged") return unheard(whispers, push.contact)
  if (push.kind !== "note_added" || !push.note.whisper || isOpen) return whispers
  const { contact, note } = push
  const isMine = desk.talks.some((talk) => talk.contact === contact && talk.owner === desk.me.agent)
  const isKnown = whispers.some((known) => known.note.id === note.id)
  return isMine && !isKnown ? [...whispers, { contact, note }].slice(-WHISPERS_MAX) : whispers
}

/** Without those of a talk that is read now. */
export const unheard = (whispers: readonly Mention[], contact: string): readonly Mention[] =>
  whispers.filter((whisper) => whisper.contact !== contact)
