/** Which talks can become one with this one. The server decides; this offers what it would take. Pure. */

import type { Me, StoryTalk, Talk } from "@dryfly/words"

export interface Other {
  readonly contact: string
  readonly channel: string
  readonly opened_at: number
  readonly need: string
  /** How its customer is called, where it may be somebody else. */
  readonly name: string
  /** Both are known to be the same customer. */
  readonly isKnown: boolean
}

const IN_HAND: ReadonlySet<string> = new Set(["active", "parked"])

/** Who serves a talk may merge others into it; supervisors may everywhere. */
export const mayMerge = (talk: Talk, me: Me): boolean =>
  talk.state === "active" && (me.role !== "agent" || (me.agent !== null && talk.owner === me.agent))

/** The customer's other open contacts. */
export const alsoOpen = (talk: Talk, story: readonly StoryTalk[]): readonly Other[] =>
  story
    .filter(({ contact, closed_at, main }) => closed_at === null && main === null && contact !== talk.contact)
    .map(({ contact, channel, opened_at, need_title }) => ({
      contact,
      channel,
      opened_at,
      need: need_title,
      name: "",
      isKnown: true,
    }))

/** Those, and what else is on the desk where somebody is not known yet: the newest first. */
export function candidates(talk: Talk, story: readonly StoryTalk[], talks: readonly Talk[], me: Me): readonly Other[] {
  const known = alsoOpen(talk, story)
  const there = new Set([talk.contact, ...known.map(({ contact }) => contact)])
  const others = talks.filter(
    (other) =>
      !there.has(other.contact) && other.owner === me.agent && IN_HAND.has(other.state) && !isStranger(talk, other),
  )
  return [...known, ...others.map((other) => asOther(other, talk))].toSorted((a, b) => b.opened_at - a.opened_at)
}

const isStranger = (one: Talk, other: Talk): boolean =>
  one.customer !== null && other.customer !== null && one.customer !== other.customer

const asOther = ({ contact, channel, opened_at, need_title, customer, customer_name }: Talk, talk: Talk): Other => ({
  contact,
  channel,
  opened_at,
  need: need_title,
  name: customer_name,
  isKnown: customer !== null && customer === talk.customer,
})
