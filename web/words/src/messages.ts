/** What every list of a talk's words obeys: each id once, in the journal's order, and nothing said is lost from sight. */

import type { AttachmentRef, Delivery, ErrorBody, Message } from "./generated"

interface Numbered {
  readonly id: string
  readonly seq: number
}

/** Sets `item` by its id, in order of `seq`. The same list, if nothing is new. */
export function put<Item extends Numbered>(items: readonly Item[], item: Item): readonly Item[] {
  const others = items.filter((other) => other.id !== item.id)
  let at = others.length
  while (at > 0 && others[at - 1]!.seq > item.seq) at--
  return [...others.slice(0, at), item, ...others.slice(at)]
}

export function putAll<Item extends Numbered>(items: readonly Item[], more: readonly Item[]): readonly Item[] {
  return more.reduce(put, items)
}

export function deliver(messages: readonly Message[], id: string, delivery: Delivery): readonly Message[] {
  return messages.map((message) => (message.id === id ? { ...message, delivery } : message))
}

/** Something said here that the history does not show yet: under way, or refused. */
export interface Echo {
  readonly id: string
  readonly kind: "say" | "note"
  readonly contact: string
  readonly text: string
  readonly attachments: readonly AttachmentRef[]
  readonly at: number
  /** The journal's number, once it is known to be recorded. */
  readonly seq: number | null
  readonly error: ErrorBody | null
  /** Not sent before this instant of this machine's clock, so that it can be taken back. */
  readonly held_until?: number | null
}

/** Echoes that the history has not taken over: its messages have their id, or it has come past their number. */
export function settle(echoes: readonly Echo[], ids: ReadonlySet<string>, seq: number | null): readonly Echo[] {
  const left = echoes.filter((echo) => !ids.has(echo.id) && !(echo.seq !== null && seq !== null && echo.seq <= seq))
  return left.length === echoes.length ? echoes : left
}

export function receipted(echoes: readonly Echo[], id: string, seq: number): readonly Echo[] {
  return echoes.map((echo) => (echo.id === id ? { ...echo, seq } : echo))
}

export function refused(echoes: readonly Echo[], id: string, error: ErrorBody): readonly Echo[] {
  return echoes.map((echo) => (echo.id === id ? { ...echo, error } : echo))
}

export function renamed(echoes: readonly Echo[], from: string, to: string): readonly Echo[] {
  return echoes.map((echo) => (echo.id === from ? { ...echo, id: to } : echo))
}

/** What a screen tells its own store, beside what the server says. */
export type Local =
  | { readonly is: "asked"; readonly echo: Echo }
  | { readonly is: "renamed"; readonly from: string; readonly to: string }
  | { readonly is: "dropped"; readonly id: string }
  | { readonly is: "standing"; readonly standing: Standing }

/** How the connection stands. Instants are of this machine's clock. */
export type Standing =
  | { readonly is: "connecting" }
  | { readonly is: "live" }
  | { readonly is: "lost"; readonly since: number; readonly again_at: number }
  | { readonly is: "ended"; readonly error: ErrorBody }

/** Where a push stands to what is known: seen already, the next one, or behind a gap. */
export function place(known: number | null, push: { prev: number; seq: number }): "seen" | "next" | "gap" {
  if (known === null || push.prev > known) return "gap"
  return push.seq <= known ? "seen" : "next"
}
