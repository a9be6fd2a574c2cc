/** The lines of the command bar, for what was typed and what was found. Pure. */

import type { CustomerHit, Named, SearchPage, Talk, TalkHit } from "@dryfly/words"
import { type Action, matching } from "../actions"

const ACTIONS_SHOWN = 8
const TALKS_SHOWN = 5

export type Item =
  | { readonly is: "action"; readonly id: string; readonly action: Action }
  | { readonly is: "mine"; readonly id: string; readonly talk: Talk }
  | { readonly is: "customer"; readonly id: string; readonly hit: CustomerHit }
  | { readonly is: "talk"; readonly id: string; readonly hit: TalkHit }
  | { readonly is: "more"; readonly id: string }

export type GroupName = "recent" | "actions" | "mine" | "customers" | "talks"

export interface Group {
  readonly name: GroupName
  readonly items: readonly Item[]
}

export interface Known {
  readonly actions: readonly Action[]
  readonly talks: readonly Talk[]
  readonly recent: readonly Item[]
  readonly page: SearchPage | null
}

const ofAction = (action: Action): Item => ({ is: "action", id: `action ${action.id}`, action })
const ofTalk = (talk: Talk): Item => ({ is: "mine", id: `talk ${talk.contact}`, talk })
const ofHit = (hit: TalkHit): Item => ({ is: "talk", id: `talk ${hit.talk.contact}`, hit })
const ofCustomer = (hit: CustomerHit): Item => ({ is: "customer", id: `customer ${hit.customer}`, hit })

/** What was chosen lately, as it is now: an action that cannot be done at the moment is left out. */
function still(recent: readonly Item[], actions: readonly Action[]): readonly Item[] {
  return recent.flatMap((item) => {
    if (item.is !== "action") return [item]
    const action = actions.find(({ id }) => id === item.action.id)
    return action ? [ofAction(action)] : []
  })
}

function mine(talks: readonly Talk[], typed: string): readonly Talk[] {
  const words = typed.toLocaleLowerCase().split(/\s+/)
  const text = (talk: Talk) => `${talk.customer_name} ${talk.need_title} ${talk.last_text}`.toLocaleLowerCase()
  return talks.filter((talk) => words.every((word) => text(talk).includes(word))).slice(0, TALKS_SHOWN)
}

/** Each thing once, under the first heading that has it; no heading without things. */
function distinct(groups: readonly Group[]): readonly Group[] {
  const seen = new Set<string>()
  const once = ({ id }: Item) => !seen.has(id) && !!seen.add(id)
  return groups.map(({ name, items }) => ({ name, items: items.filter(once) })).filter(({ items }) => items.length > 0)
}

export function groupsFor(typed: string, { actions, talks, recent, page }: Known): readonly Group[] {
  const query = typed.trim()
  if (query === "")
    return distinct([
      { name: "recent", items: still(recent, actions) },
      { name: "mine", items: talks.slice(0, TALKS_SHOWN).map(ofTalk) },
      { name: "actions", items: actions.map(ofAction) },
    ])
  const more: readonly Item[] = page?.next ? [{ is: "more", id: "more" }] : []
  return distinct([
    { name: "mine", items: mine(talks, query).map(ofTalk) },
    { name: "actions", items: matching(actions, query).slice(0, ACTIONS_SHOWN).map(ofAction) },
    { name: "customers", items: (page?.customers ?? []).map(ofCustomer) },
    { name: "talks", items: [...(page?.talks ?? []).map(ofHit), ...more] },
  ])
}

const RECENT_MAX = 6

/** The newest first, each once. */
export const withRecent = (recent: readonly Item[], item: Item): readonly Item[] =>
  item.is === "more" ? recent : [item, ...recent.filter(({ id }) => id !== item.id)].slice(0, RECENT_MAX)

export const titled = (named: readonly Named[] | undefined, id: string | null): string =>
  named?.find((one) => one.id === id)?.title ?? id ?? ""
