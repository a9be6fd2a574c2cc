/** Fields with their label, unit, explanation and what was refused, for every kind of entry alike. */

import { createContext, type ReactNode, useContext, useId, useState } from "react"
import { span } from "../say"
import { type Entry, entriesOf, type Json, type Kind, valueAt } from "./draft"
import type { FieldSpec } from "./kinds"
import { MEASURES, POLICIES } from "./kinds"
import { type SetupStore, useSetup } from "./store"
import { say, sayIf } from "./words"

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
  readonly change: (path: string, value: Json) => void
}

export function EntryField(props: FieldProps) {
  const { kind, spec, entry, standard } = props
  const value = valueAt(entry, spec.path.split("."))
  const words = `${kind}.${spec.path}`
  const label = sayIf(words) || spec.path
  const isOther = spec.is === "seconds" || spec.is === "number" ? standard !== undefined && standard !== value : false
  const usual = isOther ? say("entry.default", { value: told(standard ?? null, spec) }) : ""
  const hint = [sayIf(`${words}?`), usual].filter(Boolean).join(" ")
  const problem = props.problem || localProblem(spec, value)
  if (spec.is === "switch") return <Switch {...props} label={label} hint={hint} isOn={value === true} />
  if (spec.is === "needs" || spec.is === "channels" || spec.is === "many") {
    const Shown = { needs: Needs, channels: Channels, many: Many }[spec.is]
    return (
      <fieldset className="field rows">
        <legend>{label}</legend>
        {hint && <p className="xs">{hint}</p>}
        <Shown {...props} value={(value ?? []) as readonly Json[]} />
        {problem && (
          <p className="wrong s" role="alert">
            {problem}
          </p>
        )}
      </fieldset>
    )
  }
  return (
    <Labelled label={label} hint={hint} problem={problem}>
      {(ids) => <Control {...props} value={value ?? null} ids={ids} />}
    </Labelled>
  )
}

const told = (value: Json, spec: FieldSpec) =>
  value === null ? say("entry.none") : spec.is === "seconds" ? `${value} ${say("unit.s")}` : String(value)

function localProblem(spec: FieldSpec, value: Json | undefined): string {
  if (typeof value === "number" && spec.min !== undefined && value < spec.min)
    return say("field.too_small", { min: spec.min })
  const isEmpty = spec.is === "text" || spec.path === "text" ? String(value ?? "").trim() === "" : false
  return isEmpty && !spec.isOptional ? say("field.missing") : ""
}

// ---- single values -----------------------------------------------------------------------------

type ControlProps = FieldProps & { readonly value: Json; readonly ids: Record<string, unknown> }

