/** When people answer: of the site, or of one queue. A week by half hours, dates that differ, and a switch. */

import type { DayException, Hours as HoursOf, Queue, Site, Span } from "@dryfly/words"
import { useMemo, useState } from "react"
import { goTo } from "../hooks"
import { type Entry, entryAt, type Json, withValue } from "./draft"
import { AddButton, Labelled, RemoveButton, titleOf, useAround, useEntries } from "./Form"
import { below, Findings, useFindings } from "./findings"
import { Holidays } from "./Holidays"
import { type HoursProps, spansOf, withDays } from "./hoursDraft"
import { Check } from "./inputs"
import { problemOf } from "./problem"
import type { PageProps } from "./Setup"
import { useSetup } from "./store"
import { WeekGrid } from "./WeekGrid"
import { DAYS, type DayName, spansFrom, textOf } from "./week"
import { say, sayError } from "./words"

const NINE_TO_FIVE: readonly Span[] = [{ opens: "09:00", closes: "17:00" }]
const WEEKDAYS = DAYS.slice(0, 5)

function firstHours(): HoursOf {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const week = Object.fromEntries(WEEKDAYS.map((day) => [day, NINE_TO_FIVE])) as HoursOf["week"]
  return { zone: timeZone || "UTC", week, exceptions: [], closed: false, closed_text: "", holidays: null }
}

export default function Hours({ chosen }: PageProps) {
  const { store, readOnly } = useAround()
  const queues = useEntries("queues")
  const where = chosen && queues[chosen] ? `queues/${chosen}` : "site"
  const entry = useSetup(store, (state) => (state.draft ? entryAt(state.draft, where) : null)) as Entry
  const error = useSetup(store, (state) => state.error)
  const edits = useSetup(store, (state) => state.edits)
  const problem = problemOf(error, edits)
  const found = useFindings()
  const hours = (entry as unknown as Site | Queue).hours
  const set = (next: HoursOf | null) => store.put(where, withValue(entry, ["hours"], next as unknown as Json))
  const isQueue = where !== "site"
  return (
    <div className="stack">
      <div className="row wrap">
        <label className="row">
          <span className="s">{say("hours.of")}</span>
          <select
            className="input"
            value={isQueue ? (chosen as string) : ""}
            onChange={(event) => goTo("setup", "hours", ...(event.target.value ? [event.target.value] : []))}
          >
            <option value="">{say("hours.site")}</option>
            {Object.entries(queues).map(([id, queue]) => (
              <option key={id} value={id}>
                {titleOf(queue, id)} {queue.hours ? `(${say("hours.own")})` : ""}
              </option>
            ))}
          </select>
        </label>
        <span className="chip">{hours ? say("hours.own") : say(isQueue ? "hours.as_site" : "hours.always")}</span>
        <span className="grow" />
        {!readOnly && (
          <button type="button" className={hours ? "btn" : "btn main"} onClick={() => set(hours ? null : firstHours())}>
            {say(hours ? (isQueue ? "hours.unset_queue" : "hours.unset") : "hours.set")}
          </button>
        )}
      </div>
      {error && problem?.where === where && problem.field.startsWith("hours") && (
        <p className="notebox red" role="alert">
          {sayError(error)}
        </p>
      )}
      {hours && !problem && <Findings found={below(found, `${where}.hours`)} />}
      {hours && <HoursForm key={where} hours={hours} set={set} />}
    </div>
  )
}

