/** A talk's line after a push about its words: the same fold as the server's (`conversations.talks`). Pure. */

import type { DeskPush, Fact, Message, Talk } from "./generated"

const LAST_TEXT_MAX = 120

export type Change = DeskPush["push"]
export interface Numbered {
  readonly seq: number
  readonly at: number
  readonly push: Change
}

/** The talk that a push is about. */
export function contactOf(push: Change): string | null {
  if ("talk" in push && push.kind !== "offer_gone") return push.talk.contact
  return "contact" in push ? push.contact : null
}

export function lined(talk: Talk, { push, at }: Numbered): Talk {
  switch (push.kind) {
    case "message_added":
      return { ...spoken(talk, push.message, at), ...stateOf(push) }
    case "facts_learned":
      return push.facts.reduce(learned, talk)
    default:
      return talk
  }
}

/** What the talk is with this message, as the server says it. */
const stateOf = ({
  channel,
  reply_due_at,
  reply_overdue,
  woken,
  answers_on,
}: Pick<Talk, "channel" | "reply_due_at" | "reply_overdue" | "woken" | "answers_on">) => ({
  channel,
  reply_due_at,
  reply_overdue,
  woken,
  answers_on,
})

function spoken(talk: Talk, message: Message, at: number): Talk {
  const last = { last_text: [...message.text].slice(0, LAST_TEXT_MAX).join(""), last_at: at }
  switch (message.author) {
    case "customer":
      return { ...talk, ...last, changed_at: at, unread_count: talk.unread_count + 1 }
    case "agent":
      return { ...talk, ...last, changed_at: at, unread_count: 0 }
    default:
      return { ...talk, last_at: at }
  }
}

function learned(talk: Talk, fact: Fact): Talk {
  if (fact.key === "name") return { ...talk, customer_name: fact.value }
  if (fact.key === "need") return { ...talk, need_title: fact.value }
  return talk
}
