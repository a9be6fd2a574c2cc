/** The site within the draft, and how one of its values is changed. */

import type { Site } from "@dryfly/words"
import { type Entry, entryAt, type Json, withValue } from "./draft"
import { useAround } from "./Form"
import { problemOf } from "./problem"
import { useSetup } from "./store"
import { sayError } from "./words"

export interface SiteDraft {
  readonly site: Site
  readonly entry: Entry
  readonly change: (path: string, value: Json) => void
  /** What was refused at this field, or below it. */
  readonly problemAt: (path: string) => string
}

export function useSite(): SiteDraft {
  const { store } = useAround()
  const entry = useSetup(store, (state) => (state.draft ? entryAt(state.draft, "site") : null)) as Entry
  const error = useSetup(store, (state) => state.error)
  const edits = useSetup(store, (state) => state.edits)
  const problem = problemOf(error, edits)
  return {
    site: entry as unknown as Site,
    entry,
    change: (path, value) => store.put("site", withValue(entry, path.split("."), value)),
    problemAt: (path) => (error && problem?.where === "site" && problem.field.startsWith(path) ? sayError(error) : ""),
  }
}
