/** What came to this desk between two states of it. Pure. */

import type { DeskState } from "@dryfly/words"
import type { Occasion } from "../preferences"

export interface News {
  readonly occasion: Occasion
  readonly id: string
  /** The talk that it leads to; null: an offer, which is answered in the list. */
  readonly contact: string | null
  readonly name: string
  readonly text: string
}

/** New offers, mentions, and customers' words in talks that are not being looked at. */
export function newsOf(before: DeskState, now: DeskState, looked_at: string | null): readonly News[] {
  const offers = now.offers
    .filter(({ offer }) => !before.offers.some((known) => known.offer === offer))
    .map(({ offer, talk }): News => {
      const text = talk.need_title || talk.last_text
      return { occasion: "offer", id: offer, contact: null, name: talk.customer_name, text }
    })
  const mentions = now.mentions
    .filter(({ note }) => !before.mentions.some((known) => known.note.id === note.id))
    .map(({ contact, note }): News => {
      return { occasion: "mention", id: note.id, contact, name: note.author_name, text: note.text }
    })
  const unread = new Map(before.talks.map((talk) => [talk.contact, talk.unread_count]))
  const messages = now.talks
    .filter(({ contact, unread_count }) => unread_count > (unread.get(contact) ?? unread_count))
    .filter(({ contact }) => contact !== looked_at)
    .map((talk): News => {
      const { contact, customer_name, last_text } = talk
      return { occasion: "message", id: contact, contact, name: customer_name, text: last_text }
    })
  return [...offers, ...mentions, ...messages]
}

/** What waits for me, for the window's title. */
export const waitingCount = (desk: DeskState): number =>
  desk.offers.length + desk.mentions.length + desk.talks.filter((talk) => talk.unread_count > 0).length
