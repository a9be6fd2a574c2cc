/** The invitations within the site's draft: a list whose order matters. Pure. */

import type { Invitation } from "@dryfly/words"

export type Rules = readonly Invitation[]

export const FIRST = { pages: "*", after_s: 20, scroll: 0, on_exit: false, share: 0.5 }
/** `setup/look.py`. */
export const RULES_MAX = 20

/** An id that no rule here has: results are counted by it, so none is used again within the draft. */
export function freeId(rules: Rules): string {
  const taken = new Set(rules.map(({ id }) => id))
  let number = rules.length + 1
  while (taken.has(`invitation-${number}`)) number++
  return `invitation-${number}`
}

export const changedAt = (rules: Rules, id: string, change: Partial<Invitation>): Rules =>
  rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule))

export const without = (rules: Rules, id: string): Rules => rules.filter((rule) => rule.id !== id)

export function movedUp(rules: Rules, id: string): Rules {
  const at = rules.findIndex((rule) => rule.id === id)
  const [above, rule] = [rules[at - 1], rules[at]]
  return above && rule ? rules.with(at - 1, rule).with(at, above) : rules
}

export const percent = (share: number): number => Math.round(share * 100)

/** A difference of shares as talks of a hundred visitors, with its sign. */
export function points(share: number): string {
  const number = Math.round(share * 1000) / 10
  return `${number > 0 ? "+" : number < 0 ? "−" : ""}${Math.abs(number)}`
}
