/** The skills matrix without a screen: what is selected, what keys do, and how cells travel to a spreadsheet. Pure. */

export interface Cell {
  readonly row: number
  readonly column: number
}
/** From `anchor` to `at`, both in it. Keys move `at`; with Shift the anchor stays. */
export interface Selection {
  readonly at: Cell
  readonly anchor: Cell
}
export interface Size {
  readonly rows: number
  readonly columns: number
  /** Rows that can be seen at once. */
  readonly page: number
}
export interface Key {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
}

export const FIRST: Selection = { at: { row: 0, column: 0 }, anchor: { row: 0, column: 0 } }
export const LEVEL_MAX = 10
/** "1" and then "0" within this time is ten. */
export const TYPING_MS = 900

const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value))

/** Where a key leads, or null for a key that leads nowhere. */
export function moved(selection: Selection, { key, shiftKey, ctrlKey }: Key, size: Size): Selection | null {
  const { row, column } = selection.at
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [ctrlKey ? 0 : row - 1, column],
    ArrowDown: [ctrlKey ? size.rows : row + 1, column],
    ArrowLeft: [row, ctrlKey ? 0 : column - 1],
    ArrowRight: [row, ctrlKey ? size.columns : column + 1],
    Home: [ctrlKey ? 0 : row, 0],
    End: [ctrlKey ? size.rows : row, size.columns],
    PageUp: [row - size.page, column],
    PageDown: [row + size.page, column],
    Enter: [row + (shiftKey ? -1 : 1), column],
  }
  const step = steps[key]
  if (!step) return null
  const at = { row: within(step[0], size.rows), column: within(step[1], size.columns) }
  return { at, anchor: shiftKey && key !== "Enter" ? selection.anchor : at }
}

/** Still inside, when the table has become smaller. */
export function clamped({ at, anchor }: Selection, size: Size): Selection {
  const inside = (cell: Cell) => ({ row: within(cell.row, size.rows), column: within(cell.column, size.columns) })
  return { at: inside(at), anchor: inside(anchor) }
}

export interface Box {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export const boxOf = ({ at, anchor }: Selection): Box => ({
  top: Math.min(at.row, anchor.row),
  bottom: Math.max(at.row, anchor.row),
  left: Math.min(at.column, anchor.column),
  right: Math.max(at.column, anchor.column),
})

export const cellsIn = (box: Box): number => (box.bottom - box.top + 1) * (box.right - box.left + 1)

export interface Typed {
  readonly level: number
  readonly at: number
}

/** The level that a digit means; 0 is none. */
export function typed(before: Typed | null, digit: number, now: number): Typed {
  const isTen = digit === 0 && before?.level === 1 && now - before.at < TYPING_MS
  return { level: isTen ? LEVEL_MAX : digit, at: now }
}

// ---- to a spreadsheet and back -----------------------------------------------------------------

export const toText = (levels: readonly (readonly (number | undefined)[])[]): string =>
  levels.map((row) => row.map((level) => level ?? "").join("\t")).join("\n")

/** Levels by row and column; undefined clears. null where something in it is no level. */
export function fromText(text: string): readonly (readonly (number | undefined)[])[] | null {
  const rows = text.replace(/\r?\n$/, "").split(/\r?\n/)
  const levels = rows.map((row) => row.split("\t").map(levelOf))
  return levels.every((row) => row.every((level) => level !== null)) ? (levels as (number | undefined)[][]) : null
}

function levelOf(cell: string): number | undefined | null {
  const text = cell.trim()
  if (text === "" || text === "0") return undefined
  return /^\d{1,2}$/.test(text) && Number(text) <= LEVEL_MAX ? Number(text) : null
}

// ---- what is drawn -----------------------------------------------------------------------------

const AROUND = 6

/** The rows to draw: those in sight and a few around them. */
export function inSight(scrollTop: number, height: number, rowHeight: number, rows: number): readonly [number, number] {
  const first = Math.floor(scrollTop / rowHeight) - AROUND
  const last = Math.ceil((scrollTop + height) / rowHeight) + AROUND
  return [Math.max(0, first), Math.min(rows, last)]
}
