/** Where on the screen a refusal belongs. */

import type { ErrorBody } from "@dryfly/words"
import { type Edits, isSame, valueAt } from "./draft"

export interface Problem {
  /** "site" or "queues/returns"; empty where it is not known. */
  readonly where: string
  /** The field within: "spec.target_s". Empty: the entry as a whole. */
  readonly field: string
}

export function problemOf(error: ErrorBody | null, edits: Edits): Problem | null {
  if (error === null) return null
  const named = error.values.where
  if (typeof named === "string" && named !== "") return parted(named)
  if (typeof error.values.queue === "string") return { where: `queues/${error.values.queue}`, field: "" }
  if (error.code === "agent_in_use") return { where: `agents/${error.values.agent}`, field: "" }
  return error.code === "spec_out_of_range" ? outOfRange(error, edits) : { where: "", field: "" }
}

function parted(named: string): Problem {
  const dot = named.indexOf(".")
  return dot < 0 ? { where: named, field: "" } : { where: named.slice(0, dot), field: named.slice(dot + 1) }
}

/** The floor tells the numbers, not whose they are: the first edit that has one of them below what may be. */
function outOfRange(error: ErrorBody, edits: Edits): Problem {
  for (const [where, { after }] of Object.entries(edits))
    for (const [name, value] of Object.entries(error.values)) {
      const path = ["spec", name]
      if (after && typeof value === "number" && value < 1 && isSame(valueAt(after, path), value))
        return { where, field: path.join(".") }
    }
  return { where: "", field: "" }
}
