/**
 * What somebody is about to change: one draft over one snapshot of the set-up. Pure.
 *
 * Each edit keeps the entry as it was seen (`before`) and as it should be (`after`). When the set-up moves on
 * meanwhile, the draft is carried over: what only one side changed is taken from that side, down to the single
 * value; where both changed the same value, a person decides.
 */

import type { Catalogue } from "@dryfly/words"

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type Entry = { readonly [key: string]: Json }
export type Path = readonly string[]

export interface Edit {
  readonly before: Entry | null
  readonly after: Entry | null
}
/** By place: "site", or "queues/returns". */
export type Edits = Readonly<Record<string, Edit>>

/** Both sides changed the same value. `path` is empty where the whole entry came or went. */
export interface Conflict {
  readonly where: string
  readonly path: Path
  readonly mine: Json | undefined
  readonly theirs: Json | undefined
}

export const KINDS = [
  "teams",
  "skills",
  "agents",
  "queues",
  "dispositions",
  "presence-reasons",
  "replies",
  "alerts",
] as const satisfies readonly string[]
export type Kind = (typeof KINDS)[number]
export type Entries = Readonly<Record<string, Entry>>

const fieldOf = (kind: string) => kind.replaceAll("-", "_") as keyof Catalogue
export const entriesOf = (catalogue: Catalogue, kind: string): Entries =>
  (catalogue[fieldOf(kind)] as unknown as Entries | undefined) ?? {}

export const placeOf = (kind: Kind, id: string): string => `${kind}/${id}`

function parted(where: string): [string, string] {
  const slash = where.indexOf("/")
  return [where.slice(0, slash), where.slice(slash + 1)]
}

export function entryAt(catalogue: Catalogue, where: string): Entry | null {
  if (where === "site") return catalogue.site as unknown as Entry
  const [kind, id] = parted(where)
  const entries = entriesOf(catalogue, kind)
  return Object.hasOwn(entries, id) ? (entries[id] as Entry) : null
}

// ---- values ------------------------------------------------------------------------------------

const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((value, number) => isSame(value, other[number]))
  if (!isObject(one) || !isObject(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  )
}

export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  let found: Json | undefined = value
  for (const key of path) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined
  return found
}

/** The entry with one value in another way; `undefined` takes it away. */
export function withValue(entry: Entry, path: Path, value: Json | undefined): Entry {
  const [key, ...rest] = path
  if (key === undefined) return value as Entry
  const { [key]: present, ...others } = entry
  const inner = rest.length === 0 ? value : withValue(isObject(present) ? present : {}, rest, value)
  if (inner === undefined) return others
  return { ...entry, [key]: inner }
}

// ---- editing -----------------------------------------------------------------------------------

/** The edits with `where` as it should be. What is as it was before is no edit. */
export function put(edits: Edits, catalogue: Catalogue, where: string, after: Entry | null): Edits {
  const before = edits[where] ? edits[where].before : entryAt(catalogue, where)
  const { [where]: _, ...others } = edits
  return isSame(before, after) ? others : { ...others, [where]: { before, after } }
}

/** The set-up as it will be. */
export function drafted(catalogue: Catalogue, edits: Edits): Catalogue {
  const changed: Record<string, unknown> = {}
  for (const [where, { after }] of Object.entries(edits)) {
    if (where === "site") {
      changed.site = after
      continue
    }
    const [kind, id] = parted(where)
    const field = fieldOf(kind)
    if (!changed[field]) changed[field] = { ...entriesOf(catalogue, kind) }
    const entries = changed[field] as Record<string, Entry>
    if (after === null) delete entries[id]
    else entries[id] = after
  }
  return { ...catalogue, ...changed }
}

/** A name that can be an id: "Rückgaben & Geld" becomes "ruckgaben-geld". */
export const idFrom = (title: string, taken: Entries): string => {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  const base =
    plain
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 60) || "new"
  let id = base
  for (let number = 2; Object.hasOwn(taken, id); number++) id = `${base}-${number}`
  return id
}

// ---- two at once -------------------------------------------------------------------------------

export interface Rebased {
  readonly edits: Edits
  readonly conflicts: readonly Conflict[]
}

/** Carries the draft over to what the set-up is now. Where both changed a value, the draft keeps its own for now. */
export function rebase(edits: Edits, catalogue: Catalogue): Rebased {
  const carried: Record<string, Edit> = {}
  const conflicts: Conflict[] = []
  for (const [where, { before, after }] of Object.entries(edits)) {
    const theirs = entryAt(catalogue, where)
    const told = (path: Path, mine: Json | undefined, other: Json | undefined) =>
      conflicts.push({ where, path, mine, theirs: other })
    const merged = merge(before ?? undefined, after ?? undefined, theirs ?? undefined, [], told) as Entry | undefined
    if (!isSame(merged ?? null, theirs)) carried[where] = { before: theirs, after: merged ?? null }
  }
  return { edits: carried, conflicts }
}

type Told = (path: Path, mine: Json | undefined, theirs: Json | undefined) => void

function merge(
  before: Json | undefined,
  mine: Json | undefined,
  theirs: Json | undefined,
  path: Path,
  told: Told,
): Json | undefined {
  if (isSame(mine, theirs) || isSame(before, theirs)) return mine
  if (isSame(before, mine)) return theirs
  if (!isObject(mine) || !isObject(theirs)) {
    told(path, mine, theirs)
    return mine
  }
  const merged: Record<string, Json> = {}
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const value = merge(isObject(before) ? before[key] : undefined, mine[key], theirs[key], [...path, key], told)
    if (value !== undefined) merged[key] = value
  }
  return merged
}

/** The draft after a person decided one conflict for the other side. */
export function takeTheirs(edits: Edits, catalogue: Catalogue, conflict: Conflict): Edits {
  const { where, path, theirs } = conflict
  const after = edits[where]?.after ?? entryAt(catalogue, where)
  if (path.length === 0) return put(edits, catalogue, where, (theirs ?? null) as Entry | null)
  return after === null ? edits : put(edits, catalogue, where, withValue(after, path, theirs))
}
