/** The house around a desk: its set-up, and which colleagues are here. Told whole or as changes, never numbered. Pure. */

import type { DeskState, Named, OnDuty, OnDutyNow, SetUpNow, Talk, TalkPage } from "./generated"

type Names = ReadonlyMap<string, string>

const namesOf = (agents: readonly Named[]): Names => new Map(agents.map(({ id, title }) => [id, title]))

/** The desk with the set-up as it is now: what it shows of colleagues goes by their present names. */
export function withSetUp(desk: DeskState, { is: _, version, site_title, ...now }: SetUpNow): DeskState {
  const names = namesOf(now.agents)
  return {
    ...desk,
    ...now,
    set_up: version,
    me: { ...desk.me, site_title },
    talks: desk.talks.map((talk) => named(talk, names)),
    offers: desk.offers.map((offer) => ({ ...offer, talk: named(offer.talk, names) })),
    requests: desk.requests.map((request) => ({ ...request, agent_name: names.get(request.agent) ?? "" })),
  }
}

export const pageWithSetUp = (page: TalkPage, { agents }: SetUpNow): TalkPage => ({
  ...page,
  talk: named(page.talk, namesOf(agents)),
})

function named(talk: Talk, names: Names): Talk {
  const called = <Someone extends { readonly agent: string }>(all: readonly Someone[]) =>
    all.map((one) => ({ ...one, name: names.get(one.agent) ?? "" }))
  const owner_name = talk.owner === null ? "" : (names.get(talk.owner) ?? "")
  return { ...talk, owner_name, participants: called(talk.participants), asked: called(talk.asked) }
}

/** Who is here, by their ids' order. */
export function onDuty(before: readonly OnDuty[], { came, went, whole }: OnDutyNow): readonly OnDuty[] {
  const told = new Set([...went, ...came.map(({ agent }) => agent)])
  const still = whole ? [] : before.filter(({ agent }) => !told.has(agent))
  return [...still, ...came].sort((one, other) => (one.agent < other.agent ? -1 : 1))
}
