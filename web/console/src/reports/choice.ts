/** What somebody chose to see. It lives in the address, so that it can be gone back to, kept and sent. Pure. */

import type { Measure } from "@dryfly/words"

export const BYS = ["queue", "agent", "channel", "need"] as const
export const EVERYS = ["15", "30", "60", "day", "period"] as const
export const PERIODS = ["today", "yesterday", "week", "month", "own"] as const

export type By = (typeof BYS)[number]
export type Every = (typeof EVERYS)[number]
export type Period = (typeof PERIODS)[number]

export interface Choice {
  readonly by: By
  readonly every: Every
  readonly period: Period
  /** Days, both included: of a period of one's own. */
  readonly from: string
  readonly to: string
  /** Empty: the site's. */
  readonly zone: string
  /** The row that plot and intervals are of; null: all together. */
  readonly group: string | null
  /** What the plot shows. */
  readonly plot: string
  /** The number whose contacts are shown, with the interval it is of, if any. */
  readonly behind: Measure | null
  /** The row whose number it is; null: all together. */
  readonly of: string | null
  readonly begin: number | null
  readonly end: number | null
}

const START: Choice = {
  by: "queue",
  every: "60",
  period: "today",
  from: "",
  to: "",
  zone: "",
  group: null,
  plot: "entered",
  behind: null,
  of: null,
  begin: null,
  end: null,
}

const oneOf = <T extends string>(known: readonly T[], value: string | null, otherwise: T): T =>
  known.find((one) => one === value) ?? otherwise

const numberOf = (value: string | null): number | null => (value !== null && /^\d+$/.test(value) ? Number(value) : null)

/** What stands after `#/reports/`. Whatever cannot be read is as it is at the start. */
export function readChoice(text: string): Choice {
  const said = new URLSearchParams(text)
  return {
    by: oneOf(BYS, said.get("by"), START.by),
    every: oneOf(EVERYS, said.get("every"), START.every),
    period: oneOf(PERIODS, said.get("period"), START.period),
    from: said.get("from") ?? "",
    to: said.get("to") ?? "",
    zone: said.get("zone") ?? "",
    group: said.get("group"),
    plot: said.get("plot") ?? START.plot,
    behind: said.get("behind") as Measure | null,
    of: said.get("of"),
    begin: numberOf(said.get("begin")),
    end: numberOf(said.get("end")),
  }
}

/** The other way round: only what differs from the start. */
export function writeChoice(choice: Choice): string {
  const said = new URLSearchParams()
  for (const [name, value] of Object.entries(choice))
    if (value !== null && value !== START[name as keyof Choice]) said.set(name, String(value))
  return said.toString()
}

/** A day of the reader's calendar, `ago` days before the one of `now`. */
export function dayBefore(now: number, ago: number): string {
  const day = new Date(now)
  day.setDate(day.getDate() - ago)
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => `${n}`.padStart(2, "0")).join("-")
}

const nextDay = (day: string): string => {
  const at = new Date(`${day}T12:00:00Z`)
  if (Number.isNaN(at.getTime())) return day
  at.setUTCDate(at.getUTCDate() + 1)
  return at.toISOString().slice(0, 10)
}

/** The first day, and the day after the last. */
export function daysOf(choice: Choice, now: number): readonly [string, string] {
  switch (choice.period) {
    case "today":
      return [dayBefore(now, 0), dayBefore(now, -1)]
    case "yesterday":
      return [dayBefore(now, 1), dayBefore(now, 0)]
    case "week":
      return [dayBefore(now, 7), dayBefore(now, 0)]
    case "month":
      return [dayBefore(now, 28), dayBefore(now, 0)]
    case "own":
      return [choice.from, nextDay(choice.to)]
  }
}

/** What the server is asked for a report. */
export function reportQuery(choice: Choice, now: number): string {
  const [from, to] = daysOf(choice, now)
  const asked = new URLSearchParams({ by: choice.by, every: choice.every, from, to })
  if (choice.zone) asked.set("zone", choice.zone)
  return asked.toString()
}

/** What the server is asked for the contacts behind a number. */
export function contactsQuery(choice: Choice, now: number): string {
  const [from, to] = daysOf(choice, now)
  const asked = new URLSearchParams({ measure: choice.behind ?? "entered", from, to })
  if (choice.begin !== null) asked.set("from", new Date(choice.begin).toISOString())
  if (choice.end !== null) asked.set("to", new Date(choice.end).toISOString())
  if (choice.zone) asked.set("zone", choice.zone)
  if (choice.of !== null) asked.set(choice.by, choice.of)
  return asked.toString()
}
