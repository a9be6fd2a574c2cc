/** What every form of the set-up stands on: its surroundings, a control under its label, a list's buttons. */

import type { Finding } from "@dryfly/words"
import { createContext, type ReactNode, useContext, useId } from "react"
import { type Entry, entriesOf, type Json, type Kind } from "./draft"
import type { FieldSpec } from "./kinds"
import { type SetupStore, useSetup } from "./store"
import { say } from "./words"

export interface Around {
  readonly store: SetupStore
  readonly readOnly: boolean
}
export const AroundContext = createContext<Around | null>(null)

export function useAround(): Around {
  const around = useContext(AroundContext)
  if (around === null) throw new Error("not within the set-up")
  return around
}

interface LabelledProps {
  readonly label: string
  readonly hint?: string
  readonly problem?: string
  readonly children: (ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode
}

/** A control under its label, with its explanation and what is wrong with it. */
export function Labelled({ label, hint = "", problem = "", children }: LabelledProps) {
  const id = useId()
  const about = [hint && `${id}h`, problem && `${id}p`].filter(Boolean).join(" ")
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, ...(about && { "aria-describedby": about }), ...(problem && { "aria-invalid": true as const }) })}
      {hint && (
        <p className="xs" id={`${id}h`}>
          {hint}
        </p>
      )}
      {problem && (
        <p className="wrong s" id={`${id}p`} role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

export interface FieldProps {
  readonly kind: string
  readonly spec: FieldSpec
  readonly entry: Entry
  /** What a new entry has here. */
  readonly standard?: Json | undefined
  readonly problem: string
  /** What the server says of it, by its place within the entry. */
  readonly findings?: readonly Finding[]
  readonly change: (path: string, value: Json) => void
}

export function titleOf(entry: Entry | undefined, id: string): string {
  if (!entry) return say("entry.missing", { id })
  return String(entry.title || entry.name || id)
}

export function useEntries(kind: Kind) {
  const { store } = useAround()
  const draft = useSetup(store, (state) => state.draft)
  return draft ? entriesOf(draft, kind) : {}
}

export function RemoveButton({ label, remove }: { label: string; remove: () => void }) {
  return (
    <button type="button" className="btn quiet" aria-label={label} title={label} onClick={remove}>
      ×
    </button>
  )
}

export function AddButton({ label, add }: { label: string; add: () => void }) {
  return (
    <button type="button" className="btn quiet start" onClick={add}>
      + {label}
    </button>
  )
}
