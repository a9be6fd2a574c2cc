/** Canned replies: which suit a talk, and their fields filled from what is known. Pure. */

import type { Reply, Talk, TalkPage } from "@dryfly/words"

const FIELD = /\{(\w[\w.-]*)\}/g
/** What nobody knows yet: to be filled in by hand before the message may leave. */
const GAP = /⟦[^⟦⟧]*⟧/

export type Known = Readonly<Record<string, string>>

/** What the fields of a reply may name: {customer}, {agent}, each fact, the customer's one record of a kind, {queue}. */
export function known(talk: Talk, page: TalkPage | null, agentName: string): Known {
  const groups = page?.customer?.groups ?? []
  const single = groups.filter(({ count }) => count === 1).flatMap(({ records }) => records)
  const found = {
    ...Object.fromEntries((page?.customer?.fields ?? []).map(({ label, value }) => [label.toLowerCase(), value])),
    ...Object.fromEntries(single.map((record) => [record.kind.toLowerCase(), record.key])),
    ...Object.fromEntries((page?.facts ?? []).map((fact) => [fact.key.toLowerCase(), fact.value])),
    agent: agentName,
    customer: talk.customer_name,
    need: talk.need_title,
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== ""))
}

export const filled = (text: string, values: Known): string =>
  text.replace(FIELD, (_, field: string) => values[field.toLowerCase()] ?? `⟦${field}⟧`)

export interface Gap {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The first gap from `from` on, or from the beginning. */
export function gapAfter(text: string, from = 0): Gap | null {
  const later = GAP.exec(text.slice(from))
  if (later) return { start: from + later.index, end: from + later.index + later[0].length, text: later[0] }
  return from > 0 ? gapAfter(text) : null
}

const suits = (reply: Reply, talk: Talk): number =>
  (reply.needs.includes(talk.need) ? 2 : 0) + (talk.queue !== null && reply.queues.includes(talk.queue) ? 1 : 0)

/** Those that this queue is offered and that have every word, what suits the talk first. */
export function found(replies: readonly Reply[], talk: Talk, query: string): readonly Reply[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return replies
    .filter(({ queues }) => queues.length === 0 || (talk.queue !== null && queues.includes(talk.queue)))
    .filter((reply) => {
      const text = `${reply.title} ${reply.text}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
    .sort((one, other) => suits(other, talk) - suits(one, talk) || one.title.localeCompare(other.title))
}