function Control({ spec, value, ids, change }: ControlProps) {
  const { readOnly } = useAround()
  const set = (next: Json) => change(spec.path, next)
  const common = { ...ids, disabled: readOnly }
  switch (spec.is) {
    case "area":
      return (
        <textarea
          {...common}
          className="input"
          rows={spec.path === "text" ? 6 : 2}
          maxLength={spec.max}
          dir="auto"
          value={String(value ?? "")}
          onChange={(event) => set(event.target.value)}
        />
      )
    case "number":
    case "seconds":
      return <NumberInput {...common} spec={spec} value={value as number | null} set={set} />
    case "one":
      return (
        <One {...common} of={spec.of as Kind} isOptional={spec.isOptional} value={value as string | null} set={set} />
      )
    case "policy":
    case "measure":
      return <Names {...common} of={spec.is} value={String(value)} set={set} />
    case "decimal":
      return <DecimalInput {...common} value={value as number} set={set} />
    case "words":
      return <WordsInput {...common} value={value as readonly string[]} set={set} />
    default:
      return (
        <input
          {...common}
          className="input"
          maxLength={spec.max}
          dir="auto"
          value={String(value ?? "")}
          onChange={(event) => set(event.target.value)}
        />
      )
  }
}

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
function DecimalInput({ value, set, ...common }: { value: number; set: (value: number) => void }) {
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
function Names({ of, value, set, ...common }: NamesProps) {
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

/** Words with commas between; what is being written stays as it is written. */
interface WordsProps {
  readonly value: readonly string[]
  readonly set: (value: string[]) => void
  readonly disabled?: boolean
}

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

export function titleOf(entry: Entry | undefined, id: string): string {
  if (!entry) return say("entry.missing", { id })
  return String(entry.title || entry.name || id)
}

export function useEntries(kind: Kind) {
  const { store } = useAround()
  const draft = useSetup(store, (state) => state.draft)
  return draft ? entriesOf(draft, kind) : {}
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

function Switch({ spec, label, hint, isOn, change }: FieldProps & { label: string; hint: string; isOn: boolean }) {
  return <Check label={label} hint={hint} isOn={isOn} set={(is) => change(spec.path, is)} />
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

// ---- lists of values ---------------------------------------------------------------------------

type ListProps = FieldProps & { readonly value: readonly Json[] }

function Many({ spec, value, change }: ListProps) {
  const { readOnly } = useAround()
  const entries = useEntries(spec.of as Kind)
  const all = [...new Set([...Object.keys(entries), ...(value as string[])])]
  const toggle = (id: string) =>
    change(
      spec.path,
      value.includes(id)
        ? value.filter((other) => other !== id)
        : all.filter((other) => other === id || value.includes(other)),
    )
  return (
    <div className="checks">
      {all.map((id) => (
        <label key={id} className="row check">
          <input type="checkbox" checked={value.includes(id)} disabled={readOnly} onChange={() => toggle(id)} />
          <span dir="auto">{titleOf(entries[id], id)}</span>
        </label>
      ))}
    </div>
  )
}

interface Need {
  readonly skill: string
  readonly level_min: number
}
const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

function Needs({ spec, value, change }: ListProps) {
  const { readOnly } = useAround()
  const skills = useEntries("skills")
  const needs = value as unknown as readonly Need[]
  const set = (next: readonly Need[]) => change(spec.path, next as unknown as Json)
  const free = Object.keys(skills).filter((skill) => needs.every((need) => need.skill !== skill))
  const at = (number: number, changed: Partial<Need>) =>
    set(needs.map((need, other) => (other === number ? { ...need, ...changed } : need)))
  return (
    <>
      {needs.map((need, number) => (
        <div className="row" key={need.skill}>
          <select
            className="input"
            aria-label={say("needs.skill")}
            disabled={readOnly}
            value={need.skill}
            onChange={(event) => at(number, { skill: event.target.value })}
          >
            {[need.skill, ...free].map((skill) => (
              <option key={skill} value={skill}>
                {titleOf(skills[skill], skill)}
              </option>
            ))}
          </select>
          <span className="s">{say("needs.level")}</span>
          <select
            className="input number"
            aria-label={`${titleOf(skills[need.skill], need.skill)} ${say("needs.level")}`}
            disabled={readOnly}
            value={need.level_min}
            onChange={(event) => at(number, { level_min: Number(event.target.value) })}
          >
            {LEVELS.map((level) => (
              <option key={level}>{level}</option>
            ))}
          </select>
          {!readOnly && (
            <RemoveButton
              label={say("needs.remove", { skill: titleOf(skills[need.skill], need.skill) })}
              remove={() => set(needs.filter((_, other) => other !== number))}
            />
          )}
        </div>
      ))}
      {!readOnly && free[0] && (
        <AddButton label={say("needs.add")} add={() => set([...needs, { skill: free[0] as string, level_min: 1 }])} />
      )}
    </>
  )
}

interface Capacity {
  readonly channel: string
  readonly units_each: number
  readonly contacts_max: number
}
const NEW_CAPACITY: Capacity = { channel: "web", units_each: 25, contacts_max: 4 }

function Channels({ spec, value, change }: ListProps) {
  const { readOnly } = useAround()
  const list = value as unknown as readonly Capacity[]
  const set = (next: readonly Capacity[]) => change(spec.path, next as unknown as Json)
  const at = (number: number, changed: Partial<Capacity>) =>
    set(list.map((one, other) => (other === number ? { ...one, ...changed } : one)))
  const count = (number: number, key: "units_each" | "contacts_max", least: number) => (
    <div className="row s">
      {say(`channels.${key}`)}
      <NumberInput
        spec={{ is: "number", min: least }}
        value={list[number]?.[key] ?? 0}
        set={(next) => at(number, { [key]: next ?? least })}
        disabled={readOnly}
        aria-label={`${list[number]?.channel} ${say(`channels.${key}`)}`}
      />
    </div>
  )
  return (
    <>
      {list.map((one, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a channel's name is being written
        <div className="row wrap" key={number}>
          <input
            className="input number wider"
            aria-label={say("channels.channel")}
            disabled={readOnly}
            value={one.channel}
            onChange={(event) => at(number, { channel: event.target.value.trim() })}
          />
          {count(number, "units_each", 1)}
          {count(number, "contacts_max", 0)}
          {!readOnly && (
            <RemoveButton
              label={say("channels.remove", { channel: one.channel })}
              remove={() => set(list.filter((_, other) => other !== number))}
            />
          )}
        </div>
      ))}
      {!readOnly && <AddButton label={say("channels.add")} add={() => set([...list, NEW_CAPACITY])} />}
    </>
  )
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
