/** Controls for single values. What is being written stays as it is written. */

import { useState } from "react"
import { span } from "../say"
import type { Kind } from "./draft"
import { titleOf, useAround, useEntries } from "./Form"
import { type FieldSpec, MEASURES, POLICIES } from "./kinds"
import { say, sayIf } from "./words"

interface NumberProps {
  readonly spec: Pick<FieldSpec, "is" | "min" | "isOptional">
  readonly value: number | null
  readonly set: (value: number | null) => void
  readonly disabled?: boolean
  readonly "aria-label"?: string
}

const SPELT_OUT_S = 120

export function NumberInput({ spec, value, set, ...common }: NumberProps) {
  const [text, setText] = useState<string | null>(null)
  function write(written: string): void {
    setText(written)
    if (written.trim() === "") {
      if (spec.isOptional) set(null)
    } else if (/^-?\d{1,9}$/.test(written.trim())) set(Number(written))
  }
  return (
    <span className="row">
      <input
        {...common}
        className="input number"
        inputMode="numeric"
        value={text ?? (value === null ? "" : String(value))}
        onChange={(event) => write(event.target.value)}
        onBlur={() => setText(null)}
      />
      {spec.is === "seconds" && <span className="s">{say("unit.s")}</span>}
      {spec.is === "seconds" && value !== null && value >= SPELT_OUT_S && (
        <span className="xs time">{say("unit.is", { span: span(value * 1000) })}</span>
      )}
    </span>
  )
}

/** A number that may have a fraction. */
export function DecimalInput({ value, set, ...common }: { value: number; set: (value: number) => void }) {
  const [text, setText] = useState<string | null>(null)
  function write(written: string): void {
    setText(written)
    const number = Number(written.replace(",", "."))
    if (written.trim() !== "" && Number.isFinite(number)) set(number)
  }
  return (
    <input
      {...common}
      className="input number"
      inputMode="decimal"
      value={text ?? String(value)}
      onChange={(event) => write(event.target.value)}
      onBlur={() => setText(null)}
    />
  )
}

interface NamesProps {
  readonly of: "policy" | "measure"
  readonly value: string
  readonly set: (value: string) => void
}

/** One of the names that the server knows; one that this screen does not know yet is shown as it is. */
export function Names({ of, value, set, ...common }: NamesProps) {
  const known: readonly string[] = of === "policy" ? POLICIES : MEASURES
  return (
    <select {...common} className="input" value={value} onChange={(event) => set(event.target.value)}>
      {[...new Set([...known, value])].map((name) => (
        <option key={name} value={name}>
          {sayIf(`${of}.${name}`) || name}
        </option>
      ))}
    </select>
  )
}

interface WordsProps {
  readonly value: readonly string[]
  readonly set: (value: string[]) => void
  readonly disabled?: boolean
}

/** Words with commas between; what is being written stays as it is written. */
export function WordsInput({ value, set, ...common }: WordsProps) {
  const [text, setText] = useState<string | null>(null)
  const write = (written: string) => {
    setText(written)
    set(
      written
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean),
    )
  }
  return (
    <input
      {...common}
      className="input"
      value={text ?? value.join(", ")}
      onChange={(event) => write(event.target.value)}
      onBlur={() => setText(null)}
    />
  )
}

interface OneProps {
  readonly of: Kind
  readonly isOptional?: boolean | undefined
  readonly value: string | null
  readonly set: (value: string | null) => void
  /** What choosing none of them is called. */
  readonly none?: string
  readonly "aria-label"?: string
}

export function One({ of, isOptional, value, set, none = say("entry.none"), ...common }: OneProps) {
  const entries = useEntries(of)
  const ids = Object.keys(entries)
  const all = value !== null && !ids.includes(value) ? [value, ...ids] : ids
  return (
    <select {...common} className="input" value={value ?? ""} onChange={(event) => set(event.target.value || null)}>
      {(isOptional || value === null) && <option value="">{none}</option>}
      {all.map((id) => (
        <option key={id} value={id}>
          {titleOf(entries[id], id)}
        </option>
      ))}
    </select>
  )
}

interface CheckProps {
  readonly label: string
  readonly hint?: string
  readonly isOn: boolean
  readonly set: (is: boolean) => void
}

export function Check({ label, hint = "", isOn, set }: CheckProps) {
  const { readOnly } = useAround()
  return (
    <div className="field">
      <label className="row check">
        <input type="checkbox" checked={isOn} disabled={readOnly} onChange={(event) => set(event.target.checked)} />
        {label}
      </label>
      {hint && <p className="xs">{hint}</p>}
    </div>
  )
}
