/** What the report is of: period, interval, rows. */

import { BYS, type Choice, dayBefore, EVERYS, PERIODS } from "./choice"
import { say } from "./words"

interface ChooserProps {
  readonly choice: Choice
  readonly change: (changes: Partial<Choice>) => void
}

export function Chooser({ choice, change }: ChooserProps) {
  return (
    <div className="chooser">
      <Segments
        label={say("period")}
        options={PERIODS.map((period) => [period, say(`period.${period}`)])}
        chosen={choice.period}
        choose={(period) => change(period === "own" ? { period, ...ownDays(choice) } : { period })}
      />
      {choice.period === "own" && <OwnPeriod choice={choice} change={change} />}
      <Segments
        label={say("by")}
        options={BYS.map((by) => [by, say(`by.${by}`)])}
        chosen={choice.by}
        choose={(by) => change({ by, group: null })}
      />
      <Segments
        label={say("every")}
        options={EVERYS.map((every) => [every, say(`every.${every}`)])}
        chosen={choice.every}
        choose={(every) => change({ every })}
      />
    </div>
  )
}

function ownDays({ from, to }: Choice): Partial<Choice> {
  const today = dayBefore(Date.now(), 0)
  return from && to ? {} : { from: today, to: today }
}

function OwnPeriod({ choice, change }: ChooserProps) {
  return (
    <div className="row wrap">
      <label className="row">
        <span className="s">{say("from")}</span>
        <input
          type="date"
          value={choice.from}
          max={choice.to || undefined}
          onChange={(event) => event.target.value && change({ from: event.target.value })}
        />
      </label>
      <label className="row">
        <span className="s">{say("to")}</span>
        <input
          type="date"
          value={choice.to}
          min={choice.from || undefined}
          onChange={(event) => event.target.value && change({ to: event.target.value })}
        />
      </label>
    </div>
  )
}

interface SegmentsProps<Value extends string> {
  readonly label: string
  readonly options: readonly (readonly [Value, string])[]
  readonly chosen: Value
  readonly choose: (value: Value) => void
}

function Segments<Value extends string>({ label, options, chosen, choose }: SegmentsProps<Value>) {
  return (
    <fieldset className="seg">
      <legend className="sr">{label}</legend>
      {options.map(([value, title]) => (
        <button key={value} type="button" className="btn" aria-pressed={value === chosen} onClick={() => choose(value)}>
          {title}
        </button>
      ))}
    </fieldset>
  )
}
