/**
 * The set-up as this page sees it, and what is about to change in it. It outlives the screen, and the draft
 * outlives the page: nothing that was written is lost by going elsewhere.
 */

import type { Blanks, Catalogue, ErrorBody, Me } from "@dryfly/words"
import { useSyncExternalStore } from "react"
import { setupApi } from "./api"
import { type Conflict, drafted, type Edits, type Entry, put, rebase, takeTheirs } from "./draft"

const LOOK_EVERY_MS = 15_000
const STEPS_MAX = 200
const NO_EDITS: Edits = {}

export interface SetupState {
  /** As it is on the server, as far as we know. */
  readonly seen: Catalogue | null
  readonly blanks: Blanks | null
  readonly edits: Edits
  /** As it will be. */
  readonly draft: Catalogue | null
  readonly conflicts: readonly Conflict[]
  readonly undone: readonly Edits[]
  readonly done: readonly Edits[]
  readonly isSaving: boolean
  readonly error: ErrorBody | null
  /** What the last save changed; gone with the next edit. */
  readonly saved: readonly string[] | null
  readonly moved: boolean
  readonly isKept: boolean
}

const EMPTY: SetupState = {
  seen: null,
  blanks: null,
  edits: NO_EDITS,
  draft: null,
  conflicts: [],
  undone: [],
  done: [],
  isSaving: false,
  error: null,
  saved: null,
  moved: false,
  isKept: true,
}

export class SetupStore {
  #state: SetupState = EMPTY
  readonly #listeners = new Set<() => void>()
  readonly #key: string

  constructor(me: Pick<Me, "site" | "person">) {
    this.#key = `dryfly:setup:${me.site}:${me.person}`
    this.#state = { ...EMPTY, edits: readEdits(this.#key) }
  }

  get state(): SetupState {
    return this.#state
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #set(changed: Partial<SetupState>): void {
    const next = { ...this.#state, ...changed }
    const isNew = next.seen !== this.#state.seen || next.edits !== this.#state.edits
    const draft = isNew && next.seen ? drafted(next.seen, next.edits) : next.draft
    const isKept = next.edits === this.#state.edits ? next.isKept : keepEdits(this.#key, next.edits)
    this.#state = { ...next, draft, isKept }
    for (const listener of this.#listeners) listener()
  }

  // ---- reading ---------------------------------------------------------------------------------

  /** Looks whether the set-up moved on, now and from time to time while somebody looks at it. */
  watch(): () => void {
    const look = () => {
      if (!document.hidden) this.refresh().catch(() => {})
    }
    look()
    const timer = setInterval(look, LOOK_EVERY_MS)
    document.addEventListener("visibilitychange", look)
    return () => {
      clearInterval(timer)
      document.removeEventListener("visibilitychange", look)
    }
  }

  async refresh(): Promise<void> {
    try {
      const blanks = this.#state.blanks ?? (await setupApi.blanks())
      const found = await setupApi.catalogue(this.#state.seen?.version ?? null)
      if (found) this.#moveTo(found, blanks)
    } catch (error) {
      if (this.#state.seen === null) this.#set({ error: error as ErrorBody })
      throw error
    }
  }

  #moveTo(seen: Catalogue, blanks: Blanks): void {
    const { edits, conflicts } = rebase(this.#state.edits, seen)
    const others = Object.keys(this.#state.edits).length > 0 && this.#state.seen !== null
    const known = this.#state.conflicts.filter((open) => edits[open.where] && !conflicts.some(isAbout(open)))
    this.#set({
      seen,
      blanks,
      edits,
      conflicts: [...known, ...conflicts],
      done: [],
      undone: [],
      moved: others,
      error: null,
    })
  }

  // ---- editing ---------------------------------------------------------------------------------

  put(where: string, after: Entry | null): void {
    this.putAll([[where, after]])
  }

  /** One step, undone as one. */
  putAll(changes: readonly (readonly [string, Entry | null])[]): void {
    const { seen, edits } = this.#state
    if (!seen) return
    let next = edits
    for (const [where, after] of changes) next = put(next, seen, where, after)
    this.#step(next)
  }

  #step(edits: Edits): void {
    const done = [...this.#state.done.slice(-STEPS_MAX), this.#state.edits]
    const conflicts = this.#state.conflicts.filter(({ where }) => edits[where])
    this.#set({ edits, done, undone: [], conflicts, error: null, saved: null })
  }

  undo(): void {
    const { done, undone, edits } = this.#state
    const before = done.at(-1)
    if (before) this.#set({ edits: before, done: done.slice(0, -1), undone: [...undone, edits], error: null })
  }

  redo(): void {
    const { done, undone, edits } = this.#state
    const after = undone.at(-1)
    if (after) this.#set({ edits: after, undone: undone.slice(0, -1), done: [...done, edits], error: null })
  }

  /** Undo brings it back. */
  discard(): void {
    this.#step(NO_EDITS)
    this.#set({ conflicts: [] })
  }

  decide(conflict: Conflict, forTheirs: boolean): void {
    const { seen, edits, conflicts } = this.#state
    if (!seen) return
    const left = conflicts.filter((open) => open !== conflict)
    this.#set({ edits: forTheirs ? takeTheirs(edits, seen, conflict) : edits, conflicts: left, moved: left.length > 0 })
  }

  heed(): void {
    this.#set({ moved: false, saved: null })
  }

  // ---- saving ----------------------------------------------------------------------------------

  async save(): Promise<void> {
    const { edits, conflicts, isSaving } = this.#state
    if (isSaving || conflicts.length > 0 || edits === NO_EDITS || Object.keys(edits).length === 0) return
    this.#set({ isSaving: true, error: null, moved: false })
    try {
      const { lines } = await setupApi.edit(edits, true)
      this.#set({ edits: this.#since(edits), saved: lines })
      await this.refresh().catch(() => {})
    } catch (error) {
      await this.#refused(error as ErrorBody)
    }
    this.#set({ isSaving: false, moved: this.#state.conflicts.length > 0 })
  }

  /** What was written while the change was on its way. */
  #since(sent: Edits): Edits {
    const left = Object.entries(this.#state.edits).filter(([where, edit]) => sent[where] !== edit)
    return Object.fromEntries(
      left.map(([where, edit]) => [where, { ...edit, before: sent[where]?.after ?? edit.before }]),
    )
  }

  async #refused(error: ErrorBody): Promise<void> {
    this.#set({ error })
    if (error.code !== "entry_moved") return
    await this.refresh().catch(() => {})
    if (this.#state.conflicts.length > 0) return
    this.#set({ error, moved: true }) // merged without a clash: looking at it and saving again will do
  }
}

const isAbout = (one: Conflict) => (other: Conflict) =>
  one.where === other.where && one.path.join("\n") === other.path.join("\n")

// ---- the draft on this machine -----------------------------------------------------------------

function readEdits(key: string): Edits {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") ?? NO_EDITS
  } catch {
    return NO_EDITS
  }
}

function keepEdits(key: string, edits: Edits): boolean {
  try {
    if (Object.keys(edits).length === 0) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(edits))
    return true
  } catch {
    return false
  }
}

// ---- for components ----------------------------------------------------------------------------

let open: { readonly key: string; readonly store: SetupStore } | null = null

export function setupOf(me: Me): SetupStore {
  const key = `${me.site} ${me.person}`
  if (open?.key !== key) open = { key, store: new SetupStore(me) }
  return open.store
}

export function useSetup<Part>(store: SetupStore, pick: (state: SetupState) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => pick(store.state))
}
