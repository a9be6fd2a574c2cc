/** One field of an entry, of whatever kind, with its unit, explanation and what was refused. */

import { type Json, type Kind, valueAt } from "./draft"
import { type FieldProps, Labelled, useAround } from "./Form"
import { Findings } from "./findings"
import { Check, DecimalInput, Names, NumberInput, One, WordsInput } from "./inputs"
import type { FieldSpec } from "./kinds"
import { Channels, Many, Needs } from "./lists"
import { Overflow } from "./Overflow"
import { Relaxations } from "./Relaxations"
import { say, sayIf } from "./words"

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
  if (spec.is === "relaxations" || spec.is === "overflow") {
    const Shown = { relaxations: Relaxations, overflow: Overflow }[spec.is]
    return (
      <fieldset className="field rows wide">
        <legend>{label}</legend>
        {hint && <p className="xs">{hint}</p>}
        <Shown {...props} />
      </fieldset>
    )
  }
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
        <Findings found={props.findings ?? []} />
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

function Switch({ spec, label, hint, isOn, change }: FieldProps & { label: string; hint: string; isOn: boolean }) {
  return <Check label={label} hint={hint} isOn={isOn} set={(is) => change(spec.path, is)} />
}
