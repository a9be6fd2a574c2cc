/** The numbers of a report: what each is called, says and means, and how it is written. */

import type { Figures, Measure } from "@dryfly/words"
import type { Measure as Defined } from "../definitions.en"
import type { By } from "./choice"
import type { ReportWords } from "./messages.en"

type ColumnId = keyof ReportWords extends infer Key ? (Key extends `column.${infer Id}` ? Id : never) : never

export interface Column {
  readonly id: ColumnId
  readonly means: Defined
  /** The number whose contacts it opens; null: no contact stands behind it. */
  readonly behind: Measure | null
  readonly value: (figures: Figures) => number | null
  readonly show: (value: number) => string
  /** The top of the plot's scale, where it is known. */
  readonly max?: number
}

const WHOLE = new Intl.NumberFormat(undefined)
const PERCENT = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 1 })

/** "0:48", "12:05", "3:05:00". */
export function duration(s: number): string {
  const whole = Math.round(s)
  const [h, min] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  const rest = `${whole % 60}`.padStart(2, "0")
  return h > 0 ? `${h}:${`${min}`.padStart(2, "0")}:${rest}` : `${min}:${rest}`
}

const whole = (value: number) => WHOLE.format(value)
const percent = (value: number) => PERCENT.format(value)

const COLUMNS: readonly Column[] = [
  { id: "entered", means: "entered", behind: "entered", value: (f) => f.entered_count, show: whole },
  { id: "answered", means: "answered", behind: "answered", value: (f) => f.answered_count, show: whole },
  { id: "within", means: "within", behind: "within", value: (f) => f.within_count, show: whole },
  {
    id: "service_level",
    means: "service_level",
    behind: "service_level",
    value: (f) => f.service_level,
    show: percent,
    max: 1,
  },
  { id: "abandoned", means: "abandoned", behind: "abandoned", value: (f) => f.abandoned_count, show: whole },
  {
    id: "short_abandoned",
    means: "short_abandoned",
    behind: "short_abandoned",
    value: (f) => f.short_abandoned_count,
    show: whole,
  },
  { id: "asa", means: "asa", behind: "asa", value: (f) => f.asa_s, show: duration },
  {
    id: "longest_wait",
    means: "longest_wait",
    behind: "longest_wait",
    value: (f) => f.longest_wait_s || null,
    show: duration,
  },
  { id: "handled", means: "handled", behind: "handled", value: (f) => f.handled_count, show: whole },
  { id: "aht", means: "aht", behind: "aht", value: (f) => f.aht_s, show: duration },
  {
    id: "solved_by_bot",
    means: "solved_by_bot",
    behind: "solved_by_bot",
    value: (f) => f.solved_by_bot_count,
    show: whole,
  },
  { id: "asked_twice", means: "asked_twice", behind: "asked_twice", value: (f) => f.asked_twice_count, show: whole },
  { id: "promised", means: "promised", behind: "promised", value: (f) => f.promised_count, show: whole },
  { id: "kept", means: "kept", behind: "kept", value: (f) => f.kept_share, show: percent, max: 1 },
  { id: "unreached", means: "unreached", behind: "unreached", value: (f) => f.unreached_count, show: whole },
  {
    id: "agent_s_per_contact",
    means: "agent_s_per_contact",
    behind: null,
    value: (f) => f.agent_s_per_contact,
    show: duration,
  },
  { id: "occupancy", means: "occupancy", behind: null, value: (f) => f.occupancy, show: percent, max: 1 },
  { id: "handling_time", means: "handling_time", behind: null, value: (f) => f.handling_s, show: duration },
  { id: "ready_time", means: "ready_time", behind: null, value: (f) => f.ready_s, show: duration },
]

const OF_AGENTS: ReadonlySet<string> = new Set(["agent_s_per_contact", "occupancy", "handling_time", "ready_time"])
const NOT_OF_AGENTS: ReadonlySet<string> = new Set([
  "entered",
  "abandoned",
  "short_abandoned",
  "solved_by_bot",
  "asked_twice",
  "promised",
])

/** Agents do not choose who comes; queues have no time of their own. */
export const columnsOf = (by: By): readonly Column[] =>
  COLUMNS.filter(({ id }) => (by === "agent" ? !NOT_OF_AGENTS.has(id) : !OF_AGENTS.has(id)))

export const written = (column: Column, figures: Figures): string => {
  const value = column.value(figures)
  return value === null ? "–" : column.show(value)
}