function HoursForm({ hours, set }: HoursProps) {
  const { readOnly } = useAround()
  const zones = useMemo(() => [...new Set([hours.zone, "UTC", ...Intl.supportedValuesOf("timeZone")])], [hours.zone])
  return (
    <>
      <section className="card pad form" aria-label={say("hours.week")}>
        <Labelled label={say("hours.zone")} hint={say("hours.zone?")}>
          {(ids) => (
            <select
              {...ids}
              className="input"
              disabled={readOnly}
              value={hours.zone}
              onChange={(event) => set({ ...hours, zone: event.target.value })}
            >
              {zones.map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </select>
          )}
        </Labelled>
        <WeekGrid hours={hours} set={set} />
        <p className="xs">{say("hours.spans?")}</p>
        {DAYS.map((day) => (
          <DayTimes key={day} day={day} hours={hours} set={set} />
        ))}
      </section>
      <Holidays hours={hours} set={set} />
      <Exceptions hours={hours} set={set} />
      <section className="card pad form">
        <Check
          label={say("hours.emergency")}
          hint={say("hours.emergency?")}
          isOn={hours.closed}
          set={(closed) => set({ ...hours, closed })}
        />
        <Labelled label={say("hours.closed_text")}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              dir="auto"
              maxLength={300}
              disabled={readOnly}
              value={hours.closed_text}
              onChange={(event) => set({ ...hours, closed_text: event.target.value })}
            />
          )}
        </Labelled>
      </section>
    </>
  )
}

// ---- times ---------------------------------------------------------------------------------------

function DayTimes({ day, hours, set }: HoursProps & { readonly day: DayName }) {
  const { readOnly } = useAround()
  const spans = spansOf(hours, day)
  const name = say(`hours.day.${day}`)
  return (
    <div className="row wrap daytimes">
      <span className="dayname">{name}</span>
      <Times
        label={say("hours.spans", { day: name })}
        spans={spans}
        set={(next) => set(withDays(hours, [day], next))}
      />
      {day === "mon" && !readOnly && (
        <button type="button" className="btn quiet" onClick={() => set(withDays(hours, WEEKDAYS, spans))}>
          {say("hours.copy")}
        </button>
      )}
    </div>
  )
}

function Times({
  label,
  spans,
  set,
}: {
  label: string
  spans: readonly Span[]
  set: (spans: readonly Span[]) => void
}) {
  const { readOnly } = useAround()
  const [text, setText] = useState<string | null>(null)
  const isWrong = text !== null && spansFrom(text) === null
  function write(written: string): void {
    setText(written)
    const read = spansFrom(written)
    if (read) set(read)
  }
  return (
    <span className="times">
      <input
        className="input"
        aria-label={label}
        aria-invalid={isWrong || undefined}
        disabled={readOnly}
        placeholder={say("hours.closed")}
        value={text ?? textOf(spans)}
        onChange={(event) => write(event.target.value)}
        onBlur={() => !isWrong && setText(null)}
      />
      {isWrong && <span className="wrong xs">{say("hours.spans_wrong")}</span>}
    </span>
  )
}

// ---- dates -------------------------------------------------------------------------------------

function Exceptions({ hours, set }: HoursProps) {
  const { readOnly } = useAround()
  const all = hours.exceptions
  const change = (next: readonly DayException[]) => set({ ...hours, exceptions: next })
  const at = (number: number, changed: Partial<DayException>) =>
    change(all.map((one, other) => (other === number ? { ...one, ...changed } : one)))
  return (
    <section className="card pad form" aria-label={say("hours.exceptions")}>
      <h2>{say("hours.exceptions")}</h2>
      <p className="xs">{say("hours.exceptions?")}</p>
      {all.map((one, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a date is being written
        <div key={number} className="row wrap daytimes">
          <input
            type="date"
            className="input date"
            aria-label={say("hours.date")}
            disabled={readOnly}
            value={one.date}
            onChange={(event) => at(number, { date: event.target.value })}
          />
          <Times
            label={say("hours.spans", { day: one.date })}
            spans={one.spans}
            set={(spans) => at(number, { spans })}
          />
          {!readOnly && (
            <RemoveButton
              label={say("hours.remove", { date: one.date })}
              remove={() => change(all.filter((_, other) => other !== number))}
            />
          )}
        </div>
      ))}
      {!readOnly && <AddButton label={say("hours.add")} add={() => change([...all, { date: today(), spans: [] }])} />}
    </section>
  )
}

const today = () => new Intl.DateTimeFormat("en-CA").format(Date.now())
