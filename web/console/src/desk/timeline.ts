/** Messages, notes and the floor's decisions as one list, in the journal's order. Pure. */

import type { Echo, Merged, Message, Note, TalkPage, WhyLine } from "@dryfly/words"

export type Item =
  | {
      readonly is: "message"
      readonly key: string
      readonly seq: number
      readonly message: Message
      /** Where it was said, if in a talk that is merged into this one. */
      readonly via: Merged | undefined
    }
  | { readonly is: "note"; readonly key: string; readonly seq: number; readonly note: Note }
  | { readonly is: "why"; readonly key: string; readonly seq: number; readonly steps: readonly WhyLine[] }
  | { readonly is: "older"; readonly key: "older"; readonly seq: 0 }
  | { readonly is: "echo"; readonly key: string; readonly seq: number; readonly echo: Echo }

export function timeline(page: TalkPage, echoes: readonly Echo[]): readonly Item[] {
  const items: Item[] = [
    ...page.messages.map((message) => {
      const via = message.via ? page.talk.merged.find(({ contact }) => contact === message.via) : undefined
      return { is: "message", key: message.id, seq: message.seq, message, via } as const
    }),
    ...page.notes.map((note) => ({ is: "note", key: note.id, seq: note.seq, note }) as const),
    ...runs(page.why),
  ]
  items.sort((one, other) => one.seq - other.seq)
  const earliest = page.messages[0]?.seq ?? 0
  const shown = page.more_before ? items.filter((item) => item.seq >= earliest) : items
  return [
    ...(page.more_before ? [{ is: "older", key: "older", seq: 0 } as const] : []),
    ...shown,
    ...echoes.map((echo) => ({ is: "echo", key: echo.id, seq: Number.MAX_SAFE_INTEGER, echo }) as const),
  ]
}

/** Each way from "in line" to "served" is one line, told by its last step; the others are behind it. */
function runs(why: readonly WhyLine[]): Item[] {
  const found: WhyLine[][] = []
  for (const step of why) {
    const last = found.at(-1)
    if (!last || step.rule.startsWith("queued_")) found.push([step])
    else last.push(step)
  }
  return found.map((steps) => ({ is: "why", key: `why${steps[0]?.seq}`, seq: steps.at(-1)?.seq ?? 0, steps }))
}
