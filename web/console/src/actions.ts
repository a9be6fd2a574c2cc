/** What can be done now, by name: the command bar lists it. Whoever shows something that can be done adds it. */

import { useEffect, useSyncExternalStore } from "react"

export interface Action {
  /** The same for the same thing to do: what was done lately is found by it. */
  readonly id: string
  readonly title: string
  /** The key that does it too. */
  readonly keys?: string
  /** More words that it is found by. */
  readonly also?: string
  readonly run: () => void
}

const NONE: readonly Action[] = []
const added = new Map<symbol, readonly Action[]>()
const listeners = new Set<() => void>()
let all = NONE

function changed(): void {
  all = [...added.values()].reverse().flat() // what is nearest to the work first
  for (const listener of listeners) listener()
}

/** Adds these until the answer is called. */
export function addActions(actions: readonly Action[]): () => void {
  const key = Symbol("actions")
  added.set(key, actions)
  changed()
  return () => {
    added.delete(key)
    changed()
  }
}

/** Adds these for as long as the component is there. Memoise the list. */
export function useActions(actions: readonly Action[]): void {
  useEffect(() => addActions(actions), [actions])
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useAllActions = (): readonly Action[] => useSyncExternalStore(subscribe, () => all)

/** Those that have every word in their title, the ones that begin with it first. */
export function matching(actions: readonly Action[], typed: string): readonly Action[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const text = ({ title, also = "" }: Action) => `${title} ${also}`.toLocaleLowerCase()
  const found = actions.filter((action) => words.every((word) => text(action).includes(word)))
  const first = words[0] ?? ""
  return found.toSorted((a, b) => Number(text(b).startsWith(first)) - Number(text(a).startsWith(first)))
}
