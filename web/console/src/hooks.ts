/** React's view of what lives outside it. */

import type { DeskView } from "@dryfly/words/desk"
import { createContext, useContext, useEffect, useSyncExternalStore } from "react"
import type { Client } from "./client"

export const ClientContext = createContext<Client | null>(null)

export function useClient(): Client {
  const client = useContext(ClientContext)
  if (client === null) throw new Error("no desk is open")
  return client
}

/** A part of the desk's state. `pick` must give the same thing for the same state. */
export function useDesk<Part>(pick: (view: DeskView) => Part): Part {
  const { store } = useClient()
  return useSyncExternalStore(store.subscribe, () => pick(store.state))
}

const TICK_MS = 1_000
const listeners = new Set<() => void>()
setInterval(() => {
  for (const listener of listeners) listener()
}, TICK_MS)

function subscribeToTime(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The server's clock, by the second. It stands still while the connection is lost: a screen must not lie. */
export function useNow(): number {
  const { now, store } = useClient()
  return useSyncExternalStore(subscribeToTime, () => {
    const { standing } = store.state
    const at = standing.is === "lost" ? standing.since + (now() - Date.now()) : now()
    return Math.floor(at / TICK_MS) * TICK_MS
  })
}

// ---- the address ---------------------------------------------------------------------------------

const subscribeToAddress = (listener: () => void) => {
  addEventListener("hashchange", listener)
  return () => removeEventListener("hashchange", listener)
}

/** What stands after the address's `#/`: "talk/<contact>", "floor", or nothing. */
export const useRoute = (): readonly string[] =>
  useSyncExternalStore(subscribeToAddress, () => location.hash)
    .replace(/^#\/?/, "")
    .split("/")

export const goTo = (...parts: string[]): void => {
  location.hash = `#/${parts.map(encodeURIComponent).join("/")}`
}

/** Keys that work wherever nobody is writing or choosing. With `Alt`, anywhere. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const name = `${event.altKey ? "Alt+" : ""}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`
      const isWriting = (event.target as HTMLElement).closest(
        "input,textarea,select,[contenteditable],dialog,[role=dialog],[role=menu]",
      )
      const does = keys[name]
      if (!does || event.ctrlKey || event.metaKey || (isWriting && !event.altKey)) return
      event.preventDefault()
      does()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  })
}
