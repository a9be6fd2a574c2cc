// biome-ignore-all lint/a11y/useSemanticElements: cells that are moved through as one, told by roles
/** A week by half hours: opened and closed by keys or by the mouse. */

import type { Span } from "@dryfly/words"
import { type KeyboardEvent, useState } from "react"
import { useAround } from "./Form"
import { type HoursProps, spansOf, withDays } from "./hoursDraft"
import { clock, DAYS, type DayName, isOpen, SLOT_MIN, SLOTS, withSlot } from "./week"
import { say } from "./words"

const STEP: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

export function WeekGrid({ hours, set }: HoursProps) {
  const { readOnly } = useAround()
  const [at, setAt] = useState({ row: 0, slot: 16 })
  const spansAt = (row: number) => spansOf(hours, DAYS[row] as string)
  function paint(row: number, slot: number, open: boolean): void {
    if (!readOnly) set(withDays(hours, [DAYS[row] as string], withSlot(spansAt(row), slot, open)))
  }
  function onKey(event: KeyboardEvent): void {
    const step = STEP[event.key]
    if (event.key === " " || event.key === "Enter") paint(at.row, at.slot, !isOpen(spansAt(at.row), at.slot))
    else if (step) {
      const next = { row: inside(at.row + step[0], DAYS.length), slot: inside(at.slot + step[1], SLOTS) }
      if (event.shiftKey) paint(next.row, next.slot, isOpen(spansAt(at.row), at.slot))
      setAt(next)
    } else if (event.key === "Home" || event.key === "End") setAt({ ...at, slot: event.key === "Home" ? 0 : SLOTS - 1 })
    else return
    event.preventDefault()
  }
  return (
    <div className="field wide">
      <p className="xs">{say("hours.grid?")}</p>
      <div className="scroll">
        <div className="weekhours xs" aria-hidden="true">
          {Array.from({ length: SLOTS / EACH }, (_, n) => (
            <span key={clock(n * EACH * SLOT_MIN)}>{(n * EACH * SLOT_MIN) / 60}</span>
          ))}
        </div>
        <div
          className="week"
          role="grid"
          tabIndex={0}
          aria-label={say("hours.grid")}
          aria-readonly={readOnly}
          aria-activedescendant={`w${at.row}-${at.slot}`}
          onKeyDown={onKey}
        >
          {DAYS.map((day, row) => (
            <WeekRow
              key={day}
              day={day}
              row={row}
              at={at.row === row ? at.slot : -1}
              spans={spansAt(row)}
              pick={(slot) => {
                setAt({ row, slot })
                paint(row, slot, !isOpen(spansAt(row), slot))
              }}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

/** So many half hours lie between two of the numbers above. Each cell says its own time to who cannot see them. */
const EACH = 4

const inside = (value: number, count: number) => Math.max(0, Math.min(count - 1, value))

interface RowProps {
  readonly day: DayName
  readonly row: number
  readonly at: number
  readonly spans: readonly Span[]
  readonly pick: (slot: number) => void
}

function WeekRow({ day, row, at, spans, pick }: RowProps) {
  const name = say(`hours.day.${day}`)
  return (
    <div role="row" tabIndex={-1} className="weekrow">
      <span role="rowheader" tabIndex={-1} className="s">
        {name}
      </span>
      {Array.from({ length: SLOTS }, (_, slot) => {
        const open = isOpen(spans, slot)
        const time = clock(slot * SLOT_MIN)
        const state = say(open ? "hours.open" : "hours.closed")
        return (
          <span
            key={time}
            id={`w${row}-${slot}`}
            role="gridcell"
            tabIndex={-1}
            aria-selected={open}
            aria-label={say("hours.cell", { day: name, time, state })}
            title={time}
            className={`slot${open ? " open" : ""}${slot === at ? " at" : ""}${slot % 2 === 0 ? " hour" : ""}`}
            onMouseDown={(event) => {
              event.preventDefault()
              event.currentTarget.closest<HTMLElement>(".week")?.focus()
              pick(slot)
            }}
          />
        )
      })}
    </div>
  )
}
